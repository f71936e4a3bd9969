"""The list of what is saved in the case under a name, queries or drawn patterns: take one, save, delete."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ewglink.text import _
from ewglink.ui.widgets.elided_combo import ElidedCombo
from ewglink.ui.widgets.plain_text import ask_text, label, plain


class SavedList(QWidget):
    """Follows the case. `taken(SavedQuery)` comes when one is chosen. `body` gives what is to be saved: the arguments
    of `save_query` but for its name, or None where there is nothing."""

    taken = Signal(object)

    def __init__(self, session: Any, body: Callable[[], dict[str, Any] | None], *, patterns: bool = False,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self._body, self._patterns = session, body, patterns
        self.names = ElidedCombo(18 if patterns else 24)
        self.names.setAccessibleName(_("Saved"))
        self.save_button, self.delete_button = QPushButton(_("Save as…")), QPushButton(_("Delete"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(_("Saved"), buddy=self.names))
        row.addWidget(self.names, 1)
        for button, deed in ((self.save_button, self.save), (self.delete_button, self.delete)):
            button.setAutoDefault(False)
            button.clicked.connect(deed)
            row.addWidget(button)
        self.names.activated.connect(lambda _at: self._take())
        session.changed.connect(self._heard)
        self.look()

    @property
    def name(self) -> str:
        """The name of the one in hand, empty for none."""
        return self.names.currentText()

    def look(self) -> None:
        """List what the case has."""
        from ewglink.workspace.saved_queries import saved_queries

        if self.session.workspace is None:
            return
        kept = self.name
        self.names.clear()
        self.names.addItem("")
        for one in saved_queries(self.session.workspace):
            if (one.pattern is not None) == self._patterns:
                self.names.addItem(plain(one.name), one.name)
        self.names.setCurrentIndex(max(0, self.names.findText(kept, Qt.MatchFlag.MatchExactly)))
        self._enable()

    def _heard(self, changed: Any) -> None:
        if "meta" in changed.tables:
            self.look()

    def _enable(self) -> None:
        free = not self.session.read_only
        self.save_button.setEnabled(free)
        self.delete_button.setEnabled(free and bool(self.names.currentData()))

    def _take(self) -> None:
        from ewglink.workspace.saved_queries import saved_query

        name = self.names.currentData()
        self._enable()
        found = saved_query(self.session.workspace, name) if name else None
        if found is not None:
            self.taken.emit(found)

    def save(self) -> None:
        """Ask for a name, and save what is there under it."""
        from ewglink.workspace.commands.queries import save_query

        body = self._body()
        if body is None:
            return
        title, prompt = (_("Save the pattern"), _("Name of the pattern")) if self._patterns else (
            _("Save the query"), _("Name of the query"))
        name = ask_text(self, title, prompt, self.name)
        if name is not None and self.session.do(
                lambda workspace: save_query(workspace.case, name, **body)) is not None:
            self.look()
            self.names.setCurrentIndex(max(0, self.names.findData(" ".join(name.split()))))
            self._enable()

    def delete(self) -> None:
        """Delete the one in hand; what was drawn or written stays."""
        from ewglink.workspace.commands.queries import delete_query

        name = self.names.currentData()
        if name:
            self.session.do(lambda workspace: delete_query(workspace.case, name))
