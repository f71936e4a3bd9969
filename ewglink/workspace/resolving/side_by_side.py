"""Two entities beside each other: what each shows, where they agree and where not, and who said it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ewglink.model.items import Ref
from ewglink.model.schema import Schema
from ewglink.names.clean import search_key
from ewglink.store.case_file import CaseFile
from ewglink.text import _
from ewglink.workspace.portrait import Portrait, Shown, portrait

Agreement = Literal["same", "different", "one"]


@dataclass(frozen=True)
class Side:
    """What one entity shows on a line: its text, the files behind it, and the records to look at."""

    text: str = ""
    sources: tuple[str, ...] = ()
    record: int | None = None


@dataclass(frozen=True)
class Line:
    """A property of both: `key` it is known by, its name, and whether they agree (`one`: only one says anything)."""

    key: str
    name: str
    left: Side
    right: Side
    agreement: Agreement


@dataclass(frozen=True)
class SideBySide:
    """Two entities beside each other. `known`: how many statements each rests on."""

    left: Ref
    right: Ref
    lines: tuple[Line, ...]
    known: tuple[int, int]


def side_by_side(case: CaseFile, schema: Schema, a: int, b: int, language: str) -> SideBySide | None:
    """Both entities line by line; None where one is not in the case any more."""
    left, right = portrait(case, a, 200), portrait(case, b, 200)
    if left is None or right is None:
        return None
    lines = [_line("", _("Label"), Side(left.ref.label), Side(right.ref.label))]
    types = (schema.label(left.ref.type, language), schema.label(right.ref.type, language))
    lines.append(_line("", _("Type"), Side(types[0]), Side(types[1])))
    lines += _properties(left, right, schema, language)
    lines.append(_line("", _("Linked to"), *(_linked(one) for one in (left, right))))
    lines = [line for line in lines if line.left.text or line.right.text]
    return SideBySide(left.ref, right.ref, tuple(lines), (len(left.statements), len(right.statements)))


def _properties(left: Portrait, right: Portrait, schema: Schema, language: str) -> Iterator[Line]:
    sides = [{shown.key: shown for shown in one.shown} for one in (left, right)]
    kind = schema.entity_types.get(left.ref.type)
    order = [one.key for one in kind.properties] if kind else []
    keys = [*(key for key in order if key in sides[0] or key in sides[1])]
    keys += sorted({*sides[0], *sides[1]} - set(keys))
    for key in keys:
        known = (kind.property(key) if kind else None) or next(
            (found for one in schema.entity_types.values() if (found := one.property(key)) is not None), None)
        name = known.label(language) if known else key.replace("_", " ")
        yield _line(key, name, _side(sides[0].get(key)), _side(sides[1].get(key)))


def _side(shown: Shown | None) -> Side:
    if shown is None:
        return Side()
    value = shown.chosen.value
    text = ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    names = dict.fromkeys(_where(one.statement.source_name, one.statement.row, one.statement.note)
                          for one in shown.said if str(one.value) == str(value))
    return Side(text, tuple(names), shown.chosen.statement.record)


def _where(source: str | None, row: int | None, note: str | None) -> str:
    if source is None:
        return note or _("Entered by hand")
    return _("{file}, row {row}", file=source, row=row) if row is not None else source


def _linked(one: Portrait) -> Side:
    others = {end for link in one.links for end in (link.a, link.b)} - {one.ref.id}
    return Side(", ".join(sorted(one.others[other].label for other in others if other in one.others)))


def _line(key: str, name: str, left: Side, right: Side) -> Line:
    if not left.text or not right.text:
        return Line(key, name, left, right, "one")
    same = search_key(left.text) == search_key(right.text)
    return Line(key, name, left, right, "same" if same else "different")
