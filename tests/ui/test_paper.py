"""Paper from the window: page setup kept with the chart, the export dialog that says what comes out, the printer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QComboBox, QSpinBox
from shiboken6 import isValid

from ewglink.painting.page_setup import PageSetup
from ewglink.ui.dialogs.export_dialog import ExportDialog
from ewglink.ui.dialogs.page_setup import PageSetupDialog
from ewglink.ui.dialogs.print_chart import PrintChart


def _quiet(window: Any, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not window.session.jobs.tasks)


def _choose(form: Any, field: str, value: str) -> None:
    box = form.findChild(QComboBox, field)
    keys = list(PAPER_KEYS[field])
    box.setCurrentIndex(keys.index(value))


PAPER_KEYS = {"page": ("fit", "a4", "a3", "a2", "a1", "a0", "letter", "legal", "tabloid"),
              "orientation": ("auto", "landscape", "portrait")}


@pytest.fixture
def page_setup(window: Any, qtbot: Any) -> Any:
    window.menus.trigger("file.page_setup")
    dialog = window.findChild(PageSetupDialog)
    _quiet(window, qtbot)
    yield dialog
    if isValid(dialog):
        dialog.reject()


def test_a_page_setup_is_one_step_kept_with_the_chart(window: Any, page_setup: Any, qtbot: Any) -> None:
    _choose(page_setup.form, "page", "a4")
    page_setup.form.findChild(QSpinBox, "across").setValue(3)
    _quiet(window, qtbot)
    assert page_setup.about.text().startswith("3 sheets of ")
    assert len(page_setup.preview._pages) == 3
    page_setup.accept()
    chart = window.session.case.charts.listed()[0]
    assert PageSetup.of(chart.settings) == PageSetup(page="a4", across=3)
    window.menus.trigger("edit.undo")
    assert PageSetup.of(window.session.case.charts.listed()[0].settings) == PageSetup()


def test_nothing_chosen_is_no_step(window: Any, page_setup: Any) -> None:
    before = window.session.case.journal_length()
    page_setup.accept()
    assert window.session.case.journal_length() == before


def test_too_small_a_text_is_said_before(window: Any, page_setup: Any, qtbot: Any) -> None:
    _choose(page_setup.form, "page", "a4")
    _quiet(window, qtbot)
    assert page_setup.warning.text() == ""
    scale = page_setup.form.findChild(object, "scale")
    scale.setValue(30)
    _quiet(window, qtbot)
    assert "30" in page_setup.about.text()
    assert page_setup.warning.text()


def test_the_export_dialog_says_what_comes_out_and_writes_it(window: Any, qtbot: Any, tmp_path: Path) -> None:
    dialog = ExportDialog(window)
    _quiet(window, qtbot)
    assert dialog.about.text().startswith("One sheet of ")
    _choose(dialog.form, "page", "letter")
    dialog.form.findChild(QSpinBox, "down").setValue(2)
    _quiet(window, qtbot)
    assert dialog.about.text().startswith("2 sheets of ")
    dialog.formats.setCurrentIndex(dialog.formats.findData("png"))
    _quiet(window, qtbot)
    assert dialog.about.text().startswith("The chart is ")
    dialog.formats.setCurrentIndex(dialog.formats.findData("pdf"))
    dialog.form.findChild(QSpinBox, "down").setValue(2)
    _choose(dialog.form, "page", "letter")
    dialog.file.setText(str(tmp_path / "chart.pdf"))
    dialog.write()
    _quiet(window, qtbot)
    with pypdfium2.PdfDocument(tmp_path / "chart.pdf") as document:
        assert len(document) == 2
    dialog.deleteLater()


def test_a_chart_is_printed_on_the_paper_in_the_printer(window: Any, qtbot: Any, tmp_path: Path) -> None:
    from ewglink.workspace.exporting import picture_view

    chart = window.session.case.charts.listed()[0]
    job = PrintChart(window, chart)
    job.setup = PageSetup(page="a4", across=2)
    job.view = picture_view(window.session.workspace, chart, None, job.setup)
    printer = job.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    job.paint(printer)
    job.done()
    with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as document:
        assert len(document) == 2
        sides = sorted(round(length / 72 * 25.4) for length in document[0].get_size())
        assert sides == [210, 297]
        text = document[1].get_textpage().get_text_bounded()
    assert "sheet 2 of 2" in text
    assert "HANDLING NOT STATED" in text
    assert window.session.case.journal_entries(limit=1)[0].label == "printed"
    assert printer.pageLayout().orientation() in (QPageLayout.Orientation.Landscape, QPageLayout.Orientation.Portrait)
    job.deleteLater()


def test_print_shows_a_preview_first(window: Any, qtbot: Any) -> None:
    window.menus.trigger("file.print")
    qtbot.waitUntil(lambda: window.findChild(QPrintPreviewDialog) is not None)
    preview = window.findChild(QPrintPreviewDialog)
    qtbot.waitUntil(preview.isVisible)
    assert window.session.case.journal_entries(limit=1)[0].label != "printed"
    preview.reject()
    qtbot.waitUntil(lambda: window.findChild(QPrintPreviewDialog) is None)
