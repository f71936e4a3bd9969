"""The case as a network, kept in step with it: entities and links as arrays, merged items as one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ewglink.graph.as_networkx import as_networkx
from ewglink.graph.network import Ints, Network
from ewglink.model.items import Strength


class EntityRows(NamedTuple):
    """Entities as columns: `ids` (n,), `types` (n,) index into `type_keys`."""

    ids: Any
    types: Any
    type_keys: tuple[str, ...] = ()


class LinkRows(NamedTuple):
    """Links as columns: `ids`, `a` and `b` (entity ids), `types` (index into `type_keys`), `directions`, `strengths`.

    `weights` (m,) or None for 1 each.
    """

    ids: Any
    a: Any
    b: Any
    types: Any
    type_keys: tuple[str, ...] = ()
    directions: Any = ()
    strengths: Any = ()
    weights: Any = None


_LINK_COLUMNS: dict[str, Any] = {"ids": np.int64, "a": np.int64, "b": np.int64, "types": np.int32,
                                 "directions": np.int8, "strengths": np.int8, "weights": np.float64}


_SPARSE = 8
"""Ids that stand this far apart on average, and no farther, are looked up by their place and not by halves."""


class Projection:
    """Entities and links of the whole case as arrays; `network()` is what is computed on.

    It never reads the store: the workspace hands it rows, patches it after each changeset, and builds it anew after a
    bulk one.
    """

    def __init__(self) -> None:
        self._type_keys: list[str] = []
        self._link_type_keys: list[str] = []
        self._entities: dict[str, npt.NDArray[Any]] = {"ids": np.empty(0, np.int64), "types": np.empty(0, np.int32)}
        self._links: dict[str, npt.NDArray[Any]] = {name: np.empty(0, kind) for name, kind in _LINK_COLUMNS.items()}
        self._canonical: dict[int, int] = {}
        self._whole: Network | None = None

    @classmethod
    def build(cls, entities: EntityRows | tuple[Any, ...], links: LinkRows | tuple[Any, ...],
              canonical: Mapping[int, int] | None = None) -> Projection:
        """A projection of these rows; `canonical` names for each merged item the item that stands for it now."""
        made = cls()
        made.patch(entities=entities, links=links, canonical=canonical or {})
        return made

    def patch(self, *, entities: EntityRows | tuple[Any, ...] | None = None, removed_entities: Collection[int] = (),
              links: LinkRows | tuple[Any, ...] | None = None, removed_links: Collection[int] = (),
              canonical: Mapping[int, int] | None = None) -> None:
        """Follow a changeset: `entities` and `links` are rows added *or changed*; `canonical`, if given, replaces all.

        Removing an entity leaves its links aside until it comes back, so undo is the inverse patch.
        """
        if entities is not None:
            given = EntityRows(*entities)
            self._entities = _put(self._entities, {
                "ids": np.asarray(given.ids, np.int64),
                "types": _recoded(given.types, given.type_keys, self._type_keys)})
        if links is not None:
            self._links = _put(self._links, self._link_columns(LinkRows(*links)))
        self._entities = _without(self._entities, removed_entities)
        self._links = _without(self._links, removed_links)
        if canonical is not None:
            self._canonical = dict(canonical)
        self._whole = None

    def _link_columns(self, given: LinkRows) -> dict[str, npt.NDArray[Any]]:
        count = len(given.ids)
        plain: dict[str, npt.NDArray[Any]] = {"directions": np.zeros(count, np.int8),
                                              "strengths": np.zeros(count, np.int8), "weights": np.ones(count)}
        columns: dict[str, npt.NDArray[Any]] = {}
        for name, kind in _LINK_COLUMNS.items():
            if name == "types":
                columns[name] = _recoded(given.types, given.type_keys, self._link_type_keys)
                continue
            value = getattr(given, name)
            missing = name in plain and (value is None or len(value) != count)
            columns[name] = plain[name] if missing else np.array(value, dtype=kind)
        return columns

    def stands_for(self, item: int) -> int:
        """The item that stands for `item` now: itself unless it was merged into another."""
        seen = {item}
        while item in self._canonical and self._canonical[item] not in seen:
            item = self._canonical[item]
            seen.add(item)
        return item

    def network(self, types: Collection[str] | None = None, link_types: Collection[str] | None = None,
                strengths: Collection[int | str] | None = None, subset: Iterable[int] | None = None) -> Network:
        """The network of all, or of these entity types, link types, strengths and entities (`subset`, ids)."""
        if self._whole is None:
            self._whole = self._build_whole()
        whole = self._whole
        if types is None and link_types is None and strengths is None and subset is None:
            return whole
        keep = np.ones(whole.n, np.bool_)
        described = dict(whole.described)
        if types is not None:
            keep &= _chosen(whole.types, whole.type_keys, types)
            described["types"] = sorted(types)
        if subset is not None:
            inside = np.zeros(whole.n, np.bool_)
            inside[whole.rows_of([self.stands_for(int(item)) for item in subset])] = True
            keep &= inside
            described["subset"] = int(inside.sum())
        keep_links = np.ones(whole.m, np.bool_)
        if link_types is not None:
            keep_links &= _chosen(whole.link_types, whole.link_type_keys, link_types)
            described["link_types"] = sorted(link_types)
        if strengths is not None:
            codes = sorted(Strength[item.upper()] if isinstance(item, str) else Strength(item) for item in strengths)
            keep_links &= np.isin(whole.strengths, np.array([int(code) for code in codes], np.int8))
            described["strengths"] = [code.name.lower() for code in codes]
        return part(whole, keep, keep_links, described)

    def networkx(self, subset: Iterable[int] | None = None, directed: bool = False, multi: bool = True) -> Any:
        """The NetworkX graph of the entities asked for: nodes are entity ids, keys of a multigraph's links link ids."""
        return as_networkx(self.network(subset=subset), directed=directed, multi=multi)

    def _build_whole(self) -> Network:
        merged = np.array(sorted(self._canonical), np.int64)
        survivors = np.array([self.stands_for(int(item)) for item in merged], np.int64)
        standing = ~np.isin(self._entities["ids"], merged)
        order = _ascending(self._entities["ids"][standing])
        ids = self._entities["ids"][standing][order]
        a, b = (_rows(ids, _mapped(self._links[name], merged, survivors)) for name in ("a", "b"))
        kept = (a >= 0) & (b >= 0) & ~np.isin(self._links["ids"], merged)
        by_id = np.flatnonzero(kept)
        by_id = by_id[_ascending(self._links["ids"][by_id])]
        column = {name: values[by_id] for name, values in self._links.items()}
        described = {"types": "all", "link_types": "all", "strengths": [item.name.lower() for item in Strength],
                     "merged": True, "directed": False, "weights": "none"}
        return Network(ids, self._entities["types"][standing][order], tuple(self._type_keys), column["ids"],
                       np.stack((a[by_id], b[by_id]), axis=1).astype(np.int32), column["types"],
                       tuple(self._link_type_keys), column["directions"], column["strengths"], column["weights"],
                       described)


