"""Every measure keeps its contract: names, kinds, options, empty networks, being stopped."""

from __future__ import annotations

import numpy as np
import pytest

from ewglink.analysis.contract import MEASURES, Groups, Measure, Ranking, Table
from ewglink.graph.network import Network
from ewglink.graph.projection import Projection
from ewglink.model.progress import finish
from ewglink.plugins.options import options_of, parse_option

KINDS = {"ranking": Ranking, "groups": Groups, "table": Table}
EXPECTED = {"degree", "betweenness", "closeness", "eigenvector", "pagerank", "k_core", "clustering", "components",
            "articulation_points", "bridges", "communities"}


def network(n: int, wires: list[tuple[int, int]]) -> Network:
    return Projection.build((list(range(1, n + 1)), [0] * n, ("person",)),
                            (list(range(1, len(wires) + 1)), [a for a, _b in wires], [b for _a, b in wires],
                             [0] * len(wires), ("knows",), [0] * len(wires), [0] * len(wires)), {}).network()


def test_all_are_found() -> None:
    assert set(MEASURES.keys()) >= EXPECTED


@pytest.mark.parametrize("measure", list(MEASURES), ids=MEASURES.keys())
@pytest.mark.parametrize(("n", "wires"), [(0, []), (1, []), (1, [(1, 1), (1, 1)]), (2, []), (2, [(1, 2), (2, 1)]),
                                          (5, [(1, 2), (2, 3), (3, 3), (2, 1)])])
def test_small_networks(measure: Measure, n: int, wires: list[tuple[int, int]]) -> None:
    asked = network(n, wires)
    steps = list(measure.run(asked, measure.options()))
    answer = steps[-1].best
    assert isinstance(answer, KINDS[measure.kind])
    assert steps[-1].done == 1.0
    if isinstance(answer, Ranking):
        assert np.isfinite(answer.values).all()
        assert len(set(answer.rows.tolist())) == len(answer.rows)
    if isinstance(answer, Groups):
        assert sorted(row for group in answer.groups for row in group.tolist()) == list(range(n))
    if isinstance(answer, Table):
        assert all(0 <= row[column] < n for row in answer.rows for column in answer.items)


@pytest.mark.parametrize("measure", list(MEASURES), ids=MEASURES.keys())
def test_can_be_stopped_at_once(measure: Measure) -> None:
    job = measure.run(network(4, [(1, 2), (2, 3), (3, 4)]), measure.options())
    next(job)
    job.close()


@pytest.mark.parametrize("measure", list(MEASURES), ids=MEASURES.keys())
def test_options_are_readable_from_flags(measure: Measure) -> None:
    assert measure.name
    assert measure.definition
    for option in options_of(measure.options):
        assert parse_option(option, str(option.default)) == option.default


def test_stopped_betweenness_keeps_an_estimate() -> None:
    """What was walked so far stands for all: the estimate has the scale of the exact answer."""
    import networkx as nx

    graph = nx.barabasi_albert_graph(4000, 3, seed=1)
    wires = [(a + 1, b + 1) for a, b in graph.edges()]
    asked = network(4000, wires)
    measure = MEASURES.get("betweenness")
    job = measure.run(asked, measure.options(sources=1000))
    first = next(job)
    job.close()
    assert first.done is not None
    assert first.done < 1
    whole = finish(measure.run(asked, measure.options(sources=1000)))
    assert isinstance(first.best, Ranking)
    assert isinstance(whole, Ranking)
    assert first.best.values.sum() == pytest.approx(whole.values.sum(), rel=0.1)
