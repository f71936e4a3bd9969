"""Files that are graphs, of every flavour: what they say reaches the case, and what is odd about them is said."""

from __future__ import annotations

import json
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import graph_files

from ewglink.importers import sniff
from ewglink.model.progress import finish
from ewglink.workspace.commands.importing import ImportRequest, import_files
from ewglink.workspace.exporting import records_view
from ewglink.workspace.import_report import SourceReport
from ewglink.workspace.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "case.ewg", "T") as found:
        yield found


def bring(workspace: Workspace, path: Path, **how: Any) -> SourceReport:
    report = finish(import_files(workspace, [ImportRequest(path, **how)], in_process=True))
    assert report is not None
    return report.sources[0]


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def codes(report: SourceReport) -> dict[str, int]:
    return dict(Counter(one.code for one in (*report.warnings, *report.rejected)))


def shown(workspace: Workspace) -> dict[str, dict[str, Any]]:
    """Label → type and properties of the entities."""
    view = records_view(workspace, None, "en")
    return {row.label: {"type": row.type, **row.properties} for row in view.entities}


def linked(workspace: Workspace) -> list[tuple[Any, ...]]:
    view = records_view(workspace, None, "en")
    named = {row.id: row.label for row in view.entities}
    return sorted((named[row.a], named[row.b], row.direction) for row in view.links)


def placed(workspace: Workspace) -> dict[str, tuple[float, float]]:
    (chart,) = workspace.case.charts.listed()
    found = workspace.case.charts.placements(chart.id)
    labels = workspace.case.items.labels(found.items.tolist())
    return {labels[int(item)]: (float(x), float(y)) for item, (x, y) in zip(found.items, found.xy, strict=True)}


# -- the samples -------------------------------------------------------------------------------------------------------

SAMPLES = [
    ("graphology/les_miserables.gexf", "gexf", 77, 254),
    ("graphology/miserables.graphml", "graphml", 77, 254),
    ("graphology/case.gexf", "gexf", 10, 20),
    ("graphology/v1_3.gexf", "gexf", 2, 1),
    ("graphology/basic.gexf", "gexf", 2, 2),
    ("graphology/liststring.gexf", "gexf", 4, 5),
    ("graphology/attributes.graphml", "graphml", 6, 7),
    ("graphology/multigraph.graphml", "graphml", 6, 9),
    ("air_routes/air-routes-small-latest.graphml", "graphml", 47, 1390),
    ("cytoscapejs/data.json", "cytoscapejs", 30, 43),
    ("networkx/football.zip", "gml", 115, 613),
]


@pytest.mark.parametrize(("name", "format", "nodes", "edges"), SAMPLES)
def test_samples_give_what_was_counted(
    workspace: Workspace, samples: Path, name: str, format: str, nodes: int, edges: int
) -> None:
    path = samples / "graphs" / name
    assert sniff.recognise(path).format == format
    report = bring(workspace, path)
    assert (report.entities_new, report.links_new, report.rows) == (nodes, edges, nodes + edges)
    assert codes(report) == {}
    assert bring(workspace, path).known
    workspace.undo()
    assert workspace.case.items.counts("entity") == {}
    assert workspace.case.meta("schema") is None
    assert workspace.case.charts.listed() == []
    workspace.redo()
    assert sum(workspace.case.items.counts("link").values()) == edges
    assert workspace.case.verify() == ([], None)


# -- GraphML -----------------------------------------------------------------------------------------------------------


def test_yed_places_labels_groups_and_arrows(workspace: Workspace, tmp_path: Path) -> None:
    report = bring(workspace, written(tmp_path, "yed.graphml", graph_files.YED))
    assert codes(report) == {}
    found = shown(workspace)
    assert set(found) == {"Harbour Trading", "Group", "Inside"}
    assert found["Inside"]["parent"] == "n1"
    assert found["Group"]["description"] == "a group"
    assert linked(workspace) == [("Harbour Trading", "Harbour Trading", "none"),
                                 ("Harbour Trading", "Inside", "forward")]  # fmt: skip
    assert records_view(workspace, None, "en").links[0].label == "pays"
    at = placed(workspace)
    between = at["Group"][0] - at["Harbour Trading"][0], at["Group"][1] - at["Harbour Trading"][1]
    assert between == pytest.approx((350 - 130, 350 - 55), rel=1e-6)
    assert workspace.case.charts.listed()[0].name == "yed"
    assert {style["colour"] for style in workspace.case.charts.styles().values()} == {"#FFCC00"}


