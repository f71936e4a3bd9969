"""The entities of a specification made ready for one table: cells become drafts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from json import loads
from operator import itemgetter
from typing import Any, NamedTuple

from ewglink.identifiers.catalogue import check
from ewglink.identifiers.placeholders import is_placeholder, names_nobody
from ewglink.importers.code_columns import holds_codes
from ewglink.importers.contract import EntityDraft, Part
from ewglink.importers.drafting import (
    REMEMBERED,
    CellReader,
    Cells,
    Said,
    conditions,
    listed,
    listed_text,
    pieces_of,
    without_guard,
)
from ewglink.importers.measures import QUANTITY, UNIT, beside, converts
from ewglink.importers.specification import EntityRole, LinkRole, Specification, Value
from ewglink.importers.values import as_text
from ewglink.model.schema import ANY, EntityType, Schema
from ewglink.text import N_, Message, message

REFERRED, GUESSED = -1, -2
"""Label ranks of an entity that a row only names: of a type that is certain, or guessed from the link."""

Complaint = tuple[str | None, str, Message, bool]
"""Column, code, sentence, and whether the row is rejected."""


class Made(NamedTuple):
    """What a role makes of a row: its entities, and what is wrong."""

    drafts: tuple[EntityDraft, ...]
    complaints: tuple[Complaint, ...] = ()


NOTHING = Made(())


class Key:
    """A key: the trimmed values of its parts, joined by `|`; None where a part is empty or a placeholder. A single
    letter or digit is a key: tables number their rows from 0 and name things x. So is NA (Namibia), ND or SN in a
    column of codes of two letters."""

    def __init__(self, parts: Sequence[Value], columns: Sequence[str], sample: Sequence[Cells] = ()) -> None:
        self._parts = [(columns.index(one.column) if one.column is not None else -1, one) for one in parts]
        self._codes = {at for at, _one in self._parts if at >= 0 and holds_codes(columns[at], at, sample)}
        self.column = next((one.column for one in parts if one.column is not None), None)

    def read(self, cells: Cells, country: str | None = None) -> tuple[str | None, str]:
        """The key, and why there is none: `empty` or `placeholder`."""
        found = []
        for index, part in self._parts:
            cell = part.constant if index < 0 else cells[index]
            text = cell if type(cell) is str else as_text(cell)
            if part.exact and text:
                found.append(text)
                continue
            text = text.strip()
            if index >= 0 and names_nobody(text) and not self._stands(index, part, text):
                return None, "placeholder" if text else "empty"
            if part.scheme:
                checked = check(part.scheme, text, country=country)
                if checked.placeholder:
                    return None, "placeholder"
                text = checked.normalised if checked.may_join else text
            found.append(text)
        if len(found) == 1:
            return found[0], ""
        return "|".join(text.replace("|", "||") for text in found), ""

    def shown(self, cells: Cells) -> str:
        """What the cells of the key hold."""
        return " ".join(as_text(cells[index]).strip() for index, _part in self._parts if index >= 0)

    def _stands(self, index: int, part: Value, text: str) -> bool:
        """Whether what looks like a placeholder names something here."""
        if len(text) == 1:
            return text.isalnum()
        if part.scheme:
            return bool(text) and not check(part.scheme, text).placeholder
        return index in self._codes and len(text) == 2 and text.isalpha() and text.casefold() != "xx"


class _Kind:
    """How a role reads one type of entity: its properties (JSON name, column if plain text, reader) and its labels."""

    def __init__(self, role: EntityRole, kind: EntityType, columns: Sequence[str], sample: Sequence[Cells]) -> None:
        self.properties: list[tuple[str, int, CellReader]] = []
        readers: dict[str, CellReader] = {}
        for name, value in role.properties.items():
            if role.type.map and kind.property(name) is None:
                continue  # another of the role's types has it
            reader = CellReader.of(value, columns, kind.property(name), kind.identifier_of(name), sample)
            readers[name] = reader
            self.properties.append((f'"{name}":', reader.index if reader.plain else -1, reader))
        labels = [(CellReader(value, columns), 1 if place else 2) for place, value in enumerate(role.label)]
        if not role.label:
            labels = [
                (readers[name], 0 if readers[name].kind == "identifier" else 1 if place else 2)
                for place, name in enumerate(kind.label_from)
                if name in readers
            ]
        self.measures = (readers[QUANTITY], readers.get(UNIT)) if converts(kind, set(readers)) else None
        self.labels = [(reader.index if reader.plain else -1, reader, rank) for reader, rank in labels]


class RoleMaker:
    """One role of the specification, ready for the table's columns."""

    def __init__(self, spec: Specification, role: EntityRole, part: Part, schema: Schema) -> None:
        columns, sample = part.columns, [row.cells for row in part.sample]
        self.role, self._schema, self._columns, self._sample = role, schema, columns, sample
        self._key = Key(role.key, columns, sample)
        self.key_index = columns.index(role.key[0].column) if role.key[0].column is not None else -1
        self._also = [(namespace, Key((value,), columns, sample)) for namespace, value in role.also]
        self._conditions = conditions(role.conditions, columns)
        self._start = CellReader(role.start, columns, "date", sample=sample) if role.start else None
        self._end = CellReader(role.end, columns, "date", sample=sample) if role.end else None
        self._country = columns.index(role.country) if role.country else -1
        self._type_index = columns.index(role.type.column) if role.type.column else -1
        self._link, self._is_from = _guessing(spec, role)
        self._kinds: dict[str, _Kind] = {}
        self._known: dict[Any, Made] = {}
        used = sorted(self._used())
        self._cells = itemgetter(*used) if used else lambda cells: ()
        self._split = self.key_index if role.split else -1

    def _used(self) -> set[int]:
        alone = Specification("", "", (self.role,), (), {})
        guessed = {self._link.type.column} if self._link and self._link.type.column else set()
        return {self._columns.index(name) for name in alone.columns() | guessed}

    def readers(self) -> Iterable[CellReader]:
        """The readers that a fixed type has, for what is said of the whole table."""
        if self.role.type.column is None and self.role.type.constant:
            yield from (reader for _name, _at, reader in self.kind(str(self.role.type.constant)).properties)

    def made(self, cells: Cells) -> Made:
        """What the row makes in this role. Equal cells are read once."""
        known = self._cells(cells)
        made = self._known.get(known)
        if made is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            made = self._known[known] = self._make(cells)
        return made

    def _make(self, cells: Cells) -> Made:
        if self._conditions and not all(holds(cells) for holds in self._conditions):
            return NOTHING
        if self._split < 0:
            return self._one(cells, self.role.role)
        drafts: dict[str, EntityDraft] = {}
        complaints: list[Complaint] = []
        for piece in pieces_of(as_text(cells[self._split]), self.role.split or ";"):
            alone = (*cells[: self._split], piece, *cells[self._split + 1 :])
            one = self._one(alone, f"{self.role.role}#{len(drafts) + 1}")
            complaints.extend(one.complaints)
            for draft in one.drafts:
                drafts.setdefault(draft.keys[0][1], draft)
        if not drafts and not complaints and not self.role.optional:
            complaints.append(self._missing("empty", cells))
        return Made(tuple(drafts.values()), tuple(complaints))

    def _missing(self, why: str, cells: Cells) -> Complaint:
        column = self._key.column
        if why == "placeholder":
            words = N_("“{text}” is a placeholder, no key of “{column}”; nothing is made of it.")
            return column, "placeholder_key", message(words, text=self._key.shown(cells), column=column), False
        return column, "empty_key", message(N_("“{column}” is empty; nothing is made of it."), column=column), False

    def _one(self, cells: Cells, ref: str) -> Made:
        country = as_text(cells[self._country]).strip().upper() if self._country >= 0 else ""
        spoken = country if len(country) == 2 else self.role.of_country
        key, why = self._key.read(cells, spoken)
        if key is None:
            return NOTHING if self.role.optional and why == "empty" else Made((), (self._missing(why, cells),))
        name, rank, complaint = self._type(cells)
        if name is None:
            return Made((), (complaint,)) if complaint else NOTHING
        kind = self.kind(name)
        complaints: list[Complaint] = []
        keys: list[tuple[str, str]] = [(self.role.namespace, key)]
        for space, also in self._also:
            more = also.read(cells, spoken)[0]
            if more is not None:
                keys.append((space, more))
        other: list[tuple[str, str, str]] = []
        vals = self._said(kind, cells, spoken, keys, other, complaints)
        label, ranked = (key, rank) if self.role.reference else label_of(kind, cells, key)
        return Made((EntityDraft(ref, name, tuple(keys), tuple(other), label, ranked, vals),), tuple(complaints))

    def kind(self, name: str) -> _Kind:
        """How the role reads one type."""
        kind = self._kinds.get(name)
        if kind is None:
            kind = _Kind(self.role, self._schema.entity_types[name], self._columns, self._sample)
            self._kinds[name] = kind
        return kind

    def _type(self, cells: Cells) -> tuple[str | None, int, Complaint | None]:
        if self.role.guess:
            return self._guess(cells)
        if self._type_index < 0:
            return str(self.role.type.constant), REFERRED, None
        column = self.role.type.column
        text = as_text(cells[self._type_index]).strip()
        given = self.role.type.map
        name = given.get(text, given.get("*")) if given else as_key(text)
        if name in self._schema.entity_types:
            return name, REFERRED, None
        words = N_("“{text}” in “{column}” is no type of entity; nothing is made of it.")
        return None, 0, (column, "unknown_type", message(words, text=text, column=column), False)

    def _guess(self, cells: Cells) -> tuple[str | None, int, Complaint | None]:
        """The type that the end of the row's link allows; a guess where it allows several."""
        assert self._link is not None
        kind = self._link.type
        text = str(kind.constant) if kind.column is None else as_text(cells[self._columns.index(kind.column)])
        found = self._schema.link_types.get(as_key(text))
        if found is None:
            return None, 0, None
        ends = found.from_types if self._is_from else found.to_types
        if ANY in ends:
            return "organization", GUESSED, None
        certain = all(self._schema.same_family(ends[0], end) for end in ends)
        return ends[0], REFERRED if certain else GUESSED, None

    def _said(self, kind: _Kind, cells: Cells, country: str | None, keys: list[tuple[str, str]],
              other: list[tuple[str, str, str]], complaints: list[Complaint]) -> str:  # fmt: skip
        """The statement's values as JSON; identities and what is wrong are added to the lists given."""
        start = when(self._start, cells, complaints) if self._start else None
        end = when(self._end, cells, complaints) if self._end else None
        dated = start is not None or end is not None
        texts: list[str] = []
        for name, plain, reader in kind.properties:
            if plain >= 0 and not dated:
                cell = cells[plain]
                if type(cell) is str:
                    if text := cell.strip():
                        texts.append(name + listed_text(text, cell))
                    continue
            said = reader.read(cells, country)
            if said is None:
                continue
            texts.append(name + (_dated(said, start, end) if dated else said.text))
            if said.joining:
                keys.append(said.joining)
            if said.other:
                other.append(said.other)
            if said.problem:
                complaints.append((reader.value.column, *said.problem, False))
        texts += _measured(kind.measures, cells, complaints)
        return "{" + ",".join(texts) + "}"


