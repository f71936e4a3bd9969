"""A specification applied to many rows at once, column by column: what `Mapping` makes of each, several times faster.

Every function answers None where a row is not as plain as it must be (an empty key, a date that is none, a number with
a doubt): row by row is then as good. A specification that needs more than a look at its own cells is never taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from ewglink.identifiers.placeholders import names_nobody
from ewglink.importers.contract import Cell, Problem, Row
from ewglink.importers.drafting import CellReader, Cells, Said, listed_text
from ewglink.importers.entity_roles import REFERRED, RoleMaker, label_of
from ewglink.importers.flat_drafts import Entities, Flat, Links
from ewglink.importers.link_roles import HASHED, LinkMaker, content_hash
from ewglink.importers.mapping import Mapping
from ewglink.importers.specification import EntityRole, LinkRole
from ewglink.importers.values import as_text

_Said = tuple[str, str]
"""What a row says of a property as JSON, and what of it tells two links apart."""

_NOTHING: _Said = ("", "")


class ColumnMapping:
    """A specification made ready for a table, as far as it is plain."""

    def __init__(self, roles: Sequence[tuple[str, RoleMaker]], links: Sequence[tuple[LinkMaker, str, str]]) -> None:
        self._names = [name for name, _role in roles]
        self._roles = [_Role(role) for _name, role in roles]
        self._links = [(_Link(link), self._names.index(a), self._names.index(b)) for link, a, b in links]

    @classmethod
    def of(cls, mapping: Mapping) -> ColumnMapping | None:
        """The same for columns; None where the specification is not plain."""
        spec = mapping.spec
        if not spec.entities or not all(map(_plain_role, spec.entities)) or not all(map(_plain_link, spec.links)):
            return None
        return cls(mapping.roles, mapping.links)

    def flat(self, found: Sequence[Row | Problem]) -> Flat | None:
        """What the rows say, and what is wrong with others."""
        rows = [one for one in found if type(one) is Row]
        if not rows:
            return None
        parts, nos, lines, cells, raws = zip(*rows, strict=True)
        if set(parts) != {parts[0]}:
            return None
        made = [role.made(cells) for role in self._roles]
        drawn = [one for link, a, b in self._links if (one := link.made(cells, made[a], made[b])) is not None]
        if None in made or len(drawn) < len(self._links):
            return None
        width, n = len(made), len(rows)
        problems = [one for one in found if isinstance(one, Problem)]
        entities = Entities(*map(_by_row, zip(*made, strict=True)))
        ends = [(range(a, width * n, width), range(b, width * n, width)) for _link, a, b in self._links]
        links = [(types, *joined, *rest) for (types, *rest), joined in zip(drawn, ends, strict=True)]
        columns = Links(*map(_by_row, zip(*links, strict=True))) if links else Links()
        read = n + sum(one.rejected for one in problems)
        return Flat(read, problems, parts[0], nos, lines, raws, [width] * n, entities, [len(links)] * n, columns)


def _by_row(columns: Iterable[Sequence[Any]]) -> list[Any]:
    """The values of several columns, row after row."""
    return list(chain.from_iterable(zip(*columns, strict=True)))


def _plain_role(role: EntityRole) -> bool:
    """Whether the role makes one entity of each row, from cells that are read one by one."""
    alone = role.type.column is None and not (role.guess or role.conditions or role.also or role.split)
    key = role.key[0] if len(role.key) == 1 else None
    return bool(
        alone
        and not (role.start or role.end)
        and key is not None
        and key.column is not None
        and not key.scheme
    )


def _plain_link(link: LinkRole) -> bool:
    more = link.conditions or link.strength or any(value.position for value in link.properties.values())
    return link.type.column is None and not more


class _Role:
    """One role of a plain specification."""

    def __init__(self, maker: RoleMaker) -> None:
        self.role = maker.role
        self.kind = maker.kind(str(maker.role.type.constant))
        self.key, self.exact = maker.key_index, self.role.key[0].exact

    def made(self, rows: Sequence[Cells]) -> Entities | None:
        """The entity of each row."""
        if self.kind.measures or any(reader.kind == "identifier" for _name, _at, reader in self.kind.properties):
            return None
        keys = self._keys(_column(rows, self.key))
        if keys is None:
            return None
        read = [_read(rows, name, plain, reader) for name, plain, reader in self.kind.properties]
        if None in read:
            return None
        vals = _objects([one for one in read if one], len(rows))
        labels, ranks = self._labels(rows, keys)
        n = len(rows)
        return Entities([str(self.role.type.constant)] * n, [self.role.namespace] * n, keys, labels, ranks, vals)

    def _keys(self, cells: Sequence[Cell]) -> list[str] | None:
        """The key of each row; None where one has none."""
        texts = [cell if type(cell) is str else as_text(cell) for cell in cells]
        if self.exact:
            return texts if all(texts) else None
        keys = [text.strip() for text in texts]
        named = all(len(text) == 1 and text.isalnum() or not names_nobody(text) for text in set(keys))
        return keys if named else None

    def _labels(self, rows: Sequence[Cells], keys: list[str]) -> tuple[Sequence[str], Sequence[int]]:
        if self.role.reference:
            return keys, [REFERRED] * len(keys)
        first = self.kind.labels[0] if self.kind.labels else None
        if first is not None and first[0] == self.key and first[2] and not self.exact:
            return keys, [first[2]] * len(keys)
        labels, ranks = zip(*map(label_of, [self.kind] * len(keys), rows, keys), strict=True)
        return labels, ranks


class _Link:
    """One link of a plain specification."""

    def __init__(self, maker: LinkMaker) -> None:
        self.maker = maker
        self.kind = maker.fixed

    def made(self, rows: Sequence[Cells], a: Entities | None, b: Entities | None) -> tuple[Any, ...] | None:
        """The columns of `Links` but for its ends."""
        assert self.kind is not None
        if a is None or b is None:
            return None
        starts, ends = _times(self.maker.start, rows), _times(self.maker.end, rows)
        read = [_read(rows, name, plain, reader) for name, plain, reader in self.maker.readers(self.kind)]
        if starts is None or ends is None or None in read:
            return None
        n = len(rows)
        sure = [one for one in read if one]
        cores = _joined("\x1f", [[one[1] for one in column] for column in sure], n)
        said = [one.core if one else "" for one in starts], [one.core if one else "" for one in ends]
        texts = zip([self.kind.key] * n, a.spaces, a.keys, b.spaces, b.keys, *said, ["0"] * n, cores, strict=True)
        spaces, keys = self._keyed(rows, map("\x1f".join, texts))
        dated = [one or other for one, other in zip(starts, ends, strict=True)]
        return (
            [self.kind.key] * n, spaces, keys, [self.maker.direction(cells, self.kind) for cells in rows], [0] * n,
            [one.value if one else None for one in starts], [one.value if one else None for one in ends],
            [one.precision if one else None for one in dated],
            _objects(sure, n), self._labels(rows),
        )  # fmt: skip

    def _keyed(self, rows: Sequence[Cells], contents: Iterable[str]) -> tuple[list[str], list[str]]:
        """The namespace and key of each link: those it has, or the hash of its content."""
        own = self.maker.key
        found = [own.read(cells)[0] for cells in rows] if own else [None] * len(rows)
        keys = [content_hash(text) if key is None else key for key, text in zip(found, contents, strict=True)]
        return [HASHED if key is None else self.maker.space for key in found], keys

    def _labels(self, rows: Sequence[Cells]) -> list[str]:
        if self.maker.label_of is None:
            return [""] * len(rows)
        return [said.value if said else "" for said in map(self.maker.label_of.read, rows)]


def _column(rows: Sequence[Cells], index: int) -> list[Cell]:
    return [row[index] for row in rows]


def _read(rows: Sequence[Cells], name: str, plain: int, reader: CellReader) -> list[_Said] | None:
    """What each row says of a property."""
    column = _column(rows, plain) if plain >= 0 else []
    if column and set(map(type, column)) == {str}:
        known = {cell: _said(name, cell) for cell in set(column)}  # type: ignore[arg-type]
        return list(map(known.__getitem__, column))
    said = list(map(reader.read, rows))
    if any(one.problem or one.joining or one.other for one in said if one):
        return None
    return [(name + one.text, name + one.core) if one else _NOTHING for one in said]


def _said(name: str, cell: str) -> _Said:
    text = cell.strip()
    return (name + listed_text(text, cell), name + text) if text else _NOTHING


def _times(reader: CellReader | None, rows: Sequence[Cells]) -> list[Said | None] | None:
    """A date of each row; None where one cannot be read."""
    if reader is None:
        return [None] * len(rows)
    said = list(map(reader.read, rows))
    return None if any(one.problem for one in said if one) else said


def _joined(mark: str, columns: Sequence[list[str]], n: int) -> list[str]:
    """The texts of each row, those that say something, with `mark` between them."""
    if not columns:
        return [""] * n
    rows = zip(*columns, strict=True)
    if any("" in column for column in columns):
        return [mark.join(filter(None, row)) for row in rows]
    return list(map(mark.join, rows))


def _objects(columns: Sequence[list[_Said]], n: int) -> list[str]:
    """The statement of each row as JSON."""
    texts = _joined(",", [[one[0] for one in column] for column in columns], n)
    return [f"{{{text}}}" for text in texts]
