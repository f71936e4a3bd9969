"""A mapping as a person draws it up, column by column, before it is a specification."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ewglink.importers.specification import Specification
from ewglink.model.schema import ANY, Schema

Source = str | dict[str, Any]
"""Where a value comes from: a column, or an object of the specification that says more of it."""

READINGS = ("date", "decimal", "split")
"""What can be said of how a column is read."""

_ENTITY_WORDS = {"type", "key", "label", "properties"}
_LINK_WORDS = {"type", "from", "to", "start", "end", "properties"}
_HEAD = {"ewglink_spec", "name", "namespace", "entities", "links", "recognise"}


def column_of(source: Source | None) -> str | None:
    """The column that a value comes from; None for a constant."""
    return source if isinstance(source, str) or source is None else source.get("column")


def types_of(kind: Source) -> tuple[str, ...]:
    """The types that something can be: one, those of a map, or none that is known."""
    if isinstance(kind, str):
        return () if kind == "?" else (kind,)
    return tuple(dict.fromkeys(map(str, (kind.get("map") or {}).values())))


@dataclass
class DraftEntity:
    """An entity of each row: type, the columns that make it one with others (its key), label, and property → source.
    `more` is what the specification says beyond that; it is kept."""

    role: str
    type: Any
    key: list[Any] = field(default_factory=list)
    label: Any = None
    properties: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def labels(self) -> list[Source]:
        """What its label is taken from, the best first."""
        return self.label if isinstance(self.label, list) else [self.label] if self.label else []


@dataclass
class DraftLink:
    """A link of each row between two of its entities, when it held, and property → source."""

    type: Any
    a: str
    b: str
    start: Any = None
    end: Any = None
    properties: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)


Owner = DraftEntity | DraftLink


@dataclass
class MappingDraft:
    """Entities and links that can still be changed. `body()` is the specification as it stands."""

    name: str
    columns: tuple[str, ...]
    namespace: str = "case"
    entities: list[DraftEntity] = field(default_factory=list)
    links: list[DraftLink] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, spec: Specification, columns: Sequence[str], name: str | None = None) -> MappingDraft:
        """The draft of a specification."""
        body = spec.body
        more = {word: said for word, said in body.items() if word not in _HEAD}
        draft = cls(name or spec.name, tuple(columns), spec.namespace, more=more)
        for role, one in body["entities"].items():
            key, label = one.get("key"), one.get("label")
            draft.entities.append(
                DraftEntity(
                    role,
                    one["type"],
                    list(key) if isinstance(key, list) else [key],
                    label[0] if isinstance(label, list) and len(label) == 1 else label,
                    dict(one.get("properties", {})),
                    {word: said for word, said in one.items() if word not in _ENTITY_WORDS},
                )
            )
        for one in body.get("links", ()):
            draft.links.append(
                DraftLink(
                    one["type"],
                    one["from"],
                    one["to"],
                    one.get("start"),
                    one.get("end"),
                    dict(one.get("properties", {})),
                    {word: said for word, said in one.items() if word not in _LINK_WORDS},
                )
            )
        return draft

    def body(self) -> dict[str, Any]:
        """The specification as JSON."""
        entities = {}
        for one in self.entities:
            made: dict[str, Any] = {"type": one.type, "key": list(one.key)}
            if one.label:
                made["label"] = one.label
            if one.properties:
                made["properties"] = dict(one.properties)
            entities[one.role] = made | one.more
        links = []
        for link in self.links:
            drawn: dict[str, Any] = {"type": link.type, "from": link.a, "to": link.b}
            drawn |= {word: source for word, source in (("start", link.start), ("end", link.end)) if source}
            if link.properties:
                drawn["properties"] = dict(link.properties)
            links.append(drawn | link.more)
        head = {"ewglink_spec": 1, "name": self.name, "namespace": self.namespace}
        return head | {"entities": entities, "links": links} | self.more

    def specification(self) -> Specification:
        """The specification; a `Refusal` where the draft is not complete."""
        return Specification.from_json(self.body())

    # entities and links

    @property
    def owners(self) -> list[Owner]:
        """What values go to: entities, then links."""
        return [*self.entities, *self.links]

    def entity(self, role: str) -> DraftEntity | None:
        """The entity of that role."""
        return next((one for one in self.entities if one.role == role), None)

    def add_entity(self, type_key: str, column: str | None = None) -> DraftEntity:
        """One more entity of each row, named after its key column."""
        taken = {one.role for one in self.entities}
        stem = column or type_key
        role = next(name for n in range(1, len(taken) + 2) if (name := stem if n == 1 else f"{stem} {n}") not in taken)
        made = DraftEntity(role, type_key, [column] if column else [])
        self.entities.append(made)
        return made

    def remove_entity(self, entity: DraftEntity) -> None:
        """An entity less, and the links that hang on it."""
        self.entities.remove(entity)
        self.links = [link for link in self.links if entity.role not in (link.a, link.b)]

    def add_link(self, schema: Schema, a: DraftEntity | None = None, b: DraftEntity | None = None) -> DraftLink | None:
        """One more link, between the first two entities unless others are named; None where there are none."""
        if not self.entities:
            return None
        a = a or self.entities[0]
        b = b or self.entities[min(1, len(self.entities) - 1)]
        key = next((key for key in self.fitting(schema, a, b) if key != "unknown_link"), "unknown_link")
        made = DraftLink(key, a.role, b.role)
        self.links.append(made)
        return made

    def remove(self, owner: Owner) -> None:
        """An entity or a link less."""
        if isinstance(owner, DraftEntity):
            self.remove_entity(owner)
        else:
            self.links = [link for link in self.links if link is not owner]

    @staticmethod
    def fitting(schema: Schema, a: DraftEntity | None, b: DraftEntity | None) -> list[str]:
        """The types of links that there can be between two entities, those that say most of their ends first."""
        found: dict[str, int] = {}
        for one in types_of(a.type) if a else ():
            for other in types_of(b.type) if b else ():
                for link in schema.links_between(one, other):
                    found[link.key] = (ANY in link.from_types) + (ANY in link.to_types)
        return sorted(found, key=lambda key: found[key])

    # columns

    def put(self, column: str, owner: Owner, word: str) -> None:
        """Let a column say the key (beside what says it already), the label, the start, the end or a property."""
        source = self._read_so(column)
        if isinstance(owner, DraftEntity) and word == "key":
            if column not in map(column_of, owner.key):
                owner.key.append(column)
        elif isinstance(owner, DraftEntity) and word == "label":
            owner.label = column
        elif isinstance(owner, DraftLink) and word in ("start", "end"):
            setattr(owner, word, source)
        elif isinstance(owner, DraftEntity) and word in ("start", "end"):
            owner.more[word] = source
        else:
            owner.properties[word] = source

    def take(self, column: str, owner: Owner, word: str) -> None:
        """Let a column no longer say it."""
        if isinstance(owner, DraftEntity) and word == "key":
            owner.key = [one for one in owner.key if column_of(one) != column]
            owner.more.pop("split", None) if not owner.key else None
        elif isinstance(owner, DraftEntity) and word == "label":
            left = [one for one in owner.labels if column_of(one) != column]
            owner.label = left if len(left) > 1 else left[0] if left else None
        elif isinstance(owner, DraftLink) and word in ("start", "end"):
            setattr(owner, word, None)
        elif isinstance(owner, DraftEntity) and word in ("start", "end"):
            owner.more.pop(word, None)
        else:
            owner.properties.pop(word, None)

    def uses(self, column: str) -> list[tuple[Owner, str]]:
        """What a column is used for: (entity or link, `key`, `label`, `start`, `end` or a property)."""
        return [(owner, word) for owner, word, source in self._sources() if column_of(source) == column]

    def unused(self) -> list[str]:
        """The columns that nothing reads."""
        return [column for column in self.columns if not self.uses(column)]

    def _sources(self) -> Iterator[tuple[Owner, str, Source]]:
        for one in self.entities:
            yield from ((one, "key", source) for source in one.key)
            yield from ((one, "label", source) for source in one.labels)
            yield from ((one, word, one.more[word]) for word in ("start", "end") if one.more.get(word))
            yield from ((one, name, source) for name, source in one.properties.items())
        for link in self.links:
            yield from ((link, word, source) for word in ("start", "end") if (source := getattr(link, word)))
            yield from ((link, name, source) for name, source in link.properties.items())

    # how a column is read

    def _read_so(self, column: str) -> Source:
        said = {word: how for word in ("date", "decimal") if (how := self.reading(column, word))}
        return {"column": column} | said if said else column

    def reading(self, column: str, word: str) -> str | None:
        """How a column is read: its order of dates (`dmy`, `mdy`, `ymd`), decimal mark or separator; None: as found."""
        if word == "split":
            for one in self.entities:
                if one.more.get("split") and [column_of(source) for source in one.key] == [column]:
                    return str(one.more["split"])
        said = (source.get(word) for _owner, _word, source in self._sources()
                if isinstance(source, dict) and source.get("column") == column)  # fmt: skip
        return next((str(how) for how in said if how), None)

    def read_as(self, column: str, word: str, how: str | None) -> None:
        """Read a column so wherever it goes; None: as found. A key of several values makes several entities a row."""
        for owner, use in self.uses(column):
            if isinstance(owner, DraftEntity) and word == "split" and owner.key and use != "label":
                alone = [column_of(source) for source in owner.key] == [column]
                if alone and use == "key":
                    owner.more.pop("split", None)
                    owner.more |= {"split": how} if how else {}
                if alone:
                    continue
            if use in ("key", "label") or use in ("start", "end") and word != "date":
                continue
            self._say(owner, use, word, how)

    @staticmethod
    def _say(owner: Owner, use: str, word: str, how: str | None) -> None:
        held: Any = owner.properties
        if use in ("start", "end"):
            held = owner.more if isinstance(owner, DraftEntity) else vars(owner)
        source = held[use]
        said = {"column": source} if isinstance(source, str) else dict(source)
        said.pop(word, None)
        if how:
            said[word] = how
        held[use] = said if set(said) - {"column"} else said["column"]