def _measured(
    readers: tuple[CellReader, CellReader | None] | None, cells: Cells, complaints: list[Complaint]
) -> list[str]:
    """What stands beside a quantity: its kilograms, and the unit that its own cell names."""
    if readers is None:
        return []
    quantity, unit = readers
    said = quantity.read(cells)
    if said is None or quantity.index < 0:
        return []
    named = unit.read(cells) if unit else None
    column = unit.value.column if unit else quantity.value.column

    def complain(code: str, words: Message) -> None:
        complaints.append((column, code, words, False))

    text = as_text(named.value) if named else "" if unit else None
    more = beside(said.value, cells[quantity.index], text, complain)
    return [f'"{name}":{listing}' for name, listing in more.items()]


def label_of(kind: _Kind, cells: Cells, key: str) -> tuple[str, int]:
    """The best label the row has, and how good it is."""
    for plain, reader, rank in kind.labels:
        cell = cells[plain] if plain >= 0 else None
        if reader.value.exact:
            cell = cells[reader.index]
            if reader.value.guarded:  # a table of our own, where an empty label is one
                return without_guard(as_text(cell)), rank
            if cell is not None and (cell != "" or rank == 2):
                return as_text(cell), rank
            continue
        if type(cell) is str:
            text = cell.strip()
        else:
            said = reader.read(cells)
            text = (
                "" if said is None else "; ".join(said.value) if isinstance(said.value, list) else as_text(said.value)
            )
        if text and (rank < 2 or text == key or not is_placeholder(text)):
            return text, rank
    return key, 0


def as_key(text: str) -> str:
    """A type as people write it, as the schema's key."""
    return text.strip().lower().replace(" ", "_").replace("-", "_")


def _guessing(spec: Specification, role: EntityRole) -> tuple[LinkRole | None, bool]:
    if role.guess:
        for link in spec.links:
            if role.role in (link.a, link.b):
                return link, link.a == role.role
    return None, False


def when(reader: CellReader, cells: Cells, complaints: list[Complaint]) -> Said | None:
    """A date of the row; one that cannot be read is complained of and left out."""
    said = reader.read(cells)
    if said is not None and said.problem:
        complaints.append((reader.value.column, *said.problem, False))
        return None
    return said


def _dated(said: Said, start: Said | None, end: Said | None) -> str:
    """The statement with the time it held."""
    value, raw, _start, _end, _precision, validity, reason = (loads(said.text) + [None] * 7)[:7]
    precision = said.precision or (start or end or said).precision
    return listed(value, raw, start.value if start else None, end.value if end else None, precision, validity, reason)
