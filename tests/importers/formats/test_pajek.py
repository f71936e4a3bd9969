"""Pajek: the same graph as another program wrote, sections of every kind, and what lies beside."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewglink.importers.contract import Problem
from ewglink.importers.formats.pajek import MEMBER, PajekOptions
from ewglink.importers.graph_file import Element, GraphEdge, GraphNode, GraphTitle

NETWORK = """% a comment
*Network Trade
*Vertices 5
1 "Ana Peña" 0.1 0.2 0.5 ellipse x_fact 2 ic Red bc Black
2 "B "q"C" 0.5 0.5
3 c 0.9 0.1 [1996-2000]
x bad
*Arcs :1 "pays"
1 2 3.5 l "first payment" c Blue
2: 2 3
9 1
*Edges
1 3 1 [1999-2003]
foo bar
*Arcslist
1 2 3
*Edgeslist
4 5
*Matrix
0 1 0 0 0
0 0 0 0 2.5
"""


def written(tmp_path: Path, content: str, name: str = "a.net") -> Path:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    return path


def elements(path: Path, **options: bool) -> list[Element]:
    return list(MEMBER.elements(path, PajekOptions(**options)))  # type: ignore[arg-type]


def nodes(found: list[Element]) -> list[GraphNode]:
    return [one for one in found if isinstance(one, GraphNode)]


def edges(found: list[Element]) -> list[GraphEdge]:
    return [one for one in found if isinstance(one, GraphEdge)]


def test_every_section_is_read(tmp_path: Path) -> None:
    found = elements(written(tmp_path, NETWORK))
    assert [one.title for one in found if isinstance(one, GraphTitle)] == ["Trade"]
    assert [(one.id, one.label, one.x, one.y) for one in nodes(found)] == [
        ("1", "Ana Peña", 0.1, 0.2), ("2", 'B "q"C', 0.5, 0.5), ("3", "c", 0.9, 0.1), ("4", "4", None, None),
        ("5", "5", None, None),
    ]  # fmt: skip
    assert nodes(found)[0].look == {"shape": "ellipse", "size": 2.0, "colour": "#FF0000"}
    assert [(one.source, one.target, one.directed, one.type, one.values.get("weight")) for one in edges(found)] == [
        ("1", "2", True, "pays", 3.5), ("2", "3", True, "2", None), ("9", "1", True, "pays", None),
        ("1", "3", False, None, 1), ("1", "2", True, None, None), ("1", "3", True, None, None),
        ("4", "5", False, None, None), ("1", "2", True, None, 1), ("2", "5", True, None, 2.5),
    ]  # fmt: skip
    first, dated = edges(found)[0], edges(found)[3]
    assert (first.label, first.line, first.raw) == ("first payment", 9, '1 2 3.5 l "first payment" c Blue')
    assert (dated.start, dated.end) == ("1999", "2003")
    assert [(one.code, one.line, one.rejected, one.raw) for one in found if isinstance(one, Problem)] == [
        ("no_vertex_number", 7, True, "x bad"), ("no_ends", 14, True, "foo bar"),
    ]  # fmt: skip


def test_partitions_and_vectors_beside_are_taken_along_and_said(tmp_path: Path) -> None:
    path = written(tmp_path, NETWORK)
    written(tmp_path, "*Vertices 5\n1\n2\n1\n1\n2\n", "a.clu")
    written(tmp_path, "*Vertices 5\n0.5\n1.5\n2.5\n3.5\n4.5\n", "a.vec")
    found = elements(path)
    assert [one.values["partition"] for one in nodes(found)] == [1, 2, 1, 1, 2]
    assert [one.values["vector"] for one in nodes(found)] == [0.5, 1.5, 2.5, 3.5, 4.5]
    assert [one.code for one in found if isinstance(one, Problem)][:2] == ["taken_along", "taken_along"]
    assert MEMBER.companions(path, PajekOptions()) == [tmp_path / "a.clu", tmp_path / "a.vec"]
    assert "partition" not in nodes(elements(path, beside=False))[0].values


def test_a_project_file_holds_them_too(tmp_path: Path) -> None:
    network = "*Network x\n*Vertices 2\n1 a\n2 b\n*Edges\n1 2\n"
    found = elements(written(tmp_path, network + "*Partition side\n*Vertices 2\n7\n8\n", "a.paj"))
    assert [one.values for one in nodes(found)] == [{"side": 7}, {"side": 8}]
    assert len(edges(found)) == 1


def test_a_second_network_keeps_its_vertices_apart(tmp_path: Path) -> None:
    found = elements(written(tmp_path, "*Vertices 1\n1 a\n*Network y\n*Vertices 2\n1 b\n2 c\n*Edges\n1 2\n"))
    assert [one.id for one in nodes(found)] == ["1", "2:1", "2:2"]
    assert [(one.source, one.target) for one in edges(found)] == [("2:1", "2:2")]


def test_two_modes(tmp_path: Path) -> None:
    found = elements(written(tmp_path, "*Vertices 5 2\n*Matrix\n1 0 1\n0 1 0\n"))
    assert [one.values["mode"] for one in nodes(found)] == [1, 1, 2, 2, 2]
    assert [(one.source, one.target, one.directed) for one in edges(found)] == [
        ("1", "3", False), ("1", "5", False), ("2", "4", False)]  # fmt: skip


def test_a_vertex_twice_is_set_aside_and_a_huge_count_makes_none(tmp_path: Path) -> None:
    found = elements(written(tmp_path, "*Vertices 99999999999\n1 a\n1 b\n"))
    assert [one.label for one in nodes(found)] == ["a"]
    assert [one.code for one in found if isinstance(one, Problem)] == ["vertex_twice", "vertices_not_listed"]


def test_a_wide_matrix_keeps_no_line_for_each_of_its_cells(tmp_path: Path) -> None:
    found = elements(written(tmp_path, "*Vertices 3000\n*Matrix\n" + "1 " * 3000 + "\n"))
    assert sum(len(one.raw) for one in edges(found)) < 100_000


def test_hostile_lines_are_bounded(tmp_path: Path) -> None:
    found = elements(written(tmp_path, '*Vertices 2\n1 "a\n2 b\0\n*Arcs\n' + '"a ' * 300_000 + "\n1 2\n"))
    assert len(edges(found)) == 1
    assert [one.code for one in found if isinstance(one, Problem)] == ["no_ends"]


@pytest.mark.parametrize(
    ("text", "sure"),
    [("*Vertices 3\n1 a\n", 0.95), ("% x\n\n*network n\n*vertices 3\n", 0.95), ("*bold* text\n", 0.0), ("a,b\n", 0.0)],
)
def test_it_is_known_by_its_vertices(tmp_path: Path, text: str, sure: float) -> None:
    path = written(tmp_path, text, "x.txt")
    assert MEMBER.recognise(path, text.encode()).confidence == sure


_letters = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs"), exclude_characters='"%*')
_labels = st.text(_letters, min_size=1, max_size=10)
_spoken = st.lists(_labels, min_size=1, max_size=3).map(" ".join)


@given(
    st.lists(_spoken, min_size=1, max_size=8, unique=True),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 9)), max_size=12),
    st.booleans(),
)
def test_what_networkx_writes_is_the_same_graph(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], pairs: list[tuple[int, int, int]], directed: bool
) -> None:
    graph = nx.MultiDiGraph() if directed else nx.MultiGraph()
    graph.add_nodes_from(names)
    for a, b, weight in pairs:
        graph.add_edge(names[a % len(names)], names[b % len(names)], weight=weight)
    path = tmp_path_factory.mktemp("pajek") / "x.net"
    nx.write_pajek(graph, path)
    found = elements(path)
    labels = {one.id: one.label for one in nodes(found)}
    assert list(labels.values()) == [str(name) for name in graph]
    wanted = sorted(tuple(sorted((a, b))) if not directed else (a, b) for a, b in graph.edges())
    read = [(labels[one.source], labels[one.target]) for one in edges(found)]
    assert sorted(tuple(sorted(pair)) if not directed else pair for pair in read) == wanted
    assert {one.directed for one in edges(found)} <= {directed}
    assert sorted(float(str(one.values["weight"])) for one in edges(found)) == sorted(
        float(weight) for *_ends, weight in graph.edges(data="weight"))  # fmt: skip
