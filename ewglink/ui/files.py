"""What actions do with files: new, open, demo, import, export; each asks, checks, and hands on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QDialog, QDockWidget, QFileDialog, QLineEdit

from ewglink import places
from ewglink.text import N_, Message, _

SUFFIX = ".ewg"


class Files(QObject):
    """The files of a window."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self._window = window
        self.session = window.session
        QTimer.singleShot(0, self, self._let_files_through)

    def _let_files_through(self) -> None:
        """Files can be dropped on text fields and on floating panels too: there Qt asks nobody else."""
        for field in self._window.findChildren(QLineEdit):
            field.setAcceptDrops(False)
        for dock in self._window.findChildren(QDockWidget):
            dock.setAcceptDrops(True)
            dock.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is let go on a panel is the window's."""
        if event.type() == QEvent.Type.DragEnter:
            self._window.dragEnterEvent(event)
            return True
        if event.type() == QEvent.Type.Drop:
            self._window.dropEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _folder(self) -> str:
        kept = self.session.settings.last_folder
        return kept if kept and Path(kept).is_dir() else str(places.cases_folder())

    def _keep_folder(self, path: Path) -> None:
        self.session.settings.last_folder = str(path.parent)
        self.session.settings.save()

    def new_case(self) -> None:
        """Ask for title, place and handling, and make the case."""
        from ewglink.ui.dialogs.case_properties import NewCase

        dialog = NewCase(self._window, self._folder())

        def make() -> None:
            self._keep_folder(dialog.path())
            self.session.create(dialog.path(), dialog.title.text().strip(), dialog.handling.value())

        self._open(dialog, make)

    def _open(self, dialog: QDialog, agreed: Callable[[], object] | None = None) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if agreed is not None:
            dialog.accepted.connect(agreed)
        dialog.open()

    def open_case(self) -> None:
        """Ask for a case and open it."""
        name, _kind = QFileDialog.getOpenFileName(
            self._window, _("Open case"), self._folder(), _("EWGLink cases (*.ewg)") + ";;" + _("All files (*)")
        )
        if name:
            self._keep_folder(Path(name))
            self.session.open(Path(name))

    def open_demo(self, name: str = "grey-cell") -> None:
        """Build a demo case beside the user's cases, as a job, and open it."""
        from ewglink.ui.demo import demo_case

        demo_case(self._window, name)

    def properties(self) -> None:
        """What the case says of itself: title, handling, facts."""
        from ewglink.ui.dialogs.case_properties import CaseProperties

        self._open(CaseProperties(self._window))

    def import_files(self, paths: Sequence[Path] = ()) -> None:
        """Import files: those given (dropped), else ask which."""
        if self.session.workspace is None or self.session.read_only:
            return
        if not paths:
            names, _kind = QFileDialog.getOpenFileNames(
                self._window, _("Import files"), self._folder(), _("All files (*)")
            )
            paths = [Path(name) for name in names]
        if paths:
            self._keep_folder(paths[0])
            self._open_files(list(paths))

    def _open_files(self, paths: list[Path]) -> None:
        """Open folders and archives beside the window, then show what is in them in the wizard."""
        from ewglink.importers import archives
        from ewglink.importers.reader_process import Reader
        from ewglink.ui.dialogs.import_together import opened
        from ewglink.workspace.import_opening import Opening

        reader = Reader()
        opening = Opening(reader)

        def show(found: list[Any]) -> None:
            from ewglink.ui.dialogs.import_wizard import ImportWizard

            wizard = ImportWizard(self._window, paths, reader, opening=opening, found=found)
            wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            wizard.open()

        def refused(error: BaseException) -> None:
            reader.close()
            opening.close()
            self.session.tell_of(error)

        def question() -> list[Any]:
            return opened(paths, opening)

        if any(path.is_dir() or archives.may_be(path) for path in paths):
            self.session.jobs.ask(Message(N_("Looking at the files")), question, show, refused)
        else:
            show(question())

    def export(self) -> None:
        """Export the case or the chart in front."""
        from ewglink.ui.dialogs.export_dialog import ExportDialog

        self._open(ExportDialog(self._window))

    def _chart(self) -> Any:
        front = self._window.charts.current()
        return None if front is None else self.session.case.charts.get(front)

    def page_setup(self) -> None:
        """Paper, sheets and furniture of the chart in front."""
        from ewglink.ui.dialogs.page_setup import PageSetupDialog

        chart = self._chart()
        if chart is not None:
            dialog = PageSetupDialog(self._window, chart)
            dialog.print_wanted.connect(self.print_chart)
            self._open(dialog)

    def print_chart(self) -> None:
        """Print the chart in front, by way of a preview."""
        from ewglink.ui.dialogs.print_chart import PrintChart

        chart = self._chart()
        if chart is not None:
            PrintChart(self._window, chart).begin()

    def dropped(self, paths: Sequence[Path]) -> None:
        """Files were dropped on the window: a case is opened, anything else imported."""
        cases = [path for path in paths if path.suffix.lower() == SUFFIX]
        others = [path for path in paths if path not in cases]
        if cases:
            self.session.open(cases[0])
        if others and self.session.workspace is not None:
            self.import_files(others)
        elif others:
            self.case_for(others)

    def case_for(self, paths: Sequence[Path]) -> None:
        """Files were dropped where no case is open: ask for a new one, then import them into it."""
        from ewglink.ui.dialogs.case_properties import NewCase

        dialog = NewCase(self._window, self._folder())
        dialog.setWindowTitle(_("A new case for what was dropped"))

        def make() -> None:
            self._keep_folder(dialog.path())
            if self.session.create(dialog.path(), dialog.title.text().strip(), dialog.handling.value()):
                self.import_files(paths)

        self._open(dialog, make)

    def specifications(self) -> None:
        """The import specifications that are kept."""
        from ewglink.ui.dialogs.import_specs import SpecificationsDialog

        self._open(SpecificationsDialog(self._window))
