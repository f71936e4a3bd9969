"""One chart in its tab: the view, what it shows of the case, and a word of help while it is empty."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ewglink.drawing.timeline.dragging import is_timeline, rearranged
from ewglink.model.changes import Changed
from ewglink.text import N_, Message, _
from ewglink.ui.canvas.chart_view import ChartView
from ewglink.ui.canvas.grid_layer import pitch_of
from ewglink.ui.panels.palette import in_hand_of
from ewglink.ui.session import Session
from ewglink.ui.widgets.plain_text import label
from ewglink.ui.widgets.unstated import Unstated
from ewglink.ui.widgets.words import Words
from ewglink.workspace.commands.arrangement import on_grid

_DROPS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)
_CONCERNS = frozenset({"item", "link", "statement", "merge", "decision", "meta"})


class ChartTab(QWidget):
    """The chart `chart` of the open case."""

    activated = Signal(int)
    background_activated = Signal(float, float)
    menu_requested = Signal(QPoint)
    background_menu_requested = Signal(QPoint)
    link_drawn = Signal(int, int)
    zoom_changed = Signal()
    dropped = Signal(object, float, float)
    properties_wanted = Signal()

    def __init__(self, session: Session, chart: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.chart = chart
        self.content: Any = None
        self.whole: Any = None
        """What the chart holds without its filters; `content` is what they let be seen."""
        self._stale = True
        self._workspace = session.workspace
        self._measuring: Any = None
        self._timed = False
        self._stopped: bytes | None = None
        self.words = Words()
        self.view = ChartView(session.selection)
        self.hint = label(parent=self.view, wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setProperty("muted", True)
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.unstated = Unstated(self.words)
        self.unstated.clicked.connect(self.properties_wanted)
        self.words.say(self.view.setAccessibleName, N_("Chart"))
        self.words.say(
            self.hint.setText,
            N_(
                "This chart is empty.\nImport files, double-click here to add an entity, or put on it what is "
                "selected in the tables ({keys})."
            ),
            keys=QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText),
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.unstated)
        box.addWidget(self.view)
        self.view.installEventFilter(self)
        self.view.viewport().setAcceptDrops(True)
        self.view.viewport().installEventFilter(self)
        session.language_changed.connect(self.words.retranslate)
        self._connect()

    def _connect(self) -> None:
        self.view.activated.connect(lambda item: self.activated.emit(int(item)))
        self.view.background_activated.connect(self._background)
        self.view.menu_requested.connect(self._menu)
        self.view.link_drawn.connect(lambda a, b: self.link_drawn.emit(int(a), int(b)))
        self.view.moved.connect(self._moved)
        self.view.zoom_changed.connect(lambda *_: self.zoom_changed.emit())

    def _background(self, x: float, y: float) -> None:
        self.background_activated.emit(float(x), float(y))

    def _menu(self, item: int | None, at: QPoint) -> None:
        if item is None and not self.session.selection.items:
            self.background_menu_requested.emit(at)
        else:
            self.menu_requested.emit(at)

    def _moved(self, ids: Any, old: Any, new: Any) -> None:
        """A drag has ended: one step."""
        from ewglink.workspace.commands.charts import move

        if is_timeline(self.view.chart_scene.content):
            self._rearranged(ids, old, new)
            return
        items, at = np.asarray(ids, np.int64).tolist(), np.asarray(new, np.float64)
        if self.content is not None and self.content.settings.get("snap"):
            at = on_grid(at, pitch_of(self.content))
        if (
            self.session.read_only
            or self.session.do(lambda workspace: move(workspace.case, self.chart, items, at)) is None
        ):
            self.again()

    def _rearranged(self, ids: Any, old: Any, new: Any) -> None:
        """A drag on a timeline: theme lines in another order, events in other gaps; else all back where it was."""
        from ewglink.workspace.commands.appearance import rearrange_timeline

        rows = self.view.layers.rows_of(np.asarray(ids, np.int64)).tolist()
        now, was = (dict(zip(rows, np.asarray(xy)[:, 1].tolist(), strict=True)) for xy in (new, old))
        settings = rearranged(self.view.chart_scene.content, now, was)
        if settings is None or self.session.read_only or self.session.do(
            lambda workspace: rearrange_timeline(workspace.case, self.chart, settings)
        ) is None:
            self.again()

    # following the case

    def heard(self, changed: Changed, concerned: bool) -> None:
        """Something happened in the case; `concerned`: on this chart."""
        if not concerned and not changed.tables & _CONCERNS:
            return
        if (
            concerned
            and changed.tables <= {"placement"}
            and changed.moves
            and not changed.changes
            and self._follow_moves(changed)
        ):
            return
        if changed.items is None:
            self._again_behind()
        else:
            self.again()

    def _again_behind(self) -> None:
        """After a bulk change: the network is built anew in a thread first, so that the window does not wait for it."""
        self._stale = True
        workspace = self.session.workspace
        if self.isVisible() and workspace is not None:
            self.session.jobs.ask(
                Message(N_("Reading the case")), lambda: workspace.network().n, lambda _n: self.look_if_stale()
            )

    def _follow_moves(self, changed: Changed) -> bool:
        """Take up moves of what stands already, without building anything anew; False where something comes or goes."""
        if self._stale or self.content is None or any("ends" in body for body in self.content.annotations):
            return False
        moves = []
        for packed in changed.moves:
            if packed.chart_id == self.chart:
                ids = np.array(packed.item_ids(), np.int64)
                new = np.array(packed.positions(), np.float64).reshape(-1, 2)
                old = np.frombuffer(_raw(packed.old), np.float64)
                if np.isnan(new).any() or np.isnan(old).any():
                    return False
                moves.append((ids, new))
        for ids, new in moves:
            rows = np.searchsorted(self.content.entity_ids, ids)
            rows = rows.clip(max=max(0, len(self.content.entity_ids) - 1))
            known = self.content.entity_ids[rows] == ids
            self.content.xy[rows[known]] = new[known]
            self.view.set_positions(ids, new)
        return True

    def again(self) -> None:
        """Show the chart anew: now if it is seen, else when it is."""
        self._stale = True
        self.look_if_stale()

    def look_if_stale(self) -> None:
        """Show what was missed, if this chart is in front."""
        if self._stale and self.isVisible() and self.session.workspace is not None:
            self.session.attempt(self._look)

    def content_now(self) -> Any:
        """What the chart holds, read now if need be."""
        if self._stale or self.content is None:
            self._look()
        return self.content

    def _look(self) -> None:
        from ewglink.ui import theme

        self._stale = False
        workspace = self.session.workspace
        self.whole = workspace.chart_content(self.chart, wait=False, filtered=False)
        self._timed = self.chart in workspace.windows
        self.view.set_theme(theme.worn())
        self._see()
        self.unstated.look_at(self.content, writable=not self.session.read_only)
        self._place_hint()
        self._measure_behind()

    def _see(self) -> None:
        """Show what the filters let be seen of what was read."""
        from ewglink.workspace.chart_content import seen

        workspace = self.session.workspace
        self.content = seen(self.whole, workspace.schema, workspace.windows.get(self.chart))
        self.view.show_content(self.content)

    def see_through(self, window: Any) -> None:
        """See the chart through a span of time from now on (None: all of it); what was read already is not read again.
        """
        windows = self.session.workspace.windows
        windows.pop(self.chart, None)
        if window is not None:
            windows[self.chart] = window
        if self._stale or self.whole is None or (window is not None and not self._timed):
            self.again()
        else:
            self.whole.xy = self.content.xy
            self.session.attempt(self._see)

    def _measure_behind(self) -> None:
        """What rules wait for is measured beside the window; a network whose measuring was stopped is left alone."""
        from ewglink.workspace.chart_measures import measure

        pending = self.content.pending
        if pending is None or self._measuring is not None or pending.state == self._stopped:
            return
        self._measuring = self.session.jobs.run(
            Message(N_("Measuring for the rules of appearance")),
            measure(pending),
            finished=lambda best: self._measured(pending, best),
            failed=lambda error: self._not_measured(pending, error),
            ended=self._measuring_ended,
        )

    def _measured(self, pending: Any, best: Any) -> None:
        from ewglink.workspace.chart_measures import remember

        remember(best or {}, pending.state)
        if len(best or {}) < len(pending.keys):
            self._stopped = pending.state
            self.session.told.emit("done", _("Rules that look at what was not measured have no effect for now."))

    def _not_measured(self, pending: Any, error: BaseException) -> None:
        self._stopped = pending.state
        self.session.jobs.task_failed.emit(error)

    def _measuring_ended(self) -> None:
        self._measuring = None
        if self.session.workspace is not None and self.session.workspace is self._workspace:
            self.again()

    def _place_hint(self) -> None:
        empty = self.content is not None and not len(self.content.entity_ids)
        self.hint.setVisible(empty)
        if empty:
            wide = min(460, max(200, self.view.width() - 40))
            high = self.hint.heightForWidth(wide) + 8
            self.hint.setGeometry((self.view.width() - wide) // 2, (self.view.height() - high) // 2, wide, high)

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Keep the word of help in the middle; take what is dropped from the palette."""
        if watched is self.view and event.type() == QEvent.Type.Resize:
            self._place_hint()
        return event.type() in _DROPS and watched is self.view.viewport() and self._drop(event)

    def _drop(self, event: Any) -> bool:
        held = in_hand_of(event.mimeData())
        if held is None:
            return self._drop_files(event)
        if self.session.read_only:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:  # what is asked for is asked once the drop is over
            x, y = self.view.to_chart(event.position())
            QTimer.singleShot(0, self, lambda: self.dropped.emit(held, x, y))
        return True

    def _drop_files(self, event: Any) -> bool:
        """Files let go on the chart are the window's, as everywhere."""
        if not any(url.isLocalFile() for url in event.mimeData().urls()):
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.window().dropEvent(event)
        return True

    def showEvent(self, event: Any) -> None:
        """Take up what was missed while out of sight."""
        super().showEvent(event)
        self.look_if_stale()

    def close_down(self) -> None:
        """The chart or the case is closed."""
        self._stale = False
        self._workspace = None
        if self._measuring is not None:
            self._measuring.cancel()
        self.view.removeEventFilter(self)
        self.view.viewport().removeEventFilter(self)


def _raw(packed: bytes) -> bytes:
    import zlib

    return zlib.decompress(packed)
