"""The elements of a graph kept packed while its file is asked about, so that it is parsed once, not for each table."""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Any

from ewglink.importers import guard, wire
from ewglink.importers.contract import Problem
from ewglink.importers.graph_file import EDGES, NODES, Element, GraphEdge, GraphNode

MOST = 96 * guard.MB
"""Bytes that are kept at most; a larger file is parsed again."""

_TOGETHER = 2_000


class Spool:
    """Nodes, edges and problems of one file, packed; `whole` says whether all of them found room."""

    def __init__(self) -> None:
        self.whole = False
        self._given_up = False
        self._size = 0
        self._packs: dict[str, list[bytes]] = {NODES: [], EDGES: []}
        self._held: dict[str, list[tuple[Any, ...]]] = {NODES: [], EDGES: []}

    def keeping(self, elements: Iterable[Element]) -> Iterator[Element]:
        """The elements as they come, kept as they are before anything is made of them."""
        for one in elements:
            if not self._given_up:
                self._keep(one)
            yield one
        for part in self._packs:
            self._pack(part)
        self.whole = not self._given_up

    def _keep(self, one: Element) -> None:
        if type(one) is GraphNode:
            held = self._held[NODES]
            held.append((*one[:3], dict(one.values), *one[4:]))
        elif type(one) is GraphEdge:
            held = self._held[EDGES]
            held.append((*one[:6], dict(one.values), *one[7:]))
        elif isinstance(one, Problem) and (one.part or EDGES) in self._held:
            held = self._held[one.part or EDGES]
            held.append(wire.problem_out(one))
        else:
            return
        if len(held) >= _TOGETHER:
            for part in self._packs:
                self._pack(part)

    def _pack(self, part: str) -> None:
        held = self._held[part]
        if not held or self._given_up:
            return
        try:
            pack = zlib.compress(marshal.dumps(held), 1)
        except ValueError:  # a value that is not a plain one
            self._give_up()
            return
        held.clear()
        self._packs[part].append(pack)
        self._size += len(pack)
        if self._size > MOST:
            self._give_up()

    def _give_up(self) -> None:
        self._given_up = True
        self._packs = {NODES: [], EDGES: []}
        self._held = {NODES: [], EDGES: []}

    def nodes(self) -> Iterator[Element]:
        """The nodes and what is wrong with them."""
        return self._elements(NODES, GraphNode)

    def edges(self) -> Iterator[Element]:
        """The edges and what is wrong with them."""
        return self._elements(EDGES, GraphEdge)

    def _elements(self, part: str, kind: type[GraphNode] | type[GraphEdge]) -> Iterator[Any]:
        width = len(kind._fields)
        for pack in self._packs[part]:
            found = marshal.loads(zlib.decompress(pack))
            if all(len(one) == width for one in found):
                yield from map(tuple.__new__, repeat(kind), found)
            else:
                yield from (tuple.__new__(kind, one) if len(one) == width else wire.problem_in(one) for one in found)
