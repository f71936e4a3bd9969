"""The snapshots of a chart: kept, gone back to, deleted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from ewglink.text import N_, _
from ewglink.ui.widgets.plain_text import ask_text, muted, plain
from ewglink.workspace.commands import snapshots


class SnapshotsDialog(QDialog):
    """Works on the chart in front; each change is one step."""

    def __init__(self, session: Any, charts: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Snapshots"))
        self.resize(460, 340)
        self.session, self._charts = session, charts
        self.list = QListWidget()
        self.list.setAccessibleName(_("Snapshots"))
        self.list.setSpacing(2)
        row = QHBoxLayout()
        self.buttons: dict[str, QPushButton] = {}
        for key, name, run in (("keep", N_("&Keep…"), self.keep), ("show", N_("&Go back to it"), self.show_it),
                               ("delete", N_("&Delete"), self.delete)):
            button = QPushButton(_(name))
            button.clicked.connect(lambda _on=False, run=run: run())
            button.setAutoDefault(False)
            row.addWidget(button)
            self.buttons[key] = button
        row.addStretch(1)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(muted(_("A snapshot keeps where everything stands and which part of the chart is in view.")))
        box.addWidget(self.list, 1)
        box.addLayout(row)
        box.addWidget(close)
        self.list.itemActivated.connect(lambda _line: self.show_it())
        self.list.currentRowChanged.connect(lambda _row: self._able())
        self.look()

    def look(self) -> None:
        """List them."""
        self.list.clear()
        for name in snapshots.listed(self.session.case, self._charts.current()):
            self.list.addItem(plain(name))
            self.list.item(self.list.count() - 1).setData(Qt.ItemDataRole.UserRole, name)
        self.list.setCurrentRow(self.list.count() - 1)
        self._able()

    def _able(self) -> None:
        chosen, writable = self.list.currentItem() is not None, not self.session.read_only
        self.buttons["keep"].setEnabled(writable)
        self.buttons["show"].setEnabled(chosen)
        self.buttons["delete"].setEnabled(chosen and writable)

    def _name(self) -> str:
        return str(self.list.currentItem().data(Qt.ItemDataRole.UserRole))

    def keep(self) -> None:
        """Ask for a name and keep what stands."""
        usual = _("Snapshot {n}", n=self.list.count() + 1)
        name = ask_text(self, _("Keep a snapshot"), _("Name of the snapshot"), usual)
        if name is not None:
            keep(self.session, self._charts, name)
            self.look()

    def show_it(self) -> None:
        """Go back to the one in hand."""
        if self.list.currentItem() is not None:
            show(self.session, self._charts, self._name())

    def delete(self) -> None:
        """Forget the one in hand."""
        chart, name = self._charts.current(), self._name()
        self.session.do(lambda workspace: snapshots.delete_snapshot(workspace.case, chart, name))
        self.look()


def keep(session: Any, charts: Any, name: str) -> None:
    """Keep where everything stands on the chart in front, and the view."""
    chart, view = charts.current(), charts.view()
    session.do(lambda workspace: snapshots.keep_snapshot(workspace.case, chart, name, view.centre, view.zoom))


def show(session: Any, charts: Any, name: str) -> None:
    """Everything back where it stood, and the same part in view."""
    chart = charts.current()
    found = session.attempt(lambda: snapshots.snapshot(session.case, chart, name))
    if found is None:
        return
    if not session.read_only:
        session.do(lambda workspace: snapshots.show_snapshot(workspace.case, chart, name))
    charts.view().look_at(*found.centre, found.zoom)
