"""The status bar: what is selected, shown and saved, asked of the case each time; and the tasks under way."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from ewglink.text import N_, Message, _, ngettext, number
from ewglink.ui.session import Session
from ewglink.ui.widgets.glyphs import glyph
from ewglink.ui.widgets.plain_text import hint, label, plain

_QUIET_FOR = 350


class TaskChip(QFrame):
    """The task under way with how far it is, and a button that stops it. Short ones are over before it shows."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.name = label()
        self.bar = QProgressBar()
        self.bar.setFixedWidth(110)
        self.bar.setTextVisible(False)
        self.button = QToolButton()
        self.button.setIcon(glyph("close"))
        self.button.setAutoRaise(True)
        self.button.setObjectName("cancel_task")
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(6)
        for widget in (self.name, self.bar, self.button):
            row.addWidget(widget)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_QUIET_FOR)
        self._patience.timeout.connect(self._show_up)
        self.button.clicked.connect(self._cancel)
        session.jobs.changed.connect(self.look)
        self.hide()

    def _task(self) -> Any:
        return self.session.jobs.tasks[-1] if self.session.jobs.tasks else None

    def look(self) -> None:
        """Show the latest task."""
        task = self._task()
        if task is None:
            self._patience.stop()
            self.hide()
        elif self.isHidden() and not self._patience.isActive():
            self._patience.start()
        elif not self.isHidden():
            self._tell(task)

    def _show_up(self) -> None:
        task = self._task()
        if task is not None:
            self._tell(task)
            self.show()

    def _tell(self, task: Any) -> None:
        step = task.last
        said = str(step.message) if step is not None and step.message is not None else str(task.name)
        more = len(self.session.jobs.tasks) - 1
        self.name.setText(plain(said if not more else _("{task} and {n} more", task=said, n=more)))
        done = step.done if step is not None else None
        self.bar.setRange(0, 1000 if done is not None else 0)
        if done is not None:
            self.bar.setValue(int(done * 1000))
        hint(self.button, _("Stop: {task}", task=str(task.name)))
        self.button.setAccessibleName(_("Stop: {task}", task=str(task.name)))
        self.bar.setAccessibleName(str(task.name))

    def _cancel(self) -> None:
        task = self._task()
        if task is not None:
            task.cancel()

    def stop(self) -> None:
        """Show nothing any more (at close)."""
        self._patience.stop()


class StatusBar(QStatusBar):
    """Every figure is asked of the case or the chart when something changed; none is counted along. `filters_off()`:
    the button that says that filters are on was clicked."""

    filters_off = Signal()

    def __init__(self, session: Session, charts: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._charts = charts
        self.about = label()
        self.about.setObjectName("status")
        self.chip = TaskChip(session)
        self.zoom = label()
        self.saved = label()
        self.filter = QToolButton()
        self.filter.setObjectName("filter_on")
        self.filter.setIcon(glyph("close"))
        self.filter.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.filter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.filter.clicked.connect(self.filters_off)
        self.filter.hide()
        self.setSizeGripEnabled(False)
        self.addWidget(self._spaced(self.about), 1)
        for widget in (self.filter, self.chip, self._spaced(self.saved), self._spaced(self.zoom)):
            self.addPermanentWidget(widget)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.look)
        for signal in (
            session.opened,
            session.closed,
            session.changed,
            session.selection.changed,
            session.language_changed,
        ):
            signal.connect(lambda *_: self._later.start())
        self._counts: tuple[int, int] = (0, 0)
        session.changed.connect(self._recount)
        session.opened.connect(self._recount)

    @staticmethod
    def _spaced(shown: QLabel) -> QLabel:
        shown.setContentsMargins(8, 0, 8, 0)
        return shown

    def _recount(self, *_changed: Any) -> None:
        from ewglink.store.listing import link_count

        case = self.session.case
        if case is None:
            return

        def counted(counts: tuple[int, int]) -> None:
            if self.session.case is case:
                self._counts = counts
                self._later.start()

        self.session.jobs.ask(Message(N_("Counting")), lambda: link_count(case), counted)

    def later(self, *_: Any) -> None:
        """Look once what is going on is over."""
        self._later.start()

    def stop(self) -> None:
        """Look no more."""
        self._later.stop()
        self.chip.stop()

    def look(self) -> None:
        """Ask for every figure."""
        if self.session.workspace is None:
            for shown in (self.about, self.saved, self.zoom):
                shown.clear()
            self.filter.hide()
            return
        entities, links = self._counts
        parts = []
        chosen = len(self.session.selection.items)
        every = ngettext("{n} entity", "{n} entities", entities)
        parts.append(_("{n} selected of {all}", n=number(chosen), all=every) if chosen else every)
        parts.append(ngettext("{n} link", "{n} links", links))
        hidden = self._charts.hidden_count()
        if hidden:
            parts.append(ngettext("{n} hidden", "{n} hidden", hidden))
        self._tell_of_filters()
        marking = self._charts.marking()
        if marking:
            parts.append(_("marking {marking}", marking=marking))
        if self.session.read_only:
            parts.append(_("read only"))
        self.about.setText(plain("  ·  ".join(parts)))
        saved = self.session.saved_at
        self.saved.setText(_("saved {time}", time=f"{saved:%H:%M}") if saved and not self.session.read_only else "")
        zoom = self._charts.zoom()
        self.zoom.setText(_("zoom {n} %", n=round(zoom * 100)) if zoom else "")
        self.zoom.setMinimumWidth(self.zoom.fontMetrics().horizontalAdvance(_("zoom {n} %", n=1000)) + 16)

    def _tell_of_filters(self) -> None:
        filtered = self._charts.filtered()
        self.filter.setVisible(filtered is not None)
        if filtered is not None:
            parts = [_("filter ON: {entities}, {links} left out",
                       entities=ngettext("{n} entity", "{n} entities", filtered.entities),
                       links=ngettext("{n} link", "{n} links", filtered.links))]
            if filtered.greyed:
                parts.append(ngettext("{n} greyed", "{n} greyed", filtered.greyed))
            said = ", ".join(parts)
            self.filter.setText(plain(said))
            self.filter.setAccessibleName(plain(_("{said}; switch all filters off", said=said)))
            hint(self.filter, "\n".join((_("Switch all filters off"), *filtered.names)))
