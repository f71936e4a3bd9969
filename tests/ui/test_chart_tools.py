"""Tools of the chart in the window: lined up, formatted, annotated, copied; each is one step that can be undone."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent
from PySide6.QtWidgets import QApplication

from ewglink.drawing.appearance.rule import Condition, Rule, size_by
from ewglink.drawing.content import GREYED
from ewglink.model.progress import Progress
from ewglink.ui.canvas.note_editor import NoteEditor
from ewglink.ui.canvas.tools.put import InHand
from ewglink.ui.dialogs.annotation import AnnotationDialog
from ewglink.ui.dialogs.appearance_rule import RuleDialog
from ewglink.ui.dialogs.appearance_rules import AppearanceRules, fields_of, types_of
from ewglink.ui.dialogs.badges import BadgesDialog
from ewglink.ui.dialogs.below_label import BelowLabel
from ewglink.ui.dialogs.chart_format import ChartFormat
from ewglink.ui.dialogs.compare import CompareDialog
from ewglink.ui.dialogs.expand import ExpandDialog
from ewglink.ui.dialogs.snapshots import SnapshotsDialog, keep
from ewglink.ui.dialogs.timeline import TimelineDialog
from ewglink.ui.panels.palette import in_hand_of
from ewglink.workspace import chart_measures
from ewglink.workspace.commands.appearance import make_timeline, set_rules
from ewglink.workspace.expanding import near

LEFT = Qt.MouseButton.LeftButton


def places(window: Any) -> list[tuple[float, float]]:
    return [tuple(row) for row in window.session.case.charts.placements(window.charts.current()).xy.tolist()]


def notes(window: Any) -> list[dict[str, Any]]:
    return window.session.case.charts.annotations(window.charts.current())


def steps(window: Any) -> int:
    return len(window.session.case.stacks().undo)


@pytest.fixture
def ready(window: Any, qtbot: Any) -> Any:
    """A window whose chart has settled at its natural size."""
    view = window.charts.view()
    view.fit()
    qtbot.wait(200)
    return window


def test_aligned_by_the_menu_and_back(ready: Any) -> None:
    before = places(ready)
    ready.menus.trigger("select.all")
    ready.menus.refresh()
    assert ready.menus.q["arrange.align_left"].isEnabled()
    ready.menus.trigger("arrange.align_left")
    assert len({x for x, _y in places(ready)}) == 1
    assert [y for _x, y in places(ready)] == [y for _x, y in before]
    ready.menus.trigger("arrange.stack_across")
    assert len({y for _x, y in places(ready)}) == 1
    ready.menus.trigger("edit.undo")
    ready.menus.trigger("edit.undo")
    assert places(ready) == before


def test_snapping_puts_what_is_dragged_on_the_grid(ready: Any, ids: dict[str, int], qtbot: Any) -> None:
    ready.menus.trigger("arrange.grid_shown")
    ready.menus.trigger("arrange.snap")
    view = ready.charts.view()
    row = int(view.layers.rows_of([ids["Jane Doe"]])[0])
    at = view.to_window(*view.layers.xy[row].tolist()).toPoint()
    qtbot.mousePress(view.viewport(), LEFT, pos=at)
    qtbot.mouseMove(view.viewport(), at + QPoint(30, 20))
    qtbot.mouseMove(view.viewport(), at + QPoint(61, 47))
    qtbot.mouseRelease(view.viewport(), LEFT, pos=at + QPoint(61, 47))
    x, y = places(ready)[row]
    assert (x % 30, y % 30) == (0, 0)
    assert view.layers.xy[row].tolist() == [x, y]


def test_arrows_with_alt_nudge(ready: Any, ids: dict[str, int]) -> None:
    ready.session.selection.set([ids["Jane Doe"]])
    row = int(ready.charts.view().layers.rows_of([ids["Jane Doe"]])[0])
    x, y = places(ready)[row]
    ready.menus.trigger("arrange.nudge_right")
    ready.menus.trigger("arrange.nudge_up")
    assert places(ready)[row] == (x + 10, y - 10)


def test_formats_of_what_is_selected(ready: Any, ids: dict[str, int]) -> None:
    ready.session.selection.set([ids["Jane Doe"]])
    begun = steps(ready)
    for name in ("format.size_2", "format.frame_D55E00", "format.colour_0072B2", "format.represent_circle"):
        ready.menus.trigger(name)
    content = ready.charts.placed()
    row = content.entity_ids.tolist().index(ids["Jane Doe"])
    assert content.styles[row] == {"size": 2.0, "frame": "#D55E00", "colour": "#0072B2"}
    assert content.representations[row] == "circle"
    assert steps(ready) == begun + 4
    strip = ready.docks.strip
    strip.look()
    assert (strip.kind.currentData(), strip.size.currentData()) == ("circle", 2.0)
    assert (strip.colour.value(), strip.frame.value()) == ("#0072B2", "#D55E00")
    ready.menus.trigger("format.clear")
    assert ready.charts.placed().styles == {}
    assert ready.charts.placed().representations == {}


def test_a_link_is_formatted_and_its_pair_drawn_as_one(ready: Any) -> None:
    link = int(ready.charts.placed().link_ids[0])
    ready.session.selection.set([link])
    ready.menus.trigger("format.width_3")
    ready.menus.trigger("format.pair_single")
    content = ready.charts.placed()
    assert content.link_styles == {0: {"width": 5.0, "multiplicity": "single"}}
    ready.docks.strip.look()
    assert not ready.docks.strip.width_of.isHidden()


def test_grey_and_the_others(ready: Any, ids: dict[str, int]) -> None:
    ready.session.selection.set([ids["Jane Doe"]])
    ready.menus.trigger("format.grey_others")
    content = ready.charts.placed()
    grey = {int(item) for item, flag in zip(content.entity_ids, content.flags, strict=True) if flag & GREYED}
    assert grey == set(ids.values()) - {ids["Jane Doe"]}
    ready.menus.trigger("format.ungrey_all")
    assert not (ready.charts.placed().flags & GREYED).any()


def test_a_rectangle_is_drawn_moved_resized_and_deleted(ready: Any, qtbot: Any) -> None:
    view = ready.charts.view()
    area = view.viewport()
    ready.menus.trigger("chart.note_rectangle")
    assert view.in_hand == InHand("rectangle")
    a, b = QPoint(5, 60), QPoint(65, 110)
    qtbot.mousePress(area, LEFT, pos=a)
    qtbot.mouseMove(area, QPoint(30, 80))
    qtbot.mouseMove(area, b)
    qtbot.mouseRelease(area, LEFT, pos=b)
    (made,) = notes(ready)
    x, y = view.to_chart(a.toPointF())
    assert (made["x"], made["y"], made["width"], made["height"]) == pytest.approx(
        (x, y, 60 / view.zoom, 50 / view.zoom))
    assert view.in_hand is None
    assert view.noted == made["id"]
    qtbot.mousePress(area, LEFT, pos=QPoint(5, 72))
    qtbot.mouseMove(area, QPoint(25, 72))
    qtbot.mouseMove(area, QPoint(45, 82))
    qtbot.mouseRelease(area, LEFT, pos=QPoint(45, 82))
    (moved,) = notes(ready)
    assert (moved["x"], moved["y"]) == pytest.approx((made["x"] + 40 / view.zoom, made["y"] + 10 / view.zoom))
    corner = view.to_window(moved["x"] + moved["width"], moved["y"] + moved["height"]).toPoint()
    qtbot.mousePress(area, LEFT, pos=corner)
    qtbot.mouseMove(area, corner + QPoint(10, 10))
    qtbot.mouseMove(area, corner + QPoint(20, 30))
    qtbot.mouseRelease(area, LEFT, pos=corner + QPoint(20, 30))
    (larger,) = notes(ready)
    assert larger["width"] == pytest.approx(moved["width"] + 20 / view.zoom, abs=1.5 / view.zoom)
    ready.menus.trigger("chart.take_off")
    assert notes(ready) == []
    for _step in range(4):
        ready.menus.trigger("edit.undo")
    assert notes(ready) == []


def test_by_keys_alone_an_ellipse_stands_in_the_middle(ready: Any, qtbot: Any) -> None:
    view = ready.charts.view()
    ready.menus.trigger("chart.note_ellipse")
    qtbot.keyClick(view, Qt.Key.Key_Return)
    (made,) = notes(ready)
    assert (made["x"] + made["width"] / 2, made["y"] + made["height"] / 2) == pytest.approx(view.centre)
    ready.menus.trigger("arrange.nudge_left")
    assert notes(ready)[0]["x"] == pytest.approx(made["x"] - 10)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert ready.editing.annotating.chosen() is None
    ready.menus.trigger("chart.note_next")
    assert ready.editing.annotating.chosen() == made["id"]


def test_the_dialog_of_an_annotation_gives_what_was_chosen(ready: Any) -> None:
    dialog = AnnotationDialog({"id": 1, "kind": "rectangle", "text": "Yard", "fill": True})
    dialog.text.setPlainText(" Yard B ")
    dialog.colour.choose("#009E73")
    dialog.legend.setText("Searched on 12 May")
    assert dialog.settings() == {"text": "Yard B", "size": 12.0, "bold": None, "colour": "#009E73", "line": 1.5,
                                 "fill": True, "dash": None, "legend": "Searched on 12 May"}
    dialog.fill.choose("#E69F00")
    dialog.fill.chosen.emit()
    dialog.dash.setCurrentIndex(1)
    assert (dialog.settings()["fill"], dialog.settings()["dash"]) == ("#E69F00", 1)
    dialog.deleteLater()


def editor_of(window: Any) -> NoteEditor:
    """The field that is open on the chart."""
    (found,) = window.charts.view().viewport().findChildren(NoteEditor)
    return found


def test_a_text_of_several_lines_is_written_on_the_chart(ready: Any, qtbot: Any) -> None:
    view = ready.charts.view()
    ready.menus.trigger("chart.note_text")
    qtbot.mouseClick(view.viewport(), LEFT, pos=QPoint(30, 40))
    editor = editor_of(ready)
    qtbot.keyClicks(editor, "Quay 4")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "12 May?")
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (made,) = notes(ready)
    assert made["text"] == "Quay 4\n12 May?"
    assert (made["x"], made["y"]) == pytest.approx(view.to_chart(QPoint(30, 40).toPointF()))
    assert view.noted == made["id"] and ("Quay 4", "12 May?") in view.chart_scene.notes.texts.lines + \
        view.chart_scene.marks.texts.lines
    ready.menus.trigger("edit.undo")
    assert notes(ready) == []


def test_a_text_is_written_anew_by_a_double_click_and_a_click_elsewhere_accepts(ready: Any, qtbot: Any) -> None:
    view = ready.charts.view()
    QApplication.clipboard().setText("Seen")
    ready.menus.trigger("edit.paste")
    (made,) = notes(ready)
    view.note_activated.emit(made["id"])
    editor = editor_of(ready)
    assert editor.toPlainText() == "Seen"
    editor.setPlainText("Seen\n\ntwice")
    ready.docks.raise_("entities").setFocus()
    editor.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.MouseFocusReason))
    assert notes(ready)[0]["text"] == "Seen\n\ntwice"


def test_esc_gives_a_text_up_and_nothing_written_is_nothing(ready: Any, qtbot: Any) -> None:
    view = ready.charts.view()
    for keys in ((Qt.Key.Key_X, Qt.Key.Key_Escape), (Qt.Key.Key_Space, None)):
        ready.menus.trigger("chart.note_text")
        qtbot.mouseClick(view.viewport(), LEFT, pos=QPoint(30, 40))
        editor = editor_of(ready)
        qtbot.keyClick(editor, keys[0])
        qtbot.keyClick(editor, keys[1]) if keys[1] else editor.end()
        qtbot.wait(1)
    assert notes(ready) == []


@pytest.mark.parametrize(("handle", "sides"), [("x0 y0", (-10, -6, 0, 0)), ("x1", (0, 0, -10, 0)),
                                               ("y0", (0, -6, 0, 0)), ("x1 y0", (0, -6, -10, 0))])
def test_every_handle_moves_its_own_edges(ready: Any, qtbot: Any, handle: str, sides: tuple[int, ...]) -> None:
    view = ready.charts.view()
    area = view.viewport()
    ready.menus.trigger("chart.note_rectangle")
    qtbot.keyClick(view, Qt.Key.Key_Return)
    body = view.notes.bodies()[0]
    before = view.notes.box(body)
    at = view.to_window(*view.notes._handles(body)[handle]).toPoint()
    qtbot.mousePress(area, LEFT, pos=at)
    qtbot.mouseMove(area, at + QPoint(-5, -3))
    qtbot.mouseMove(area, at + QPoint(-10, -6))
    qtbot.mouseRelease(area, LEFT, pos=at + QPoint(-10, -6))
    after = view.notes.box(view.notes.bodies()[0])
    assert after == pytest.approx([old + by / view.zoom for old, by in zip(before, sides, strict=True)])


def test_an_entity_from_the_palette_stands_where_it_was_set_down(ready: Any, qtbot: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("ewglink.ui.annotating.ask_text", lambda *_: "MV Example")
    panel = ready.docks.raise_("palette")
    keys = [panel.list.item(row).data(Qt.ItemDataRole.UserRole + 1) for row in range(panel.list.count())]
    assert {"vessel", "person", "organization"} <= set(keys)
    panel.list.itemClicked.emit(panel.list.item(keys.index("vessel")))
    view = ready.charts.view()
    qtbot.mouseClick(view.viewport(), LEFT, pos=QPoint(20, 40))
    (found,) = ready.session.case.items.named("MV Example")
    assert found.type == "vessel"
    assert ready.session.selection.items == {found.id}
    row = int(view.layers.rows_of([found.id])[0])
    assert view.layers.xy[row].tolist() == pytest.approx(list(view.to_chart(QPoint(20, 40).toPointF())), abs=3)


def test_copied_to_another_chart_items_keep_their_places_to_each_other(ready: Any, ids: dict[str, int]) -> None:
    chosen = sorted([ids["Jane Doe"], ids["Acme Recycling Ltd"]])
    ready.session.selection.set(chosen)
    ready.menus.trigger("format.size_3")
    before = dict(zip(ready.charts.placed().entity_ids.tolist(), places(ready), strict=True))
    ready.menus.trigger("edit.copy")
    assert "Jane Doe" in QApplication.clipboard().text()
    ready.charts.make_chart("Second")
    ready.menus.trigger("edit.paste")
    now = dict(zip(ready.charts.placed().entity_ids.tolist(), places(ready), strict=True))
    assert sorted(now) == chosen
    moved = [(now[item][0] - before[item][0], now[item][1] - before[item][1]) for item in chosen]
    assert moved[0] == pytest.approx(moved[1])
    assert all(style == {"size": 3.0} for style in ready.charts.placed().styles.values())
    ready.menus.trigger("edit.undo")
    assert places(ready) == []


def test_pasted_words_become_a_text(ready: Any) -> None:
    QApplication.clipboard().setText("Seen at  the quay\n12 May")
    ready.menus.trigger("edit.paste")
    assert notes(ready)[0]["text"] == "Seen at the quay 12 May"


def test_expanding_with_conditions(ready: Any, ids: dict[str, int]) -> None:
    dialog = ExpandDialog(ready.session.workspace, near(ready.session.workspace, [ids["Jane Doe"]]))
    assert sorted(dialog.found()) == sorted([ids["Acme Recycling Ltd"], ids["Beta Métaux SA"]])
    dialog.way.setCurrentIndex(dialog.way.findData("in"))
    assert dialog.found() == []
    dialog.way.setCurrentIndex(dialog.way.findData("out"))
    dialog.most.setValue(1)
    assert len(dialog.found()) == 1
    dialog.links.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.found() == []
    assert not dialog.ok.isEnabled()
    dialog.deleteLater()


def test_the_overview_carries_the_view(ready: Any, qtbot: Any) -> None:
    panel = ready.docks.raise_("overview")
    qtbot.waitUntil(lambda: panel.map.view is ready.charts.view())
    view = ready.charts.view()
    view.zoom_by(3.0)
    at = QPoint(panel.map.width() // 3, panel.map.height() // 2)
    wanted = panel.map.to_chart(at.toPointF())
    view.look_at(1e4, 1e4)
    qtbot.mouseClick(panel.map, LEFT, pos=at)
    assert view.centre == pytest.approx(wanted, abs=2)
    x = view.centre[0]
    qtbot.keyClick(panel.map, Qt.Key.Key_Right)
    assert view.centre[0] > x


def test_badges_and_the_format_of_a_chart_as_chosen(ready: Any) -> None:
    badges = BadgesDialog({"upper_right": {"text": "!", "colour": "#D55E00"}})
    assert badges.badges() == {"upper_right": {"text": "!", "colour": "#D55E00"}}
    badges.deleteLater()
    ready.editing.arranging.set_up(sub_texts=["date"], fan=2.0, language="fr")
    dialog = ChartFormat(ready.charts.placed(), ready.session.schema)
    chosen = {key: value for key, value in dialog.settings().items() if value is not None}
    assert chosen == {"sub_texts": ["date"], "fan": 2.0, "language": "fr"}
    dialog.multiplicity.setCurrentIndex(dialog.multiplicity.findData("directed"))
    dialog.attributes.item(0).setCheckState(Qt.CheckState.Checked)
    assert dialog.settings()["multiplicity"] == "directed"
    assert len(dialog.settings()["attributes"]) == 1
    dialog.deleteLater()


def test_rules_are_added_moved_switched_off_and_saved_with_the_chart(ready: Any, ids: dict[str, int]) -> None:
    content, schema = ready.charts.placed(), ready.session.schema
    dialog = AppearanceRules([], fields_of(content, schema), types_of(content, schema))
    dialog.append([size_by("degree")])
    dialog.append([Rule("colour", value="#D55E00", conditions=(Condition("type", "in", ["person"]),))])
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.shift(-1)
    assert [(rule.change, rule.off) for rule in dialog.rules()] == [("colour", False), ("size", True)]
    ready.session.do(lambda workspace: set_rules(workspace.case, 1, dialog.rules()))
    dialog.deleteLater()
    content = ready.charts.placed()
    persons = {row for row, item in enumerate(content.entity_ids.tolist())
               if item in (ids["Jane Doe"], ids["Juan Pérez"])}
    assert content.styles == {row: {"colour": "#D55E00"} for row in persons}
    ready.menus.trigger("format.size_by_degree")
    largest = max(ready.charts.placed().styles.items(), key=lambda pair: pair[1].get("size", 0))[0]
    assert content.entity_ids[largest] in (ids["Jane Doe"], ids["Beta Métaux SA"])
    ready.menus.trigger("format.drop_rules")
    assert ready.charts.placed().styles == {}


def test_a_rule_comes_out_of_its_dialog_as_it_went_in(ready: Any) -> None:
    content, schema = ready.charts.placed(), ready.session.schema
    for rule in (Rule("size", "scale", by="measure:degree", low=0.5, high=4.0, scale="log", name="By links"),
                 Rule("colour", value="#009E73", conditions=(Condition("type", "in", ["person"]),), stop=True),
                 Rule("badge", value={"text": "?", "colour": "#D55E00"}, position="lower_left",
                      conditions=(Condition("source", "unknown"),)),
                 Rule("width", "scale", "links", by="type", low=1.0, high=6.0)):
        dialog = RuleDialog(rule, fields_of(content, schema), types_of(content, schema))
        assert dialog.rule() == rule
        dialog.deleteLater()


def test_one_look_for_all_of_a_type(ready: Any, ids: dict[str, int]) -> None:
    ready.session.selection.set([ids["Jane Doe"]])
    ready.menus.trigger("format.size_3")
    ready.menus.trigger("format.represent_box")
    ready.menus.trigger("format.for_type")
    content = ready.charts.placed()
    rows = [content.entity_ids.tolist().index(ids[name]) for name in ("Jane Doe", "Juan Pérez")]
    assert content.representations == dict.fromkeys(rows, "box")
    assert content.styles == {row: {"size": 3.0} for row in rows}


def test_a_chart_against_what_it_was(ready: Any, ids: dict[str, int], qtbot: Any, tmp_path: Any) -> None:
    then = ready.session.case.journal_entries(limit=1)[0].seq
    ready.session.selection.set([ids["Juan Pérez"]])
    ready.menus.trigger("chart.take_off")
    dialog = CompareDialog(ready.session, ready.charts)
    dialog.moment[0].setCurrentIndex(dialog.moment[0].findData(then))
    assert dialog.moment[0].toolTip() == dialog.moment[0].currentText() != ""
    dialog.run()
    qtbot.waitUntil(lambda: dialog.compared is not None)
    shown = [(dialog.table.item(row, 0).text(), dialog.table.item(row, 3).text())
             for row in range(dialog.table.rowCount())]
    assert shown == [("Removed", "Juan Pérez"), ("Removed", "Juan Pérez – Beta Métaux SA")]
    assert dialog.count.text() == "0 added, 2 removed, 0 changed, 0 moved, 0 formatted"
    dialog.write(tmp_path / "d.csv")
    assert "Removed,Entity,Person,Juan Pérez" in (tmp_path / "d.csv").read_text("utf-8-sig")
    assert dialog.make_named("Since")
    ready.charts.show_chart(dialog.made)
    assert ready.charts.placed().entity_ids.tolist() == sorted(ids.values())
    dialog.deleteLater()
    ready.menus.trigger("edit.undo")
    assert [chart.name for chart in ready.session.case.charts.listed()] == ["Who directs"]


def test_a_snapshot_brings_back_the_places_and_the_view(ready: Any, ids: dict[str, int]) -> None:
    before, view = places(ready), ready.charts.view()
    view.look_at(12.0, 34.0, 0.8)
    dialog = SnapshotsDialog(ready.session, ready.charts)
    keep(ready.session, ready.charts, "As found")
    ready.menus.trigger("select.all")
    ready.menus.trigger("arrange.stack")
    view.look_at(500.0, 0.0, 2.0)
    dialog.look()
    dialog.show_it()
    assert places(ready) == before
    assert (view.centre, view.zoom) == ((12.0, 34.0), 0.8)
    dialog.delete()
    assert dialog.list.count() == 0
    dialog.deleteLater()


def test_below_single_labels_and_as_a_timeline(ready: Any, ids: dict[str, int]) -> None:
    below = BelowLabel(None, ["date"])
    assert below.sub_texts() is None
    below.as_chart.setChecked(False)
    assert below.sub_texts() == ["date"]
    below.deleteLater()
    dialog = TimelineDialog({}, [ids["Jane Doe"]])
    dialog.themes.setCurrentIndex(dialog.themes.findData("selected"))
    dialog.spacing.setCurrentIndex(dialog.spacing.findData("even"))
    chosen = dialog.chosen()
    assert chosen == {"on": True, "themes": [ids["Jane Doe"]], "wiring": "return", "spacing": "even"}
    dialog.deleteLater()
    ready.session.do(lambda workspace: make_timeline(workspace.case, 1, **chosen))
    assert ready.charts.placed().settings["kind"] == "timeline"
    again = TimelineDialog(ready.charts.placed().settings, [])
    assert again.chosen() == chosen
    again.deleteLater()


def test_what_is_dragged_from_the_palette_lands_where_it_is_dropped(ready: Any, qtbot: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("ewglink.ui.annotating.ask_text", lambda *_: "Dropped")
    panel, view = ready.docks.raise_("palette"), ready.charts.view()
    keys = [panel.list.item(row).data(Qt.ItemDataRole.UserRole + 1) for row in range(panel.list.count())]
    data = panel.list.mimeData([panel.list.item(keys.index("person"))])
    at = QPointF(33, 44)
    for kind in (QDragEnterEvent, QDropEvent):
        where = at.toPoint() if kind is QDragEnterEvent else at
        event = kind(where, Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view.viewport(), event)
        assert event.isAccepted()
    qtbot.waitUntil(lambda: bool(ready.session.case.items.named("Dropped")))
    row = int(view.layers.rows_of([ready.session.case.items.named("Dropped")[0].id])[0])
    assert view.layers.xy[row].tolist() == pytest.approx(list(view.to_chart(at)), abs=3)
    foreign = QMimeData()
    foreign.setText("x")
    event = QDropEvent(at, Qt.DropAction.CopyAction, foreign, LEFT, Qt.KeyboardModifier.NoModifier)
    assert in_hand_of(foreign) is None
    QApplication.sendEvent(view.viewport(), event)
    assert len(ready.session.case.items.listed("entity")) == 5


def test_delete_means_what_is_selected_last(ready: Any, ids: dict[str, int], qtbot: Any) -> None:
    view = ready.charts.view()
    ready.menus.trigger("chart.note_rectangle")
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert ready.editing.annotating.chosen() is not None
    ready.session.selection.set([ids["Jane Doe"]])
    assert ready.editing.annotating.chosen() is None
    ready.menus.trigger("chart.take_off")
    assert len(notes(ready)) == 1
    assert ids["Jane Doe"] not in ready.charts.placed().entity_ids.tolist()


def test_what_a_rule_gives_is_not_copied_as_given_by_hand(ready: Any, ids: dict[str, int]) -> None:
    ready.menus.trigger("format.size_by_degree")
    ready.session.selection.set([ids["Jane Doe"]])
    assert ready.charts.placed().styles
    ready.menus.trigger("edit.copy")
    ready.charts.make_chart("Plain")
    ready.menus.trigger("edit.paste")
    assert ready.charts.placed().entity_ids.tolist() == [ids["Jane Doe"]]
    assert ready.charts.placed().styles == {}


def test_a_drag_on_a_timeline_goes_up_and_down_and_says_why(ready: Any, qtbot: Any) -> None:
    workspace, chart = ready.session.workspace, ready.charts.current()
    ready.session.do(lambda found: make_timeline(found.case, chart))
    view = ready.charts.view()
    view.fit()
    content = view.chart_scene.content
    themes = sorted(content.representations, key=lambda row: content.xy[row, 1])
    stood = {int(row["item_id"]): (row["x"], row["y"]) for row in
             workspace.case.items.rows("placement", "chart_id", [chart])}
    first, last = (view.to_window(*content.xy[row].tolist()).toPoint() for row in (themes[0], themes[-1]))
    heard: list[str] = []
    ready.statusBar().messageChanged.connect(heard.append)
    area = view.viewport()
    qtbot.mousePress(area, LEFT, pos=first)
    qtbot.mouseMove(area, first + QPoint(40, 20))
    qtbot.mouseMove(area, QPoint(first.x() + 90, last.y() + 4))
    assert view.layers.xy[themes[0], 0] == content.xy[themes[0], 0]
    qtbot.mouseRelease(area, LEFT, pos=QPoint(first.x() + 90, last.y() + 4))
    assert "up and down" in heard[0] and heard[-1] == ""
    named = ready.charts.placed().settings["timeline"]["themes"]
    assert named == [int(content.entity_ids[row]) for row in (*themes[1:], themes[0])]
    assert stood == {int(row["item_id"]): (row["x"], row["y"]) for row in
                     workspace.case.items.rows("placement", "chart_id", [chart])}
    ready.menus.trigger("edit.undo")
    assert "themes" not in ready.charts.placed().settings["timeline"]


def test_the_timeline_dialog_gives_metrics_that_are_kept_and_undone(ready: Any) -> None:
    chart = ready.charts.current()
    dialog = TimelineDialog({}, [])
    dialog.metrics["far"].setValue(15.0)
    dialog.overlap.choose("#0072B2")
    chosen = dialog.chosen()
    ready.session.do(lambda found: make_timeline(found.case, chart, **chosen))
    kept = ready.charts.placed().settings["timeline"]
    assert kept["metrics"] == {"far": 15.0} and kept["overlap"] == "#0072B2"
    again = TimelineDialog(ready.charts.placed().settings, [])
    assert again.chosen() == chosen
    again.as_usual()
    assert again.metrics["far"].value() == 10.0
    for one in (dialog, again):
        one.deleteLater()
    ready.menus.trigger("edit.undo")
    assert ready.charts.placed().settings.get("kind") is None


def test_rules_that_measure_a_large_chart_do_so_beside_the_window(ready: Any, qtbot: Any, monkeypatch: Any) -> None:
    chart_measures.forget()
    monkeypatch.setattr(chart_measures, "AT_ONCE", 0)
    ready.menus.trigger("format.size_by_degree")
    assert ready.charts.placed().pending.keys == ("degree",) and not ready.charts.placed().styles
    measuring = "Measuring for the rules of appearance"
    assert measuring in [str(task.name) for task in ready.session.jobs.tasks]
    qtbot.waitUntil(lambda: ready.charts.placed().pending is None)
    assert len(ready.charts.placed().styles) == 4 and ready.charts.placed().notes
    ready.menus.trigger("arrange.grid_shown")
    assert ready.charts.placed().pending is None
    assert measuring not in [str(task.name) for task in ready.session.jobs.tasks]


def test_measuring_that_is_stopped_or_fails_is_not_begun_again(ready: Any, qtbot: Any, monkeypatch: Any) -> None:
    begun: list[bool] = []

    def fails(_pending: Any) -> Any:
        begun.append(True)
        yield Progress(0.0)

    chart_measures.forget()
    monkeypatch.setattr(chart_measures, "AT_ONCE", 0)
    monkeypatch.setattr(chart_measures, "measure", fails)
    ready.menus.trigger("format.size_by_degree")
    qtbot.waitUntil(lambda: begun and ready.charts.tab()._measuring is None)
    ready.charts.tab().again()
    assert begun == [True] and ready.charts.placed().pending is not None
    assert "not measured" in ready.notice.text.text()


def test_on_a_timeline_nothing_is_lined_up_or_nudged(ready: Any) -> None:
    chart = ready.charts.current()
    ready.menus.trigger("select.all")
    ready.menus.refresh()
    assert ready.menus.q["arrange.align_left"].isEnabled() and ready.menus.q["arrange.nudge_left"].isEnabled()
    ready.session.do(lambda found: make_timeline(found.case, chart))
    ready.menus.refresh()
    assert not ready.menus.q["arrange.align_left"].isEnabled() and not ready.menus.q["arrange.nudge_left"].isEnabled()
