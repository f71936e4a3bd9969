"""Tracks of vessels in the window: the limits are asked for, a job looks, and what is new is one step."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ewglink.text import N_, _, message
from ewglink.ui.widgets.options_form import OptionsForm
from ewglink.ui.widgets.plain_text import muted


class TrackDialog(QDialog):
    """What counts as a silence, a call at a port and a meeting; `form.value()` gives it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        from ewglink.analysis.tracks import TrackLimits

        super().__init__(parent)
        self.setWindowTitle(_("Tracks of vessels"))
        self.setMinimumWidth(420)
        self.form = OptionsForm(TrackLimits)
        box = QVBoxLayout(self)
        box.addWidget(
            muted(_("Silences and calls at ports become events, meetings become links; each rests on its positions."))
        )
        box.addWidget(self.form)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(_("Find them"))
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)


def ask_for_tracks(window: Any) -> None:
    """Ask for the limits, and look."""
    dialog = TrackDialog(window)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    limits = dialog.form.value()
    dialog.deleteLater()
    if accepted:
        find_them(window.session, limits)


def find_them(session: Any, limits: Any) -> None:
    """Look in a thread; what is new is put into the case as one step."""
    from ewglink.workspace.commands.tracks import find_tracks, put_tracks

    def put(tracks: Any) -> None:
        changeset, found = put_tracks(session.case, tracks)
        if changeset:
            session.do(changeset)
        session.told.emit("done", found.said())

    case = session.case
    name = message(N_("Looking for tracks of vessels"))
    session.jobs.ask(name, lambda: find_tracks(case, limits), put)