def test_cytoscape_attributes_name_and_type(workspace: Workspace, tmp_path: Path) -> None:
    bring(workspace, written(tmp_path, "c.graphml", graph_files.CYTOSCAPE_GRAPHML))
    assert shown(workspace)["Luis"]["selected"] is True
    assert workspace.case.items.counts("link") == {"calls": 1}
    (link,) = records_view(workspace, None, "en").links
    assert link.properties == {"score": 0.5}


def test_what_a_chart_cannot_show_of_a_graph_is_said(workspace: Workspace, tmp_path: Path) -> None:
    report = bring(workspace, written(tmp_path, "h.graphml", graph_files.HYPER))
    assert codes(report) == {"ports": 1, "hyperedge": 1, "dangling_reference": 1, "duplicate_edge_id": 1}
    assert workspace.case.items.counts("entity") == {"hyperedge": 1, "node": 4}
    assert linked(workspace) == [("a", "b", "none"), ("a", "c", "none"), ("a", "h", "none"),
                                 ("a", "nowhere", "forward"), ("b", "h", "forward"), ("c", "a", "none"),
                                 ("h", "c", "forward")]  # fmt: skip
    (stub,) = [one for one in report.warnings if one.code == "dangling_reference"]
    assert "nowhere" in str(stub.message)
    assert stub.row == 5


def test_defaults_kinds_and_undeclared_keys(workspace: Workspace, tmp_path: Path) -> None:
    report = bring(workspace, written(tmp_path, "d.graphml", graph_files.DEFAULTS))
    assert codes(report) == {"undeclared_key": 1}
    found = shown(workspace)
    assert found["n0"] == {"type": "node", "colour": "green", "zip": "00501"}
    assert found["n1"] == {"type": "node", "colour": "yellow", "colour_d2": "dark", "weight": 1.5}
    assert found["n2"] == {"type": "node", "colour": "yellow", "gone": "?"}
    kinds = {one.key: one.kind for one in workspace.schema.entity_types["node"].properties}
    assert kinds == {"name": "text", "colour": "text", "weight": "number", "colour_d2": "text", "zip": "text",
                     "gone": "text"}  # fmt: skip


def test_the_text_a_number_was_written_with_is_kept(workspace: Workspace, tmp_path: Path) -> None:
    bring(workspace, written(tmp_path, "d.graphml", graph_files.DEFAULTS))
    said = [row for row in records_view(workspace, None, "en").statements if row.property == "weight"]
    assert sorted((row.value, row.raw) for row in said) == [(1.5, "1.50"), (2, None)]


# -- GEXF --------------------------------------------------------------------------------------------------------------


def test_dynamics_become_the_times_of_statements(workspace: Workspace, tmp_path: Path) -> None:
    report = bring(workspace, written(tmp_path, "d.gexf", graph_files.GEXF_DYNAMIC))
    assert codes(report) == {}
    found = shown(workspace)
    assert set(found) == {"Ana", "Group", "Inside", "Carl"}
    assert found["Inside"]["parent"] == found["Carl"]["parent"] == "g"
    assert found["Ana"]["kind"] == "broker"
    assert found["Carl"]["kind"] == "person"
    said = records_view(workspace, None, "en").statements
    prices = sorted((row.value, row.start, row.end) for row in said if row.property == "price")
    assert prices == [(1, "2009-03-01", "2009-03-10"), (2.5, "2009-03-11", None)]
    spells = [(row.start, row.end) for row in said if row.property == "name" and row.item_label == "Carl"]
    assert spells == [("2009-01-01", "2009-01-15"), ("2009-02-01", None)]
    aliases = [row.value for row in said if row.property == "aliases"]
    assert aliases == ["A; Anita"]
    links = {(row.direction, row.start, row.end, row.properties.get("weight"))
             for row in records_view(workspace, None, "en").links}  # fmt: skip
    assert links == {("forward", "2009-03-01", "2009-03-10", 2), ("both", None, None, None), ("none", None, None, None)}
    assert linked(workspace).count(("Inside", "Group", "none")) == 1
    assert set(placed(workspace)) == {"Ana"}


