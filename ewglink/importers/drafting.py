"""What one cell says: a value with its precision and validity, and the identity it may give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from json import JSONEncoder
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from ewglink.identifiers.catalogue import check
from ewglink.importers import dates
from ewglink.importers.contract import Cell
from ewglink.importers.measures import MASS, QUANTITY, bare
from ewglink.importers.specification import Condition, Value
from ewglink.importers.values import NumberStyle, as_text, boolean, number, number_style
from ewglink.model.property_types import IdentifierUse, PropertyType
from ewglink.text import N_, Message, message

_RUN = frozenset("=+-@\t\r＝＋－＠")
REMEMBERED = 1 << 15
"""How many different cells a column's reader remembers before it begins anew: a bound on memory."""

Cells = Sequence[Cell]
_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


_UNREAD: Any = object()


class Said(NamedTuple):
    """What a cell says. `text` is the statement's list as JSON, trailing nulls left out; `core` what of it tells two
    links apart; `joining` and `other` the identity it gives; `problem` a code and a sentence."""

    value: Any
    text: str
    core: str
    precision: int | None = None
    joining: tuple[str, str] | None = None
    other: tuple[str, str, str] | None = None
    problem: tuple[str, Message] | None = None


def listed(
    value: Any,
    raw: str | None = None,
    start: str | None = None,
    end: str | None = None,
    precision: int | None = None,
    validity: str | None = None,
    reason: str | None = None,
) -> str:
    """A statement's list as JSON, trailing nulls left out."""
    parts = [value, raw, start, end, precision, validity, reason]
    while len(parts) > 1 and parts[-1] is None:
        parts.pop()
    return _encode(parts)


def listed_text(text: str, raw: str) -> str:
    """The statement's list of a plain text, trimmed from `raw`."""
    shown = encode_basestring(text)
    return f"[{shown}]" if text == raw else f"[{shown},{encode_basestring(raw)}]"


Read = Callable[[str, Cell, str | None], Said]


def _plain(text: str, raw: str) -> Said:
    return Said(text, listed_text(text, raw), text)


def _doubtful(text: str, raw: str, code: str, words: Message) -> Said:
    return Said(
        text, listed(text, None if text == raw else raw, validity="warn", reason=code), text, problem=(code, words)
    )


def _text(raw: str, cell: Cell, country: str | None) -> Said:
    return _plain(raw.strip(), raw)


def without_guard(text: str) -> str:
    """A text without the apostrophe that keeps a spreadsheet from running it."""
    return text[1:] if text[:1] == "'" and text[1:2] in _RUN else text


def _unguarded(raw: str, cell: Cell, country: str | None) -> Said:
    return _plain(without_guard(raw), without_guard(raw))


def _exact(raw: str, cell: Cell, country: str | None) -> Said:
    return _plain(raw, raw)


def _number_reader(style: NumberStyle, strict: bool, units: bool) -> Read:
    point = style.decimal == "."

    def read(raw: str, cell: Cell, country: str | None) -> Said:
        text = raw.strip()
        if point and text.isdecimal() and text.isascii() and (text[0] != "0" or text == "0") and len(text) < 16:
            return Said(int(text), f"[{text}]" if text == raw else f"[{text},{encode_basestring(raw)}]", text)
        whole, mark, part = text.partition(".")
        if (
            point
            and mark
            and part.isdecimal()
            and whole.isdecimal()
            and text.isascii()
            and (whole[0] != "0" or whole == "0")
        ):
            found: int | float | None = float(text)
        else:
            found = number(bare(cell) if isinstance(cell, str) and units else cell, style)
        if found is None:
            if not strict:
                return _plain(raw.strip(), raw)
            return _doubtful(
                raw.strip(),
                raw,
                "not_a_number",
                message(N_("“{text}” is not a number; it is kept as text."), text=raw.strip()),
            )
        text = str(found)
        return Said(found, f"[{text}]" if text == raw else f"[{text},{encode_basestring(raw)}]", text)

    return read


def _date_reader(style: dates.DateStyle) -> Read:
    def read(raw: str, cell: Cell, country: str | None) -> Said:
        found = dates.parse(cell if isinstance(cell, (date, int, float)) else raw, style)
        if found is None:
            return _doubtful(
                raw.strip(),
                raw,
                "not_a_date",
                message(N_("“{text}” is not a date; it is kept as text."), text=raw.strip()),
            )
        precision = int(found.precision)
        shown = "null" if found.iso == raw else encode_basestring(raw)
        return Said(found.iso, f'["{found.iso}",{shown},null,null,{precision}]', found.iso, precision)

    return read


def _boolean(raw: str, cell: Cell, country: str | None) -> Said:
    found = boolean(cell)
    if found is None:
        return _doubtful(
            raw.strip(),
            raw,
            "not_yes_or_no",
            message(N_("“{text}” is neither yes nor no; it is kept as text."), text=raw.strip()),
        )
    return Said(found, listed(found, raw), str(found))


def _identifier_reader(scheme: str, use: IdentifierUse | None) -> Read:
    joins = use is not None and use.joins and use.scheme == scheme

    def read(raw: str, cell: Cell, country: str | None) -> Said:
        text = raw.strip()
        found = check(scheme, text, country=country)
        shown = found.normalised or text
        sound = found.status == "ok" and not found.placeholder
        said = listed(shown, None if shown == raw else raw, validity=found.status, reason=None if sound else found.code)
        joining = (scheme, found.normalised) if joins and found.may_join else None
        other = None if joining or found.placeholder else (scheme, shown, found.status)
        return Said(
            shown, said, shown, joining=joining, other=other, problem=None if sound else (found.code, found.message)
        )

    return read


