"""The import wizard: how files are read, what their columns mean, what they would bring, what they brought."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ewglink.importers.contract import FORMATS
from ewglink.model.refusal import Refusal
from ewglink.text import N_, Message, _, number
from ewglink.ui.dialogs.import_counting import CheckPage, ResultPage
from ewglink.ui.dialogs.import_file import ImportFile, read, remap, suggested, take_types
from ewglink.ui.dialogs.import_live_counts import CountsLine, DryRun
from ewglink.ui.dialogs.import_mapping import MappingPage
from ewglink.ui.dialogs.import_reading import ReadingPage
from ewglink.ui.dialogs.import_running import ImportRun
from ewglink.ui.dialogs.import_together import expanded, put_together
from ewglink.ui.widgets.glyphs import glyph
from ewglink.ui.widgets.plain_text import ask_text, hint, label, muted, plain
from ewglink.workspace.mapping_draft import MappingDraft

READING, MAPPING, CHECK, RESULT = range(4)
_LIST_WIDTH = 224


class ImportWizard(QDialog):
    """Brings `paths` into the open case as one step. Files are read in a process of their own, kept warm meanwhile."""

    def __init__(self, window: Any, paths: list[Path], reader: Any = None, in_process: bool = False) -> None:
        super().__init__(window)
        from ewglink.importers.reader_process import Reader

        self._window = window
        self.session = window.session
        self.setWindowTitle(_("Import"))
        self._fit()
        self.files = [ImportFile(path) for path in expanded(paths) or paths]
        self._reader = reader if reader is not None else Reader()
        self._one_at_a_time = threading.Lock()
        self._tasks: list[Any] = []
        self.dry_run = DryRun(self.session, in_process, self)
        self.run = ImportRun(window, in_process, self)
        front = window.charts.current()
        chart = self.session.case.charts.get(front) if front is not None else None
        self._chart: str | None = chart.name if chart is not None else None
        self.list = QListWidget()
        self.together = muted()
        self.pages = QStackedWidget()
        self.reading, self.mapping = ReadingPage(), MappingPage(self.session.schema)
        self.check, self.result = CheckPage(self._chart), ResultPage()
        self.line = CountsLine(self.dry_run)
        self.hint = muted()
        self._set_out()
        self._connect()
        self._show_page(READING)
        for one in self.files:
            self._read(one)

    def _fit(self) -> None:
        room = self.screen().availableSize()
        self.resize(min(1200, room.width() - 24), min(780, room.height() - 60))

    def _set_out(self) -> None:
        for page in (self.reading, self.mapping, self.check, self.result):
            self.pages.addWidget(page)
        self.list.setAccessibleName(_("Files: those ticked are imported"))
        self.list.setSpacing(2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for one in self.files:
            line = QListWidgetItem(glyph("file"), plain(one.path.name))
            line.setFlags(line.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            line.setCheckState(Qt.CheckState.Checked)
            hint(line, str(one.path))
            self.list.addItem(line)
        left = QWidget()
        left.setFixedWidth(_LIST_WIDTH)
        left_box = QVBoxLayout(left)
        left_box.setContentsMargins(0, 0, 0, 0)
        left_box.addWidget(self.list, 1)
        left_box.addWidget(self.together)
        left.setVisible(len(self.files) > 1)
        self.steps: list[QLabel] = [label(text) for text in (_("1  Reading"), _("2  Mapping"), _("3  Check"),
                                                             _("4  Result"))]  # fmt: skip
        steps = QHBoxLayout()
        for shown in self.steps:
            steps.addWidget(shown)
            steps.addSpacing(18)
        steps.addStretch(1)
        self.back, self.next, self.leave = QPushButton(_("&Back")), QPushButton(_("&Next")), QPushButton(_("Cancel"))
        self.save_spec = QPushButton(_("&Save the mapping…"))
        self.next.setProperty("primary", True)
        self.next.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_spec)
        buttons.addWidget(self.hint, 1)
        for button in (self.back, self.next, self.leave):
            button.setMinimumWidth(100)
            buttons.addWidget(button)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(left)
        middle.addWidget(self.pages, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 14)
        box.addLayout(steps)
        box.addLayout(middle, 1)
        box.addWidget(self.line)
        box.addLayout(buttons)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(lambda _row: self._show_file())
        self.list.itemChanged.connect(self._file_taken)
        self.reading.changed.connect(self._read)
        self.reading.taken_changed.connect(self._changed)
        self.reading.map_wanted.connect(lambda: self._show_page(MAPPING))
        self.reading.spec_chosen.connect(self._use_spec)
        self.reading.specs_wanted.connect(self._manage_specs)
        self.mapping.changed.connect(self._changed)
        self.dry_run.counted.connect(self._counted)
        self.dry_run.refused.connect(self._count_refused)
        self.dry_run.counting.connect(lambda share: (self.check.counting(share), self._buttons()))
        self.dry_run.failed.connect(self._failed)
        self.line.rejected_wanted.connect(lambda: self._show_page(CHECK))
        self.run.advanced.connect(self.result.importing)
        self.run.imported.connect(self.result.show_report)
        self.run.refused.connect(self.result.refused)
        self.run.failed.connect(self._failed)
        self.run.ended.connect(self._buttons)
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        self.leave.clicked.connect(self.reject)
        self.save_spec.clicked.connect(self._save)
        self.result.exported.connect(lambda path: self.hint.setText(_("Written: {file}", file=path.name)))
        self.list.setCurrentRow(0)

    def current(self) -> ImportFile:
        """The file in hand."""
        return self.files[max(0, self.list.currentRow())]

    # reading

    def _read(self, one: ImportFile) -> None:
        schema, reader, lock = self.session.schema, self._reader, self._one_at_a_time

        def question() -> ImportFile:
            with lock:
                return read(one, schema, reader)

        self.dry_run.stop()
        task = self.session.jobs.ask(
            Message(N_("Reading {file}"), {"file": one.path.name}), question, self._was_read, self._failed
        )
        self._tasks.append(task)
        task.ended.connect(lambda: self._read_over(task))
        self._buttons()

    def _read_over(self, task: Any) -> None:
        if task in self._tasks:
            self._tasks.remove(task)
        if not self._tasks and self.isVisible() and self.pages.currentIndex() != RESULT:
            self.together.setText(plain("\n".join(put_together(self.files))))
            self._list_again()
            self._changed()
        self._buttons()

    def _failed(self, error: BaseException) -> None:
        if not (isinstance(error, Refusal) and error.code == "cancelled"):
            self.session.tell_of(error)
            self.reject()

    def _was_read(self, one: ImportFile) -> None:
        if one is self.current():
            self._show_file()
        self._list_again()

    def _list_again(self) -> None:
        """The signs of the files: those that can be imported, those that come along, those that cannot."""
        self.list.blockSignals(True)
        for row, one in enumerate(self.files):
            line = self.list.item(row)
            read_already = one.preview is not None or one.refusal is not None
            line.setIcon(glyph(("check" if one.ready or one.along else "warn") if read_already else "file"))
            said = [plain(one.path.name)]
            if one.along:
                said.append(_("with {file}", file=one.along))
            elif one.found in FORMATS:
                said.append(plain(_(FORMATS.get(one.found).name)))
            cut = self.list.fontMetrics().elidedText
            line.setText("\n".join(cut(text, Qt.TextElideMode.ElideMiddle, _LIST_WIDTH - 70) for text in said))
            if one.refusal is not None:
                line.setCheckState(Qt.CheckState.Unchecked)
                line.setFlags(line.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
            hint(line, "\n".join(filter(None, (str(one.path), str(one.reason or ""), one.refusal or ""))))
        self.list.blockSignals(False)

    def _file_taken(self, line: QListWidgetItem) -> None:
        self.files[self.list.row(line)].taken = line.checkState() == Qt.CheckState.Checked
        self.together.setText(plain("\n".join(put_together(self.files))))
        self._changed()

    def _show_file(self) -> None:
        one, page = self.current(), self.pages.currentIndex()
        if page == MAPPING and (not self._can_map(one)):
            self._show_page(READING)
            return
        if page == MAPPING:
            self._show_mapping()
        elif one.preview is not None or one.refusal is not None:
            self.reading.show_file(one, self._counted_of(one))
        self._buttons()

    # meaning

    @staticmethod
    def _can_map(one: ImportFile) -> bool:
        return one.preview is not None and one.kind in ("table", "graph") and (
            one.table is not None and one.table.origin != "own"
        )

    def _show_mapping(self) -> None:
        one = self.current()
        table = one.table
        if table is None or one.schema is None:
            return
        if table.draft is None:
            known = table.spec
            if known is not None:
                table.draft = MappingDraft.of(known, table.part.columns)
                if known.namespace == "graph":
                    table.draft.namespace = one.namespace
            else:
                table.draft = suggested(table.part, one.schema, one.path.stem)
        self.mapping.show_file(one)

    def _use_spec(self, spec: Any) -> None:
        """Read the table in hand by a specification; None: as is suggested, anew."""
        from ewglink.importers import templates
        from ewglink.workspace.specifications import without

        one = self.current()
        table = one.table
        if table is None or one.schema is None:
            return
        if spec is None:
            table.spec, table.draft, table.origin = None, suggested(table.part, one.schema, one.path.stem), "suggested"
        else:
            take_types(one, spec)
            part = templates.as_called(spec, table.part)
            fitting = spec if spec.columns() <= set(part.columns) else without(spec, set(part.columns))
            if fitting is None:
                self.hint.setText(_("“{name}” reads other columns than these.", name=plain(spec.name)))
                return
            table.part, table.spec, table.draft, table.origin = part, fitting, None, "saved"
        remap(one)
        if self.pages.currentIndex() == MAPPING:
            self._show_mapping()
        self.reading.show_file(one)
        self._changed()

    def _manage_specs(self) -> None:
        from ewglink.ui.dialogs.import_specs import SpecificationsDialog

        dialog = SpecificationsDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._use_spec)
        dialog.open()

    def _save(self) -> None:
        from ewglink.workspace.specifications import keep

        spec, types = self.current().specification(), self.current().types_used()
        if spec is None:
            return
        name = ask_text(self, _("Save the mapping"), _("Name: it is offered for files with these columns"), spec.name)
        if name and name.strip():
            kept = self.session.attempt(lambda: keep(spec, name.strip(), types))
            if kept is not None:
                self.hint.setText(
                    _("The mapping is kept as “{name}”, version {n}.", name=plain(name), n=number(kept.version))
                )

    # counting

    def requests(self, target: str | None = None) -> list[Any]:
        """What the import command is asked to do; the charts that files bring go where `target` says."""
        chart = {"this": self._chart, "none": ""}.get(target or "new")
        return [replace(one.request(), chart=chart) for one in self.files if one.wanted and one.ready]

    def _changed(self) -> None:
        """Something is read or mapped otherwise: count again."""
        if self._ready():
            self.dry_run.ask(self.requests, at_once=self.pages.currentIndex() == CHECK)
        else:
            self.dry_run.stop()
            self._say_incomplete()
        self._buttons()

    def _say_incomplete(self) -> None:
        self.dry_run.report = None
        lacking = [one.path.name for one in self.files if one.wanted and one.preview is not None and not one.ready]
        if lacking and not self._tasks:
            said = _("{files}: every entity needs a key, before anything can be counted.", files=", ".join(lacking))
            self.dry_run.refused.emit(said)

    def _ready(self) -> bool:
        wanted = [one for one in self.files if one.wanted]
        return not self._tasks and bool(wanted) and all(one.ready for one in wanted)

    def _counted_of(self, one: ImportFile) -> Any:
        report = self.dry_run.report
        counted = [each for each in self.files if each.wanted and each.ready] if report is not None else []
        sources = [each for each in report.sources if each.along_with is None] if report is not None else []
        return sources[counted.index(one)] if one in counted and len(counted) == len(sources) else None

    def _counted(self, report: Any) -> None:
        self.check.show_report(report)
        if self.pages.currentIndex() == READING:
            self.reading.show_rows(self._counted_of(self.current()))
        self._buttons()

    def _count_refused(self, sentence: str) -> None:
        self.check.refused(sentence)
        self._buttons()

    # from page to page

    def _show_page(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.hint.setText("")
        self.line.setVisible(page in (READING, MAPPING))
        for at, shown in enumerate(self.steps):
            font = shown.font()
            font.setBold(at == page)
            shown.setFont(font)
            shown.setEnabled(at <= page)
        if page in (READING, MAPPING):
            self._show_file()
        elif page == CHECK:
            wanted = [one for one in self.files if one.wanted]
            placed = [one.path.name for one in wanted if one.placed]
            self.check.say_pictures(placed, all(one.placed for one in wanted))
            if self.dry_run.report is None and not self.dry_run.busy:
                self._changed()
        self._buttons()

    def _to_look_at(self) -> ImportFile | None:
        """The first file whose mapping is only suggested; the one in hand before others."""
        wanted = sorted((one for one in self.files if one.wanted), key=lambda one: one is not self.current())
        return next((one for one in wanted if self._can_map(one) and any(
            table.taken and table.origin in ("suggested", "hand") for table in one.tables.values())), None)  # fmt: skip

    def _go_on(self) -> None:
        page, one = self.pages.currentIndex(), self._to_look_at()
        if page == RESULT:
            self.accept()
        elif page == CHECK:
            self._import()
        elif page == READING and one is not None:
            table = one.table
            if table is not None and not (table.taken and table.origin in ("suggested", "hand")):
                self._turn_to(one)
            self.list.setCurrentRow(self.files.index(one))
            self._show_page(MAPPING)
        else:
            self._show_page(CHECK)

    def _turn_to(self, one: ImportFile) -> None:
        """Take the first table in hand whose mapping is only suggested."""
        name = next(name for name, table in one.tables.items() if table.taken and table.origin in ("suggested", "hand"))
        one.at = name
        self._read(one)

    def _go_back(self) -> None:
        page = self.pages.currentIndex()
        if page == CHECK:
            self._show_page(MAPPING if self._to_look_at() is not None and self._can_map(self.current()) else READING)
        elif page == MAPPING:
            self._show_page(READING)

    def _buttons(self) -> None:
        page, busy = self.pages.currentIndex(), bool(self._tasks)
        self.back.setVisible(page in (MAPPING, CHECK))
        self.save_spec.setVisible(page == MAPPING)
        self.save_spec.setEnabled(page == MAPPING and self.current().specification() is not None)
        self.next.setText({CHECK: _("&Import"), RESULT: _("Close")}.get(page, _("&Next")))
        counted = page != CHECK or self.dry_run.report is not None
        self.next.setEnabled(self.run.task is None if page == RESULT else not busy and self._ready() and counted)
        self.leave.setVisible(page != RESULT or self.run.task is not None)

    def _import(self) -> None:
        if self.dry_run.task is not None:
            return
        requests = self.session.attempt(lambda: self.requests(self.check.target()))
        if requests:
            self.run.begin(requests, self.check.target())
            self._show_page(RESULT)
            self.result.importing(None, "")

    # leaving

    def reject(self) -> None:
        """Cancel: an import under way is stopped and leaves the case as it was; then the wizard can be closed."""
        if self.run.task is not None:
            self.run.cancel()
            return
        self._close_down()
        super().reject()

    def accept(self) -> None:
        """Close."""
        self._close_down()
        super().accept()

    def _close_down(self) -> None:
        self.reading.stop()
        self.dry_run.stop()
        for task in list(self._tasks):
            task.cancel()
        cancel = getattr(self._reader, "cancel", None)
        if cancel is not None and self._tasks:
            cancel()
        for task in list(self._tasks):
            task.wait(10)
        self.dry_run.wait()
        close = getattr(self._reader, "close", None)
        if close is not None:
            close()
