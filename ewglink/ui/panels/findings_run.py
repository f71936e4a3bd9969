"""Running the rules from the window: the day, the button, how far the run is, and how far its result is up to date."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from ewglink.rules.saying import title
from ewglink.text import N_, Message, _, ngettext, number
from ewglink.ui.session import Session
from ewglink.ui.widgets.plain_text import hint, label, muted
from ewglink.ui.widgets.words import Words


class RunBar(QWidget):
    """The rules are run beside the window and kept as one step in it. `ran(Checked)` when that is done."""

    ran = Signal(object)
    parameters_wanted = Signal()
    missing_wanted = Signal()

    def __init__(self, session: Session, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.run_button, self.stop_button, self.parameters = QPushButton(), QPushButton(), QPushButton()
        self.as_of = QDateEdit()
        self.bar = QProgressBar()
        self.missing_button = QPushButton()
        self.about = muted()
        self._task: Any = None
        self._again = False
        self._missing: list[str] = []
        self._day_label = label(buddy=self.as_of)
        self._set_out()
        words.say(self.run_button.setText, N_("&Run the rules"))
        words.say(self.stop_button.setText, N_("Stop"))
        words.say(self._day_label.setText, N_("As of"))
        words.say(self.as_of.setAccessibleName, N_("As of"))
        words.say(self.parameters.setText, N_("Limits…"))
        words.say(self.missing_button.setText, N_("Not evaluable…"))
        self.run_button.clicked.connect(self.run)
        self.stop_button.clicked.connect(self._cancel)
        self.parameters.clicked.connect(self.parameters_wanted)
        self.missing_button.clicked.connect(self.missing_wanted)
        session.opened.connect(self._opened)
        if session.workspace is not None:
            self._opened()

    def _set_out(self) -> None:
        self.run_button.setProperty("primary", True)
        self.as_of.setDisplayFormat("yyyy-MM-dd")
        self.as_of.setCalendarPopup(True)
        self.as_of.setDate(QDate.currentDate())
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(160)
        self.bar.hide()
        self.stop_button.hide()
        self.about.setWordWrap(False)
        self.about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.about.setMinimumWidth(60)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 4, 6, 0)
        for one in (self.run_button, self._day_label, self.as_of, self.parameters, self.bar, self.stop_button):
            row.addWidget(one)
        row.addWidget(self.about, 1)
        row.addWidget(self.missing_button)
        self.missing_button.hide()

    def _opened(self) -> None:
        from ewglink.workspace.checking import last_run

        last = last_run(self.session.workspace)
        self.as_of.setDate(QDate.currentDate() if last is None else QDate(last.as_of.year, last.as_of.month,
                                                                          last.as_of.day))
        self.run_button.setEnabled(not self.session.read_only)

    @property
    def day(self) -> date:
        """The day that open matters are counted to."""
        chosen = self.as_of.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def run(self) -> None:
        """Run the rules in the background; only what changed is evaluated again."""
        from ewglink.workspace.checking import judge

        workspace = self.session.workspace
        if workspace is None or self._task is not None or self.session.read_only:
            return
        self.bar.setRange(0, 1000)
        self.bar.setValue(0)
        self.bar.show()
        self.stop_button.show()
        self.run_button.setEnabled(False)
        self._task = self.session.jobs.run(
            Message(N_("Running the rules")), judge(workspace, None, self.day), progress=self._advance,
            finished=lambda judged: self._judged(workspace, judged), ended=self._ended)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _advance(self, step: Any) -> None:
        self.bar.setValue(int((step.done or 0.0) * 1000))

    def _judged(self, workspace: Any, judged: Any) -> None:
        from ewglink.workspace.checking import keep

        if judged is None or self.session.workspace is not workspace:
            return
        if workspace.case.journal_length() != judged.journal and not self._again:
            self._again = True  # the case was changed meanwhile: once more, over what is there now
            return
        self._again = False
        checked = self.session.attempt(lambda: keep(workspace, judged))
        if checked is not None:
            said = ngettext("{n} finding as of {day}", "{n} findings as of {day}", checked.findings,
                            day=checked.as_of.isoformat())
            new = ngettext("{n} new", "{n} new", checked.new)
            gone = ngettext("{n} no longer found", "{n} no longer found", checked.gone)
            self.session.told.emit("done", f"{said} · {new} · {gone}")
            self.ran.emit(checked)

    def _ended(self) -> None:
        self._task = None
        self.bar.hide()
        self.stop_button.hide()
        self.run_button.setEnabled(self.session.workspace is not None and not self.session.read_only)
        if self._again and self.session.workspace is not None:
            self.run()

    # how far it is up to date

    def look(self, findings: int) -> None:
        """Say what stands, as of when, and how much has changed since; the latter is looked up beside the window."""
        from ewglink.store.since import changed_since
        from ewglink.workspace.checking import last_run

        workspace = self.session.workspace
        last = last_run(workspace)
        self._missing = [] if last is None else [
            f"{rule} {title(rule)}: {number(len(items))}" for rule, items in sorted(last.missing.items()) if items]
        self.missing_button.setVisible(bool(self._missing))
        if last is None:
            self._tell(_("The rules have not been run on this case yet."))
            return
        said = ngettext("{n} finding as of {day}", "{n} findings as of {day}", findings, day=last.as_of.isoformat())
        skipped = sum(map(len, last.missing.values()))
        if skipped:
            said += " · " + ngettext("{n} question could not be evaluated", "{n} questions could not be evaluated",
                                     skipped)
        self._tell(said)
        if workspace.case.last_change().seq > last.seq:
            self.session.jobs.ask(Message(N_("Reading the case")), lambda: changed_since(workspace.case, last.seq),
                                  lambda changed: self._say_changed(workspace, said, changed))

    def _say_changed(self, workspace: Any, said: str, changed: Any) -> None:
        if self.session.workspace is not workspace:
            return
        if changed is None:
            said += " · " + _("out of date: the case has changed since")
        elif changed:
            said += " · " + ngettext("out of date: {n} record changed since", "out of date: {n} records changed since",
                                     len(changed))
        self._tell(said)

    def _tell(self, said: str) -> None:
        self.about.setText(said)
        missing = [_("Could not be evaluated, an input is missing:"), *self._missing] if self._missing else []
        hint(self.about, "\n".join((said, *missing)))
