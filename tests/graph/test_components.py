"""Parts of a network: the compiled way, SciPy's and NetworkX's are one."""

from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ewglink.graph.components import component_labels, members

ENDS = st.integers(1, 60).flatmap(lambda n: st.tuples(st.just(n), st.lists(
    st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=80)))


@given(ENDS)
def test_parts_are_the_same_whoever_finds_them(asked: tuple[int, list[tuple[int, int]]]) -> None:
    n, ends = asked
    pairs = np.array(ends, np.int32).reshape(-1, 2)
    labels = component_labels(n, pairs, kernel=True)
    assert labels.tolist() == component_labels(n, pairs, kernel=False).tolist()
    graph = nx.MultiGraph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(ends)
    expected = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part[0]))
    assert [part.tolist() for part in members(labels)] == expected