def test_sizes_and_colours_are_looks(workspace: Workspace, tmp_path: Path) -> None:
    sizes = {"a": 1, "b": 4, "c": 16, "d": 4, "e": 1000}
    nodes = "".join(
        f"<node id='{n}'><viz:color r='{at}' g='0' b='255'/><viz:size value='{size}'/>"
        f"<viz:position x='{at * 100}' y='5'/></node>"
        for at, (n, size) in enumerate(sizes.items())
    )
    text = f"<gexf xmlns:viz='http://gexf.net/1.3/viz'><graph><nodes>{nodes}</nodes></graph></gexf>"
    bring(workspace, written(tmp_path, "s.gexf", text))
    (chart,) = workspace.case.charts.listed()
    found, styles = workspace.case.charts.placements(chart.id), workspace.case.charts.styles()
    looks = {row: styles[number] for row, number in found.styles.items()}
    assert [looks[row].get("size", 1.0) for row in range(5)] == [0.6, 1.0, 2.0, 1.0, 2.0]
    assert [looks[row]["colour"] for row in range(5)] == ["#0000FF", "#0100FF", "#0200FF", "#0300FF", "#0400FF"]


def test_times_that_are_no_dates_stay_figures(workspace: Workspace, tmp_path: Path) -> None:
    report = bring(workspace, written(tmp_path, "n.gexf", graph_files.GEXF_NUMERIC))
    assert codes(report) == {}
    found = shown(workspace)
    assert (found["Zero"]["start_time"], found["Zero"]["end_time"]) == ("1.5", "20")
    assert found["One"]["spells"] == "1 – 2; 5 – 9"
    (link,) = records_view(workspace, None, "en").links
    assert link.start is None
    assert link.properties == {"start_time": "3"}


# -- XGMML, GML, cytoscape.js ------------------------------------------------------------------------------------------


def test_xgmml_groups_lists_and_places(workspace: Workspace, tmp_path: Path) -> None:
    path = written(tmp_path, "calls.xgmml", graph_files.XGMML)
    assert sniff.recognise(path).format == "xgmml"
    report = bring(workspace, path)
    assert codes(report) == {"group_members": 1}
    found = shown(workspace)
    assert found["Ana"]["age"] == 44
    assert found["Ana"]["tags"] == "a;b; c"
    assert found["Inside"]["parent"] == "-2"
    assert linked(workspace) == [("Ana", "Ana", "forward"), ("Ana", "Inside", "none")]
    assert set(placed(workspace)) == {"Ana", "Group"}


def test_gml_entities_repeated_keys_and_parallel_edges(workspace: Workspace, tmp_path: Path) -> None:
    path = written(tmp_path, "g.gml", graph_files.GML, "latin-1")
    assert sniff.recognise(path).format == "gml"
    report = bring(workspace, path)
    assert codes(report) == {"dangling_reference": 1}
    found = shown(workspace)
    assert found["Peña & Söhne"] == {"type": "node", "name": "Peña & Söhne", "zip": "00501", "age": 44, "ratio": 0.5,
                                     "tag": "a; b"}  # fmt: skip
    other = 'quoted "x"\nover two lines'
    assert linked(workspace) == [("Peña & Söhne", other, "forward")] * 2 + [(other, "9", "forward"),
                                                                          (other, other, "none")]  # fmt: skip


