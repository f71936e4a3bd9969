"""The import wizard, from a dropped file to entities on the chart, with what is wrong said on the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ewglink.importers.reader_process import InProcessReader
from ewglink.ui.dialogs.import_wizard import CHECK, MAPPING, READING, RESULT, ImportWizard

TEXT = "Company;Director;When\nGamma GmbH;Ann Lee;2024-02-03\nGamma GmbH;Bo Ek;2024-02-04\nDelta Oy;Bo Ek;never\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "boards.csv"
    made.write_text(TEXT, encoding="utf-8")
    return made


def wizard_on(window: Any, qtbot: Any, *files: Path) -> ImportWizard:
    wizard = ImportWizard(window, list(files), reader=InProcessReader(), in_process=True)
    wizard.show()
    qtbot.waitUntil(lambda: all(one.preview is not None or one.refusal for one in wizard.files) and not wizard._tasks)
    return wizard


def close(wizard: ImportWizard) -> None:
    wizard.reject()
    wizard.deleteLater()


def test_a_file_on_its_way_to_the_chart(window: Any, qtbot: Any, file: Path) -> None:
    wizard = wizard_on(window, qtbot, file)
    model = wizard.reading.model
    headings = ["Company\ntext", "Director\ntext", "When\ndates; 1 cell is something else"]
    assert [model.headerData(at, _across()) for at in range(3)] == headings
    assert wizard.pages.currentIndex() == READING
    wizard.next.click()
    assert wizard.pages.currentIndex() == MAPPING
    wizard.next.click()
    assert wizard.pages.currentIndex() == CHECK
    qtbot.waitUntil(lambda: wizard.next.isEnabled())
    assert "3 rows read. New: 4 entities and 3 links." in wizard.check.said.text()
    assert len(window.session.case.items.listed("entity")) == 4
    assert wizard.check.target() == "this"
    before = window.charts.placed().xy.copy()
    wizard.next.click()
    assert wizard.pages.currentIndex() == RESULT
    qtbot.waitUntil(lambda: wizard.next.isEnabled())
    assert "New: 4 entities and 3 links." in wizard.result.said.text()
    assert len(window.session.case.items.listed("entity")) == 8
    qtbot.waitUntil(lambda: len(window.charts.placed().entity_ids) == 8)
    content = window.charts.placed()
    assert (content.xy[:4] == before).all()
    wizard.next.click()
    placed = content.xy.copy()
    assert "boards.csv" in str(window.session.workspace.can_undo)
    window.menus.trigger("edit.undo")
    assert len(window.session.case.items.listed("entity")) == 4
    assert len(window.session.case.charts.placements(window.charts.current()).items) == 4
    window.menus.trigger("edit.redo")
    assert len(window.session.case.items.listed("entity")) == 8
    assert (window.session.case.charts.placements(window.charts.current()).xy == placed).all()
    assert window.session.case.verify() == ([], None)
    wizard.deleteLater()


def test_a_chart_made_for_what_came_in_goes_with_it(window: Any, qtbot: Any, file: Path) -> None:
    wizard = wizard_on(window, qtbot, file)
    charts = len(window.session.case.charts.listed())
    wizard.next.click()
    wizard.next.click()
    qtbot.waitUntil(lambda: wizard.next.isEnabled())
    wizard.check.targets["new"].click()
    qtbot.waitUntil(lambda: wizard.next.isEnabled())
    wizard.next.click()
    qtbot.waitUntil(lambda: len(window.session.case.charts.listed()) == charts + 1 and wizard.next.isEnabled())
    qtbot.waitUntil(lambda: len(window.charts.placed().entity_ids) == 4)
    wizard.next.click()
    window.menus.trigger("edit.undo")
    assert len(window.session.case.items.listed("entity")) == 4
    assert len(window.session.case.charts.listed()) == charts
    window.menus.trigger("edit.redo")
    assert len(window.session.case.charts.listed()) == charts + 1
    wizard.deleteLater()


def _across() -> Any:
    from PySide6.QtCore import Qt

    return Qt.Orientation.Horizontal


def test_a_mapping_changed_by_hand(window: Any, qtbot: Any, file: Path) -> None:
    wizard = wizard_on(window, qtbot, file)
    wizard.next.click()
    draft = wizard.files[0].draft
    assert draft is not None
    wizard.mapping._remove(draft.links[0])
    assert not wizard.files[0].preview.links
    qtbot.waitUntil(lambda: "new: 4 entities, 0 links" in wizard.line.said.text())
    wizard.next.click()
    qtbot.waitUntil(lambda: wizard.next.isEnabled())
    assert "New: 4 entities and 0 links." in wizard.check.said.text()
    close(wizard)


def test_another_delimiter_is_another_table(window: Any, qtbot: Any, file: Path) -> None:
    wizard = wizard_on(window, qtbot, file)
    form = wizard.reading.form
    assert form is not None
    box = form.findChild(object, "delimiter")
    box.setCurrentIndex(box.findData(","))
    qtbot.waitUntil(lambda: wizard.reading.model.columnCount() == 1)
    close(wizard)


def test_a_file_that_cannot_be_read_says_why_and_lets_nobody_on(window: Any, qtbot: Any, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    wizard = wizard_on(window, qtbot, empty)
    assert "empty.csv" in wizard.reading.refusal.text()
    assert wizard.reading.refusal.isVisible()
    assert not wizard.next.isEnabled()
    close(wizard)


def test_leaving_leaves_the_case_as_it_was(window: Any, qtbot: Any, file: Path) -> None:
    journal = window.session.case.journal_length()
    wizard = wizard_on(window, qtbot, file)
    wizard.next.click()
    wizard.next.click()
    close(wizard)
    qtbot.waitUntil(lambda: not window.session.jobs.tasks)
    assert window.session.case.journal_length() == journal
