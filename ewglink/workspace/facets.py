"""Facets: what the items of a chart, or of the case, have in common, as columns that can be counted and brushed."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import compress
from typing import Any, Literal
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from ewglink.drawing.appearance.fields import as_number
from ewglink.drawing.times import parsed
from ewglink.graph.network import Network
from ewglink.model.items import Strength
from ewglink.model.progress import Job, Progress
from ewglink.store import querying as asked
from ewglink.store.shown import shown_values
from ewglink.workspace.chart_measures import known, measure, remember
from ewglink.workspace.workspace import Workspace

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Kind = Literal["categories", "numbers", "dates"]
BATCH = 5_000
_NUMBERS = ("number", "integer", "quantity")
_DATES = ("date", "instant")
_ORIGINS = {
    "grade": "SELECT DISTINCT s.item_id, b.grade FROM statement s JOIN basis b ON b.id = s.basis_id "
             "JOIN json_each(?) j ON j.value = s.item_id WHERE b.grade IS NOT NULL AND b.grade <> ''",
    "handling": "SELECT DISTINCT s.item_id, b.handling FROM statement s JOIN basis b ON b.id = s.basis_id "
                "JOIN json_each(?) j ON j.value = s.item_id WHERE b.handling IS NOT NULL AND b.handling <> ''",
    "source": "SELECT DISTINCT s.item_id, o.name FROM statement s JOIN basis b ON b.id = s.basis_id "
              "JOIN json_each(?) j ON j.value = s.item_id JOIN import m ON m.id = b.import_id "
              "JOIN source o ON o.id = m.source_id",
    "sources": "SELECT DISTINCT s.item_id, m.source_id FROM statement s JOIN basis b ON b.id = s.basis_id "
               "JOIN json_each(?) j ON j.value = s.item_id JOIN import m ON m.id = b.import_id",
}
_KEYS = ("SELECT v.key, count(*) FROM statement s JOIN json_each(?) j ON j.value = s.item_id, json_each(s.vals) v "
         "GROUP BY v.key")


_STATED: WeakKeyDictionary[Workspace, dict[str, tuple[int, dict[str, int]]]] = WeakKeyDictionary()
MANY = 50_000
"""Items from which a table is walked once, and items are not looked up in it."""


@dataclass(frozen=True)
class Facet:
    """One thing to count by. `what` as in conditions of rules and filters (`type`, `property:KEY`, `measure:KEY`, …);
    `on` entities or links; `kind` how its values are grouped; `count` how often it is stated, where that is known."""

    what: str
    on: str = "entities"
    kind: Kind = "categories"
    count: int = 0


@dataclass(frozen=True)
class Column:
    """A facet's values. `items` (v,) item ids, each with one of its values; an item with several stands there several
    times. Of `categories`, `codes` (v,) index into `keys`; of `numbers`, `values` (v,); of `dates`, `values` (v,)
    seconds since 1970 as they are written, the first of a month or year. `missing` are the items without a value."""

    facet: Facet
    items: Ints
    codes: npt.NDArray[np.int32]
    keys: tuple[Any, ...]
    values: Floats
    missing: Ints
    total: int


@dataclass(frozen=True)
class Scope:
    """What is looked at: a network, and which merged items stand for one."""

    network: Network
    merged: dict[int, int] = field(default_factory=dict)

    def ids(self, on: str) -> Ints:
        """The ids of its entities or links."""
        return self.network.link_ids if on == "links" else self.network.ids


def scope_of(workspace: Workspace, chart: int | None) -> Scope:
    """What stands on a chart, hidden or not, and the links among it; without one, the whole case."""
    if chart is None:
        network = workspace.network()
    else:
        network = workspace.network(subset=workspace.case.charts.placements(chart).items.tolist())
    with workspace.case.reading() as connection:
        merged = [row[0] for row in connection.exec_driver_sql("SELECT id FROM item WHERE canonical_id IS NOT NULL")]
    return Scope(network, {item: workspace.projection.stands_for(item) for item in merged})


def facets_of(workspace: Workspace, chart: int | None) -> list[Facet]:
    """Everything that can be counted by: types, strengths, origins, degree and measures, and every property stated."""
    from ewglink.analysis.contract import MEASURES

    scope = scope_of(workspace, chart)
    found = [Facet("type"), Facet("type", "links"), Facet("strength", "links"), Facet("when", "links", "dates")]
    for on in ("entities", "links"):
        found += [Facet(what, on) for what in ("grade", "source", "handling")] + [Facet("sources", on, "numbers")]
    found.append(Facet("measure:degree", kind="numbers"))
    found += [Facet(f"measure:{one.key}", kind="numbers") for one in MEASURES
              if one.kind == "ranking" and one.key != "degree"]
    found.append(Facet("community"))
    kinds = property_kinds(workspace)
    for on in ("entities", "links"):
        stated = _stated(workspace, scope.ids(on), on if chart is None else "")
        for key, count in sorted(stated.items(), key=lambda pair: (-pair[1], pair[0])):
            kind: Kind = "numbers" if kinds.get(key) in _NUMBERS else "dates" if kinds.get(key) in _DATES \
                else "categories"
            found.append(Facet(f"property:{key}", on, kind, count))
    return found


def property_kinds(workspace: Workspace) -> dict[str, str]:
    """Property → the kind of its values."""
    schema = workspace.schema
    listed = [kind.properties for kind in schema.link_types.values()]
    listed += [kind.properties for kind in schema.entity_types.values()]
    return {one.key: one.kind for properties in listed for one in properties}


def _stated(workspace: Workspace, ids: Ints, whole: str) -> dict[str, int]:
    """Property → how often these items state it; remembered where they are the `whole` of the entities or links."""
    seq = workspace.case.stacks().head
    kept = _STATED.setdefault(workspace, {})
    if whole and kept.get(whole, (None,))[0] == seq:
        return kept[whole][1]
    found: dict[str, int] = {}
    with workspace.case.reading() as connection:
        for batch in _batches(ids):
            for key, count in connection.exec_driver_sql(_KEYS, (json.dumps(batch),)):
                found[key] = found.get(key, 0) + count
    if whole:
        kept[whole] = (seq, found)
    return found


def _batches(ids: Ints) -> Iterator[list[int]]:
    for at in range(0, len(ids), BATCH):
        yield ids[at:at + BATCH].tolist()


def column(workspace: Workspace, chart: int | None, facet: Facet) -> Job[Column]:
    """The values of a facet, as a job: its last progress carries the column."""
    yield Progress(0.0)
    scope = scope_of(workspace, chart)
    ids = scope.ids(facet.on)
    pairs: Iterable[tuple[int, Any]]
    if facet.what == "type":
        yield Progress(1.0, None, _typed(facet, scope))
        return
    if facet.what == "strength":
        names = np.array([one.name.lower() for one in Strength], object)
        pairs = zip(ids.tolist(), names[scope.network.strengths].tolist(), strict=True)
    elif facet.what.startswith("measure:") or facet.what == "community":
        pairs = yield from _measured(facet, scope.network)
    elif len(ids) >= MANY and (facet.what == "when" or facet.what.startswith("property:")):
        pairs = yield from _walked(workspace, facet, ids)
    else:
        pairs = []
        for at, batch in enumerate(_batches(ids)):
            pairs += _read(workspace, scope, facet, batch)
            yield Progress(min(1.0, (at + 1) * BATCH / max(1, len(ids))))
    yield Progress(1.0, None, column_of(facet, ids, pairs))


def _typed(facet: Facet, scope: Scope) -> Column:
    network = scope.network
    codes, keys = (network.link_types, network.link_type_keys) if facet.on == "links" else (
        network.types, network.type_keys)
    ids = scope.ids(facet.on)
    return Column(facet, ids, codes.astype(np.int32), tuple(keys), np.empty(0), np.empty(0, np.int64), len(ids))


def _measured(facet: Facet, network: Network) -> Generator[Progress[Any], None, list[tuple[int, Any]]]:
    from ewglink.names.lettering import letter

    key = facet.what.removeprefix("measure:")
    found, pending = known([key], network, wait=False)
    if pending is not None:
        for step in measure(pending):
            found = step.best or found
            yield Progress(step.done, step.message)
        remember(found, pending.state)
    values = found.get(key, np.full(network.n, np.nan))
    there = np.flatnonzero(np.isfinite(values))
    said = values[there].tolist()
    if facet.what == "community":
        said = [letter(int(value)) for value in said]
    return list(zip(network.ids[there].tolist(), said, strict=True))


def _read(workspace: Workspace, scope: Scope, facet: Facet, ids: list[int]) -> list[tuple[int, Any]]:
    if facet.what == "when":
        return _starts(workspace, ids)
    if facet.what in _ORIGINS:
        return _origins(workspace, scope, facet, ids)
    key = facet.what.removeprefix("property:")
    return [(item, values[key]) for item, values in shown_values(workspace.case, items=ids).items()
            if values.get(key) not in (None, "", [])]


def _walked(workspace: Workspace, facet: Facet, ids: Ints) -> Generator[Progress[Any], None, list[tuple[int, Any]]]:
    """The values of many items: a table is walked, and only where several statements or an analyst have a say, or
    items were merged, is it weighed what an item shows."""
    case = workspace.case
    if facet.what == "when":
        begun = [(item, start or end) for batch in asked.link_dates(case) for item, start, end in batch]
        yield Progress(0.5)
        return _of(begun, ids)
    key = facet.what.removeprefix("property:")
    stated: list[tuple[int, Any]] = []
    read = lru_cache(maxsize=MANY)(json.loads)
    for batch in asked.property_values(case, key):
        stated += [(item, read(said)) for item, said in batch]
        yield Progress(None)
    several = asked.weighed_items(case, key)
    named = np.array([item for item, _value in stated], np.int64)
    each, counts = np.unique(named, return_counts=True)
    weighed = np.intersect1d(np.union1d(each[counts > 1], np.array(sorted(several), np.int64)), ids)
    plain = np.setdiff1d(ids, weighed, assume_unique=True)
    pairs = [(item, value) for item, value in _of(stated, plain) if value not in (None, "", [])]
    for some in _batches(weighed):
        pairs += [(item, values[key]) for item, values in shown_values(case, items=some).items()
                  if values.get(key) not in (None, "", [])]
        yield Progress(None)
    return pairs


def _of(pairs: list[tuple[int, Any]], ids: Ints) -> list[tuple[int, Any]]:
    """The pairs of these items."""
    inside = np.isin(np.array([item for item, _value in pairs], np.int64), ids)
    return list(compress(pairs, inside.tolist()))


def _starts(workspace: Workspace, ids: list[int]) -> list[tuple[int, Any]]:
    with workspace.case.reading() as connection:
        rows = connection.exec_driver_sql("SELECT l.item_id, coalesce(l.start, l.end) FROM link l JOIN json_each(?) j "
                                          "ON j.value = l.item_id WHERE coalesce(l.start, l.end) IS NOT NULL",
                                          (json.dumps(ids),))
        return [(row[0], row[1]) for row in rows]


def _origins(workspace: Workspace, scope: Scope, facet: Facet, ids: list[int]) -> list[tuple[int, Any]]:
    wanted = set(ids)
    everyone = [*ids, *(item for item, survivor in scope.merged.items() if survivor in wanted)]
    with workspace.case.reading() as connection:
        rows = connection.exec_driver_sql(_ORIGINS[facet.what], (json.dumps(everyone),))
        found: set[tuple[int, Any]] = {(scope.merged.get(int(row[0]), int(row[0])), row[1]) for row in rows}
    if facet.what != "sources":
        return sorted(found)
    counts = dict.fromkeys(ids, 0)
    for item, _source in found:
        counts[item] += 1
    return list(counts.items())


def column_of(facet: Facet, ids: Ints, pairs: Iterable[tuple[int, Any]]) -> Column:
    """A column of items with their values, a list of several or one."""
    items: list[int] = []
    said: list[Any] = []
    read = lru_cache(maxsize=MANY, typed=True)(_value)
    for item, value in pairs:
        for one in value if isinstance(value, (list, tuple)) else (value,):
            known_as = _value(facet.kind, one) if isinstance(one, (list, dict)) else read(facet.kind, one)
            if known_as is not None:
                items.append(item)
                said.append(known_as)
    there = np.array(items, np.int64)
    missing = np.setdiff1d(ids, there)
    none = np.empty(0, np.int32)
    if facet.kind != "categories":
        return Column(facet, there, none, (), np.array(said, np.float64), missing, len(ids))
    keys: dict[Any, int] = {}
    codes = np.array([keys.setdefault(one, len(keys)) for one in said], np.int32)
    return Column(facet, there, codes, tuple(keys), np.empty(0), missing, len(ids))


def _value(kind: Kind, value: Any) -> Any:
    if kind == "numbers":
        return as_number(value)
    if kind == "dates":
        moment = parsed(value if isinstance(value, str) else None)
        return None if moment is None else (np.datetime64(moment, "s") - np.datetime64(0, "s")).astype(float)
    return value if isinstance(value, (str, int, float, bool)) else str(value)
