"""What actions do with files: new, open, demo, import, export; each asks, checks, and hands on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from ewglink import places
from ewglink.text import _
from ewglink.ui.widgets.plain_text import ask_text

SUFFIX = ".ewg"


class Files(QObject):
    """The files of a window."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self._window = window
        self.session = window.session

    def _folder(self) -> str:
        kept = self.session.settings.last_folder
        return kept if kept and Path(kept).is_dir() else str(places.cases_folder())

    def _keep_folder(self, path: Path) -> None:
        self.session.settings.last_folder = str(path.parent)
        self.session.settings.save()

    def new_case(self) -> None:
        """Ask where, and make a case there; the title is the file's name until another is given."""
        name, _kind = QFileDialog.getSaveFileName(
            self._window,
            _("New case"),
            str(Path(self._folder()) / (_("Case") + SUFFIX)),
            _("EWGLink cases (*.ewg)"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            path = Path(name)
            path = path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)
            self._keep_folder(path)
            self.session.create(path, path.stem)

    def open_case(self) -> None:
        """Ask for a case and open it."""
        name, _kind = QFileDialog.getOpenFileName(
            self._window, _("Open case"), self._folder(), _("EWGLink cases (*.ewg)") + ";;" + _("All files (*)")
        )
        if name:
            self._keep_folder(Path(name))
            self.session.open(Path(name))

    def open_demo(self) -> None:
        """Build the demo case beside the user's cases, as a job, and open it."""
        from ewglink.ui.demo import demo_case

        demo_case(self._window)

    def rename_case(self) -> None:
        """Ask for another title."""
        from ewglink.workspace.commands.items import set_title

        title = ask_text(self._window, _("Case title"), _("Title of the case"), self.session.workspace.title)
        if title is not None:
            self.session.do(lambda workspace: set_title(workspace.case, title))

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
            from ewglink.ui.dialogs.import_wizard import ImportWizard

            self._keep_folder(paths[0])
            wizard = ImportWizard(self._window, list(paths))
            wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            wizard.open()

    def export(self) -> None:
        """Export the case or the chart in front."""
        from ewglink.ui.dialogs.export_dialog import ExportDialog

        dialog = ExportDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def dropped(self, paths: Sequence[Path]) -> None:
        """Files were dropped on the window: a case is opened, anything else imported."""
        cases = [path for path in paths if path.suffix.lower() == SUFFIX]
        others = [path for path in paths if path not in cases]
        if cases:
            self.session.open(cases[0])
        if others and self.session.workspace is not None:
            self.import_files(others)
        elif others:
            self.session.told.emit("refusal", _("Open or make a case first; then drop the files again to import them."))
