"""Graphs written line by line: SIF, edge lists and adjacency matrices."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewglink.importers.contract import Problem
from ewglink.importers.formats import edge_list, matrix, sif
from ewglink.importers.graph_file import Element, GraphEdge, GraphNode
from ewglink.importers.graph_tables import GraphReading
from ewglink.model.refusal import Refusal


def written(tmp_path: Path, content: str, name: str) -> Path:
    path = tmp_path / name
    path.write_text(content, "utf-8", newline="")
    return path


def elements(member: GraphReading, path: Path, **options: Any) -> list[Element]:
    return list(member.elements(path, member.options(**options)))


def nodes(found: list[Element]) -> list[GraphNode]:
    return [one for one in found if isinstance(one, GraphNode)]


def edges(found: list[Element]) -> list[GraphEdge]:
    return [one for one in found if isinstance(one, GraphEdge)]


def problems(found: list[Element]) -> list[Problem]:
    return [one for one in found if isinstance(one, Problem)]


def sure(member: Any, path: Path) -> float:
    return float(member.recognise(path, path.read_bytes()).confidence)


# -- SIF ---------------------------------------------------------------------------------------------------------------


def test_sif_with_spaces_and_single_nodes(tmp_path: Path) -> None:
    path = written(tmp_path, "a pp b c d\nlonely\n\na pd\nb pd a\n", "x.sif")
    found = elements(sif.MEMBER, path)
    assert [one.id for one in nodes(found)] == ["a", "b", "c", "d", "lonely"]
    assert [(one.source, one.type, one.target, one.line) for one in edges(found)] == [
        ("a", "pp", "b", 1), ("a", "pp", "c", 1), ("a", "pp", "d", 1), ("b", "pd", "a", 5)]  # fmt: skip
    assert [(one.line, one.code, one.rejected) for one in problems(found)] == [(4, "no_target", True)]
    assert sure(sif.MEMBER, path) == 0.9
    assert {one.directed for one in edges(elements(sif.MEMBER, path, directed=False))} == {False}


def test_sif_with_tabs_keeps_spaces_in_names(tmp_path: Path) -> None:
    found = elements(sif.MEMBER, written(tmp_path, "Node One\tworks with\tNode Two\tNode 3\nLonely Node\n", "x.sif"))
    assert [one.id for one in nodes(found)] == ["Node One", "Node Two", "Node 3", "Lonely Node"]
    assert [(one.type, one.target) for one in edges(found)] == [("works with", "Node Two"), ("works with", "Node 3")]


def test_sif_attributes_beside_are_taken_along_and_said(tmp_path: Path) -> None:
    path = written(tmp_path, "a pp b\n", "x.sif")
    written(tmp_path, "Degree (class=Integer)\na = 5\nnonsense\n", "x.noa")
    written(tmp_path, "Weight\na (pp) b = 0.5\n", "x.eda")
    found = elements(sif.MEMBER, path)
    assert [one.values for one in nodes(found)] == [{"Degree": 5}, {}]
    assert [one.values for one in edges(found)] == [{"Weight": 0.5}]
    assert [one.code for one in problems(found)] == ["no_attribute", "taken_along", "taken_along"]
    assert sif.MEMBER.companions(path, sif.SifOptions()) == [tmp_path / "x.noa", tmp_path / "x.eda"]
    assert nodes(elements(sif.MEMBER, path, beside=False))[0].values == {}


_plain = st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=8)
_spoken = st.lists(_plain, min_size=1, max_size=3).map(" ".join)


@given(st.lists(st.tuples(_spoken, _plain, st.lists(_spoken, min_size=1, max_size=3)), min_size=1, max_size=10))
def test_sif_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str, list[str]]]
) -> None:
    path = tmp_path_factory.mktemp("sif") / "x.sif"
    path.write_text("\n".join("\t".join((a, kind, *targets)) for a, kind, targets in lines), "utf-8", newline="")
    found = elements(sif.MEMBER, path)
    assert [(one.source, one.type, one.target) for one in edges(found)] == [
        (a, kind, target) for a, kind, targets in lines for target in targets]  # fmt: skip
    assert {one.id for one in nodes(found)} == {name for a, _kind, targets in lines for name in (a, *targets)}


# -- edge lists --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [" ", "\t", ",", ";", "  "])
def test_edge_lists_of_every_separator(tmp_path: Path, mark: str) -> None:
    rows = (("a", "b", "1.5"), ("b", "c", "2"), ("c", "a"))
    lines = ["# a comment", "% another", *map(mark.join, rows)]
    path = written(tmp_path, "\n".join(lines) + "\n", "x.txt")
    found = elements(edge_list.MEMBER, path)
    assert [(one.source, one.target, one.values, one.line) for one in edges(found)] == [
        ("a", "b", {"weight": 1.5}, 3), ("b", "c", {"weight": 2}, 4), ("c", "a", {}, 5)]  # fmt: skip
    assert sure(edge_list.MEMBER, path) >= 0.7


def test_edge_lists_set_aside_what_names_one_node(tmp_path: Path) -> None:
    found = elements(edge_list.MEMBER, written(tmp_path, "a b\nlonely\nb a x y\n", "x.edges"))
    assert [(one.line, one.code, one.rejected, one.raw) for one in problems(found)] == [(2, "no_ends", True, "lonely")]
    assert edges(found)[1].values == {"column 3": "x", "column 4": "y"}


def test_quoted_names_hold_the_separator(tmp_path: Path) -> None:
    found = elements(edge_list.MEMBER, written(tmp_path, '"Ana, Ms",Bob\n"Bob",Eve\n', "x.edges"))
    assert [(one.source, one.target) for one in edges(found)] == [("Ana, Ms", "Bob"), ("Bob", "Eve")]


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(1, 99)), min_size=1, max_size=30),
    st.sampled_from(["data", "weight", "none"]), st.booleans(),
)  # fmt: skip
def test_what_networkx_writes_as_an_edge_list_is_the_same_graph(
    tmp_path_factory: pytest.TempPathFactory, links: list[tuple[int, int, int]], how: str, directed: bool
) -> None:
    graph = nx.DiGraph() if directed else nx.Graph()
    for a, b, weight in links:
        graph.add_edge(f"n{a}", f"n{b}", weight=weight)
    path = tmp_path_factory.mktemp("edges") / "x.edgelist"
    nx.write_edgelist(graph, path, data={"data": True, "weight": ["weight"], "none": False}[how])
    found = elements(edge_list.MEMBER, path, directed=directed)
    assert [(one.source, one.target, one.values.get("weight")) for one in edges(found)] == [
        (a, b, weight if how != "none" else None) for a, b, weight in graph.edges(data="weight")]  # fmt: skip
    assert {one.id for one in nodes(found)} == set(graph)
    assert {one.directed for one in edges(found)} == {directed}


# -- matrices ----------------------------------------------------------------------------------------------------------


def test_a_symmetric_matrix_has_links_without_direction_once(tmp_path: Path) -> None:
    path = written(tmp_path, ",A,B,C\nA,0,1,\nB,1,0,2.5\nC,,2.5,x\n", "m.csv")
    found = elements(matrix.MEMBER, path)
    assert [(one.source, one.target, one.directed, one.values) for one in edges(found)] == [
        ("A", "B", False, {"weight": 1}), ("B", "C", False, {"weight": 2.5}), ("C", "C", False, {})]  # fmt: skip
    assert len(edges(elements(matrix.MEMBER, path, directed="yes"))) == 5
    assert sure(matrix.MEMBER, path) == 0.99


def test_any_other_square_matrix_is_directed(tmp_path: Path) -> None:
    path = written(tmp_path, "A;B;C\nA;0;1;0\nB;0;0;-2\nC;0;0;0\n", "m.csv")
    assert [(one.source, one.target, one.directed, one.line) for one in edges(elements(matrix.MEMBER, path))] == [
        ("A", "B", True, 2), ("B", "C", True, 3)]  # fmt: skip
    halves = written(tmp_path, ",A,B\nA,0,1\nB,3,0\n", "h.csv")
    assert [one.values["weight"] for one in edges(elements(matrix.MEMBER, halves, directed="no"))] == [1, 3]


def test_two_kinds_of_names_make_two_modes(tmp_path: Path) -> None:
    found = elements(matrix.MEMBER, written(tmp_path, "who\tE1\tE2\tBob\nAnn\t1\t0\t0\nBob\t\t1\t1\n", "m.tsv"))
    assert [(one.id, one.label, one.values["mode"]) for one in nodes(found)] == [
        ("E1", "E1", "column"), ("E2", "E2", "column"), ("column:Bob", "Bob", "column"), ("Ann", "Ann", "row"),
        ("Bob", "Bob", "row"),
    ]  # fmt: skip
    assert [(one.source, one.target, one.directed) for one in edges(found)] == [
        ("Ann", "E1", False), ("Bob", "E2", False), ("Bob", "column:Bob", False)]  # fmt: skip


def test_rows_of_another_width_are_set_aside(tmp_path: Path) -> None:
    found = elements(matrix.MEMBER, written(tmp_path, ",A,B\nA,0,1\nB,1\n", "m.csv"))
    assert [(one.code, one.line, one.rejected) for one in problems(found)] == [("wrong_width", 3, True)]


def test_a_million_columns_are_refused(tmp_path: Path) -> None:
    row = "," + ",".join(map(str, range(100_000)))
    with pytest.raises(Refusal) as refused:
        elements(matrix.MEMBER, written(tmp_path, f"{row}\n{row}\n{row}\n", "m.csv"))
    assert refused.value.code == "too_many_columns"


@given(
    st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1,
                     max_size=8).map(str.strip).filter(bool), min_size=2, max_size=7, unique=True),
    st.data(),
)  # fmt: skip
def test_a_matrix_is_the_graph_it_was_made_of(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], data: st.DataObject
) -> None:
    weights = data.draw(st.lists(st.lists(st.integers(0, 3), min_size=len(names), max_size=len(names)),
                                 min_size=len(names), max_size=len(names)))  # fmt: skip
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["", *names])
    writer.writerows([name, *row] for name, row in zip(names, weights, strict=True))
    path = tmp_path_factory.mktemp("matrix") / "m.csv"
    path.write_text(stream.getvalue(), "utf-8", newline="")
    found = elements(matrix.MEMBER, path, directed="yes", delimiter="comma")
    assert {one.id for one in nodes(found)} == set(names)
    assert {(one.source, one.target): one.values["weight"] for one in edges(found)} == {
        (a, b): weights[i][j] for i, a in enumerate(names) for j, b in enumerate(names) if weights[i][j]}  # fmt: skip
