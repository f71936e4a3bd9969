"""The import wizard: how files are read, what their columns mean, what they would bring, what they brought."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
)

from ewglink.model.refusal import Refusal
from ewglink.text import N_, Message, _, number
from ewglink.ui.dialogs import import_meaning
from ewglink.ui.dialogs.import_counting import CheckPage, ResultPage
from ewglink.ui.dialogs.import_file import ImportFile, read
from ewglink.ui.dialogs.import_files import FileList
from ewglink.ui.dialogs.import_live_counts import CountsLine, DryRun
from ewglink.ui.dialogs.import_mapping import MappingPage
from ewglink.ui.dialogs.import_reading import ReadingPage
from ewglink.ui.dialogs.import_running import ImportRun
from ewglink.ui.dialogs.import_together import files_of, opened
from ewglink.ui.widgets.plain_text import ask_text, label, muted, plain
from ewglink.workspace.commands.importing import ImportRequest
from ewglink.workspace.import_opening import Opening

READING, MAPPING, CHECK, RESULT = range(4)
_LIST_WIDTH = 224


class ImportWizard(QDialog):
    """Brings `paths` into the open case as one step. Files are read in a process of their own, kept warm meanwhile."""

    def __init__(
        self, window: Any, paths: list[Path], reader: Any = None, in_process: bool = False,
        opening: Opening | None = None, found: Sequence[ImportRequest] | None = None,
    ) -> None:  # fmt: skip
        """`found` is what `opening`, which is closed with the wizard, has found at the paths."""
        super().__init__(window)
        from ewglink.importers.reader_process import Reader

        self._window = window
        self.session = window.session
        self.setWindowTitle(_("Import"))
        self._fit()
        self._reader = reader if reader is not None else Reader()
        self._opening = opening or Opening(self._reader)
        self.files = files_of(found if found is not None else opened(paths, self._opening))
        self._one_at_a_time = threading.Lock()
        self._tasks: list[Any] = []
        self.dry_run = DryRun(self.session, in_process, self)
        self.run = ImportRun(window, in_process, self)
        front = window.charts.current()
        chart = self.session.case.charts.get(front) if front is not None else None
        self._chart: str | None = chart.name if chart is not None else None
        self.listed = FileList(self.files)
        self.list, self.together = self.listed.list, self.listed.together
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
        middle.addWidget(self.listed)
        middle.addWidget(self.pages, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 14)
        box.addLayout(steps)
        box.addLayout(middle, 1)
        box.addWidget(self.line)
        box.addLayout(buttons)

    def _connect(self) -> None:
        self.listed.chosen.connect(self._show_file)
        self.listed.taken.connect(self._changed)
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
        self.dry_run.ended.connect(self._buttons)
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

    def current(self) -> ImportFile:
        """The file in hand."""
        return self.listed.current()

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
            self.listed.say_together()
            self.listed.show_again()
            self._changed()
        self._buttons()

    def _failed(self, error: BaseException) -> None:
        if not (isinstance(error, Refusal) and error.code == "cancelled"):
            self.session.tell_of(error)
            self.reject()

    def _was_read(self, one: ImportFile) -> None:
        if one is self.current():
            self._show_file()
        self.listed.show_again()

    def _show_file(self) -> None:
        one, page = self.current(), self.pages.currentIndex()
        if page == MAPPING and not import_meaning.can_map(one):
            self._show_page(READING)
            return
        if page == MAPPING:
            self._show_mapping()
        elif one.preview is not None or one.refusal is not None:
            self.reading.show_file(one, self._counted_of(one))
        self._buttons()

    # meaning

    def _use_spec(self, spec: Any) -> None:
        """Read the table in hand by a specification; None: as is suggested, anew."""
        one = self.current()
        if not import_meaning.use(one, spec):
            self.hint.setText(_("“{name}” reads other columns than these.", name=plain(spec.name)))
            return
        if self.pages.currentIndex() == MAPPING:
            self._show_mapping()
        self.reading.show_file(one)
        self._changed()

    def _show_mapping(self) -> None:
        if import_meaning.begin(self.current()):
            self.mapping.show_file(self.current())

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
        return import_meaning.to_look_at(self.files, self.current())

    def _go_on(self) -> None:
        page, one = self.pages.currentIndex(), self._to_look_at()
        if page == RESULT:
            self.accept()
        elif page == CHECK:
            self._import()
        elif page == READING and one is not None:
            if import_meaning.turn_to_unsettled(one):
                self._read(one)
            self.listed.take_in_hand(one)
            self._show_page(MAPPING)
        else:
            self._show_page(CHECK)

    def _go_back(self) -> None:
        page = self.pages.currentIndex()
        if page == CHECK:
            mapped = self._to_look_at() is not None and import_meaning.can_map(self.current())
            self._show_page(MAPPING if mapped else READING)
        elif page == MAPPING:
            self._show_page(READING)

    def _buttons(self) -> None:
        page, busy = self.pages.currentIndex(), bool(self._tasks)
        self.back.setVisible(page in (MAPPING, CHECK))
        self.save_spec.setVisible(page == MAPPING)
        self.save_spec.setEnabled(page == MAPPING and self.current().specification() is not None)
        self.next.setText({CHECK: _("&Import"), RESULT: _("Close")}.get(page, _("&Next")))
        counted = page != CHECK or self.dry_run.report is not None and not self.dry_run.busy
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
        self._opening.close()
