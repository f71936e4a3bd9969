"""The links of a specification made ready for one table: cells and drafts become links."""

from __future__ import annotations

from hashlib import sha256

from ewglink.importers.contract import EntityDraft, LinkDraft, Part
from ewglink.importers.drafting import CellReader, Cells, Said, conditions, listed_text
from ewglink.importers.entity_roles import Complaint, Key, as_key, when
from ewglink.importers.specification import LinkRole, Specification
from ewglink.importers.values import as_text
from ewglink.model.items import Direction, Strength
from ewglink.model.schema import LinkType, Schema
from ewglink.text import N_, message

HASHED = "link"
"""The namespace of links known by their content: a hash, to which `matching` adds the ordinal among equal rows."""

_STRENGTHS = {one.name.lower(): one for one in Strength}
_NONE, _FORWARD = int(Direction.NONE), int(Direction.FORWARD)
_DIRECTIONS = {one.name.lower(): int(one) for one in Direction} | {"true": _FORWARD, "false": _NONE}


class LinkMaker:
    """One link of the specification, ready for the table's columns."""

    def __init__(self, spec: Specification, link: LinkRole, part: Part, schema: Schema) -> None:
        columns, sample = part.columns, [row.cells for row in part.sample]
        self.link, self._schema, self._columns, self._sample = link, schema, columns, sample
        self._type_index = columns.index(link.type.column) if link.type.column else -1
        self.fixed = schema.link_types[str(link.type.constant)] if self._type_index < 0 else None
        self._conditions = conditions(link.conditions, columns)
        self.key = Key(link.key, columns) if link.key else None
        self._namespace = spec.namespace
        self.space = f"{spec.namespace}:{link.type.constant}"
        self.start = CellReader(link.start, columns, "instant", sample=sample) if link.start else None
        self.end = CellReader(link.end, columns, "instant", sample=sample) if link.end else None
        self._strength_of = CellReader(link.strength, columns) if link.strength else None
        self.label_of = CellReader(link.label, columns) if link.label else None
        self._directed = columns.index(link.directed.column) if link.directed and link.directed.column else -1
        self._readers: dict[str, list[tuple[str, int, CellReader]]] = {}
        self._places = [name for name, value in link.properties.items() if value.position]

    def made(self, cells: Cells, ends: tuple[EntityDraft, ...], others: tuple[EntityDraft, ...], links: list[LinkDraft],
             complaints: list[Complaint]) -> None:  # fmt: skip
        """Add the links that the row makes between `ends` and `others`."""
        if self._conditions and not all(holds(cells) for holds in self._conditions):
            return
        kind = self.fixed or self._type(cells, complaints)
        if kind is None or not ends or not others:
            return
        start = when(self.start, cells, complaints) if self.start else None
        end = when(self.end, cells, complaints) if self.end else None
        vals, core = self._said(kind, cells, complaints)
        strength = self._strength(cells) if self._strength_of else 0
        direction = self.direction(cells, kind)
        named = self.label_of.read(cells) if self.label_of else None
        several = len(ends) > 1 or len(others) > 1
        dated = start or end
        for place_a, a in enumerate(ends, 1):
            for place_b, b in enumerate(others, 1):
                place = place_b if len(others) > 1 else place_a
                key = self._keyed(kind.key, cells, a, b, several) if self.key else None
                links.append(LinkDraft(
                    kind.key, a.ref, b.ref, key or _hashed(kind.key, a, b, start, end, strength, core),
                    direction, strength, start.value if start else None,
                    end.value if end else None, dated.precision if dated else None,
                    self._placed(vals, place) if self._places else vals, named.value if named else ""))  # fmt: skip

    def _type(self, cells: Cells, complaints: list[Complaint]) -> LinkType | None:
        column = self.link.type.column
        text = as_text(cells[self._type_index]).strip()
        given = self.link.type.map
        found = self._schema.link_types.get(given.get(text, given.get("*", "")) if given else as_key(text))
        if found is None:
            words = N_("“{text}” in “{column}” is no type of link; the row is not imported.")
            complaints.append((column, "unknown_link_type", message(words, text=text, column=column), True))
        return found

    def readers(self, kind: LinkType) -> list[tuple[str, int, CellReader]]:
        """How the properties of a type are read: name as JSON, column if plain text, reader."""
        readers = self._readers.get(kind.key)
        if readers is None:
            mapped = bool(self.link.type.map)  # of a property that this type lacks, another of them has it
            made = [
                (f'"{name}":', CellReader.of(value, self._columns, kind.property(name), None, self._sample))
                for name, value in self.link.properties.items()
                if not value.position and not (mapped and kind.property(name) is None)
            ]
            readers = self._readers[kind.key] = [
                (name, reader.index if reader.plain else -1, reader) for name, reader in made
            ]
        return readers

    def _said(self, kind: LinkType, cells: Cells, complaints: list[Complaint]) -> tuple[str, str]:
        """The statement's values as JSON, and what of them tells two links apart."""
        texts, cores = [], []
        for name, plain, reader in self.readers(kind):
            if plain >= 0 and type(cell := cells[plain]) is str:
                if text := cell.strip():
                    texts.append(name + listed_text(text, cell))
                    cores.append(name + text)
                continue
            said = reader.read(cells)
            if said is not None:
                texts.append(name + said.text)
                cores.append(name + said.core)
                if said.problem:
                    complaints.append((reader.value.column, *said.problem, False))
        return "{" + ",".join(texts) + "}", "\x1f".join(cores)

    def _placed(self, vals: str, place: int) -> str:
        more = ",".join(f'"{name}":[{place}]' for name in self._places)
        return f"{{{more}}}" if vals == "{}" else f"{vals[:-1]},{more}}}"

    def direction(self, cells: Cells, kind: LinkType) -> int:
        """Where the arrowheads of a row's link are."""
        if self._directed >= 0:
            said = as_text(cells[self._directed]).strip().lower()
            if said in _DIRECTIONS:
                return _DIRECTIONS[said]
        return _FORWARD if kind.directed else _NONE

    def _strength(self, cells: Cells) -> int:
        said = self._strength_of.read(cells) if self._strength_of else None
        return int(_STRENGTHS.get(str(said.value).casefold(), Strength.CONFIRMED)) if said else 0

    def _keyed(self, kind: str, cells: Cells, a: EntityDraft, b: EntityDraft, several: bool) -> tuple[str, str] | None:
        key = self.key.read(cells)[0] if self.key else None
        if key is None:
            return None
        return f"{self._namespace}:{kind}", f"{key}|{a.keys[0][1]}|{b.keys[0][1]}" if several else key


def _hashed(kind: str, a: EntityDraft, b: EntityDraft, start: Said | None, end: Said | None, strength: int,
            core: str) -> tuple[str, str]:  # fmt: skip
    """A link's content as a hash: its type, ends, dates and mapped values, whatever they looked like in the file."""
    text = "\x1f".join((kind, *a.keys[0], *b.keys[0], start.core if start else "", end.core if end else "",
                        str(strength), core))  # fmt: skip
    return HASHED, content_hash(text)


def content_hash(text: str) -> str:
    """The hash of a link's content."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
