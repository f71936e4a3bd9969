"""Graphs out: read back by NetworkX, node for node and edge for edge."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import networkx as nx
import pytest

from ewglink.exporters import gate
from ewglink.release.view import EntityRow, LinkRow, ReleasedView, released


def visible(text: str) -> str:
    return "".join(
        chr(0x2400 + ord(sign))
        if ord(sign) < 32 and sign not in "\t\n\r"
        else "\ufffd"
        if "\ud800" <= sign <= "\udfff"
        else sign
        for sign in text
    )


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
def test_counts_and_attributes_come_back(view: ReleasedView, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"x.{suffix}"
    gate.write(view, path)
    graph = nx.read_graphml(path) if suffix == "graphml" else nx.read_gexf(path, version="1.3")
    assert graph.number_of_nodes() == len(view.entities)
    assert graph.number_of_edges() == len(view.links)
    assert graph.is_directed()
    assert graph.is_multigraph()
    for row in view.entities:
        node = graph.nodes[str(row.id)]
        assert node["label"] == visible(row.label)
        assert node["name"] == visible(row.label)
        assert node["capacity"] == row.id * 1.5
        assert node["pieces"] == row.id
        assert node["hazardous"] is (row.id % 2 == 0)
        assert node["type"] == "organization"
    assert graph.nodes["3"]["handling"] == "TLP:AMBER"
    assert "handling" not in graph.nodes["4"]


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
def test_edges_follow_arrows(view: ReleasedView, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"x.{suffix}"
    gate.write(view, path)
    graph = nx.read_graphml(path) if suffix == "graphml" else nx.read_gexf(path, version="1.3")
    assert sorted((a, b) for a, b in graph.edges()) == [("1", "2"), ("1", "2"), ("2", "3"), ("4", "3"), ("5", "5")]
    turned = next(iter(graph.get_edge_data("4", "3").values()))
    assert turned["direction"] == "forward"
    assert turned["reversed"] is True
    assert next(iter(graph.get_edge_data("2", "3").values()))["direction"] == "none"
    assert next(iter(graph.get_edge_data("5", "5").values()))["weight"] == 2.5
    assert {edge["strength"] for edge in graph.get_edge_data("1", "2").values()} == {"confirmed", "tentative"}
    assert {edge.get("start_stated") for edge in graph.get_edge_data("1", "2").values()} == {"2020", "2020-05-01"}


def test_graphml_has_positions(view: ReleasedView, tmp_path: Path) -> None:
    gate.write(view, tmp_path / "x.graphml")
    node = nx.read_graphml(tmp_path / "x.graphml").nodes["7"]
    assert (node["x"], node["y"]) == (7.0, -7.0)
    assert (node["r"], node["g"], node["b"]) == (0xE6, 0x9F, 0x00)


def test_gexf_has_positions_and_dates(view: ReleasedView, tmp_path: Path) -> None:
    gate.write(view, tmp_path / "x.gexf")
    graph = nx.read_gexf(tmp_path / "x.gexf", version="1.3")
    assert graph.nodes["7"]["viz"]["position"] == {"x": 7.0, "y": 7.0, "z": 0.0}
    assert graph.nodes["7"]["viz"]["color"]["r"] == 0xE6
    first = graph.get_edge_data("1", "2")["101"]
    assert (first["start"], first["end"]) == ("2020-01-01", "2021-02-28")
    backwards = graph.get_edge_data("4", "3")["104"]
    assert "start" not in backwards
    assert backwards["start_stated"] == "2022-01-01"


def test_links_without_arrows_make_an_undirected_graph(tmp_path: Path) -> None:
    view = released(
        title="t",
        language="en",
        entities=[EntityRow(n, "person", "Person", str(n)) for n in (1, 2)],
        links=[LinkRow(3, "family_of", "Family of", "", 1, 2, "none", "confirmed")],
    )
    gate.write(view, tmp_path / "x.graphml")
    gate.write(view, tmp_path / "x.gexf")
    assert not nx.read_graphml(tmp_path / "x.graphml").is_directed()
    assert not nx.read_gexf(tmp_path / "x.gexf", version="1.3").is_directed()


def test_an_empty_case_is_a_graph_too(tmp_path: Path) -> None:
    view = released(title="", language="en")
    for name in ("x.graphml", "x.gexf", "x.csv", "x.xlsx"):
        gate.write(view, tmp_path / name)
    assert nx.read_graphml(tmp_path / "x.graphml").number_of_nodes() == 0


def test_the_marking_is_in_the_graph(view: ReleasedView, tmp_path: Path) -> None:
    gate.write(view, tmp_path / "x.graphml")
    assert nx.read_graphml(tmp_path / "x.graphml").graph["marking"] == "TLP:AMBER"
    gate.write(view, tmp_path / "x.gexf")
    root = ElementTree.parse(tmp_path / "x.gexf").getroot()
    assert root.findtext(".//{http://gexf.net/1.3}description") == "TLP:AMBER"
