"""What every panel is: a widget over the session that looks again only when it is seen."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ewglink.model.changes import Changed
from ewglink.ui.session import Session
from ewglink.ui.widgets.words import Words


class Panel(QWidget):
    """A panel. `look` brings it up to date; it is called when the panel is shown, and after a change while it is."""

    tables: frozenset[str] = frozenset({"item", "link", "statement", "identity", "choice", "merge"})
    """The tables of the case whose changes concern the panel."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.words = Words()
        self._stale = True
        session.opened.connect(self.again)
        session.closed.connect(self.emptied)
        session.changed.connect(self._heard)
        session.language_changed.connect(self.retranslate)

    def _heard(self, changed: Changed) -> None:
        if changed.tables & self.tables:
            self.again()

    def again(self, *_: Any) -> None:
        """Look again: now if the panel is seen, else when it is."""
        self._stale = True
        if self.isVisible():
            self._look()

    def _look(self) -> None:
        self._stale = False
        if self.session.workspace is not None:
            self.session.attempt(self.look)

    def look(self) -> None:
        """Bring the panel up to date with the case."""

    def bring_into_sight(self, part: QWidget) -> None:
        """Scroll to a part of the panel, where the panel stands in something that scrolls."""
        area = self.parentWidget().parentWidget() if self.parentWidget() is not None else None
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(part, 0, 0)

    def emptied(self) -> None:
        """The case was closed."""
        self._stale = True

    def retranslate(self) -> None:
        """Say every text again."""
        self.words.retranslate()
        self.again()

    def showEvent(self, event: QShowEvent) -> None:
        """A panel that comes into sight looks at what it missed."""
        super().showEvent(event)
        if self._stale:
            self._look()
