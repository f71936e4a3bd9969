"""The timeline panel: events, dated links and dated statements over time, and a window that the chart is seen through.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout

from ewglink.text import N_, _, language, ngettext, number
from ewglink.ui.filtering import Filtering
from ewglink.ui.panels.beside import Beside
from ewglink.ui.panels.filters_words import property_label
from ewglink.ui.session import Session
from ewglink.ui.widgets.glyphs import glyph
from ewglink.ui.widgets.plain_text import hint, muted, plain
from ewglink.ui.widgets.time_lanes import TimeLanes
from ewglink.ui.widgets.time_overview import TimeOverview

LANES = (("what", N_("by type")), ("entity", N_("by entity")), ("link_type", N_("by link type")))
OUTSIDE = (("shown", N_("others: shown")), ("dim", N_("others: dimmed")), ("only", N_("others: hidden")))
STEPS = (("tenth", N_("a tenth of the window")), ("day", N_("a day")), ("week", N_("a week")), ("month", N_("30 days")))
SPEEDS = ((1000, N_("slow")), (500, N_("normal")), (200, N_("fast")))
_DAYS = {"day": 1, "week": 7, "month": 30}
_DAY = 86_400_000_000
_WINDOW_MS = 120
_PLAYED_SHARE = 0.1


class TimelinePanel(Beside):
    """Lanes above, the whole time below. What is out of the stretch in view is shown on the chart, dimmed or hidden."""

    def __init__(self, session: Session, charts: Any, filtering: Filtering, parent: Any = None) -> None:
        super().__init__(session, charts, parent)
        self._filtering = filtering
        filtering.watched_by(self)
        self.by, self.outside, self.step, self.speed = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        self.every, self.loop = QCheckBox(), QCheckBox()
        self.play_button, self.keep_button = QToolButton(), QPushButton()
        self.all_button, self.selection_button = QToolButton(), QToolButton()
        self.about = muted()
        self.lanes = TimeLanes()
        self.overview = TimeOverview()
        self.moments: Any = None
        self._shown_of: Any = None
        self._window_of: int | None = None
        self._timer, self._soon = QTimer(self), QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_WINDOW_MS)
        self._set_out()
        self._say()
        self._connect()

    def _set_out(self) -> None:
        for button, name in ((self.play_button, "play"), (self.all_button, "fit"),
                             (self.selection_button, "fit_selection")):
            button.setIcon(glyph(name))
            button.setAutoRaise(True)
        self.play_button.setCheckable(True)
        row = QHBoxLayout()
        for widget in (self.by, self.scope, self.every, self.all_button, self.selection_button, self.outside,
                       self.keep_button, self.play_button, self.step, self.speed, self.loop):
            row.addWidget(widget)
        row.addStretch(1)
        self.about.setWordWrap(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 6, 8, 4)
        box.setSpacing(4)
        box.addLayout(row)
        box.addWidget(self.about)
        box.addWidget(self.lanes, 1)
        box.addWidget(self.overview)
        self.setFocusProxy(self.lanes)

    def _connect(self) -> None:
        self.lanes.names, self.lanes.words_of = self._name, self._words_of
        self.lanes.moved.connect(self._moved)
        self.lanes.chosen_here.connect(self._choose)
        self.overview.framed.connect(lambda first, last: self.lanes.look_at(first, last, 0.0))
        self.by.currentIndexChanged.connect(self._regroup)
        self.every.toggled.connect(self.again)
        self.outside.currentIndexChanged.connect(self._see)
        self.keep_button.clicked.connect(self._keep)
        self.all_button.clicked.connect(self.show_all)
        self.selection_button.clicked.connect(self.show_selection)
        self.play_button.toggled.connect(self._play)
        self.speed.currentIndexChanged.connect(lambda _at: self._timer.setInterval(self.speed.currentData() or 500))
        self._timer.timeout.connect(self.tick)
        self._soon.timeout.connect(self._see)

    def _say(self) -> None:
        for box, entries, name in ((self.by, LANES, N_("Lanes")), (self.outside, OUTSIDE, N_("Out of the window")),
                                   (self.step, STEPS, N_("Step")), (self.speed, SPEEDS, N_("Speed"))):
            kept = box.currentIndex()
            box.blockSignals(True)
            box.clear()
            for key, words in entries:
                box.addItem(_(words), key)
            box.setCurrentIndex(kept if kept >= 0 else 1 if box is self.speed else 0)
            box.blockSignals(False)
            self.words.say(box.setAccessibleName, name)
            hint(box, _(name))
        for button, words in ((self.play_button, N_("Play: the window slides")),
                              (self.all_button, N_("All of the time")),
                              (self.selection_button, N_("Zoom to the selection"))):
            self.words.say(button.setAccessibleName, words)
            hint(button, _(words))
        self.words.say(self.every.setText, N_("every date"))
        self.words.say(self.loop.setText, N_("loop"))
        self.words.say(self.keep_button.setText, N_("&Keep as filter"))
        self.words.say(self.lanes.setAccessibleName, N_("Timeline"))
        self.words.say(self.overview.setAccessibleName, N_("Overview of the timeline"))

    # asking

    def job(self, workspace: Any, chart: int | None) -> Any:
        """Everything with a date."""
        from ewglink.workspace.moments import moments_of

        return moments_of(workspace, chart, self.every.isChecked())

    def take(self, answer: Any) -> None:
        """Show it; the stretch of time in view stays on the same chart."""
        keep = self._shown_of == (self.chart, self.every.isChecked()) and self.moments is not None
        self._shown_of = (self.chart, self.every.isChecked())
        self.moments = answer if len(answer) else None
        for button in (self.play_button, self.keep_button, self.all_button):
            button.setEnabled(self.moments is not None)
        self.overview.show_moments(self.moments)
        self._regroup(keep=keep)
        self._follow()

    def _regroup(self, _at: Any = None, keep: bool = True) -> None:
        from ewglink.workspace.moments import lanes_of

        lanes = lanes_of(self.moments, self.by.currentData()) if self.moments is not None else None
        self.lanes.show_moments(self.moments, lanes, keep)
        self._mark()

    # words

    def _name(self, key: Any) -> str:
        from ewglink.workspace.moments import LINK, STATEMENT

        schema = self.session.schema
        if not isinstance(key, tuple):
            return str(self.moments.labels.get(key, key))
        kind, name = key
        if kind == STATEMENT:
            return property_label(schema, name)
        if kind == LINK:
            return str(schema.link(name).label(language())) if name in schema.link_types else str(name)
        return str(schema.label(name, language()))

    def _words_of(self, rows: Any) -> str:
        """What lies at a place: one with its time and zone, several by their number and span."""
        found = self.moments
        if found is None or not len(rows):
            return ""
        if len(rows) > 1:
            said = ngettext("{n} item", "{n} items", len(rows))
            first, last = int(found.starts[rows].min()), int(found.starts[rows].max())
            return f"{said}: {self._time(first, 3)} – {self._time(last, 3)}"
        row = int(rows[0])
        a, b = (found.labels.get(int(end), "") for end in found.ends[row])
        of = a if a == b or not b else f"{a} – {b}"
        return "\n".join((self._name(found.what_keys[found.what[row]]), of, self._whole_time(row)))

    def _whole_time(self, row: int) -> str:
        from ewglink.workspace.moments import NO_ZONE

        found, precision = self.moments, int(self.moments.precisions[row])
        said = self._time(int(found.starts[row]), precision)
        if found.goes_on[row]:
            said = _("since {day}", day=said)
        elif precision >= 3 and int(found.stops[row]) - int(found.starts[row]) >= _DAY:
            said += f" – {self._time(int(found.stops[row]), precision)}"
        if precision < 4:
            return said
        offset = int(found.offsets[row])
        if offset == NO_ZONE:
            return _("{time} (time zone unknown)", time=said)
        if offset == 0:
            return f"{said} UTC"
        local = self._time(int(found.starts[row]) + offset * 60_000_000, precision)
        return _("{local} (UTC{offset}) · {utc} UTC", local=local, utc=said,
                 offset=f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02}:{abs(offset) % 60:02}")

    @staticmethod
    def _time(moment: int, precision: int) -> str:
        from ewglink.drawing.content import When
        from ewglink.drawing.times import when_text
        from ewglink.workspace.rhythms import as_datetime

        return when_text(When(as_datetime(moment), None, precision), language())

    def _tell(self) -> None:
        if self.moments is None:
            self.about.setText(plain(self.nothing_dated()))
            return
        axis, found = self.lanes.axis, self.moments
        seen = int(found.within(axis.first, axis.last).sum())
        parts = [_("{n} of {total}", n=number(seen), total=ngettext("{n} dated item", "{n} dated items", len(found))),
                 f"{self._time(axis.first, 3)} – {self._time(axis.last, 3)}"]
        unknown = int(found.zone_unknown.sum())
        if unknown:
            parts.append(_("{n} with an unknown time zone, as written", n=number(unknown)))
        self.about.setText(plain(" · ".join(parts)))

    # selection and window

    def mark(self, chosen: np.ndarray) -> None:
        """Which dated items are selected."""
        if self.moments is not None:
            mask = np.isin(self.moments.items, chosen)
            self.lanes.show_chosen(mask)
            self.overview.show_chosen(mask)
            self.selection_button.setEnabled(bool(mask.any()))

    def _choose(self, rows: Any, how: str) -> None:
        self.select(np.unique(self.moments.items[rows]), how)

    def show_all(self) -> None:
        """All of the time in view."""
        if self.moments is not None:
            self.lanes.look_at(*self.moments.range())

    def show_selection(self) -> None:
        """What is selected fills the view."""
        chosen = self.lanes.chosen
        if self.moments is not None and chosen.any():
            self.lanes.look_at(int(self.moments.starts[chosen].min()), int(self.moments.stops[chosen].max()))

    def _moved(self) -> None:
        self.overview.show_frame(self.lanes.axis.first, self.lanes.axis.last)
        self._tell()
        if self.outside.currentData() != "shown":
            self._soon.start()

    def window_now(self) -> Any:
        """The filter that the stretch in view is."""
        from ewglink.workspace.filtering import window
        from ewglink.workspace.rhythms import as_datetime

        axis = self.lanes.axis
        length = None if axis.last - axis.first < 4 * _DAY else 10
        first, last = (as_datetime(edge).isoformat(timespec="minutes")[:length] for edge in (axis.first, axis.last))
        effect = self.outside.currentData()
        return window(first, last, effect if effect != "shown" else "only")

    def _see(self, *_at: Any) -> None:
        """Let the chart be seen through the window, or whole again."""
        if self.session.workspace is None:
            return
        on = self.moments is not None and self.outside.currentData() != "shown" and self.isVisible()
        self._filtering.see_through(self.window_now() if on else None)

    def _keep(self) -> None:
        if self.moments is not None:
            layer = self.window_now()
            self.outside.setCurrentIndex(0)
            self._filtering.add(layer)

    # playing

    def _play(self, on: bool) -> None:
        self.play_button.setIcon(glyph("pause" if on else "play"))
        if not on or self.moments is None:
            self._timer.stop()
            return
        if self.outside.currentData() == "shown":
            self.outside.setCurrentIndex(self.outside.findData("only"))
        axis, (first, last) = self.lanes.axis, self.moments.range()
        long = axis.last - axis.first
        if long > (last - first) * 0.8 or axis.last >= last:
            long = min(long, int((last - first) * _PLAYED_SHARE))
            self.lanes.look_at(first, first + long, 0.0)
        self._timer.start(self.speed.currentData())

    def tick(self) -> None:
        """One step further; at the end from the beginning, or no more."""
        if self.moments is None or not self.isVisible():
            self.play_button.setChecked(False)
            return
        axis, (first, last) = self.lanes.axis, self.moments.range()
        long = axis.last - axis.first
        by = _DAYS[self.step.currentData()] * _DAY if self.step.currentData() in _DAYS else long // 10
        if axis.last >= last:
            if not self.loop.isChecked():
                self.play_button.setChecked(False)
                return
            self.lanes.look_at(first, first + long, 0.0)
        else:
            self.lanes.look_at(axis.first + by, axis.last + by, 0.0)

    # in and out of sight

    def _turned(self) -> None:
        if self.session.workspace is not None and self._asked_of not in (None, (self.chart,)):
            self.play_button.setChecked(False)
            self.outside.setCurrentIndex(0)
        super()._turned()
        self._follow()

    def _follow(self) -> None:
        """The window was taken away, or set by another panel."""
        set_to = self._filtering.window
        if self._soon.isActive() or (set_to is None and self.outside.currentData() == "shown"):
            return
        if set_to is None:
            self.play_button.setChecked(False)
        elif self.moments is not None and self.isVisible() and set_to != self.window_now():
            from ewglink.workspace.filtering import bounds

            first, last = self.moments.range()
            start, stop = bounds(set_to)
            self.lanes.look_at(max(start, first), min(stop, max(last, start)), 0.0)
            self._soon.stop()
        self.outside.blockSignals(True)
        self.outside.setCurrentIndex(max(0, self.outside.findData(set_to.effect)) if set_to is not None else 0)
        self.outside.blockSignals(False)

    def hideEvent(self, event: Any) -> None:
        """A window that no panel shows is no window: the chart is seen whole."""
        super().hideEvent(event)
        self._soon.stop()
        self.play_button.setChecked(False)
        self._filtering.let_go()

    def keyPressEvent(self, event: Any) -> None:
        """Esc ends playing."""
        if event.key() == Qt.Key.Key_Escape and self.play_button.isChecked():
            self.play_button.setChecked(False)
        else:
            super().keyPressEvent(event)

    def emptied(self) -> None:
        """No time."""
        super().emptied()
        self._timer.stop()
        self._soon.stop()
        self.moments = None
        self.overview.show_moments(None)
        self.lanes.show_moments(None, None, False)

    def retranslate(self) -> None:
        """Say everything again."""
        self._say()
        super().retranslate()
