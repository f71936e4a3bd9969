"""A record on its way to drafts: entities with checked numbers and read dates, links, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from json.encoder import encode_basestring
from typing import Any

from ewglink.identifiers.catalogue import check
from ewglink.identifiers.placeholders import names_nobody
from ewglink.importers import dates
from ewglink.importers.contract import Drafted, EntityDraft, LinkDraft, Problem, Row
from ewglink.importers.drafting import listed
from ewglink.model.items import Direction, Strength
from ewglink.model.schema import EntityType, Schema
from ewglink.reference.schema_files import builtin_schema
from ewglink.text import N_, Message, message

NAME, FALLBACK, NUMBER, REFERRED, GUESSED = 2, 1, 0, -1, -2
"""How good a label is; the last two are of entities that the record only names."""


PLAIN = dates.DateStyle()
"""Dates that need no evidence of their column."""


@cache
def _schema() -> Schema:
    return builtin_schema()


@cache
def _joins(kind: str, prop: str) -> tuple[str, bool] | None:
    """The scheme a property is checked as, and whether it makes two rows one; None where it is no identifier."""
    known: EntityType = _schema().entity_types[kind]
    use = known.identifier_of(prop)
    if use is not None:
        return use.scheme, use.joins
    found = known.property(prop)
    return (found.scheme, False) if found is not None and found.scheme else None


def said_of(found: dates.DateValue) -> str:
    """A date as a statement's list."""
    return listed(found.iso, found.raw if found.raw != found.iso else None, precision=int(found.precision))


class Stated:
    """What a record says of one entity, gathered property by property."""

    def __init__(self, record: RecordDraft, ref: str, kind: str) -> None:
        self.record, self.ref, self.kind = record, ref, kind
        self.vals: dict[str, str] = {}
        self.keys: list[tuple[str, str]] = []
        self.other: list[tuple[str, str, str]] = []
        self.label, self.rank = "", GUESSED - 1

    def key(self, namespace: str, value: str) -> Stated:
        """A key that makes it one with what the case knows under it."""
        if (namespace, value) not in self.keys:
            self.keys.append((namespace, value))
        return self

    def named(self, label: str, rank: int = NAME) -> Stated:
        """What it is called, unless something better is known of the same record."""
        if label and rank > self.rank:
            self.label, self.rank = label, rank
        return self

    def text(self, prop: str, raw: str | None) -> Stated:
        """A text, trimmed; the original is kept beside."""
        text = (raw or "").strip()
        if text:
            self.vals[prop] = f"[{encode_basestring(text)}]" if text == raw else listed(text, raw)
        return self

    def several(self, prop: str, values: Iterable[str]) -> Stated:
        """Several texts, each once, in order."""
        found = list(dict.fromkeys(text for one in values if (text := one.strip())))
        if found:
            self.vals[prop] = listed(found)
        return self

    def number(self, prop: str, value: Any, raw: str | None = None) -> Stated:
        """A number; None says nothing."""
        if value is not None:
            alone = raw is None or raw == str(value)
            self.vals[prop] = f"[{value!r}]" if alone and type(value) in (int, float) else listed(value, raw)
        return self

    def date(self, prop: str, raw: str | None, style: dates.DateStyle = PLAIN) -> Stated:
        """A date with the precision it is written in; what is none is kept as text and reported."""
        text = (raw or "").strip()
        if not text:
            return self
        found = dates.parse(text, style)
        if found is None:
            self.vals[prop] = listed(text, raw if raw != text else None, validity="warn", reason="not_a_date")
            words = N_("“{text}” is not a date; it is kept as text.")
            self.record.problem(prop, "not_a_date", message(words, text=text))
        else:
            self.vals[prop] = said_of(found)
        return self

    def identifier(
        self, prop: str, raw: str | None, *, country: str | None = None, field: str | None = None, first: bool = False
    ) -> Stated:
        """A number checked as its property's scheme: it joins where the schema says so and it holds. `first`: before
        the keys known so far."""
        text = (raw or "").strip()
        use = _joins(self.kind, prop)
        if not text or use is None:
            return self if use is not None else self.text(prop, raw)
        scheme, joins = use
        found = check(scheme, text, country=country)
        shown = found.normalised or text
        sound = found.status == "ok" and not found.placeholder
        self.vals[prop] = listed(
            shown, raw if raw != shown else None, validity=found.status, reason=None if sound else found.code
        )
        if not sound:
            self.record.problem(field or prop, found.code, found.message)
        if joins and found.may_join:
            self.keys.insert(0 if first else len(self.keys), (scheme, found.normalised))
        elif not found.placeholder:
            self.other.append((scheme, shown, found.status))
        return self

    def drafted(self) -> EntityDraft:
        """The draft."""
        text = "{" + ",".join(f'"{name}":{said}' for name, said in self.vals.items()) + "}"
        keys = tuple(dict.fromkeys(self.keys))
        rank = max(self.rank, GUESSED)
        return EntityDraft(self.ref, self.kind, keys, tuple(self.other), self.label or self.ref, rank, text)


class RecordDraft:
    """What one record says, gathered entity by entity and link by link."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self._entities: dict[str, Stated] = {}
        self._links: list[LinkDraft] = []
        self._problems: list[Problem] = []

    def entity(self, kind: str, ref: str | None = None) -> Stated:
        """A new entity of a type; `ref` names it within the record."""
        ref = ref or f"{kind} {len(self._entities) + 1}"
        found = self._entities[ref] = Stated(self, ref, kind)
        return found

    def known(self, ref: str) -> Stated | None:
        """The entity of this record called `ref`."""
        return self._entities.get(ref)

    def link(
        self, kind: str, a: Stated, b: Stated, *, key: tuple[str, str] | None = None,
        start: dates.DateValue | None = None, end: dates.DateValue | None = None,
        strength: Strength = Strength.CONFIRMED, name: str = "", **vals: Any,
    ) -> None:  # fmt: skip
        """A link between two entities of the record, with a label where it has one; None values say nothing."""
        dated = start or end
        body = ",".join(f'"{name}":{listed(value)}' for name, value in vals.items() if value not in (None, "", []))
        directed = Direction.FORWARD if _schema().link_types[kind].directed else Direction.NONE
        self._links.append(
            LinkDraft(
                kind, a.ref, b.ref, key, int(directed), int(strength), start.iso if start else None,
                end.iso if end else None, int(dated.precision) if dated else None, "{" + body + "}",
                name,
            )
        )

    def problem(self, field: str | None, code: str, words: Message, rejected: bool = False) -> None:
        """Something about the record that people must hear of."""
        row = self.row
        self._problems.append(Problem(row.part, row.no, row.line, field, code, words, rejected, row.raw))

    def placeholder(self, field: str, text: str) -> bool:
        """Whether `text` stands for nothing; one that is written out is reported."""
        if not names_nobody(text):
            return False
        if text.strip():
            words = N_("“{text}” is a placeholder; nothing is made of it.")
            self.problem(field, "placeholder", message(words, text=text.strip()))
        return True

    def drafted(self) -> Drafted:
        """Everything it says; a record without an entity is listed as rejected."""
        if not self._entities and not any(one.rejected for one in self._problems):
            self.problem(None, "nothing_in_row", message(N_("The row names nothing; it is not imported.")), True)
        if any(one.rejected for one in self._problems):
            return Drafted(self.row, (), (), tuple(self._problems))
        entities = tuple(one.drafted() for one in self._entities.values())
        return Drafted(self.row, entities, tuple(self._links), tuple(self._problems))
