"""The rows of a case, or of one chart, gathered for release: what items show, who said it, where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np

from ewglink.drawing.content import HIDDEN
from ewglink.graph.network import Network
from ewglink.model.items import LINK, Direction, Precision, Strength
from ewglink.model.property_types import PropertyType
from ewglink.release.marking import marking_of
from ewglink.release.view import EntityRow, LinkRow, PropertyColumn, SourceRow, StatementRow, Value
from ewglink.store.charts import Chart
from ewglink.store.items import Identity, Statement
from ewglink.workspace.portrait import choose, said_by
from ewglink.workspace.workspace import Workspace

BATCH = 5_000
"""Items whose statements are read at once."""


class Gathered:
    """Rows of what is asked for, in the order of ids. Merged items are one, with all that was said of each of them."""

    def __init__(self, workspace: Workspace, chart: Chart | None, language: str) -> None:
        self._case, self._language = workspace.case, language
        self._workspace = workspace
        self._places: dict[int, tuple[float, float]] = {}
        self._hidden: set[int] = set()
        self._whole = chart is None
        self._network = self._network_of(chart)
        self._kinds: dict[str, PropertyType] = {}
        schema = workspace.schema
        described = [one.properties for one in schema.entity_types.values()]
        described += [one.properties for one in schema.link_types.values()]
        for known in (known for properties in described for known in properties):
            self._kinds.setdefault(known.key, known)
        self.entities: list[EntityRow] = []
        self.links: list[LinkRow] = []
        self.statements: list[StatementRow] = []
        self._gather()

    def _network_of(self, chart: Chart | None) -> Network:
        """The whole case; of a chart, what is not hidden on it."""
        if chart is None:
            return self._workspace.network()
        placed = self._case.charts.placements(chart.id)
        out = self._workspace.left_out(chart.id)
        seen = ((placed.flags & HIDDEN) == 0) & ~np.isin(placed.items, out)
        self._places = {int(item): (float(x), float(y)) for item, (x, y) in zip(placed.items[seen], placed.xy[seen],
                                                                                strict=True)}
        self._hidden = set(placed.items[~seen].tolist()) | set(out.tolist())
        return self._workspace.network(subset=list(self._places))

    def _gather(self) -> None:
        network = self._network
        merged = constituents(self._case.items.canonical(), self._workspace)
        ids = network.ids.tolist()
        types = [network.type_keys[code] for code in network.types.tolist()]
        for batch in _batches(list(zip(ids, types, strict=True))):
            self._take_entities(batch, merged)
        rows = [row for row in range(network.m) if int(network.link_ids[row]) not in self._hidden]
        for rows_now in _batches(rows):
            self._take_links(rows_now)

    # entities

    def _take_entities(self, batch: Sequence[tuple[int, str]], constituents: dict[int, list[int]]) -> None:
        own = [item for item, _type in batch]
        everyone = [member for item in own for member in (item, *constituents.get(item, ()))]
        labels = self._case.items.labels(everyone)
        said = self._said_of(everyone)
        identities = self._case.items.identities(everyone)
        choices = self._case.items.choices(everyone)
        schema = self._workspace.schema
        for item, kind in batch:
            members = (item, *constituents.get(item, ()))
            statements = sorted((one for member in members for one in said.get(member, ())),
                                key=lambda one: (one.item == item, one.id))
            numbers = [number for member in members for number in identities.get(member, ())]
            x, y = self._places.get(item, (None, None))
            known = schema.entity_types.get(kind)
            self.entities.append(EntityRow(
                item, kind, schema.label(kind, self._language), labels.get(item, ""), _named(numbers),
                self._shown(item, statements, choices), _handling(statements), _sources(statements), x, y,
                known.colour if known and x is not None else None))
            self._take_statements(item, labels.get(item, ""), statements)

    def _said_of(self, items: Iterable[int]) -> dict[int, list[Statement]]:
        found: dict[int, list[Statement]] = {}
        for statement in self._case.items.statements(items):
            found.setdefault(statement.item, []).append(statement)
        return found

    @staticmethod
    def _shown(item: int, statements: Sequence[Statement], choices: dict[tuple[int, str], int]) -> dict[str, Value]:
        by_key: dict[str, list[Any]] = {}
        for statement in statements:
            for key, value in statement.vals.items():
                by_key.setdefault(key, []).append(said_by(statement, value))
        return {key: plain(choose(said, choices.get((item, key)))[0].value) for key, said in by_key.items()}

    def _take_statements(self, item: int, label: str, statements: Sequence[Statement]) -> None:
        for one in statements:
            for key, packed in one.vals.items():
                value, raw, start, end, precision, validity, reason = [*packed, *[None] * 7][:7]
                self.statements.append(StatementRow(
                    one.id, item, label, key, plain(value), None if raw is None else str(raw), start, end,
                    _name_of(Precision, precision), validity, None if reason is None else str(reason),
                    one.source_name or one.note, one.part, one.row, one.grade, one.handling or "", one.recorded_by,
                    one.recorded_at))

    # links

    def _take_links(self, rows: Sequence[int]) -> None:
        network = self._network
        ids = network.link_ids[np.asarray(rows, np.int64)].tolist()
        dates = {row["item_id"]: row for row in self._case.items.rows("link", "item_id", ids)}
        labels, said = self._case.items.labels(ids), self._said_of(ids)
        identities, choices = self._case.items.identities(ids), self._case.items.choices(ids)
        for row, item in zip(rows, ids, strict=True):
            kind = network.link_type_keys[network.link_types[row]]
            statements = said.get(item, [])
            when = dates[item]
            type_name = self._workspace.schema.label(kind, self._language)
            a, b = (int(network.ids[end]) for end in network.ends[row])
            self.links.append(LinkRow(
                item, kind, type_name, labels.get(item) or type_name, a, b,
                _word(Direction, network.directions[row]), _word(Strength, network.strengths[row]),
                when["start"], when["end"], _name_of(Precision, when["precision"]), _named(identities.get(item, [])),
                self._shown(item, statements, choices), _handling(statements), _sources(statements),
                float(network.weights[row])))
            self._take_statements(item, labels.get(item) or type_name, statements)

    # columns and sources

    def columns(self, kind: str) -> list[PropertyColumn]:
        """The properties that rows have, in the order of the schema, those of nobody's schema last."""
        rows: Sequence[EntityRow | LinkRow] = self.links if kind == LINK else self.entities
        used = {key for row in rows for key in row.properties}
        ordered = [key for key in self._kinds if key in used] + sorted(used - set(self._kinds))
        return [self._column(key) for key in ordered]

    def _column(self, key: str) -> PropertyColumn:
        known = self._kinds.get(key)
        return PropertyColumn(key, known.label(self._language), known.kind) if known else PropertyColumn(key, key)

    def sources(self) -> list[SourceRow]:
        """The sources of what was gathered; of a whole case, all of them."""
        used = {name for row in self.entities for name in row.sources}
        used |= {name for row in self.links for name in row.sources}
        return [SourceRow(one.id, one.name, one.sha256, one.size, one.importer, one.spec or "", one.records,
                          one.withdrawn) for one in self._case.sources.listed() if self._whole or one.name in used]


def plain(value: Any) -> Value:
    """A value as one cell holds it."""
    if isinstance(value, list | tuple):
        return "; ".join(str(plain(one)) for one in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _batches(rows: Sequence[Any]) -> Iterator[list[Any]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def constituents(canonical: dict[int, int], workspace: Workspace) -> dict[int, list[int]]:
    """Merged items by the item they stand for; `canonical` is the third of `Items.columns`."""
    found: dict[int, list[int]] = {}
    for item in sorted(canonical):
        found.setdefault(workspace.projection.stands_for(item), []).append(item)
    return found


def _named(numbers: Sequence[Identity]) -> tuple[str, ...]:
    ordered = sorted(numbers, key=lambda one: not one.joins)
    return tuple(dict.fromkeys(f"{one.ns}:{one.value}" for one in ordered))


def _handling(statements: Sequence[Statement]) -> str:
    return marking_of(one.handling for one in statements).text


def _sources(statements: Sequence[Statement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in statements if (name := one.source_name or one.note)))


def _word(words: Any, code: Any) -> str:
    return str(words(int(code)).name.lower())


def _name_of(words: Any, code: int | None) -> str | None:
    return None if code is None else _word(words, code)