def test_gml_is_read_in_pieces(workspace: Workspace, tmp_path: Path) -> None:
    nodes = "\n".join(f'  node [ id {n} label "node {n}" text "{"é" * 3000}" ]' for n in range(400))
    path = written(tmp_path, "g.gml", f"graph [\n{nodes}\n  edge [ source 0 target 399 ]\n]")
    assert bring(workspace, path).entities_new == 400
    raw = [row for row in _raws(workspace) if row.startswith("node [ id 399 ")]
    assert len(raw) == 1
    assert raw[0].endswith('é" ]')


def _raws(workspace: Workspace) -> list[str]:
    with workspace.case.reading() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT raw FROM record ORDER BY id")]


def test_cytoscape_js_groups_classes_and_compounds(workspace: Workspace, tmp_path: Path) -> None:
    path = written(tmp_path, "calls.cyjs", graph_files.CYTOSCAPE_JS)
    assert sniff.recognise(path).format == "cytoscapejs"
    report = bring(workspace, path)
    assert codes(report) == {"missing_data": 1, "missing_end": 1}
    found = shown(workspace)
    assert found["a"]["parent"] == "g"
    assert (found["a"]["age"], found["a"]["ok"]) == (44, True)
    assert json.loads(found["a"]["more"]) == {"x": [1]}
    assert found["a"]["classes"] == "big; red"
    assert set(found) == {"Group", "a", "7"}
    assert linked(workspace) == [("a", "7", "forward"), ("a", "a", "forward")]


# -- what all have alike -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "text"), [("y.graphml", graph_files.YED), ("d.gexf", graph_files.GEXF_DYNAMIC),
                                            ("x.xgmml", graph_files.XGMML)])  # fmt: skip
def test_every_element_is_kept_verbatim(workspace: Workspace, tmp_path: Path, name: str, text: str) -> None:
    bring(workspace, written(tmp_path, name, text))
    elements = [raw for raw in _raws(workspace) if raw.startswith(("<node", "<edge"))]
    assert len(elements) >= 5
    for raw in elements:
        assert raw.partition(">")[0] in text
        assert raw.endswith(("</node>", "</edge>", "/>"))
    (group,) = [raw for raw in elements if raw not in text]  # without the graph that it holds
    assert "Group" in group
    assert "Inside" not in group


def test_utf16_and_declared_encodings(workspace: Workspace, tmp_path: Path) -> None:
    text = f"<?xml version='1.0' encoding='{{}}'?>{graph_files.GRAPHML}<graph><node id='Peña'/></graph></graphml>"
    for name in ("utf-16", "windows-1252", "gb18030", "utf-8"):
        path = written(tmp_path, f"{name}.graphml", text.format(name.upper()).replace("Peña", f"Peña {name}"), name)
        assert bring(workspace, path).entities_new == 1
    assert set(shown(workspace)) == {"Peña utf-16", "Peña windows-1252", "Peña gb18030", "Peña utf-8"}


def test_types_of_the_file_are_those_of_the_case_where_they_are_known(workspace: Workspace, tmp_path: Path) -> None:
    keys = "<key id='t' for='all' attr.name='type' attr.type='string'/><key id='i' for='node' attr.name='IMO'/>"
    nodes = "".join(f"<node id='{n}'><data key='t'>{kind}</data></node>"
                    for n, kind in enumerate(["Navire", "vessel", "Persona", "Tug boat", ""]))  # fmt: skip
    edges = "<edge source='0' target='2'><data key='t'>paid</data></edge><edge source='0' target='1'/>"
    text = f"{graph_files.GRAPHML}{keys}<graph>{nodes}{edges}</graph></graphml>"
    bring(workspace, written(tmp_path, "t.graphml", text))
    assert workspace.case.items.counts("entity") == {"vessel": 2, "person": 1, "tug_boat": 1, "node": 1}
    assert workspace.case.items.counts("link") == {"paid": 1, "unknown_link": 1}
    assert workspace.schema.entity_types["tug_boat"].label("fr") == "Tug boat"
    assert workspace.schema.entity_types["vessel"].label("fr") != "vessel"


