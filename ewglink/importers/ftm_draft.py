"""What a FollowTheMoney entity says: an entity with its references as links, or a link."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ewglink.dialects import ftm
from ewglink.identifiers.placeholders import is_placeholder
from ewglink.importers import characters, dates
from ewglink.importers.attribute_values import attribute
from ewglink.importers.contract import Problem, Row
from ewglink.importers.drafting import listed
from ewglink.importers.ftm_records import PART, Record
from ewglink.importers.ftm_types import (
    DATASETS,
    Survey,
    edge_type,
    ends,
    entity_type,
    kind_of,
    property_type,
    reference_type,
)
from ewglink.model.property_types import PropertyType
from ewglink.reference.schema_files import builtin_schema
from ewglink.text import N_, Message, message

_GUESSED = -1
"""The rank of a label, and of a type, that only a reference gives."""


class RecordSaid:
    """One entity of a file on its way to drafts."""

    def __init__(self, record: Record, known: Survey, missing: set[str]) -> None:
        self.record, self.known, self._missing = record, known, missing
        self.problems: list[Problem] = []
        self.entities: list[list[Any]] = []
        self.links: list[list[Any]] = []
        self._refs: dict[str, str] = {}

    def row(self) -> Row | None:
        """The record with its draft as the only cell; None where it says nothing that can be kept."""
        record = self.record
        if record.schema in ftm.EDGES:
            self._edge()
        else:
            self._node()
        if not self.entities:
            return None
        self._odd()
        cell = json.dumps([self.entities, self.links], ensure_ascii=False, separators=(",", ":"))
        return Row(PART, record.no, record.line, (cell,), record.raw)

    def _odd(self) -> None:
        raw = self.record.raw
        if characters.suspicious(raw) or "\\u" in raw:
            said = "\n".join(text for texts in self.record.properties.values() for text in texts)
            for code, words in characters.findings(f"{self.record.id}\n{said}"):
                self._problem(None, code, message(N_("The row {what}."), what=words))

    def _problem(self, name: str | None, code: str, words: Message, rejected: bool = False) -> None:
        record = self.record
        raw = record.raw if rejected else None
        self.problems.append(Problem(PART, record.no, record.line, name, code, words, rejected, raw))

    # entities

    def _node(self) -> None:
        record = self.record
        kind = entity_type(record.schema)
        keys = [[ftm.NAMESPACE, record.id]]
        keys += [[ftm.NAMESPACE, one] for one in record.referents if one != record.id]
        bodies, joining, other = self._values(kind)
        label, rank = self._label()
        self._refs[record.id] = "e"
        self.entities.append(["e", kind, keys + joining, other, label, rank, bodies[0]])
        for place, body in enumerate(bodies[1:], 1):
            self.entities.append([f"e{place}", kind, keys[:1], [], label, _GUESSED, body])
        for name, targets in record.properties.items():
            promised = ftm.reference(record.schema, name)
            for target in dict.fromkeys(one.strip() for one in targets) if promised else ():
                self._reference(name, target, promised)

    def _label(self) -> tuple[str, int]:
        record = self.record
        if ftm.is_a(record.schema, "Person") and not record.properties.get("name"):
            parts = [record.properties.get(name, [""])[0].strip() for name in ("firstName", "lastName")]
            if any(parts):
                return " ".join(filter(None, parts)), 2
        for name in (*ftm.caption_of(record.schema), "name", "title", "summary"):
            for text in record.properties.get(name, ()):
                if text.strip() and not is_placeholder(text):
                    return " ".join(text.split())[:300], 2
        return record.id, 0

    def _reference(self, name: str, target: str, promised: str) -> None:
        record = self.record
        schema = self.known.schemata.get(target) or promised
        key, turned = reference_type(record.schema, name, schema)
        ref = self._end(target, promised)
        own = self._refs[record.id]
        a, b = (ref, own) if turned else (own, ref)
        link = builtin_schema().link_types[key]
        said = "{}"
        if key == "unknown_link" or (link.property("role") is not None):
            said = '{"role":' + listed(ftm.words(name)) + "}"
        direction = 1 if link.directed or key == "unknown_link" else 0
        self.links.append(
            [key, a, b, [ftm.NAMESPACE, f"{record.id}/{name}/{target}"], direction, 0, None, None, None, said, ""]
        )

    def _end(self, target: str, promised: str) -> str:
        """The ref of what another entity is: a stub, whose type and label give way to its own."""
        known = self._refs.get(target)
        if known is not None:
            return known
        schema = self.known.schemata.get(target)
        if schema is None and target not in self._missing:
            self._missing.add(target)
            words = N_("“{id}” is referred to and not in the file; an entity of that name is made.")
            self._problem(None, "dangling_reference", message(words, id=target))
        ref = self._refs[target] = f"r{len(self._refs)}"
        kind = entity_type(schema or promised)
        self.entities.append([ref, kind, [[ftm.NAMESPACE, target]], [], target, _GUESSED, "{}"])
        return ref

    # links

    def _edge(self) -> None:
        record, edge = self.record, ftm.EDGES[self.record.schema]
        pairs = ends(record)
        if not pairs:
            lacking = edge.source if not record.properties.get(edge.source) else edge.target
            words = N_("The {schema} does not say its “{field}”; it is not imported.")
            self._problem(lacking, "link_without_end", message(words, schema=record.schema, field=lacking), True)
            return
        start, begun = self._time(ftm.STARTS)
        end, _precision = self._time(ftm.ENDS)
        for place, (a, b) in enumerate(dict.fromkeys(pairs)):
            kind = edge_type(self.known, record.schema, a, b)
            bodies, _joining, _other = self._values(kind)
            key = [ftm.NAMESPACE, record.id if place == 0 else f"{record.id}/{place + 1}"]
            refs = self._end(a, "Thing"), self._end(b, "Thing")
            precision = begun if start else _precision
            for body in bodies:
                self.links.append(
                    [kind, *refs, key, 1 if edge.directed else 0, 0, start, end, precision, body, self._caption()]
                )

    def _caption(self) -> str:
        for name in ("role", "relationship", "lotNumber"):
            found = self.record.properties.get(name)
            if found:
                return " ".join(found[0].split())[:120]
        return ""

    def _time(self, names: tuple[str, ...]) -> tuple[str | None, int | None]:
        """The earliest of the dates that say when a link held."""
        found = [value for name in names for text in self.record.properties.get(name, ())
                 if (value := dates.parse(text.strip())) is not None]  # fmt: skip
        best = min(found, key=lambda one: one.iso, default=None)
        return (best.iso, int(best.precision)) if best else (None, None)

    # values

    def _values(self, kind: str) -> tuple[list[str], list[list[str]], list[tuple[str, str, str]]]:
        """What is said, as one statement or several where a property with one value has more; and the numbers."""
        said: list[dict[str, str]] = [{}]
        joining: list[list[str]] = []
        other: list[tuple[str, str, str]] = []
        called, words = kind_of(self.record.schema)
        if called and self.record.schema not in ftm.EDGES:
            said[0][called] = listed(words, self.record.schema if words != self.record.schema else None)
        for prop, name, texts in self._properties(kind):
            if prop.kind == "list":
                self._list(said[0], prop.key, texts)
                continue
            for text in texts:
                self._one(said, kind, prop, name, text, joining, other)
        if self.record.other.get("datasets"):
            said[0][DATASETS.key] = listed(self.record.other["datasets"])
        return [_body(one) for one in said], joining, other

    @staticmethod
    def _list(vals: dict[str, str], key: str, texts: list[str]) -> None:
        before = json.loads(vals[key])[0] if key in vals else []
        vals[key] = listed(list(dict.fromkeys([*before, *(text.strip() for text in texts)])))

    def _one(
        self, said: list[dict[str, str]], kind: str, prop: PropertyType, name: str, text: str,
        joining: list[list[str]], other: list[tuple[str, str, str]],
    ) -> None:  # fmt: skip
        known = builtin_schema().entity_types.get(kind)
        found = attribute(prop, known.identifier_of(prop.key) if known else None, text)
        if found is None:
            return
        if found.problem is not None:
            self._problem(name, *found.problem)
        if found.joining:
            joining.append(list(found.joining))
        if found.other:
            other.append(found.other)
        value = found.text
        if prop.kind == "country" and len(text.strip()) == 2:
            value = listed(text.strip().upper(), text if text != text.strip().upper() else None)
        place = next((one for one in said if prop.key not in one), None)
        if place is None:
            place = {}
            said.append(place)
        place[prop.key] = value

    def _properties(self, kind: str) -> Iterator[tuple[PropertyType, str, list[str]]]:
        record = self.record
        edge = ftm.EDGES.get(record.schema)
        for name, texts in record.properties.items():
            if edge is None and ftm.reference(record.schema, name):
                continue
            if edge is not None and name in (edge.source, edge.target, *ftm.STARTS, *ftm.ENDS):
                unread = [text for text in texts if dates.parse(text.strip()) is None]
                if name in (edge.source, edge.target) or not unread:
                    continue
            yield property_type(kind, record.schema, name), name, texts


def _body(vals: dict[str, str]) -> str:
    return "{" + ",".join(f"{json.dumps(name, ensure_ascii=False)}:{said}" for name, said in vals.items()) + "}"
