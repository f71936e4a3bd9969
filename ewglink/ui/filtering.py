"""The filters of the chart in front, as the window sets them: layers that are saved, and a span of time that is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from ewglink.ui.session import Session


class Filtering(QObject):
    """Reads and sets the filters of the chart in front; every change of the layers is one step that can be undone."""

    def __init__(self, session: Session, charts: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._charts = charts
        self._watchers: list[QWidget] = []

    @property
    def chart(self) -> int | None:
        """The chart in front."""
        return self._charts.current() if self.session.workspace is not None else None

    @property
    def layers(self) -> list[Any]:
        """The layers saved with the chart, in order."""
        from ewglink.workspace.filtering import layers_of

        chart = self.chart
        found = self.session.case.charts.get(chart) if chart is not None else None
        return layers_of(found.settings) if found is not None else []

    @property
    def on(self) -> bool:
        """Whether anything is left out or greyed, by a layer or by a span of time."""
        chart = self.chart
        return chart is not None and (any(not layer.off for layer in self.layers) or self.window is not None)

    @property
    def window(self) -> Any:
        """The span of time that the chart is seen through, None for none."""
        chart = self.chart
        return self.session.workspace.windows.get(chart) if chart is not None else None

    def set(self, layers: Sequence[Any]) -> bool:
        """Have these layers in this order; False where that was refused."""
        from ewglink.workspace.filtering import set_filters

        chart = self.chart
        if chart is None or self.session.read_only:
            return False
        return self.session.do(lambda workspace: set_filters(workspace.case, chart, layers)) is not None

    def add(self, layer: Any) -> bool:
        """One layer more, after the others."""
        return self.set([*self.layers, layer])

    def see_through(self, window: Any) -> None:
        """See the chart in front through a span of time (None: all of it); nothing is saved."""
        tab = self._charts.tab()
        if tab is not None and window != self.window:
            tab.see_through(window)
            self._charts.changed.emit()

    def watched_by(self, panel: QWidget) -> None:
        """`panel` shows the span of time while it is seen; a span that no panel shows any more is none."""
        self._watchers.append(panel)

    def let_go(self) -> None:
        """A panel went out of sight; another may be taking its place."""
        QTimer.singleShot(0, self, self._drop_unseen)

    def _drop_unseen(self) -> None:
        if self.window is not None and not any(panel.isVisible() for panel in self._watchers):
            self.see_through(None)

    def all_off(self) -> None:
        """Switch every filter off, and see all times."""
        from ewglink.workspace.filtering import switched_off

        self.see_through(None)
        layers = self.layers
        if any(not layer.off for layer in layers):
            self.set(switched_off(layers))
