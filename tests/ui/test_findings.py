"""Findings, consents and parties in the window: run, judged, filtered, drawn, undone, and told in any language."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from ewglink.__main__ import main
from ewglink.store.findings import findings


@pytest.fixture
def panel(grey: Any, qtbot: Any) -> Any:
    found = grey.docks.raise_("findings")
    qtbot.waitUntil(lambda: len(found.rows) == 58)
    return found


def the(panel: Any, rule: str, what: str) -> Any:
    return next(row for row in panel.rows if row.kept.rule == rule and what in row.what)


def state_of(window: Any, finding: int) -> str:
    return next(one.state for one in findings(window.session.case) if one.id == finding)


def test_a_closed_panel_reads_nothing(grey: Any) -> None:
    assert "findings" not in grey.docks.panels


def test_the_screen_says_why_under_which_rule_and_what_would_clear_it(panel: Any) -> None:
    panel.find(the(panel, "NC-06", "M041").id)
    detail = panel.detail
    assert "NC-06 Quantity exceeded" in detail.title.text() and "M041" in detail.title.text()
    assert "12,610 kg too much" in detail.said.text()
    assert "larger quantity" in detail.texts["clears"].text()
    assert "sum of what was moved" in detail.texts["rule"].text() and "40 CFR" in detail.texts["citation"].text()
    shown = detail.expand_rows()
    values = next(rows for name, rows in shown.items() if name.startswith("Values"))
    assert ["Moved so far", "412,610 kg"] in [row[:2] for row in values]
    assert ["Too much", "12,610 kg"] in [row[:2] for row in values]
    rows = next(rows for name, rows in shown.items() if name.startswith("Rows of the files"))
    assert any(row[0].startswith("movements.csv, row") for row in rows)
    assert detail.inferred.isHidden() and detail.moved.isHidden()


def test_an_inferred_consent_is_said_to_be(panel: Any) -> None:
    row = next(row for row in panel.rows if row.inferred)
    panel.find(row.id)
    assert not panel.detail.inferred.isHidden() and "inferred" in panel.detail.inferred.text()


def test_lines_open_their_item_and_their_row(panel: Any, qtbot: Any) -> None:
    panel.find(the(panel, "NC-06", "M041").id)
    tree = panel.detail.tree
    items = next(tree.topLevelItem(at) for at in range(tree.topLevelItemCount())
                 if tree.topLevelItem(at).text(0).startswith("Items"))
    with qtbot.waitSignal(panel.item_wanted) as asked:
        tree.itemActivated.emit(items.child(0), 1)
    assert asked.args == [the(panel, "NC-06", "M041").kept.objects[0]]


def test_keys_judge_what_is_selected_and_undo_takes_it_back(grey: Any, panel: Any, qtbot: Any) -> None:
    first, second = the(panel, "NC-06", "M041").id, the(panel, "NC-07", "M041").id
    panel._select({first, second})
    qtbot.keyClick(panel.tree, Qt.Key.Key_E)
    assert state_of(grey, first) == state_of(grey, second) == "explained"
    panel.note.setText("seen the licence")
    qtbot.keyClick(panel.note, Qt.Key.Key_Return)
    assert {one.note for one in findings(grey.session.case) if one.id in (first, second)} == {"seen the licence"}
    grey.session.workspace.undo()
    grey.session.workspace.undo()
    assert state_of(grey, first) == "new"
    for key, state in ((Qt.Key.Key_C, "confirmed"), (Qt.Key.Key_F, "false"), (Qt.Key.Key_N, "new")):
        qtbot.keyClick(panel.tree, key)
        assert state_of(grey, first) == state


def test_groups_and_filters(panel: Any) -> None:
    rules = {group.name.split()[0]: len(group.rows) for group in panel.model.groups}
    assert rules["NC-03"] == 7 and sum(rules.values()) == 58
    panel.filters.severity.setCurrentIndex(panel.filters.severity.findData("low"))
    panel._list()
    assert {row.kept.severity for group in panel.model.groups for row in group.rows} == {"low"}
    panel.filters.severity.setCurrentIndex(0)
    panel.filters.words.setText("M041")
    panel._list()
    assert {row.kept.rule for group in panel.model.groups for row in group.rows} == {"NC-06", "NC-07"}
    panel.filters.words.clear()
    panel.filters.by.setCurrentIndex(panel.filters.by.findData("consent"))
    panel._list()
    consents = {group.name: len(group.rows) for group in panel.model.groups}
    assert consents["240305E00001"] == 7 and consents["none"] > 0
    panel.filters.by.setCurrentIndex(panel.filters.by.findData("party"))
    panel._list()
    assert "Frontera Metals Brokerage, LLC" in {group.name for group in panel.model.groups}
    panel.filters.by.setCurrentIndex(panel.filters.by.findData("none"))
    panel._list()
    assert panel.model.rowCount() == 58
    panel.tree.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    days = [panel.model.index(at, 2).data() for at in range(58)]
    assert days == sorted(days, reverse=True)


def test_the_rules_run_beside_the_window_and_only_when_asked(grey: Any, panel: Any, qtbot: Any) -> None:
    from PySide6.QtCore import QDate

    panel.run_bar.as_of.setDate(QDate(2025, 11, 30))
    with qtbot.waitSignal(panel.run_bar.ran, timeout=20_000) as ran:
        panel.run_bar.run()
    assert ran.args[0].as_of == date(2025, 11, 30)
    qtbot.waitUntil(lambda: "2025-11-30" in panel.run_bar.about.text())
    m033 = the(panel, "NC-20", "M033")
    assert m033.kept.values["open_days"] == (date(2025, 11, 30) - date(2025, 3, 4)).days
    grey.session.workspace.undo()
    qtbot.waitUntil(lambda: "2025-10-31" in panel.run_bar.about.text())


def test_a_change_makes_the_findings_out_of_date(grey: Any, panel: Any, qtbot: Any) -> None:
    from ewglink.workspace.commands.items import rename

    item = the(panel, "NC-06", "M041").kept.objects[0]
    grey.session.do(lambda workspace: rename(workspace.case, item, "M041 (corrected)"))
    qtbot.waitUntil(lambda: "out of date" in panel.run_bar.about.text())


def test_a_finding_is_drawn_on_a_chart_of_its_own_and_undone(grey: Any, panel: Any, qtbot: Any) -> None:
    panel.find(the(panel, "NC-11", "M016").id)
    before = len(grey.session.case.charts.listed())
    qtbot.mouseClick(panel.chart_button, Qt.MouseButton.LeftButton)
    charts = grey.session.case.charts.listed()
    assert len(charts) == before + 1 and charts[-1].name.startswith("M016 · NC-11")
    content = grey.charts.tab().content_now()
    assert [body["kind"] for body in content.annotations] == ["line", "rectangle"]
    grey.session.workspace.undo()
    assert grey.charts.tab().content_now().annotations == []


def test_what_could_not_be_evaluated_is_listed_with_what_the_rule_reads(grey: Any, panel: Any, qtbot: Any) -> None:
    from ewglink.ui.dialogs.finding import NotEvaluable

    assert panel.run_bar.missing_button.isVisible()
    dialog = NotEvaluable(grey.session, grey)
    qtbot.addWidget(dialog)
    tops = [dialog.tree.topLevelItem(at) for at in range(dialog.tree.topLevelItemCount())]
    counts = {top.text(0).split()[0]: top.childCount() for top in tops}
    assert counts["NC-13"] == 46 and counts["NC-34"] == 51
    assert all(top.text(1) for top in tops)
    with qtbot.waitSignal(dialog.item_wanted):
        dialog.tree.itemActivated.emit(tops[0].child(0), 0)


def test_consents_show_use_loads_and_what_is_open(grey: Any, qtbot: Any) -> None:
    panel = grey.docks.raise_("consents")
    qtbot.waitUntil(lambda: panel.uses.topLevelItemCount() == 4)
    cells = {panel.uses.topLevelItem(at).text(0): [panel.uses.topLevelItem(at).text(c) for c in range(12)]
             for at in range(4)}
    first = cells["240117E00001"]
    assert first[1:6] == ["expired", "452,200", "400,000", "-52,200", "113.0 %"]
    assert first[6:9] == ["23 / 20", "-123", "19"]
    assert panel.loads.topLevelItemCount() == 23
    lines = [panel.loads.topLevelItem(at) for at in range(23)]
    flagged = [line.text(1) for line in lines if "NC-06" in line.text(5)]
    assert flagged == ["M041", "M045", "M049"]
    assert panel.exceptions.topLevelItemCount() == 19
    load = panel.loads.topLevelItem(0)
    panel.loads.setCurrentItem(load)
    assert grey.session.case.items.refs(grey.session.selection.items).popitem()[1].label == load.text(1)


@pytest.mark.parametrize("key", ["consents", "party_profile"])
def test_tables_fit_beside_the_rest_without_scrolling_sideways(grey: Any, qtbot: Any, key: str) -> None:
    """As wide as they are in a window of 1680 pixels: texts give way to figures, and nothing lies outside."""
    panel = grey.docks.raise_(key)
    tree = panel.uses if key == "consents" else panel.league
    qtbot.waitUntil(lambda: tree.topLevelItemCount() > 3)
    tree.setFixedWidth(1026 if key == "consents" else 836)
    tree.fit()
    shown = [at for at in range(tree.columnCount()) if not tree.isColumnHidden(at)]
    assert sum(tree.columnWidth(at) for at in shown) <= tree.viewport().width()
    figures = [at for at in shown if tree.topLevelItem(0).text(at)[-1:].isdigit() and at]
    assert all(tree.columnWidth(at) >= tree.sizeHintForColumn(at) for at in figures if at < 8) and figures
    tree.setFixedWidth(560)
    tree.fit()
    assert tree.columnWidth(0) >= min(130, tree.sizeHintForColumn(0)), "who it is stays readable"
    tree.setFixedWidth(4000)
    tree.fit()
    assert all(tree.columnWidth(at) >= min(tree.sizeHintForColumn(at), 260) for at in shown)


def test_columns_without_anything_are_hidden(grey: Any, qtbot: Any) -> None:
    panel = grey.docks.raise_("consents")
    qtbot.waitUntil(lambda: panel.loads.topLevelItemCount() == 23)
    empty = [at for at in range(panel.loads.columnCount()) if at and all(
        panel.loads.topLevelItem(row).text(at) in ("", "–") for row in range(23))]
    assert [at for at in range(panel.loads.columnCount()) if panel.loads.isColumnHidden(at)] == empty


def test_allowances_are_shown_with_their_draws_and_findings(empty_window: Any, tmp_path: Path, qtbot: Any) -> None:
    assert main(["demo", "cold-front", "--headless", "--out", str(tmp_path)]) == 0
    assert empty_window.session.open(tmp_path / "cold-front.ewg")
    panel = empty_window.docks.raise_("consents")
    qtbot.waitUntil(lambda: panel.uses.topLevelItemCount() == 3)
    rows = [[panel.uses.topLevelItem(at).text(column) for column in range(9)] for at in range(3)]
    polar = next(at for at, row in enumerate(rows) if "Polar Crest" in row[0])
    assert rows[polar][1:7] == ["exhausted", "417,044 t CO₂e", "275,249 t CO₂e", "-141,795 t CO₂e", "151.5 %", "17 / –"]
    panel.uses.setCurrentItem(panel.uses.topLevelItem(polar))
    assert panel.loads.topLevelItemCount() == 17 and panel.loads.topLevelItem(0).text(3) == "15,973 t CO₂e"
    assert int(rows[polar][8]) == panel.exceptions.topLevelItemCount() > 0
    assert {panel.exceptions.topLevelItem(at).text(0)[:5] for at in range(int(rows[polar][8]))} == {"HF-02"}


def test_the_marking_speaks_the_window_s_language_whatever_the_chart_s(grey: Any, qtbot: Any) -> None:
    from ewglink.text import set_language
    from ewglink.workspace.chart_content import marking_shown

    content = grey.charts.placed()
    assert content.handling == "NON_SENSITIVE; TRAINING" and marking_shown(content) == "NON-SENSITIVE • TRAINING"
    set_language("fr")
    try:
        assert grey.charts.marking() == marking_shown(content) == "NON DÉLICAT • FORMATION"
        assert content.marking == "NON-SENSITIVE • TRAINING"
    finally:
        set_language("en")


def test_a_consent_selected_on_the_chart_is_shown(grey: Any, qtbot: Any) -> None:
    panel = grey.docks.raise_("consents")
    qtbot.waitUntil(lambda: panel.uses.topLevelItemCount() == 4)
    wanted = next(use.stream for use in panel.found.uses if use.number == "240233E00001")
    grey.session.selection.set([wanted])
    assert panel.uses.currentItem().text(0) == "240233E00001" and panel.loads.topLevelItemCount() == 14


def test_parties_show_their_numbers_loads_and_findings(grey: Any, qtbot: Any) -> None:
    panel = grey.docks.raise_("party_profile")
    qtbot.waitUntil(lambda: panel.league.topLevelItemCount() == 10)
    smelter = next(row.party for row in panel.found.parties if row.label.startswith("Fundidora Baja"))
    grey.session.selection.set([smelter])
    assert panel.title.text().startswith("Fundidora Baja") and "Receiver: 11" in panel.about.text()
    assert panel.trees["loads"].topLevelItemCount() == 11
    panel.filter.setText("broker")
    panel._filtered()
    assert panel.count.text() == "1 party"


def test_limits_of_the_case_are_one_step(grey: Any, qtbot: Any) -> None:
    from ewglink.ui.dialogs.rule_parameters import RuleParameters
    from ewglink.workspace.checking import case_parameters
    from ewglink.workspace.commands.findings import set_parameters

    dialog = RuleParameters(grey.session, grey)
    qtbot.addWidget(dialog)
    dialog.filter.setText("no receipt US")
    line = next(dialog.list.topLevelItem(at) for at in range(dialog.list.topLevelItemCount())
                if not dialog.list.topLevelItem(at).isHidden())
    dialog.list.setCurrentItem(line)
    dialog.value.setValue(120)
    assert dialog.value.text() == "120" and line.text(1) == "United States"
    assert dialog.values() == {"no_receipt_days:US": 120.0} and "usually 90" in line.text(5)
    grey.session.do(lambda workspace: set_parameters(workspace, dialog.values()))
    assert case_parameters(grey.session.workspace).value("no_receipt_days", "US") == 120
    grey.session.workspace.undo()
    assert case_parameters(grey.session.workspace).value("no_receipt_days", "US") == 90
    dialog.usual.click()
    assert dialog.values() == {}


def test_the_report_is_written_from_the_window(grey: Any, tmp_path: Path, qtbot: Any) -> None:
    from ewglink.ui.reporting import write_report

    seen: list[Any] = []
    with qtbot.waitSignal(grey.session.told, timeout=20_000):
        write_report(grey.session, tmp_path / "report.xlsx")
        assert not (tmp_path / "report.xlsx").exists()  # it is written beside the window
        grey.session.jobs.tasks[-1].progress.connect(lambda step: seen.append(step.done))
    assert (tmp_path / "report.xlsx").stat().st_size > 5000
    assert seen == sorted(seen) and any(0 < done < 1 for done in seen)


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx"])
def test_a_report_that_is_stopped_leaves_what_stood_there(grey: Any, tmp_path: Path, qtbot: Any, suffix: str) -> None:
    from ewglink.ui.reporting import write_report

    there = tmp_path / f"report{suffix}"
    there.write_text("the report of last week")
    told: list[str] = []
    grey.session.told.connect(lambda _kind, text: told.append(text))
    events = grey.session.case.journal_length()
    write_report(grey.session, there)
    grey.session.jobs.tasks[-1].cancel()
    qtbot.waitUntil(lambda: not grey.session.jobs.tasks)
    assert there.read_text() == "the report of last week" and "no file was written" in told[-1]
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".ewglink")] == []
    assert grey.session.case.journal_length() == events


@pytest.mark.parametrize("language", ["fr", "es", "en"])
def test_every_panel_lives_through_another_language(grey: Any, panel: Any, qtbot: Any, language: str) -> None:
    for name in ("consents", "party_profile", "findings"):
        grey.docks.raise_(name)
    grey.session.speak(language)
    qtbot.waitUntil(lambda: not grey.session.jobs.tasks)
    assert panel.model.rowCount() > 0 and panel.filters.severity.count() == 4
    grey.session.speak("en")
    qtbot.waitUntil(lambda: not grey.session.jobs.tasks)


def test_no_word_of_the_panels_is_bare_english(grey: Any, panel: Any, qtbot: Any) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QTabWidget, QTreeView

    for name in ("consents", "party_profile", "findings"):
        grey.docks.raise_(name)
    grey.session.speak("pseudo")
    qtbot.waitUntil(lambda: not grey.session.jobs.tasks)
    panel.find(the(panel, "NC-06", "M041").id)
    bare: set[str] = set()
    for name in ("consents", "party_profile", "findings"):
        shown = grey.docks.panels[name]
        grey.docks.raise_(name)
        qtbot.waitUntil(lambda: not grey.session.jobs.tasks)
        said = [widget.text() for widget in shown.findChildren(QAbstractButton) if widget.isVisibleTo(shown)]
        said += [widget.itemText(at) for widget in shown.findChildren(QComboBox) for at in range(widget.count())]
        said += [widget.placeholderText() for widget in shown.findChildren(QLineEdit)]
        for tabs in shown.findChildren(QTabWidget):
            said += [tabs.tabText(at) for at in range(tabs.count())]
        for tree in shown.findChildren(QTreeView):
            said += [str(tree.model().headerData(at, Qt.Orientation.Horizontal))
                     for at in range(tree.model().columnCount())]
        bare |= {text for text in said if text and "⟦" not in text and text != "%"}
    bare |= {label.text() for label in (*panel.detail.names.values(), *panel.detail.texts.values(), panel.detail.said)
             if "⟦" not in label.text()}
    grey.session.speak("en")
    qtbot.waitUntil(lambda: not grey.session.jobs.tasks)
    assert bare == set()


def test_the_course_of_a_consent_and_of_a_load_lead_to_the_rows(grey: Any, qtbot: Any) -> None:
    panel = grey.docks.raise_("consents")
    qtbot.waitUntil(lambda: panel.uses.topLevelItemCount() == 4)
    panel.choose(next(use.stream for use in panel.found.uses if use.number == "240117E00001"))
    stages = [[panel.course.consent.topLevelItem(at).text(column) for column in range(3)] for at in range(3)]
    assert stages == [["active", "2024-07-01", "consents.csv, row 2"],
                      ["exhausted", "2025-04-02", "movements.csv, row 39"],
                      ["expired", "2025-07-01", "consents.csv, row 2"]]
    load = next(line for at in range(23) if (line := panel.loads.topLevelItem(at)).text(1) == "M001")
    assert load.text(9) == "closed"
    panel.loads.setCurrentItem(load)
    assert panel.course.load.headerItem().text(0) == "Load M001 is"
    first = panel.course.load.topLevelItem(0)
    assert [first.text(column) for column in range(3)] == ["shipped", "2024-06-26", "movements.csv, row 2"]
    with qtbot.waitSignal(panel.source_wanted):
        panel.course.load.itemActivated.emit(first, 0)