class CellReader:
    """Reads one property (or date, or key part) from a row's cells; remembers what it has read."""

    def __init__(
        self,
        value: Value,
        columns: Sequence[str],
        kind: str = "text",
        use: IdentifierUse | None = None,
        scheme: str | None = None,
        sample: Sequence[Cells] = (),
        measure: bool = False,
    ) -> None:
        self.value = value
        self.index = columns.index(value.column) if value.column is not None else -1
        self.conditions = conditions(value.conditions, columns)
        self.ambiguous = False
        self.kind = kind
        self._known: dict[Any, Any] = {}
        self._read = self._reader(
            kind,
            use,
            scheme or value.scheme,
            [row[self.index] for row in sample] if self.index >= 0 else [],
            measure,
        )
        self._by_country = kind == "identifier"

    @classmethod
    def of(
        cls,
        value: Value,
        columns: Sequence[str],
        prop: PropertyType | None,
        use: IdentifierUse | None = None,
        sample: Sequence[Cells] = (),
    ) -> CellReader:
        """The reader of a property of a type."""
        if prop is None:
            return cls(value, columns, "text", sample=sample)
        scheme = value.scheme or (use.scheme if use else prop.scheme)
        kind = "identifier" if scheme and prop.kind != "list" else prop.kind
        measure = prop.kind == "number" and prop.key.startswith(QUANTITY) and prop.key != MASS
        return cls(value, columns, kind, use, scheme, sample, measure)

    def _reader(
        self, kind: str, use: IdentifierUse | None, scheme: str | None, cells: list[Cell], measure: bool
    ) -> Read:
        if kind == "identifier" and scheme:
            return _identifier_reader(scheme, use)
        if kind in ("date", "instant"):
            style = self._date_style(cells)
            self.ambiguous = style.ambiguous
            return _date_reader(style)
        if kind in ("number", "integer", "quantity"):
            cells = list(map(bare, cells)) if measure else cells
            style_found = NumberStyle(",") if self.value.decimal == "," else number_style(cells) or NumberStyle()
            return _number_reader(style_found, kind != "quantity", measure)
        if kind == "boolean":
            return _boolean
        if self.value.guarded:
            return _unguarded
        return _exact if self.value.exact else _text

    def _date_style(self, cells: list[Cell]) -> dates.DateStyle:
        if self.value.date == "dmy":
            return dates.DateStyle("dmy")
        if self.value.date == "mdy":
            return dates.DateStyle("mdy")
        if self.value.date == "ymd":
            return dates.DateStyle("ymd")
        return dates.detect(cells, wanted=True) or dates.DateStyle()

    def read(self, cells: Cells, country: str | None = None) -> Said | None:
        """What the row says here, None where the cell is empty or a condition fails."""
        if self.conditions and not all(holds(cells) for holds in self.conditions):
            return None
        cell = self.value.constant if self.index < 0 else cells[self.index]
        known = (cell, type(cell), country) if self._by_country or not isinstance(cell, str) else cell
        said: Said | None = self._known.get(known, _UNREAD)
        if said is _UNREAD:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            said = self._known[known] = self._say(cell, country)
        return said

    @property
    def plain(self) -> bool:
        """Whether the reader only takes a column's text as it is, trimmed."""
        return (
            self._read is _text
            and self.index >= 0
            and self.kind != "list"
            and not (self.conditions or self.value.map or self.value.split or self.value.when_valid or self.value.exact)
        )

    def _say(self, cell: Cell, country: str | None) -> Said | None:
        raw = as_text(cell)
        if not raw.strip() and not (self.value.exact and raw):
            return None
        if self.value.map:
            raw = self.value.map.get(raw.strip(), self.value.map.get("*", raw))
            cell = raw
        if self.kind == "list" or self.value.split:
            return self._list(raw)
        said = self._read(raw, cell, country)
        if self.value.when_valid and said.problem is not None:
            return None
        return said

    def _list(self, raw: str) -> Said | None:
        pieces = pieces_of(raw, self.value.split or ";")
        if not pieces:
            return None
        if self.kind != "list":
            joined = "; ".join(pieces)
            return Said(joined, listed(joined, None if joined == raw else raw), joined)
        alone = len(pieces) == 1 and pieces[0] == raw
        return Said(pieces, listed(pieces, None if alone else raw), "\x1e".join(pieces))


def pieces_of(text: str, separators: str) -> list[str]:
    """The parts of a cell that holds several values; `separators` is a string of single characters."""
    for other in separators[1:]:
        text = text.replace(other, separators[0])
    return [piece.strip() for piece in text.split(separators[0]) if piece.strip()]


Holds = Callable[[Cells], bool]


def conditions(given: Sequence[Condition], columns: Sequence[str]) -> tuple[Holds, ...]:
    """Conditions as functions of a row's cells."""
    return tuple(_holds(columns.index(one.column), one.values, one.negate) for one in given)


def _holds(index: int, values: frozenset[str], negate: bool) -> Holds:
    def holds(cells: Cells) -> bool:
        text = as_text(cells[index]).strip()
        return (text.casefold() in values if values else bool(text)) is not negate

    return holds
