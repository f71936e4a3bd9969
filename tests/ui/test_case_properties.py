"""What a case says of itself: title and handling changed as steps, facts told, a new case made with all three."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ewglink.ui.dialogs.case_properties import CaseProperties, NewCase
from ewglink.ui.dialogs.handling_form import HandlingForm


@pytest.fixture
def properties(window: Any, qtbot: Any) -> Any:
    dialog = CaseProperties(window)
    qtbot.waitUntil(lambda: dialog._facts.rowCount() > 0)
    yield dialog
    dialog.deleteLater()


def _choose(form: HandlingForm, system: str, value: str) -> None:
    field = form.choices[system]
    field.setCurrentIndex(field.findData(value))


def test_title_and_handling_are_steps_that_can_be_undone(window: Any, properties: Any, qtbot: Any) -> None:
    strip = window.charts.tab().unstated
    assert strip.isVisible()
    assert window.charts.marking() == ""
    properties.title.setText("Directors of the yard")
    _choose(properties.handling, "tlp", "TLP:AMBER")
    _choose(properties.handling, "canada", "PROTECTED_B")
    properties.handling.caveats.setText("for the task force only")
    properties.accept()
    case = window.session.case
    assert case.meta("title") == "Directors of the yard"
    assert case.meta("handling") == "TLP:AMBER; PROTECTED_B; for the task force only"
    assert not strip.isVisible()
    assert window.charts.marking() == "TLP:AMBER • PROTECTED B • for the task force only"
    assert window.windowTitle().startswith("Directors of the yard")
    window.menus.trigger("edit.undo")
    assert case.meta("handling") is None
    assert strip.isVisible()
    window.menus.trigger("edit.undo")
    assert case.meta("title") == "Directors"


def test_nothing_changed_is_no_step(window: Any, properties: Any) -> None:
    before = window.session.case.journal_length()
    properties.accept()
    assert window.session.case.journal_length() == before


def test_the_facts_are_those_of_the_case(window: Any, properties: Any) -> None:
    told = [properties._facts.itemAt(row, properties._facts.ItemRole.FieldRole).widget().text()
            for row in range(properties._facts.rowCount())]
    assert told[0] == str(window.session.case.path)
    assert told[3:7] == ["4", "3", "1 · 3", "1"]
    assert window.session.case.journal_entries(limit=1)[0].hash in told[7]


def test_the_strip_leads_to_the_properties(window: Any, qtbot: Any) -> None:
    window.charts.tab().unstated.click()
    dialog = window.findChild(CaseProperties)
    assert dialog is not None and dialog.isVisible()
    dialog.reject()


def test_the_form_gives_back_what_it_was_given(qtbot: Any) -> None:
    form = HandlingForm("NON_SENSITIVE; TLP:GREEN; H1; TRAINING; eyes only")
    qtbot.addWidget(form)
    assert form.value() == "NON_SENSITIVE; TLP:GREEN; H1; TRAINING; eyes only"
    form.ticks["TRAINING"].setChecked(False)
    _choose(form, "europol", "")
    assert form.value() == "NON_SENSITIVE; TLP:GREEN; eyes only"


def test_a_new_case_has_title_place_and_handling(empty_window: Any, tmp_path: Path, qtbot: Any) -> None:
    empty_window.session.settings.last_folder = str(tmp_path)
    empty_window.menus.trigger("file.new")
    dialog = empty_window.findChild(NewCase)
    dialog.title.setText("Loads: north/south")
    assert dialog.path().parent == tmp_path
    assert "/" not in dialog.path().name and ":" not in dialog.path().name
    _choose(dialog.handling, "ewg", "SENSITIVE_PROTECTED")
    dialog.accept()
    session = empty_window.session
    assert session.workspace.title == "Loads: north/south"
    assert session.case.meta("handling") == "SENSITIVE_PROTECTED"
    assert "SENSITIVE / PROTECTED" in empty_window.charts.marking()


def test_a_new_case_never_takes_the_place_of_a_file(empty_window: Any, case: Path, qtbot: Any) -> None:
    dialog = NewCase(empty_window, str(case.parent))
    dialog.file.setText(str(case))
    dialog.accept()
    assert dialog.wrong.text()
    assert dialog.result() != NewCase.DialogCode.Accepted
    dialog.deleteLater()


def test_recent_cases_are_in_the_file_menu(empty_window: Any, case: Path, tmp_path: Path, qtbot: Any) -> None:
    recent = empty_window.menus.menus["recent"]
    recent.fill()
    assert [line.isEnabled() for line in recent.actions()] == [False]
    empty_window.session.open(case)
    empty_window.session.create(tmp_path / "a & b.ewg", "Another")
    empty_window.session.settings.recent.append(str(tmp_path / "gone.ewg"))
    recent.fill()
    assert [line.text() for line in recent.actions()] == [f"case – {tmp_path}"]
    recent.actions()[0].trigger()
    assert empty_window.session.workspace.path == case
    recent.fill()
    assert [line.text() for line in recent.actions()] == [f"a && b – {tmp_path}"]
