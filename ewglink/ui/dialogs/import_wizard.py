"""The import wizard: how files are read, what their columns mean, what they would bring, what they brought."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
)

from ewglink.model.refusal import Refusal
from ewglink.text import N_, Message, _
from ewglink.ui.dialogs.import_counting import CheckPage, ResultPage
from ewglink.ui.dialogs.import_file import ImportFile, read
from ewglink.ui.dialogs.import_mapping import MappingPage
from ewglink.ui.dialogs.import_reading import ReadingPage
from ewglink.ui.widgets.glyphs import glyph
from ewglink.ui.widgets.plain_text import hint, label, muted, plain

READING, MAPPING, CHECK, RESULT = range(4)


class ImportWizard(QDialog):
    """Brings `paths` into the open case as one step. Files are read in a process of their own, kept warm meanwhile."""

    def __init__(self, window: Any, paths: list[Path], reader: Any = None, in_process: bool = False) -> None:
        super().__init__(window)
        from ewglink.importers.reader_process import Reader

        self._window = window
        self.session = window.session
        self.setWindowTitle(_("Import"))
        self.resize(1160, 740)
        self.files = [ImportFile(path) for path in paths]
        self._reader = reader if reader is not None else Reader()
        self._one_at_a_time = threading.Lock()
        self._in_process = in_process
        self._tasks: list[Any] = []
        self._counting: Any = None
        self._importing: Any = None
        self.report: Any = None
        self._before: set[int] = set()
        chart = self.session.case.charts.get(window.charts.current()) if window.charts.current() is not None else None
        self.list = QListWidget()
        self.pages = QStackedWidget()
        self.reading = ReadingPage()
        self.mapping = MappingPage(self.session.schema)
        self.check = CheckPage(chart.name if chart is not None else None)
        self.result = ResultPage()
        self.hint = muted()
        self._set_out()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(350)
        self._again.timeout.connect(lambda: self._read(self.current()))
        self._connect()
        self._show_page(READING)
        for one in self.files:
            self._read(one)

    def _set_out(self) -> None:
        for page in (self.reading, self.mapping, self.check, self.result):
            self.pages.addWidget(page)
        self.list.setFixedWidth(210)
        self.list.setAccessibleName(_("Files"))
        self.list.setWordWrap(True)
        for one in self.files:
            line = QListWidgetItem(glyph("file"), plain(one.path.name))
            hint(line, str(one.path))
            self.list.addItem(line)
        self.list.setVisible(len(self.files) > 1)
        self.steps = [label() for _step in range(4)]
        names = (_("1  Reading"), _("2  Mapping"), _("3  Check"), _("4  Result"))
        steps = QHBoxLayout()
        for shown, name in zip(self.steps, names, strict=True):
            shown.setText(name)
            steps.addWidget(shown)
            steps.addSpacing(18)
        steps.addStretch(1)
        self.back, self.next, self.leave = QPushButton(_("&Back")), QPushButton(_("&Next")), QPushButton(_("Cancel"))
        self.save_spec = QPushButton(_("&Save the mapping"))
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
        middle.addWidget(self.list)
        middle.addWidget(self.pages, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 14)
        box.addLayout(steps)
        box.addLayout(middle, 1)
        box.addLayout(buttons)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(lambda _row: self._show_file())
        self.reading.changed.connect(self._read_otherwise)
        self.reading.map_wanted.connect(lambda: self._show_page(MAPPING))
        self.mapping.changed.connect(self._mapped)
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

        task = self.session.jobs.ask(
            Message(N_("Reading {file}"), {"file": one.path.name}), question, self._was_read, self._failed
        )
        self._keep(task)
        self._buttons()

    def _keep(self, task: Any) -> None:
        self._tasks.append(task)
        task.ended.connect(lambda: (self._tasks.remove(task) if task in self._tasks else None, self._buttons()))

    def _failed(self, error: BaseException) -> None:
        if not (isinstance(error, Refusal) and error.code == "cancelled"):
            self.session.tell_of(error)
            self.reject()

    def _was_read(self, one: ImportFile) -> None:
        line = self.list.item(self.files.index(one))
        line.setIcon(glyph("check" if one.ready else "warn"))
        if one is self.current():
            self._show_file()
        self._buttons()

    def _read_otherwise(self, one: ImportFile) -> None:
        if not one.by_hand:
            one.draft = None
        self._read(one)

    def _show_file(self) -> None:
        one, page = self.current(), self.pages.currentIndex()
        if page == MAPPING and (one.preview is None or one.records):
            self._show_page(READING)
        elif page == MAPPING:
            self._show_mapping()
        if one.preview is not None or one.refusal is not None:
            self.reading.show_file(one)
        self._buttons()

    # meaning

    def _show_mapping(self) -> None:
        from ewglink.workspace.commands.importing import suggest_specification
        from ewglink.workspace.mapping_draft import MappingDraft

        one = self.current()
        if one.draft is None:
            part, known = one.preview.part, one.preview.spec
            one.draft = MappingDraft.of(known, part.columns, one.path.stem) if known is not None else None
            if one.draft is None:
                one.draft = MappingDraft.of(
                    suggest_specification(part, self.session.schema), part.columns, one.path.stem
                )
                self.hint.setText(
                    _("The template says more than can be changed here; this mapping begins anew.")
                    if known is not None
                    else ""
                )
            one.by_hand = True
        if self.mapping.draft is not one.draft:
            self.mapping.show_draft(one.draft, one.preview)
        self.mapping.show_counts(one.preview)

    def _mapped(self) -> None:
        self.current().by_hand = True
        self._again.start()
        self._buttons()

    def _save(self) -> None:
        from ewglink.importers.templates import save

        spec = self.current().specification()
        if spec is not None:
            path = self.session.attempt(lambda: save(spec))
            if path is not None:
                self.hint.setText(_("The mapping is kept as “{name}”.", name=plain(spec.name)))

    # from page to page

    def _show_page(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.hint.setText("")
        for at, shown in enumerate(self.steps):
            font = shown.font()
            font.setBold(at == page)
            shown.setFont(font)
            shown.setEnabled(at <= page)
        if page == MAPPING:
            self._show_mapping()
        elif page == READING:
            self._show_file()
        elif page == CHECK:
            self._count()
        self._buttons()

    def _go_on(self) -> None:
        page, one = self.pages.currentIndex(), self.current()
        if page == RESULT:
            self.accept()
        elif page == CHECK:
            self._import()
        elif page == READING and one.draft is not None and not one.records:
            self._show_page(MAPPING)
        else:
            self._show_page(CHECK)

    def _go_back(self) -> None:
        page, one = self.pages.currentIndex(), self.current()
        if page == CHECK:
            self._stop_counting()
            self._show_page(MAPPING if one.draft is not None and not one.records else READING)
        elif page == MAPPING:
            self._show_page(READING)

    def _buttons(self) -> None:
        page, busy = self.pages.currentIndex(), bool(self._tasks)
        ready = all(one.ready for one in self.files) if page != READING else self.current().ready
        self.back.setVisible(page in (MAPPING, CHECK))
        self.save_spec.setVisible(page == MAPPING)
        self.save_spec.setEnabled(page == MAPPING and self.current().specification() is not None)
        self.next.setText({CHECK: _("&Import"), RESULT: _("Close")}.get(page, _("&Next")))
        self.next.setEnabled(not busy and (page == RESULT or (ready and (page != CHECK or self._counted()))))
        self.leave.setVisible(page != RESULT or self._importing is not None)
        if page == RESULT:
            self.next.setEnabled(self._importing is None)

    def _counted(self) -> bool:
        return self.report is not None and self.report.dry_run

    # counting and importing

    def _requests(self) -> list[Any]:
        return [one.request() for one in self.files]

    def _count(self) -> None:
        from ewglink.workspace.commands.importing import import_files

        self.report = None
        self.check.counting()
        requests = self.session.attempt(self._requests)
        if requests is None:
            return
        job = import_files(self.session.workspace, requests, dry_run=True, in_process=self._in_process)
        self._counting = self.session.jobs.run(
            Message(N_("Counting what the import brings")),
            job,
            progress=lambda step: self.check.counting(step.done),
            finished=self._has_counted,
            failed=self._count_failed,
            ended=self._counting_over,
        )

    def _has_counted(self, report: Any) -> None:
        if report is not None and self._counting is not None and not self._counting.cancelled:
            self.report = report
            self.check.show_report(report)

    def _count_failed(self, error: BaseException) -> None:
        if isinstance(error, Refusal):
            self.check.refused(str(error))
        else:
            self._failed(error)

    def _counting_over(self) -> None:
        self._counting = None
        self._buttons()

    def _stop_counting(self) -> None:
        if self._counting is not None:
            self._counting.cancel()

    def _import(self) -> None:
        from ewglink.workspace.commands.importing import import_files

        if self._counting is not None:
            return
        workspace = self.session.workspace
        self._before = set(workspace.network().ids.tolist())
        job = import_files(workspace, self._requests(), in_process=self._in_process)
        self._importing = self.session.jobs.run(
            Message(N_("Importing")),
            job,
            progress=self._advance,
            finished=self._imported,
            failed=self._import_failed,
            ended=self._import_over,
        )
        self._show_page(RESULT)
        self.result.importing(None, "")

    def _advance(self, step: Any) -> None:
        self.result.importing(step.done, str(step.message) if step.message is not None else "")

    def _imported(self, report: Any) -> None:
        if report is None or (self._importing is not None and self._importing.cancelled and report.seq is None):
            self.result.refused(_("The import was stopped; the case is as it was."))
            return
        self.report = report
        self.result.show_report(report)
        self._put_on_chart()

    def _put_on_chart(self) -> None:
        workspace, before = self.session.workspace, self._before
        if self.check.target() == "none":
            return
        self.session.jobs.ask(
            Message(N_("Looking for what is new")),
            lambda: set(workspace.network().ids.tolist()) - before,
            lambda new: self._place(self.check.target(), new),
        )

    def _place(self, target: str, new: set[int]) -> None:
        charts = self._window.charts
        if not new:
            return
        if target == "new" or charts.current() is None:
            charts.make_chart(charts.free_name(), sorted(new))
        else:
            charts.place(new)

    def _import_failed(self, error: BaseException) -> None:
        if isinstance(error, Refusal):
            self.result.refused(str(error))
        else:
            self._failed(error)

    def _import_over(self) -> None:
        self._importing = None
        self._buttons()

    # leaving

    def reject(self) -> None:
        """Cancel: an import under way is stopped and leaves the case as it was; then the wizard can be closed."""
        if self._importing is not None:
            self._importing.cancel()
            return
        self._close_down()
        super().reject()

    def accept(self) -> None:
        """Close."""
        self._close_down()
        super().accept()

    def _close_down(self) -> None:
        self._again.stop()
        self.reading.stop()
        self._stop_counting()
        for task in list(self._tasks):
            task.cancel()
        cancel = getattr(self._reader, "cancel", None)
        if cancel is not None and self._tasks:
            cancel()
        for task in [*self._tasks, *([self._counting] if self._counting is not None else [])]:
            task.wait(10)
        close = getattr(self._reader, "close", None)
        if close is not None:
            close()
