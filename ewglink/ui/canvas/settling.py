"""What happens once a chart has stopped moving: labels are chosen and drawn, a few milliseconds at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import chain

from PySide6.QtCore import QTimer

SETTLE_MS = 90
"""After so long without a change the chart rests."""
STEP_SECONDS = 0.004
"""How long the window is held at once while the chart settles."""


class Settling:
    """The part of a ChartView that waits for rest."""

    def _set_up_settling(self) -> None:
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._begin_to_settle)
        self._steps: Iterator[None] | None = None
        self._next_step = QTimer(self)
        self._next_step.setSingleShot(True)
        self._next_step.timeout.connect(self._settle_on)

    def _begin_to_settle(self) -> None:
        """The chart rests: choose labels and draw them, a few milliseconds at a time."""
        frame = self._frame(False)
        self._steps = chain(self.layers.settling(frame, self.item.selected_mask()), self.item.preparing(frame))
        self._settle_on()

    def _settle_on(self) -> None:
        until = time.perf_counter() + STEP_SECONDS
        while self._steps is not None:
            if next(self._steps, self) is self:
                self._at_rest()
            elif time.perf_counter() > until:
                self._next_step.start(0)
                return

    def _settled(self) -> None:
        """The chart rests: choose labels here and now."""
        self.layers.choose_labels(self._frame(False), self.item.selected_mask())
        self._at_rest()

    def _at_rest(self) -> None:
        """Everything is ready to be painted carefully."""
        self._stop_settling()
        self.item.frame = self._frame(False)
        self.repaint_soon()

    def _stop_settling(self) -> None:
        self._settle.stop()
        self._next_step.stop()
        self._steps = None
