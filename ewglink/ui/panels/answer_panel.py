"""What panels of tables are: options, an answer computed beside the window, its tables and figures, and files of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ewglink import places
from ewglink.drawing.answers import AnswerSheet, AnswerTable
from ewglink.text import N_, Message, _, number
from ewglink.ui.panels.panel import Panel
from ewglink.ui.session import Session
from ewglink.ui.widgets.answer_table import AnswerTableView
from ewglink.ui.widgets.options_form import OptionsForm
from ewglink.ui.widgets.plain_text import muted, plain, tooltip


class TablePage(QWidget):
    """A tab with one table and what there is to know of it; the table is made when the tab is first seen."""

    def __init__(self, table: AnswerTable, selection: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: AnswerTableView | None = None
        self._table, self._selection = table, selection
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        if table.note:
            note = muted(table.note)
            note.setContentsMargins(6, 4, 6, 0)
            self._column.addWidget(note)

    def showEvent(self, event: QShowEvent) -> None:
        """Make the table."""
        super().showEvent(event)
        if self.view is None:
            self.view = AnswerTableView(self._table, self._selection)
            self._column.addWidget(self.view, 1)


def ask_where(panel: Panel, sheet: AnswerSheet, picture: bool = False) -> Path | None:
    """The file an answer is to be written to; with `picture`, it can be drawn."""
    kinds = [_("Excel workbook (*.xlsx)"), _("Pages (*.pdf)")]
    kinds += [_("Picture (*.png)"), _("Drawing (*.svg)")] if picture else []
    kept = panel.session.settings.last_folder
    folder = kept if kept and Path(kept).is_dir() else str(places.cases_folder())
    name, kind = QFileDialog.getSaveFileName(
        panel, _("Save the answer"), str(Path(folder) / (sheet.title + ".xlsx")), ";;".join(kinds))
    path = Path(name)
    return None if not name else path if path.suffix else path.with_suffix(kind.rsplit("*", 1)[-1].rstrip(")"))


def write_sheet(session: Session, sheet: AnswerSheet, path: Path) -> None:
    """Write an answer to `path`, in a thread."""
    from ewglink.workspace.answering import hand_out_job

    def written(found: Any) -> None:
        if found is not None:
            session.told.emit("done", _("Written: {file}", file=str(found.files[0].path)))

    if session.workspace is not None:
        session.jobs.run(Message(N_("Writing {file}"), {"file": path.name}),
                         hand_out_job(session.workspace, sheet, path), finished=written)


class AnswerPanel(Panel):
    """A question with its options at the left and its answer at the right. `key` names the question.

    The answer stands until it is asked for again; after a change it says that it may be old.
    """

    key = ""
    picture = False
    """Whether PNG and SVG can be written."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.sheet: AnswerSheet | None = None
        self.form: OptionsForm | None = None
        self._kept: dict[str, Any] = {}
        self._task: Any = None
        self._asked = False
        self.run_button, self.export_button = QPushButton(), QPushButton()
        self.about = muted()
        self.tabs = QTabWidget()
        self._set_out()
        self.words.say(self.run_button.setText, N_("Compute"))
        self.words.say(self.export_button.setText, N_("Save as…"))
        self.words.say(self.tabs.setAccessibleName, N_("Tables of the answer"))
        self.run_button.clicked.connect(self.run)
        self.export_button.clicked.connect(self.export)
        self.export_button.setEnabled(False)

    def _set_out(self) -> None:
        self.run_button.setProperty("primary", True)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setUsesScrollButtons(True)
        self._side = QVBoxLayout()
        self._side.setContentsMargins(8, 8, 8, 8)
        buttons = QHBoxLayout()
        buttons.addWidget(self.run_button)
        buttons.addWidget(self.export_button)
        buttons.addStretch(1)
        self._side.addLayout(buttons)
        self._side.addStretch(1)
        inner = QWidget()
        inner.setLayout(self._side)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 4, 4, 0)
        self.about.setContentsMargins(6, 0, 6, 0)
        column.addWidget(self.about)
        column.addWidget(self.tabs, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(scroll)
        self.split.addWidget(right)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([280, 900])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.split)

    def _question(self) -> Any:
        from ewglink.workspace.answering import question

        return question(self.key)

    def _make_form(self) -> None:
        if self.form is not None:
            self._kept = self.form.values()
            self._side.removeWidget(self.form)
            self.form.deleteLater()
        left_out = self.form_fields_left_out()
        self.form = OptionsForm(self._question().options, given=self._kept, but=left_out, narrow=True)
        self.form.setVisible(not self.form.empty)
        self._side.insertWidget(self._side.count() - 1, self.form)

    def form_fields_left_out(self) -> tuple[str, ...]:
        """Options that a panel asks for in a way of its own."""
        return ()

    # when to look

    def look(self) -> None:
        """The first time it is seen, it answers with what is usual."""
        if self.form is None:
            self._make_form()
        if not self._asked:
            self.run()

    def _heard(self, changed: Any) -> None:
        if changed.tables & self.tables and self.sheet is not None:
            self.about.setText(self._said() + "\n" + _("The case has changed since; compute again."))

    def retranslate(self) -> None:
        """Say everything again; the answer is made anew in the other language."""
        self.words.retranslate()
        if self.form is not None:
            self._make_form()
            self._asked = False
            self.again()

    def emptied(self) -> None:
        """No case, no answer."""
        super().emptied()
        self._asked, self.sheet = False, None
        self.export_button.setEnabled(False)
        self.about.clear()
        self.clear_tabs()

    def clear_tabs(self) -> None:
        """Take the tables away."""
        while self.tabs.count():
            page = self.tabs.widget(0)
            self.tabs.removeTab(0)
            page.deleteLater()

    # asking

    def options(self) -> Any:
        """The options as they stand in the form."""
        return self.form.value() if self.form is not None else self._question().options()

    def answer(self, workspace: Any, options: Any) -> AnswerSheet:
        """Answer, in a thread; panels that know more (a selection) say it here."""
        made: AnswerSheet = self._question().answer(workspace, options)
        return made

    def run(self) -> None:
        """Compute in the background; the answer that stands stays until then."""
        if self.session.workspace is None or self._task is not None:
            return
        self._asked = True
        workspace, options = self.session.workspace, self.options()
        self.run_button.setEnabled(False)
        name = Message(N_("Computing: {name}"), {"name": Message(self._question().name)})
        self._task = self.session.jobs.ask(name, lambda: self.answer(workspace, options), self._answered, self._refused)
        self._task.ended.connect(self._ended)

    def _ended(self) -> None:
        self._task = None
        self.run_button.setEnabled(True)

    def _refused(self, error: BaseException) -> None:
        from ewglink.model.refusal import Refusal

        self.sheet = None
        self.clear_tabs()
        self.export_button.setEnabled(False)
        if isinstance(error, Refusal):
            self.about.setText(plain(str(error)))
        else:
            self.session.tell_of(error)

    def _answered(self, sheet: AnswerSheet) -> None:
        if self.session.workspace is None:
            return
        kept = self.tabs.currentIndex()
        self.sheet = sheet
        self.about.setText(plain(self._said()))
        self.export_button.setEnabled(True)
        self.clear_tabs()
        self.fill(sheet)
        self.tabs.setCurrentIndex(kept if 0 <= kept < self.tabs.count() else 0)

    def _said(self) -> str:
        return "\n".join(self.sheet.about) if self.sheet is not None else ""

    def fill(self, sheet: AnswerSheet) -> None:
        """Put a tab up for each table."""
        for table in sheet.tables:
            self.add_table(table)

    def add_table(self, table: Any) -> None:
        """A tab with one table, and what there is to know of it."""
        name = plain(f"{table.name} ({number(len(table.rows))})").replace("&", "&&")
        at = self.tabs.addTab(TablePage(table, self.session.selection), name)
        if table.note:
            self.tabs.setTabToolTip(at, tooltip(table.note))

    # files

    def export(self) -> None:
        """Ask where, and write the answer there."""
        path = ask_where(self, self.sheet, self.picture) if self.sheet is not None else None
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the answer to `path`, in a thread."""
        if self.sheet is not None:
            write_sheet(self.session, self.sheet, path)
