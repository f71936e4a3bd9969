"""What actions do to line items up: align, distribute, stack, nudge, and the grid they snap to."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QObject

from ewglink.drawing.content import HIDDEN, PINNED
from ewglink.text import _
from ewglink.ui.canvas.grid_layer import pitch_of
from ewglink.ui.widgets.plain_text import ask_text

_STEP = 10.0


class Arranging(QObject):
    """Lines up what is selected on the chart in front; each is one step."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self._window = window
        self.session = window.session

    @property
    def _chart(self) -> int | None:
        return self._window.charts.current()

    def _sizes(self) -> dict[int, tuple[float, float]]:
        """Half widths and heights of the selected entities as they are drawn."""
        view = self._window.charts.view()
        rows = view.selected_rows()
        half = view.chart_scene.half[rows].tolist()
        return dict(zip(view.ids_of(rows).tolist(), map(tuple, half), strict=True))

    def _do(self, command: Any, *more: Any) -> None:
        chart, sizes = self._chart, self._sizes()
        if chart is not None:
            self.session.do(lambda workspace: command(workspace.case, chart, list(sizes), *more, sizes))

    def align(self, edge: str) -> None:
        """Bring an edge of what is selected into one line."""
        from ewglink.workspace.commands.arrangement import align

        self._do(align, edge)

    def distribute(self, axis: str) -> None:
        """Equal gaps between what is selected."""
        from ewglink.workspace.commands.arrangement import distribute

        self._do(distribute, axis)

    def stack(self, axis: str) -> None:
        """What is selected close beneath or beside each other."""
        from ewglink.workspace.commands.arrangement import stack

        self._do(stack, axis)

    def put_on_grid(self) -> None:
        """What is selected (else everything) on the nearest points of the grid."""
        from ewglink.workspace.commands.arrangement import snap

        chart, content = self._chart, self._window.charts.placed()
        chosen = list(self._sizes()) or content.entity_ids.tolist()
        if chart is not None and chosen:
            self.session.do(lambda workspace: snap(workspace.case, chart, chosen, pitch_of(content)))

    def nudge(self, across: int, down: int) -> None:
        """What is selected (or the chosen annotation) a little to one side: a step of the grid where items snap."""
        from ewglink.workspace.commands.charts import move

        view, chart, content = self._window.charts.view(), self._chart, self._window.charts.placed()
        step = pitch_of(content) if content.settings.get("snap") else _STEP
        by = np.array([across * step, down * step])
        if view.noted is not None:
            view.note_moved.emit(view.noted, *by.tolist())
            return
        rows = view.selected_rows()
        ids = view.ids_of(rows).tolist()
        if ids:
            self.session.do(lambda workspace: move(workspace.case, chart, ids, view.positions(rows) + by))

    def restack(self, way: int) -> None:
        """What is selected, or the chosen annotation, to the front (1), to the back (-1), or among the others (0)."""
        from ewglink.workspace.commands.stacking import restack

        chart, noted = self._chart, self._window.editing.annotating.chosen()
        items = [] if noted is not None else list(self.session.selection.items)
        if chart is not None and (items or noted is not None):
            notes = [] if noted is None else [noted]
            self.session.do(lambda workspace: restack(workspace.case, chart, items, notes, way))

    # the grid

    def setting(self, name: str) -> Any:
        """A setting of the chart in front."""
        content = self._window.charts.placed()
        return content.settings.get(name) if content is not None else None

    def set_up(self, **settings: Any) -> None:
        """Other settings for the chart in front, as one step."""
        from ewglink.workspace.commands.charts import set_up_chart

        chart = self._chart
        if chart is not None:
            self.session.do(lambda workspace: set_up_chart(workspace.case, chart, settings))

    def toggle(self, name: str) -> None:
        """Switch a setting of the chart on or off."""
        self.set_up(**{name: None if self.setting(name) else True})

    def ask_pitch(self) -> None:
        """Ask for the distance between the lines of the grid, in millimetres."""
        content = self._window.charts.placed()
        text = ask_text(self._window, _("Grid"), _("Distance between the lines in millimetres"),
                        f"{pitch_of(content) / 4:g}")
        if text is None:
            return
        try:
            wide = float(text.replace(",", "."))
        except ValueError:
            wide = 0.0
        if not 1.0 <= wide <= 200.0:
            self.session.told.emit("refusal", _("The distance is a number from 1 to 200."))
            return
        self.set_up(grid_pitch=wide * 4, grid=True)

    # pins

    def select_pinned(self) -> None:
        """Select what is pinned."""
        content = self._window.charts.placed()
        pinned = ((content.flags & PINNED) > 0) & ((content.flags & HIDDEN) == 0)
        self.session.selection.set(content.entity_ids[pinned].tolist())

    def unpin_all(self) -> None:
        """Let everything on the chart go."""
        from ewglink.workspace.commands.charts import pin

        content, chart = self._window.charts.placed(), self._chart
        pinned = content.entity_ids[(content.flags & PINNED) > 0].tolist()
        if not pinned:
            self.session.told.emit("done", _("Nothing is pinned on this chart."))
            return
        self.session.do(lambda workspace: pin(workspace.case, chart, pinned, False))