def part(network: Network, keep: npt.NDArray[np.bool_], keep_links: npt.NDArray[np.bool_] | None = None,
         described: dict[str, Any] | None = None) -> Network:
    """The part of `network` whose entity rows `keep` marks, with the links (of `keep_links`) that stay among them."""
    number = np.cumsum(keep) - 1
    inside = keep[network.ends].all(axis=1) if network.m else np.zeros(0, np.bool_)
    if keep_links is not None:
        inside &= keep_links
    return replace(network, ids=network.ids[keep], types=network.types[keep], link_ids=network.link_ids[inside],
                   ends=number[network.ends[inside]].astype(np.int32).reshape(-1, 2),
                   link_types=network.link_types[inside], directions=network.directions[inside],
                   strengths=network.strengths[inside], weights=network.weights[inside],
                   starts=None if network.starts is None else network.starts[inside],
                   stops=None if network.stops is None else network.stops[inside],
                   described=dict(network.described) if described is None else described)


def _chosen(codes: npt.NDArray[np.int32], keys: tuple[str, ...], wanted: Collection[str]) -> npt.NDArray[np.bool_]:
    chosen = np.array([key in wanted for key in keys] or [False], np.bool_)
    return chosen[codes]


def _recoded(codes: Any, keys: tuple[str, ...], known: list[str]) -> npt.NDArray[np.int32]:
    """`codes` into `keys` as codes into `known`, which grows by the keys it lacks."""
    place = {key: code for code, key in enumerate(known)}
    for key in keys:
        if key not in place:
            place[key] = len(known)
            known.append(key)
    return np.array([place[key] for key in keys] or [0], np.int32)[np.asarray(codes, np.int64)]


def _without(columns: dict[str, npt.NDArray[Any]], removed: Collection[int] | Ints) -> dict[str, npt.NDArray[Any]]:
    if not len(removed):
        return columns
    keep = ~np.isin(columns["ids"], np.array(sorted(removed), np.int64))
    return {name: values[keep] for name, values in columns.items()}


def _put(columns: dict[str, npt.NDArray[Any]], given: dict[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
    """`columns` with the rows of `given` in place of those with the same ids."""
    ids: Ints = given["ids"]
    kept = _without(columns, ids) if len(columns["ids"]) else columns
    return {name: np.concatenate((kept[name], given[name])) for name in columns}


def _mapped(ids: Ints, merged: Ints, survivors: Ints) -> Ints:
    if not len(merged):
        return ids
    at = np.minimum(np.searchsorted(merged, ids), len(merged) - 1)
    return np.where(merged[at] == ids, survivors[at], ids)


def _ascending(ids: Ints) -> Ints:
    """The order that puts ids in theirs, which most are in."""
    return np.arange(len(ids)) if (ids[1:] > ids[:-1]).all() else np.argsort(ids, kind="stable")


def _rows(ids: Ints, wanted: Ints) -> Ints:
    """The row of each wanted id, −1 where there is none."""
    if not len(ids):
        return np.full(len(wanted), -1, np.int64)
    first, span = int(ids[0]), int(ids[-1]) - int(ids[0]) + 1
    if span <= _SPARSE * len(ids):
        rows = np.full(span + 1, -1, np.int32)
        rows[ids - first] = np.arange(len(ids), dtype=np.int32)
        at = wanted - first
        return rows[np.where((at >= 0) & (at < span), at, span)].astype(np.int64)
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return np.where(ids[at] == wanted, at, -1)
