"""A specification made ready for one table: rows become drafts of entities and links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from operator import itemgetter
from typing import Any, NamedTuple

from ewglink.identifiers.catalogue import check
from ewglink.identifiers.placeholders import is_placeholder
from ewglink.importers.contract import Drafted, EntityDraft, LinkDraft, Part, Problem, Row
from ewglink.importers.drafting import REMEMBERED, CellReader, Cells, Said, conditions, listed, pieces_of
from ewglink.importers.specification import EntityRole, LinkRole, Specification, Value
from ewglink.importers.values import as_text
from ewglink.model.items import Direction, Strength
from ewglink.model.schema import ANY, EntityType, LinkType, Schema
from ewglink.text import N_, Message, message

HASHED = "link"
"""The namespace of links known by their content: a hash, to which `matching` adds the ordinal among equal rows."""

REFERRED, GUESSED = -1, -2
"""Label ranks of an entity that a row only names: of a type that is certain, or guessed from the link."""

_STRENGTHS = {"confirmed": Strength.CONFIRMED, "unconfirmed": Strength.UNCONFIRMED, "tentative": Strength.TENTATIVE}
Complaint = tuple[str | None, str, Message, bool]
"""Column, code, sentence, and whether the row is rejected."""


class Made(NamedTuple):
    """What a role makes of a row: its entities, and what is wrong."""

    drafts: tuple[EntityDraft, ...]
    complaints: tuple[Complaint, ...] = ()


NOTHING = Made(())


class _Key:
    """A key: the trimmed values of its parts, joined by `|`; None where a part is empty or a placeholder. A single letter or
    digit is a key: tables number their rows from 0 and name things x."""

    def __init__(self, parts: Sequence[Value], columns: Sequence[str]) -> None:
        self.parts = [(columns.index(one.column) if one.column is not None else -1, one) for one in parts]
        self.column = next((one.column for one in parts if one.column is not None), None)

    def read(self, cells: Cells, country: str | None = None) -> tuple[str | None, str]:
        """The key, and why there is none: `empty` or `placeholder`."""
        found = []
        for index, part in self.parts:
            text = (as_text(part.constant) if index < 0 else as_text(cells[index])).strip()
            if index >= 0 and is_placeholder(text) and not (len(text) == 1 and text.isalnum()):
                return None, "placeholder" if text else "empty"
            if part.scheme:
                checked = check(part.scheme, text, country=country)
                text = checked.normalised if checked.may_join else text
            found.append(text)
        if len(found) == 1:
            return found[0], ""
        return "|".join(text.replace("|", "||") for text in found), ""


class _Kind:
    """How a role reads one type of entity: its properties and label."""

    def __init__(self, role: EntityRole, kind: EntityType, columns: Sequence[str], sample: Sequence[Cells]) -> None:
        self.key = kind.key
        self.properties = [
            ('"%s":' % name, CellReader.of(value, columns, kind.property(name), kind.identifier_of(name), sample))
            for name, value in role.properties.items()
        ]
        self.labels = [(CellReader(value, columns), 2 if not place else 1) for place, value in enumerate(role.label)]
        if not role.label:
            by_name = dict(zip(role.properties, (reader for _text, reader in self.properties), strict=True))
            self.labels = [
                (by_name[name], 0 if by_name[name].kind == "identifier" else 1 if place else 2)
                for place, name in enumerate(kind.label_from)
                if name in by_name
            ]


class _Role:
    """One role of the specification, ready for the table's columns."""

    def __init__(self, spec: Specification, role: EntityRole, part: Part, schema: Schema) -> None:
        columns, sample = part.columns, [row.cells for row in part.sample]
        self.role, self.schema, self.columns, self.sample = role, schema, columns, sample
        self.key = _Key(role.key, columns)
        self.also = [(namespace, _Key((value,), columns)) for namespace, value in role.also]
        self.conditions = conditions(role.conditions, columns)
        self.start = CellReader(role.start, columns, "date", sample=sample) if role.start else None
        self.end = CellReader(role.end, columns, "date", sample=sample) if role.end else None
        self.country = columns.index(role.country) if role.country else -1
        self.type_index = columns.index(role.type.column) if role.type.column else -1
        self.link, self.is_from = _guessing(spec, role)
        self._kinds: dict[str, _Kind] = {}
        self._known: dict[Any, Made] = {}
        used = sorted(self._used())
        self._cells = itemgetter(*used) if used else lambda cells: ()
        self._split = columns.index(role.key[0].column) if role.split and role.key[0].column else -1

    def _used(self) -> set[int]:
        alone = Specification("", "", (self.role,), (), {})
        names = alone.columns() | ({self.link.type.column} if self.link and self.link.type.column else set())
        return {self.columns.index(name) for name in names}

    def readers(self) -> Iterable[CellReader]:
        """The readers that a fixed type has, for what is said of the whole table."""
        if self.role.type.column is None and self.role.type.constant:
            yield from (reader for _name, reader in self._kind(str(self.role.type.constant)).properties)

    def made(self, cells: Cells) -> Made:
        """What the row makes in this role."""
        known = self._cells(cells)
        try:
            return self._known[known]
        except KeyError:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            made = self._known[known] = self._make(cells)
            return made

    def _make(self, cells: Cells) -> Made:
        if not all(holds(cells) for holds in self.conditions):
            return NOTHING
        if self._split < 0:
            return self._one(cells, self.role.role)
        drafts: dict[str, EntityDraft] = {}
        complaints: list[Complaint] = []
        for piece in pieces_of(as_text(cells[self._split]), self.role.split or ";"):
            one = self._one(
                (*cells[: self._split], piece, *cells[self._split + 1 :]), f"{self.role.role}#{len(drafts) + 1}"
            )
            complaints.extend(one.complaints)
            for draft in one.drafts:
                drafts.setdefault(draft.keys[0][1], draft)
        if not drafts and not complaints and not self.role.optional:
            complaints.append(self._missing("empty"))
        return Made(tuple(drafts.values()), tuple(complaints))

    def _missing(self, why: str) -> Complaint:
        column = self.key.column
        if why == "placeholder":
            return (
                column,
                "placeholder_key",
                message(
                    N_("“{column}” holds a placeholder where a key should be; nothing is made of it."), column=column
                ),
                False,
            )
        return column, "empty_key", message(N_("“{column}” is empty; nothing is made of it."), column=column), False

    def _one(self, cells: Cells, ref: str) -> Made:
        country = as_text(cells[self.country]).strip().upper() if self.country >= 0 else None
        country = country if country and len(country) == 2 else None
        key, why = self.key.read(cells, country)
        if key is None:
            return NOTHING if self.role.optional and why == "empty" else Made((), (self._missing(why),))
        name, rank, complaint = self._type(cells)
        if name is None:
            return Made((), (complaint,) if complaint else ())
        kind = self._kind(name)
        complaints: list[Complaint] = []
        keys, other, vals = self._said(kind, cells, country, complaints)
        label, ranked = self._label(kind, cells, key) if not self.role.reference else (key, rank)
        more = [(space, found) for space, one in self.also if (found := one.read(cells, country)[0]) is not None]
        draft = EntityDraft(ref, name, ((self.role.namespace, key), *more, *keys), tuple(other), label, ranked, vals)
        return Made((draft,), tuple(complaints))

    def _kind(self, name: str) -> _Kind:
        kind = self._kinds.get(name)
        if kind is None:
            kind = self._kinds[name] = _Kind(self.role, self.schema.entity_types[name], self.columns, self.sample)
        return kind

    def _type(self, cells: Cells) -> tuple[str | None, int, Complaint | None]:
        if self.role.guess:
            return self._guess(cells)
        if self.type_index < 0:
            return str(self.role.type.constant), REFERRED, None
        text = as_text(cells[self.type_index]).strip()
        given = self.role.type.map
        name = given.get(text, given.get("*")) if given else _as_key(text)
        if name in self.schema.entity_types:
            return name, REFERRED, None
        return (
            None,
            0,
            (
                self.role.type.column,
                "unknown_type",
                message(
                    N_("“{text}” in “{column}” is no type of entity; nothing is made of it."),
                    text=text,
                    column=self.role.type.column,
                ),
                False,
            ),
        )

    def _guess(self, cells: Cells) -> tuple[str | None, int, Complaint | None]:
        """The type that the end of the row's link allows; a guess where it allows several."""
        assert self.link is not None
        text = (
            str(self.link.type.constant)
            if self.link.type.column is None
            else _as_key(as_text(cells[self.columns.index(self.link.type.column)]))
        )
        found = self.schema.link_types.get(text)
        if found is None:
            return None, 0, None
        ends = found.from_types if self.is_from else found.to_types
        if ANY in ends:
            return "organization", GUESSED, None
        certain = all(self.schema.same_family(ends[0], end) for end in ends)
        return ends[0], REFERRED if certain else GUESSED, None

    def _said(
        self,
        kind: _Kind,
        cells: Cells,
        country: str | None,
        complaints: list[Complaint],
    ) -> tuple[list[tuple[str, str]], list[tuple[str, str, str]], str]:
        start, end = _when(self.start, cells, complaints), _when(self.end, cells, complaints)
        keys: list[tuple[str, str]] = []
        other: list[tuple[str, str, str]] = []
        texts: list[str] = []
        for name, reader in kind.properties:
            said = reader.read(cells, country)
            if said is None:
                continue
            texts.append(name + (said.text if start is None and end is None else _dated(said, start, end)))
            if said.joining:
                keys.append(said.joining)
            if said.other:
                other.append(said.other)
            if said.problem:
                complaints.append((reader.value.column, *said.problem, False))
        return keys, other, "{" + ",".join(texts) + "}"

    @staticmethod
    def _label(kind: _Kind, cells: Cells, key: str) -> tuple[str, int]:
        for reader, rank in kind.labels:
            said = reader.read(cells)
            if said is not None:
                text = as_text(said.value).strip() if not isinstance(said.value, list) else "; ".join(said.value)
                if rank < 2 or not is_placeholder(text):
                    return text, rank
        return key, 0


