"""Filters of a chart hide and grey what it shows, never the case, and what leaves is what is seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ewglink.drawing.appearance.rule import Condition
from ewglink.drawing.content import GREYED, HIDDEN
from ewglink.model.progress import finish
from ewglink.workspace.arranging import add_to_chart
from ewglink.workspace.commands.charts import create_chart, hide
from ewglink.workspace.commands.importing import ImportRequest, import_files
from ewglink.workspace.commands.items import add_link
from ewglink.workspace.exporting import export, records_view
from ewglink.workspace.filtering import Layer, layers_of, set_filters, switched_off, window
from ewglink.workspace.workspace import Workspace

CSV = (
    "Company;Director;Since;Note;City\n"
    "Acme;Jane;2021-03-01;first;Lyon\n"
    "Beta;Jane;2022-05-02;second;Lyon\n"
    "Beta;Juan;2023-06;third;Lyon\n"
    "Gamma;Zoe;;;Oslo\n"
)
SPEC: dict[str, Any] = {
    "ewglink_spec": 1, "name": "directors", "namespace": "case",
    "entities": {
        "company": {"type": "organization", "key": "Company", "properties": {"name": "Company", "note": "Note"}},
        "director": {"type": "person", "key": "Director", "properties": {"name": "Director"}}},
    "links": [{"type": "director_of", "from": "director", "to": "company", "start": "Since"}],
}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    source = tmp_path / "directors.csv"
    source.write_text(CSV, encoding="utf-8")
    with Workspace.create(tmp_path / "case.ewg", "Directors") as made:
        report = finish(import_files(made, [ImportRequest(source, spec=SPEC)], in_process=True))
        assert report is not None and not report.rejected
        made.do(lambda found: create_chart(found.case, "Who directs")[0])
        made.do(lambda found: add_to_chart(found, 1, found.network().ids.tolist()))
        yield made


def named(workspace: Workspace, *layers: Layer) -> tuple[set[str], int, Any]:
    """Labels of the entities seen, the number of links seen, and the content."""
    workspace.do(lambda found: set_filters(found.case, 1, layers))
    content = workspace.chart_content(1)
    seen = (content.flags & HIDDEN) == 0
    drawn = int(seen[content.ends].all(axis=1).sum())
    return {label for label, there in zip(content.labels, seen, strict=True) if there}, drawn, content


PEOPLE = Condition("type", "in", ["person"])


def test_hide_and_keep_only_are_each_others_complement(workspace: Workspace) -> None:
    assert named(workspace, Layer(conditions=(PEOPLE,)))[:2] == ({"Acme", "Beta", "Gamma"}, 0)
    assert named(workspace, Layer(conditions=(PEOPLE,), effect="only"))[:2] == ({"Jane", "Juan", "Zoe"}, 0)


def test_layers_come_one_after_the_other_and_the_last_can_bring_back(workspace: Workspace) -> None:
    back = Layer(conditions=(Condition("label", "in", ["Jane"]),), effect="show")
    seen, drawn, content = named(workspace, Layer(conditions=(PEOPLE,)), back)
    assert seen == {"Acme", "Beta", "Gamma", "Jane"} and drawn == 2
    assert (content.filtered.entities, content.filtered.links) == (2, 2)


def test_links_go_and_with_them_what_they_leave_alone(workspace: Workspace) -> None:
    links = Layer("links", (Condition("type", "in", ["director_of"]),))
    assert named(workspace, links)[:2] == ({"Acme", "Beta", "Gamma", "Jane", "Juan", "Zoe"}, 0)
    bare = Layer("links", (Condition("type", "in", ["director_of"]),), ends=True)
    assert named(workspace, bare)[0] == set()


def test_a_greyed_link_stays_and_is_painted_grey(workspace: Workspace) -> None:
    from ewglink.drawing.measure import RoughMeasure
    from ewglink.drawing.scene import build_scene
    content = named(workspace, Layer("links", (Condition("strength", "in", ["confirmed"]),), "grey"))[2]
    assert content.link_greyed is not None and content.link_greyed.all()
    scene = build_scene(content, RoughMeasure())
    assert (scene.links.colour == scene.palette.greyed).all()
    content = named(workspace, Layer(conditions=(PEOPLE,), effect="grey"))[2]
    assert ((content.flags & GREYED) != 0).sum() == 3 and content.filtered.greyed == 3


@pytest.mark.parametrize(("what", "test", "value", "hidden"), [
    ("property:note", "in", ["FIRST"], {"Acme"}),
    ("property:note", "unknown", None, {"Gamma", "Jane", "Juan", "Zoe"}),
    ("measure:degree", "at_least", 2, {"Jane", "Beta"}),
    ("sources", "more", 1, set()),
    ("source", "in", ["directors.csv"], {"Acme", "Beta", "Gamma", "Jane", "Juan", "Zoe"}),
])
def test_what_a_filter_can_look_at(workspace: Workspace, what: str, test: str, value: Any, hidden: set[str]) -> None:
    everyone = {"Acme", "Beta", "Gamma", "Jane", "Juan", "Zoe"}
    assert named(workspace, Layer(conditions=(Condition(what, test, value),)))[0] == everyone - hidden


@pytest.mark.parametrize(("start", "stop", "seen", "drawn"), [
    ("2021", "2021", {"Acme", "Jane", "Gamma", "Zoe"}, 2),
    ("2022-05-02", "2022-05-02", {"Acme", "Beta", "Jane", "Gamma", "Zoe"}, 3),
    ("2022-05-03", "2023-05-31", {"Acme", "Beta", "Jane", "Gamma", "Zoe"}, 3),
    ("2023-06-15", None, {"Acme", "Beta", "Jane", "Juan", "Gamma", "Zoe"}, 4),
    (None, "2020", {"Gamma", "Zoe"}, 1),
])
def test_a_window_of_time_keeps_what_held_then_and_what_has_no_date(
    workspace: Workspace, start: str | None, stop: str | None, seen: set[str], drawn: int
) -> None:
    """Directors go on until an end is known; entities go that are left without a link."""
    assert named(workspace, window(start, stop))[:2] == (seen, drawn)


def test_what_happens_at_a_moment_does_not_go_on(workspace: Workspace) -> None:
    refs = {ref.label: ref.id for ref in workspace.case.items.listed("entity")}
    workspace.do(lambda found: add_link(found.case, "called", refs["Jane"], refs["Juan"], start="2020-02-03T10:00")[0])
    drawn = [named(workspace, window(start, stop, ends=False))[1] for start, stop in (
        ("2020", "2020"), ("2020-02-03", "2020-02-03"), ("2020-02-03T10:01", "2020-12"), ("2020-03", "2020-12"))]
    assert drawn == [2, 2, 1, 1]


def test_what_had_no_link_before_a_window_does_not_go_with_it(workspace: Workspace) -> None:
    """People whose firms are filtered out already are not left alone by the window: they have no date that is out."""
    firms = Layer(conditions=(Condition("type", "in", ["organization"]),))
    assert named(workspace, firms, window("2021", "2021"))[0] == {"Jane", "Juan", "Zoe"}
    assert named(workspace, window("2021", "2021"), firms)[0] == {"Jane", "Zoe"}


def test_a_window_can_dim_instead(workspace: Workspace) -> None:
    content = named(workspace, window("2021", "2021", "dim"))[2]
    grey = {label for label, flags in zip(content.labels, content.flags, strict=True) if flags & GREYED}
    assert grey == {"Beta", "Juan"} and content.link_greyed.sum() == 2 and content.filtered.entities == 0


def test_moments_with_a_zone_are_filtered_in_utc(workspace: Workspace) -> None:
    refs = {ref.label: ref.id for ref in workspace.case.items.listed("entity")}
    workspace.do(lambda found: add_link(found.case, "called", refs["Jane"], refs["Juan"],
                                        start="2020-02-03T23:30:00-05:00")[0])
    for start, stop, drawn in (("2020-02-03", "2020-02-03", 1), ("2020-02-04", "2020-02-04", 2)):
        assert named(workspace, window(start, stop, ends=False))[1] == drawn


def test_filters_are_undone_in_one_step_and_touch_neither_items_nor_placements(workspace: Workspace) -> None:
    with workspace.case.reading() as connection:
        before = connection.exec_driver_sql("SELECT * FROM placement ORDER BY item_id").all()
        items = connection.exec_driver_sql("SELECT * FROM item ORDER BY id").all()
    named(workspace, Layer(conditions=(PEOPLE,)))
    assert workspace.can_undo is not None and "Who directs" in str(workspace.can_undo)
    with workspace.case.reading() as connection:
        assert connection.exec_driver_sql("SELECT * FROM placement ORDER BY item_id").all() == before
        assert connection.exec_driver_sql("SELECT * FROM item ORDER BY id").all() == items
    workspace.undo()
    assert workspace.chart_content(1).filtered is None
    workspace.redo()
    assert workspace.chart_content(1).filtered is not None


def test_what_is_hidden_by_hand_stays_hidden_and_is_counted_apart(workspace: Workspace) -> None:
    zoe = next(ref.id for ref in workspace.case.items.named("Zoe"))
    workspace.do(lambda found: hide(found.case, 1, [zoe]))
    show = Layer(effect="show")
    seen, _drawn, content = named(workspace, Layer(conditions=(PEOPLE,)), show)
    assert "Zoe" not in seen and "Jane" in seen
    content = named(workspace, Layer(conditions=(PEOPLE,)))[2]
    assert content.filtered.entities == 2


def test_layers_are_kept_with_the_chart_and_switched_off_together(workspace: Workspace) -> None:
    layers = [Layer(conditions=(PEOPLE,), name="No people"), window("2021", None)]
    named(workspace, *layers)
    assert layers_of(workspace.case.charts.get(1).settings) == layers  # type: ignore[union-attr]
    assert workspace.chart_content(1).filtered.names[0] == "No people"  # type: ignore[union-attr]
    assert named(workspace, *switched_off(layers))[2].filtered is None
    assert layers_of({"filters": [{"on": "nothing"}, 3, {"effect": "melt"}, layers[0].to_json()]}) == [layers[0]]


def test_tables_hold_what_is_seen(workspace: Workspace) -> None:
    workspace.do(lambda found: set_filters(found.case, 1, [Layer(conditions=(Condition("label", "in", ["Beta"]),))]))
    view = records_view(workspace, workspace.case.charts.get(1))
    assert "Beta" not in {row.label for row in view.entities} and len(view.links) == 2
    workspace.windows[1] = window("2021", "2021")
    assert {row.label for row in records_view(workspace, workspace.case.charts.get(1)).entities} == {
        "Acme", "Jane", "Juan", "Gamma", "Zoe"}


def test_pictures_say_that_a_filter_is_on(workspace: Workspace, tmp_path: Path) -> None:
    plain = export(workspace, tmp_path / "plain.svg", chart="Who directs").files[0].path.read_text(encoding="utf-8")
    assert "Filter on" not in plain
    workspace.do(lambda found: set_filters(found.case, 1, [Layer(conditions=(PEOPLE,))]))
    drawn = export(workspace, tmp_path / "drawn.svg", chart="Who directs").files[0].path.read_text(encoding="utf-8")
    assert "Filter on" in drawn and "Filtered out" in drawn and "Jane" not in drawn


def test_conditions_on_dates_know_months_and_years() -> None:
    from ewglink.workspace.filtering import _met

    values = ["2024", "2024-01-31", "2024-02", None, "no date", ["2023-12-31", "2024-03-01"]]
    assert _met(values, Condition("x", "at_least", "2024-02")).tolist() == [False, False, True, False, False, True]
    assert _met(values, Condition("x", "less", "2024-02")).tolist() == [True, True, False, False, False, True]
    assert np.array_equal(_met([1, 5, "7"], Condition("x", "more", 4)), [False, True, True])
