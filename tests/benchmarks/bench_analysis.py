"""Measures and ways timed beside NetworkX, igraph and rustworkx in one run.

`seconds` and `cpu` are of the second time of asking, `first` the first one, with what it makes and keeps (and `MB` by
which the process grew). Ratios are of CPU time, peer to ours: above 1 ours is faster; what the peers take to make
their graph is not counted. A peer looks at a share of the sources where all would take minutes, and its time is
scaled up; where even that takes long it is left out, and `note` says so. `difference` is the largest between the
values of NetworkX and ours, `error` the standard error that a sample states of its largest value, as a part of it.
rustworkx is a peer where it is installed; it is no dependency of the program.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import psutil
from analysis_peers import Question, questions, rustworkx_graph

from ewglink.analysis.contract import MEASURES, Ranking
from ewglink.graph.as_igraph import undirected
from ewglink.graph.neighbours import around, links_among
from ewglink.graph.network import Network
from ewglink.graph.paths import all_shortest_paths
from ewglink.graph.projection import Projection
from ewglink.model.progress import finish

SIZES = (1_000, 10_000, 100_000, 1_000_000)
MB = 1 << 20
MOST_NETWORKX = 100_000


def _case(n: int) -> Network:
    """A network of `n` entities and three links each at the largest size, else 2.2: some at random, some as a tree."""
    random = np.random.default_rng(1)
    m = 3 * n if n >= 1_000_000 else 2 * n
    ends = random.integers(0, n, (m, 2))
    tree = np.arange(5, n, 5)
    ends = np.concatenate((ends, np.column_stack((tree, tree // 2))))
    m = len(ends)
    return Projection.build((np.arange(n), np.zeros(n, int), ("person",)),
                            (np.arange(m), ends[:, 0], ends[:, 1], np.zeros(m, int), ("knows",), np.zeros(m, int),
                             np.zeros(m, int)), {}).network()


def _timed(function: Callable[[], Any], least: float = 0.02) -> tuple[float, float, Any]:
    """Seconds and CPU seconds of a call, repeated until it is long enough to be measured; and its answer."""
    times, began, spent = 0, time.perf_counter(), time.process_time()
    while True:
        answer = function()
        times += 1
        cpu = time.process_time() - spent
        if cpu >= least or times >= 1000:
            return (time.perf_counter() - began) / times, cpu / times, answer


def _difference(answer: Any, expected: Any) -> float | None:
    if not isinstance(answer, Ranking) or not isinstance(expected, dict):
        return None
    rows, values = answer.rows.tolist(), answer.values.tolist()
    return max((abs(expected[row] - value) for row, value in zip(rows, values, strict=True)), default=0.0)


def _row(network: Network, graphs: dict[str, Any], asked: Question) -> dict[str, Any]:
    measure = MEASURES.get(asked.measure)

    def ours() -> Any:
        return finish(measure.run(network, measure.options(**asked.options)))

    process = psutil.Process()
    gc.collect()
    before = process.memory_info().rss
    first, _cpu, answer = _timed(ours, 0.0)
    grown = process.memory_info().rss - before
    wall, cpu, answer = _timed(ours) if first < 2 else (first, _cpu, answer)
    row: dict[str, Any] = {"n": network.n, "m": network.m, "measure": asked.name, "first": round(first, 4),
                           "seconds": round(wall, 5), "cpu": round(cpu, 5), "MB": round(grown / MB, 1)}
    if asked.networkx is not None and graphs["networkx"] is not None and network.n <= asked.most:
        _wall, theirs, expected = _timed(lambda: asked.networkx(graphs["networkx"]), 0.0)  # type: ignore[misc]
        row |= {"networkx": round(theirs / asked.share, 3), "x networkx": round(theirs / asked.share / cpu, 1)}
        if asked.share == 1.0:
            row["difference"] = _difference(answer, expected)
    row |= _beside(network, graphs, asked, cpu)
    if isinstance(answer, Ranking) and answer.errors is not None and len(answer.values):
        row["error"] = round(float(answer.errors[0] / answer.values[0]), 4)
    if asked.target is not None:
        row |= {"value": round(min(cpu, wall), 3), "target": asked.target}
    if "networkx" not in row and asked.networkx is not None:
        row["note"] = "NetworkX left out: minutes"
    return row


def _beside(network: Network, graphs: dict[str, Any], asked: Question, cpu: float) -> dict[str, Any]:
    """What igraph and rustworkx take."""
    found: dict[str, Any] = {}
    if network.n > asked.peers_most:
        return found
    for name, ask in (("igraph", asked.igraph), ("rustworkx", asked.rustworkx)):
        if ask is not None and graphs[name] is not None:
            _wall, theirs, _answer = _timed(lambda ask=ask, name=name: ask(graphs[name]))  # type: ignore[misc]
            theirs /= asked.peers_share
            found |= {name: round(theirs, 4), f"x {name}": round(theirs / cpu, 1)}
    return found


def _looking(network: Network, graph: Any) -> list[dict[str, Any]]:
    """What a person waits for: a way between two, what is three steps away, and the links among it."""
    n = network.n
    pairs = np.random.default_rng(2).integers(0, n, (20, 2)).tolist()
    asked: list[tuple[str, Callable[[int, int], Any], Callable[[int, int], Any], float | None]] = [
        ("one shortest path", lambda a, b: all_shortest_paths(network, a, b, limit=1),
         lambda a, b: nx.has_path(graph, a, b), None),
        ("3 steps around", lambda a, _b: around(network, [a], 3),
         lambda a, _b: nx.ego_graph(graph, a, 3), 1.0 if n >= 1_000_000 else None),
        ("2 steps and links among them", lambda a, _b: links_among(network, around(network, [a], 2)),
         lambda a, _b: nx.ego_graph(graph, a, 2).edges(), None)]
    rows = []
    for name, ours, theirs, target in asked:
        began = time.perf_counter()
        ours(*pairs[0])
        first = time.perf_counter() - began
        wall, cpu, _answer = _timed(lambda ours=ours: [ours(a, b) for a, b in pairs])  # type: ignore[misc]
        row: dict[str, Any] = {"n": n, "m": network.m, "measure": name, "first": round(first, 4),
                               "seconds": round(wall / 20, 6), "cpu": round(cpu / 20, 6)}
        if graph is not None:
            _wall, peer, _found = _timed(lambda theirs=theirs: [theirs(a, b) for a, b in pairs])  # type: ignore[misc]
            row |= {"networkx": round(peer / 20, 6), "x networkx": round(peer / cpu, 1)}
        if target is not None:
            row |= {"value": round(cpu / 20 * 1000, 3), "target": target}
        rows.append(row)
    return rows


def run(size: int | None = None) -> list[dict[str, Any]]:
    """One row for every measure and size; `size` entities, else 1,000 to 1,000,000."""
    rows: list[dict[str, Any]] = []
    warm = _case(500)
    for asked in questions(500):
        finish(MEASURES.get(asked.measure).run(warm, MEASURES.get(asked.measure).options(**asked.options)))
    for n in (size,) if size else SIZES:
        network = _case(n)
        graphs: dict[str, Any] = {"networkx": None, "igraph": undirected(network),
                                  "rustworkx": rustworkx_graph(n, network.pairs)}
        if n <= MOST_NETWORKX:
            graphs["networkx"] = nx.Graph(network.pairs.tolist())
            graphs["networkx"].add_nodes_from(range(n))
        for asked in questions(n):
            rows.append(_row(network, graphs, asked))
            print(".", end="", file=sys.stderr, flush=True)
        rows += _looking(network, graphs["networkx"])
    return rows


if __name__ == "__main__":
    import json

    print(json.dumps(run(int(sys.argv[1]) if len(sys.argv) > 1 else None), indent=1))
