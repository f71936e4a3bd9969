"""What an item of an exchange chart, or a card behind it, says: a row whose only cell is the draft."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from ewglink.dialects import anx
from ewglink.importers.anx_catalogue import End, TypeSaid
from ewglink.importers.anx_chart import classes_of
from ewglink.importers.anx_grades import admiralty
from ewglink.importers.anx_types import UNTYPED, Types
from ewglink.importers.anx_values import said_common
from ewglink.importers.anx_xml import Element
from ewglink.importers.attribute_values import attribute
from ewglink.importers.contract import Problem, Row
from ewglink.importers.drafting import listed
from ewglink.model.property_types import IdentifierUse
from ewglink.reference.schema_files import builtin_schema
from ewglink.text import Message

ITEMS, CARDS = "items", "cards"
When = tuple[str | None, int | None]
"""An ISO date or time with its precision."""


@dataclass
class Item:
    """One item of a chart. `key` is its value in the chart's namespace; `ends` are those of a link."""

    kind: str
    no: int
    element: Element
    key: str
    label: str
    said: TypeSaid
    type: str
    ends: tuple[End, End] | None = None
    representation: str = "icon"
    body: Element | None = None
    style: Element | None = None
    problems: list[Problem] = field(default_factory=list)

    def problem(self, name: str | None, code: str, words: Message, rejected: bool = False) -> None:
        """Something odd about it."""
        raw = self.element.raw if rejected else None
        self.problems.append(Problem(ITEMS, self.no, self.element.line, name, code, words, rejected, raw))


class Record:
    """What an item, or a card behind it, says: a row whose cell is the draft."""

    def __init__(self, types: Types, namespace: str, item: Item, card: Element | None = None, no: int = 0) -> None:
        self.types, self.namespace, self.item, self.card = types, namespace, item, card
        self.known = types.known
        self.element = card if card is not None else item.element
        self.problems: list[Problem] = []
        self._no = no or item.no
        self.keys: list[tuple[str, str]] = []
        self.other: list[tuple[str, str, str]] = []

    def row(self, row: Row) -> Row:
        """The row with its draft."""
        vals, when = self._said()
        body = "{" + ",".join(f"{json.dumps(name, ensure_ascii=False)}:{said}" for name, said in vals.items()) + "}"
        made = self._link(body, when) if self.item.kind == "link" else ([self._entity(body)], [])
        note = " · ".join(filter(None, (self.element.get("SourceType"), self.element.get("SourceReference"))))
        grade = admiralty(self.known.grade(self.element, "GradeOne"), self.known.grade(self.element, "GradeTwo"))
        origin = [note or None, grade] if note or grade else None
        cell = json.dumps([*made, origin], ensure_ascii=False, separators=(",", ":"))
        return row._replace(cells=(cell,))

    def problem(self, name: str, code: str, words: Message) -> None:
        """Something odd about a value."""
        part = ITEMS if self.card is None else CARDS
        self.problems.append(Problem(part, self._no, self.element.line, name, code, words))

    def _said(self) -> tuple[dict[str, str], When]:
        """Property → statement list, and when an item took place."""
        vals, when = said_common(self.element, self.known, self.problem)
        if self.card is not None:
            return self._of_card(vals), when
        item = self.item
        if item.kind == "link" and when[0] is not None:
            vals.pop("date", None)  # the link itself holds it
        elif item.kind == "entity":
            if "date" in vals:
                vals[self.types.event_date(item.type)] = vals.pop("date")
            vals = self._named() | vals
        for name, raw in classes_of(self.known, self.element):
            self._attribute(vals, name, raw)
        return vals, when

    def _of_card(self, vals: dict[str, str]) -> dict[str, str]:
        if "date" in vals:
            vals["card_date"] = vals.pop("date")
        for name, key in (("Summary", "card"), ("Text", "card_text")):
            text = (self.element.get(name) or "").strip()
            if text:
                vals[key] = listed(text)
        return vals

    def _named(self) -> dict[str, str]:
        """The label as the property that labels come from, and the chart's word for the type."""
        item, vals = self.item, {}
        kind = builtin_schema().entity_types.get(item.type)
        source = kind.label_from[0] if kind is not None and kind.label_from else "name"
        if item.label:
            vals[source] = listed(" ".join(item.label.split()), item.label if "\n" in item.label else None)
        called = self.types.kind_of(item.said, item.type)
        if called is not None:
            vals[called[0]] = listed(called[1], item.said.name if called[1] != item.said.name else None)
        return vals

    def _attribute(self, vals: dict[str, str], name: str, raw: str) -> None:
        item = self.item
        kind = builtin_schema().entity_types.get(item.type) if item.kind == "entity" else None
        prop = self.types.property(item.kind, item.type, name)
        use: IdentifierUse | None = kind.identifier_of(prop.key) if kind is not None else None
        said = attribute(prop, use, raw)
        if said is None:
            return
        if said.problem is not None:
            self.problem(name, *said.problem)
        if said.joining:
            self.keys.append(said.joining)
        if said.other:
            self.other.append(said.other)
        if prop.key in vals and prop.key not in ("name", "title", "reference"):
            before, now = json.loads(vals[prop.key])[0], json.loads(said.text)[0]
            vals[prop.key] = listed(f"{before}; {now}") if before != now else vals[prop.key]
        else:
            vals[prop.key] = said.text

    def _entity(self, body: str) -> list[Any]:
        item = self.item
        label = " ".join(item.label.split()) or item.key.lstrip("#")
        keys = [[self.namespace, item.key], *self.keys]
        if self.card is not None:
            return ["item", item.type, keys[:1], [], label, -1, body]
        return ["item", item.type, keys, self.other, label, 2 if item.label else 0, body]

    def _link(self, body: str, when: When) -> tuple[list[Any], list[Any]]:
        item = self.item
        assert item.ends is not None
        one, other = item.ends
        ends = [self._end("a", one)]
        if other.key != one.key:
            ends.append(self._end("b", other))
        style = item.style
        arrows = anx.ARROWS.get(style.get("ArrowStyle") or "" if style is not None else "", 0)
        key = [self.namespace, item.key]
        start, precision = when if self.card is None else (None, None)
        link = [
            item.type,
            "a",
            "b" if other.key != one.key else "a",
            key,
            arrows,
            self._strength(),
            start,
            None,
            precision,
            body,
            " ".join(item.label.split()),
        ]
        return ends, [link]

    def _end(self, ref: str, end: End) -> list[Any]:
        kind = UNTYPED if end.text else self.types.entity(end.type)
        return [ref, kind, [[self.namespace, end.key]], [], " ".join(end.label.split()) or end.key, -1, "{}"]

    def _strength(self) -> int:
        style, known = self.item.style, self.known
        if style is None:
            return 0
        name = known.referred("Strength", style.get("StrengthReference")) or (style.get("Strength") or "").strip()
        return known.strengths.get(name, anx.STRENGTH_NAMES.get(anx.folded(name), 0))
