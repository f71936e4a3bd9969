"""The File menu's submenu of recent cases, filled each time it is opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QMenu

from ewglink.text import N_, _
from ewglink.ui.widgets.plain_text import hint, plain

TITLE = N_("Open r&ecent")


class RecentMenu(QMenu):
    """Recent cases that are still there, the latest first, but for the one that is open."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self.session = window.session
        self.setProperty("msgid", TITLE)
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def stand_in(self, menus: Any, before: str) -> None:
        """Take a place in the File menu before the action `before`; its title follows the language."""
        menus.menus["file"].insertMenu(menus.q[before], self)
        menus.menus["recent"] = self

    def fill(self) -> None:
        """List the cases."""
        self.clear()
        workspace = self.session.workspace
        is_open = str(workspace.path.resolve()) if workspace is not None else ""
        for name in self.session.settings.recent:
            path = Path(name)
            if name != is_open and path.is_file():
                line = self.addAction(plain(f"{path.stem} – {path.parent}").replace("&", "&&"))
                hint(line, name)
                line.triggered.connect(lambda _checked=False, wanted=path: self.session.open(wanted))
        if self.isEmpty():
            self.addAction(_("Cases you open are listed here.")).setEnabled(False)