def _as_key(text: str) -> str:
    return text.strip().lower().replace(" ", "_").replace("-", "_")


def _guessing(spec: Specification, role: EntityRole) -> tuple[LinkRole | None, bool]:
    if role.guess:
        for link in spec.links:
            if role.role in (link.a, link.b):
                return link, link.a == role.role
    return None, False


def _when(reader: CellReader | None, cells: Cells, complaints: list[Complaint]) -> Said | None:
    said = reader.read(cells) if reader else None
    if said is not None and said.problem:
        complaints.append((reader.value.column if reader else None, *said.problem, False))
        return None
    return said


def _dated(said: Said, start: Said | None, end: Said | None) -> str:
    """The statement with the time it held."""
    from json import loads

    parts = loads(said.text) + [None] * 7
    precision = said.precision or (start or end or said).precision
    return listed(
        parts[0], parts[1], start.value if start else None, end.value if end else None, precision, parts[5], parts[6]
    )


class _Link:
    """One link of the specification, ready for the table's columns."""

    def __init__(self, spec: Specification, link: LinkRole, part: Part, schema: Schema) -> None:
        columns, sample = part.columns, [row.cells for row in part.sample]
        self.link, self.schema, self.columns, self.sample = link, schema, columns, sample
        self.type_index = columns.index(link.type.column) if link.type.column else -1
        self.conditions = conditions(link.conditions, columns)
        self.key = _Key(link.key, columns) if link.key else None
        self.namespace = spec.namespace
        self.start = CellReader(link.start, columns, "instant", sample=sample) if link.start else None
        self.end = CellReader(link.end, columns, "instant", sample=sample) if link.end else None
        self.strength = CellReader(link.strength, columns) if link.strength else None
        self._readers: dict[str, list[tuple[str, CellReader]]] = {}

    def _type(self, cells: Cells) -> tuple[LinkType | None, str]:
        if self.type_index < 0:
            return self.schema.link_types[str(self.link.type.constant)], ""
        text = as_text(cells[self.type_index]).strip()
        given = self.link.type.map
        name = given.get(text, given.get("*", "")) if given else _as_key(text)
        return self.schema.link_types.get(name), text

    def made(
        self,
        cells: Cells,
        ends: tuple[EntityDraft, ...],
        others: tuple[EntityDraft, ...],
        links: list[LinkDraft],
        complaints: list[Complaint],
    ) -> None:
        """Add the links that the row makes between `ends` and `others`."""
        for holds in self.conditions:
            if not holds(cells):
                return
        found, text = self._type(cells)
        if found is None:
            complaints.append(
                (
                    self.link.type.column,
                    "unknown_link_type",
                    message(
                        N_("“{text}” in “{column}” is no type of link; the row is not imported."),
                        text=text,
                        column=self.link.type.column,
                    ),
                    True,
                )
            )
            return
        if not ends or not others:
            return
        start, end = _when(self.start, cells, complaints), _when(self.end, cells, complaints)
        vals, core = self._said(found, cells, complaints)
        several = len(ends) > 1 or len(others) > 1
        strength = self._strength(cells)
        for a in ends:
            for place, b in enumerate(others, 1):
                own = vals if not several else self._placed(vals, place if len(others) > 1 else ends.index(a) + 1)
                key = self._key(found.key, cells, a, b, several) or self._hash(
                    found.key, a, b, start, end, strength, core
                )
                precision = (start or end).precision if start or end else None  # type: ignore[union-attr]
                links.append(
                    LinkDraft(
                        found.key,
                        a.ref,
                        b.ref,
                        key,
                        Direction.FORWARD if found.directed else Direction.NONE,
                        strength,
                        start.value if start else None,
                        end.value if end else None,
                        precision,
                        own,
                    )
                )

    def _said(self, kind: LinkType, cells: Cells, complaints: list[Complaint]) -> tuple[str, str]:
        readers = self._readers.get(kind.key)
        if readers is None:
            readers = self._readers[kind.key] = [
                ('"%s":' % name, CellReader.of(value, self.columns, kind.property(name), None, self.sample))
                for name, value in self.link.properties.items()
                if not value.position
            ]
        texts, cores = [], []
        for name, reader in readers:
            said = reader.read(cells)
            if said is not None:
                texts.append(name + said.text)
                cores.append(name + said.core)
                if said.problem:
                    complaints.append((reader.value.column, *said.problem, False))
        return "{" + ",".join(texts) + "}", "\x1f".join(cores)

    def _placed(self, vals: str, place: int) -> str:
        for name, value in self.link.properties.items():
            if value.position:
                more = f'"{name}":[{place}]'
                return f"{{{more}}}" if vals == "{}" else f"{vals[:-1]},{more}}}"
        return vals

    def _strength(self, cells: Cells) -> int:
        said = self.strength.read(cells) if self.strength else None
        return int(_STRENGTHS.get(str(said.value).casefold(), Strength.CONFIRMED)) if said else 0

    def _key(self, kind: str, cells: Cells, a: EntityDraft, b: EntityDraft, several: bool) -> tuple[str, str] | None:
        key = self.key.read(cells)[0] if self.key else None
        if key is None:
            return None
        return f"{self.namespace}:{kind}", f"{key}|{a.keys[0][1]}|{b.keys[0][1]}" if several else key

    @staticmethod
    def _hash(
        kind: str, a: EntityDraft, b: EntityDraft, start: Said | None, end: Said | None, strength: int, core: str
    ) -> tuple[str, str]:
        text = "\x1f".join(
            (kind, *a.keys[0], *b.keys[0], start.core if start else "", end.core if end else "", str(strength), core)
        )
        return HASHED, sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Mapping:
    """A specification made ready for the table `part` of a case with `schema`; a `Refusal` where they do not fit."""

    def __init__(self, spec: Specification, part: Part, schema: Schema) -> None:
        spec.check(part.columns, schema)
        self.spec, self.part = spec, part
        self._roles = {role.role: _Role(spec, role, part, schema) for role in spec.entities}
        self._links = [(_Link(spec, link, part, schema), link.a, link.b) for link in spec.links]

    def remarks(self) -> list[Problem]:
        """What is to be said of the table as a whole: columns whose dates could be read two ways."""
        readers = [reader for role in self._roles.values() for reader in role.readers()]
        for link, _a, _b in self._links:
            readers += [reader for reader in (link.start, link.end) if reader is not None]
        columns = dict.fromkeys(reader.value.column for reader in readers if reader.ambiguous and reader.value.column)
        return [
            Problem(
                self.part.name,
                None,
                None,
                column,
                "ambiguous_dates",
                message(
                    N_("No date in “{column}” tells day from month; they are read as month/day/year."), column=column
                ),
            )
            for column in columns
        ]

    def draft(self, row: Row) -> Drafted:
        """What the row says."""
        cells = row.cells
        complaints: list[Complaint] = []
        made: dict[str, tuple[EntityDraft, ...]] = {}
        entities: list[EntityDraft] = []
        for name, role in self._roles.items():
            one = role.made(cells)
            made[name] = one.drafts
            if one.drafts:
                entities.extend(one.drafts)
            if one.complaints:
                complaints.extend(one.complaints)
        links: list[LinkDraft] = []
        for link, a, b in self._links:
            link.made(cells, made[a], made[b], links, complaints)
        if not entities and not any(rejected for *_rest, rejected in complaints):
            complaints.append((None, "nothing_in_row", message(N_("The row names nothing; it is not imported.")), True))
        if not complaints:
            return Drafted(row, tuple(entities), tuple(links))
        if any(rejected for *_rest, rejected in complaints):
            entities, links = [], []
        problems = tuple(
            Problem(row.part, row.no, row.line, column, code, words, rejected, row.raw)
            for column, code, words, rejected in complaints
        )
        return Drafted(row, tuple(entities), tuple(links), problems)
