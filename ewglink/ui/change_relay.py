"""What changed in the case, told as a Qt signal in the window's thread."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from ewglink.model.changes import Changed


class ChangeRelay(QObject):
    """Follows a workspace for as long as it lives; `changed(Changed)` comes in the order of the journal."""

    changed = Signal(object)
    _heard = Signal(object)

    def __init__(self, workspace: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard.connect(self.changed, Qt.ConnectionType.AutoConnection)
        self._unfollow = workspace.follow(self._hear)

    def _hear(self, changed: Changed) -> None:
        self._heard.emit(changed)

    def stop(self) -> None:
        """Follow no more."""
        self._unfollow()
