"""Charts and entities of other programs in a case: one step with its chart, undone and done again, nothing twice."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ewglink.model.progress import finish
from ewglink.workspace.commands.importing import ImportReport, ImportRequest, import_files
from ewglink.workspace.workspace import Workspace
from tests.importers.anx_charts import attributes, chart, entity, icon, items, link, tag, written

GRADES = tag("GradeOne", tag("StringCollection", tag("String", Id="G1", Text="Always reliable")))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "case.ewg", "T") as found:
        yield found


def _bring(workspace: Workspace, *paths: Path, in_process: bool = True, **request: Any) -> ImportReport:
    requests = [ImportRequest(path, **request) for path in paths]
    report = finish(import_files(workspace, requests, in_process=in_process))
    assert report is not None
    return report


def _rows(workspace: Workspace, sql: str) -> list[tuple[Any, ...]]:
    with workspace.case.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def _all(workspace: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    names = (
        "source",
        "import",
        "basis",
        "record",
        "item",
        "identity",
        "link",
        "statement",
        "chart",
        "placement",
        "style",
        "annotation",
        "meta",
    )
    return {name: sorted(_rows(workspace, f'SELECT * FROM "{name}"'), key=repr) for name in names}


def _example(folder: Path) -> Path:
    card = tag("Card", Summary="Seen", SourceReference="R7", SourceType="Officer", GradeOneIndex=0)
    heading = tag("ChartItem", tag("End", tag("Label", LabelId=9), X=0, Y=-100), Id="CI9", Label="Heading")
    return written(
        folder,
        chart(
            GRADES,
            items(
                entity(
                    1,
                    "Smelter",
                    icon("Smelter", IconShadingColour=255),
                    attributes(("Furnaces", "5")),
                    x=0,
                    y=0,
                    cards=(card,),
                ),
                entity(2, "Bo", icon("Person"), x=200, y=100),
                link(3, "Feeds", {"End1Id": 1, "End2Id": 2}, Label="daily", LineColour=255, ArrowStyle="ArrowOnHead"),
                heading,
            ),
        ),
    )


@pytest.mark.parametrize("in_process", [True, False])
def test_a_chart_comes_with_its_types_cards_places_and_looks(
    workspace: Workspace, tmp_path: Path, in_process: bool
) -> None:
    report = _bring(workspace, _example(tmp_path), in_process=in_process)
    (source,) = report.sources
    assert (source.format, source.entities_new, source.links_new) == ("anx", 2, 1)
    assert workspace.schema.entity("smelter").label("en") == "Smelter"
    assert workspace.schema.link("feeds").label("en") == "Feeds"
    labels = {row[0]: row[1:] for row in _rows(workspace, "SELECT label, id, type, kind FROM item")}
    assert {key: value[1:] for key, value in labels.items()} == {
        "Smelter": ("smelter", "entity"),
        "Bo": ("person", "entity"),
        "daily": ("feeds", "link"),
    }
    (found,) = workspace.case.charts.listed()
    assert found.name == "chart"
    placed = workspace.case.charts.placements(found.id)
    at = dict(zip(placed.items.tolist(), placed.xy.tolist(), strict=True))
    assert at[labels["Smelter"][0]] == [0, 0] and at[labels["Bo"][0]] == [254, 127]
    styles = workspace.case.charts.styles()
    looks = {int(placed.items[row]): styles[style] for row, style in placed.styles.items()}
    assert looks == {labels["Smelter"][0]: {"colour": "#FF0000"}, labels["daily"][0]: {"colour": "#FF0000"}}
    assert [one["text"] for one in workspace.case.charts.annotations(found.id)] == ["Heading"]


def test_what_a_card_says_has_its_own_grade_source_and_record(workspace: Workspace, tmp_path: Path) -> None:
    _bring(workspace, _example(tmp_path))
    smelter = _rows(workspace, "SELECT id FROM item WHERE label = 'Smelter'")[0][0]
    statements = workspace.case.items.statements([smelter])
    cards = [one for one in statements if "card" in one.vals]
    assert [(one.grade, one.note, one.part) for one in cards] == [("A6", "Officer · R7", "cards")]
    assert {one.grade for one in statements if "furnaces" in one.vals} == {None}
    raw = _rows(workspace, "SELECT raw FROM record WHERE part = 'cards'")[0][0]
    assert raw.startswith('<Card Summary="Seen"')


def test_one_step_undone_and_done_again(workspace: Workspace, tmp_path: Path) -> None:
    before = _all(workspace)
    _bring(workspace, _example(tmp_path))
    after = _all(workspace)
    workspace.undo()
    assert _all(workspace) == before
    workspace.redo()
    assert _all(workspace) == after
    report = _bring(workspace, _example(tmp_path))
    assert report.sources[0].known and _all(workspace) == after


def test_a_file_with_the_same_identities_joins_only_where_asked(workspace: Workspace, tmp_path: Path) -> None:
    one = written(tmp_path, chart(items(entity(1, "A", identity="x1"))), name="one.anx")
    two = written(tmp_path, chart(items(entity(7, "A", identity="x1"), entity(8, "B"))), name="two.anx")
    report = _bring(workspace, one, two, options={"shared": True})
    assert [source.entities_new for source in report.sources] == [1, 1] and report.sources[1].entities_known == 1
    again = _bring(workspace, written(tmp_path, chart(items(entity(1, "A", identity="x1")), "<!-- -->"), name="3.anx"))
    assert again.sources[0].entities_new == 1


def test_the_example_charts(workspace: Workspace, samples: Path) -> None:
    folder = samples / "i2"
    paths = [folder / "worked_example.anx", *sorted((folder / "charts").glob("*.anx"))]
    report = _bring(workspace, *paths)
    assert {source.file: (source.entities_new, source.links_new) for source in report.sources} == {
        "worked_example.anx": (2, 1),
        "all_representations_anxwritter.anx": (7, 4),
        "anxwritter_data_json_utf16.anx": (8, 8),
    }
    assert len(workspace.case.charts.listed()) == 3
    assert _rows(workspace, "SELECT count(*) FROM record WHERE part = 'cards'") == [(1,)]
    shown = _rows(
        workspace,
        "SELECT coalesce(representation, 'icon') FROM placement p JOIN item i ON i.id = p.item_id "
        "JOIN chart c ON c.id = p.chart_id WHERE i.kind = 'entity' AND c.name LIKE 'all%'",
    )
    assert Counter(row[0] for row in shown) == Counter(
        ["icon", "theme_line", "event_frame", "box", "circle", "text_block", "label"]
    )


def test_the_example_entities_and_a_later_file_of_the_same_ids(
    workspace: Workspace, samples: Path, tmp_path: Path
) -> None:
    path = samples / "ftm/donations.ijson"
    (source,) = _bring(workspace, path).sources
    assert (source.format, source.entities_new, source.links_new) == ("ftm", 184, 393)
    kinds = Counter(row[0] for row in _rows(workspace, "SELECT type FROM item WHERE kind = 'link'"))
    assert kinds == {"paid": 290, "located_at": 103}
    assert _bring(workspace, path).sources[0].known
    lines = path.read_text(encoding="utf-8").splitlines()
    later = tmp_path / "later.ijson"
    new = {
        "id": "new",
        "schema": "Person",
        "properties": {"name": ["N"], "addressEntity": [json.loads(lines[1])["id"]]},
    }
    later.write_text("\n".join([*reversed(lines), json.dumps(new)]), encoding="utf-8")
    (again,) = _bring(workspace, later).sources
    assert (again.entities_new, again.entities_known, again.links_new, again.links_known) == (1, 184, 1, 393)
    labels = _rows(workspace, "SELECT count(*) FROM item WHERE kind = 'entity' AND label_rank < 2")
    assert labels == [(0,)], "what was first a reference has its name"


def test_stubs_become_what_a_later_file_says(workspace: Workspace, tmp_path: Path) -> None:
    first, second = tmp_path / "1.ijson", tmp_path / "2.ijson"
    first.write_text(
        json.dumps({"id": "w", "schema": "Ownership", "properties": {"owner": ["p"], "asset": ["c"]}})
        + "\n"
        + json.dumps({"id": "x", "schema": "Ownership", "properties": {"owner": ["p"], "asset": ["d"]}})
    )
    second.write_text(
        '{"id": "p", "schema": "Person", "properties": {"name": ["Ana"]}}\n'
        '{"id": "c", "schema": "Vessel", "properties": {"name": ["Mar"]}}'
    )
    (source,) = _bring(workspace, first).sources
    assert {one.code for one in source.warnings} == {"dangling_reference"} and source.entities_new == 3
    _bring(workspace, second)
    assert set(_rows(workspace, "SELECT type, label FROM item WHERE kind = 'entity'")) == {
        ("person", "Ana"),
        ("vessel", "Mar"),
        ("thing", "d"),
    }


def test_half_characters_are_kept_as_escapes_and_reported(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "half.ijson"
    path.write_text(
        '{"id": "s\\ud800", "schema": "Person", "properties": {"name": ["A\\ud800B"], "\\ud801": ["q"]}}\n',
        encoding="utf-8",
    )
    (source,) = _bring(workspace, path).sources
    assert source.entities_new == 1 and "undecodable" in {one.code for one in source.warnings}
    assert _rows(workspace, "SELECT label FROM item") == [("A\ufffdB",)]
    path.write_bytes(b'{"id": "t", "schema": "Person", "properties": {"name": ["' + "é".encode() * 40 + b'\xff"]}}\n')
    assert _bring(workspace, path).sources[0].entities_new == 1