def test_nodes_of_two_files_are_not_taken_for_one_another(workspace: Workspace, tmp_path: Path) -> None:
    text = f"{graph_files.GRAPHML}<graph><node id='1'/>{{}}</graph></graphml>"
    bring(workspace, written(tmp_path, "a.graphml", text.format("")))
    bring(workspace, written(tmp_path, "b.graphml", text.format("<node id='2'/>")))
    assert workspace.case.items.counts("entity") == {"node": 3}


def test_a_picture_goes_to_the_chart_that_is_asked_for(workspace: Workspace, tmp_path: Path) -> None:
    path = written(tmp_path, "yed.graphml", graph_files.YED)
    bring(workspace, path, chart="Mine")
    other = written(tmp_path, "other.graphml", graph_files.YED + "\n")
    bring(workspace, other, chart="Mine")
    (chart,) = workspace.case.charts.listed()
    found = workspace.case.charts.placements(chart.id)
    assert (chart.name, len(found.items)) == ("Mine", 6)
    assert found.xy[3:, 0].min() > found.xy[:3, 0].max()
    workspace.undo()
    assert len(workspace.case.charts.placements(chart.id).items) == 3
    bring(workspace, other, chart="")
    assert len(workspace.case.charts.placements(chart.id).items) == 3


def test_a_zip_with_two_graphs_is_no_graph(tmp_path: Path) -> None:
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as box:
        box.writestr("a.gml", graph_files.GML)
        box.writestr("b.gml", graph_files.GML)
    with pytest.raises(Exception, match="ZIP archive"):
        sniff.recognise(path)


def test_a_type_of_its_own_for_each_is_no_type(workspace: Workspace, tmp_path: Path) -> None:
    key = "<key id='t' for='all' attr.name='type' attr.type='string'/>"
    nodes = "".join(f"<node id='{n}'><data key='t'>about {n}</data></node>" for n in range(70))
    edges = "".join(f"<edge source='0' target='{n}'><data key='t'>why {n}</data></edge>" for n in range(70))
    text = f"{graph_files.GRAPHML}{key}<graph>{nodes}{edges}</graph></graphml>"
    bring(workspace, written(tmp_path, "t.graphml", text))
    assert workspace.case.items.counts("entity") == {"node": 70}
    assert workspace.case.items.counts("link") == {"unknown_link": 70}
    assert shown(workspace)["7"]["stated_type"] == "about 7"
    assert {row.properties["stated_type"] for row in records_view(workspace, None, "en").links} == {
        f"why {n}" for n in range(70)}  # fmt: skip


def test_graphs_come_through_the_processes(workspace: Workspace, tmp_path: Path) -> None:
    path = written(tmp_path, "yed.graphml", graph_files.YED)
    report = finish(import_files(workspace, [ImportRequest(path)]))
    assert report is not None
    assert (report.sources[0].entities_new, report.sources[0].links_new) == (3, 2)
    assert set(placed(workspace)) == {"Harbour Trading", "Group", "Inside"}
    assert workspace.schema.entity_types["node"].label("en") == "Node"
    workspace.undo()
    assert "node" not in workspace.schema.entity_types


def test_nothing_is_written_in_a_dry_run(workspace: Workspace, tmp_path: Path) -> None:
    path = written(tmp_path, "yed.graphml", graph_files.YED)
    length = workspace.case.journal_length()
    report = finish(import_files(workspace, [ImportRequest(path)], in_process=True, dry_run=True))
    assert report is not None
    assert report.sources[0].entities_new == 3
    assert workspace.case.journal_length() == length
    assert workspace.case.charts.listed() == []


def test_a_person_may_say_what_the_nodes_are(workspace: Workspace, tmp_path: Path) -> None:
    spec = {"ewglink_spec": 1, "name": "people", "namespace": "people", "part": "nodes",
            "entities": {"one": {"type": "person", "key": ["id"], "properties": {"name": "label"}}}}  # fmt: skip
    path = written(tmp_path, "yed.graphml", graph_files.YED)
    report = bring(workspace, path, spec=spec)
    assert (report.entities_new, report.links_new) == (3, 2)
    assert workspace.case.items.counts("entity") == {"person": 3}
    assert set(placed(workspace)) == {"Harbour Trading", "Group", "Inside"}
