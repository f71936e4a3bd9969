"""The chart for assistive technology: its entities as children of the view, the links of each as children of it.

Nothing is made for an entity before somebody asks for it: a chart of 100,000 costs no more than one of ten.
"""

from __future__ import annotations

import weakref
from typing import Any

import numpy as np
import shiboken6
from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from ewglink.ui.canvas.accessible_parts import LinkInterface, NodeInterface
from ewglink.ui.canvas.tools.walk import reading_order

CLASS = "ChartView"
_charts: list[ChartInterface] = []
_installed: list[bool] = []


def install() -> None:
    """Have Qt ask here for what a chart is to assistive technology; once is enough."""
    if not _installed:
        _installed.append(True)
        QAccessible.installFactory(_made)


def _made(name: str, thing: QObject) -> QAccessibleInterface | None:
    if name != CLASS:
        return None
    for gone in [one for one in _charts if not shiboken6.isValid(one)]:
        _charts.remove(gone)
        gone.forget()
    _charts.append(ChartInterface(thing))
    return _charts[-1]


class ChartInterface(QAccessibleWidget):
    """A chart: its children are the entities shown, in reading order."""

    def __init__(self, view: Any) -> None:
        super().__init__(view, QAccessible.Role.Chart, "")
        self._view = weakref.ref(view)
        self._nodes: dict[int, NodeInterface] = {}
        self._links: dict[tuple[int, int], LinkInterface] = {}
        self._order: tuple[Any, int, np.ndarray] | None = None

    @property
    def view(self) -> Any:
        """The view, None once it is gone."""
        found = self._view()
        return found if found is not None and shiboken6.isValid(found) else None

    def forget(self) -> None:
        """The view is gone: so are its parts."""
        for part in (*self._links.values(), *self._nodes.values()):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(part))
            shiboken6.invalidate(part)
        self._nodes, self._links = {}, {}

    def order(self) -> np.ndarray:
        """Rows of the entities shown, in reading order."""
        layers = self.view.layers
        if self._order is None or self._order[0] is not layers or self._order[1] != layers.stamp:
            order = reading_order(layers.xy, np.flatnonzero(layers.scene.shown))
            self._order = layers, layers.stamp, order
        return self._order[2]

    def node(self, item: int) -> NodeInterface:
        """The entity with that id."""
        if item not in self._nodes:
            self._nodes[item] = NodeInterface(self, item)
        return self._nodes[item]

    def link(self, item: int, number: int) -> LinkInterface:
        """A drawn line as one of the links of an entity."""
        scene = self.view.chart_scene
        link = int(scene.content.link_ids[scene.links.row[number]])
        if (item, link) not in self._links:
            self._links[item, link] = LinkInterface(self, self.node(item), link)
        return self._links[item, link]

    def links_of(self, row: int) -> np.ndarray:
        """The lines drawn to an entity, but not the pieces of its own theme line."""
        links = self.view.chart_scene.links
        found = self.view.layers.links_at(np.array([row]))
        found = found[links.count[found] > 0]
        _rows, first = np.unique(links.row[found], return_index=True)
        return found[np.sort(first)]

    def childCount(self) -> int:
        """How many entities are shown."""
        return int(self.view.chart_scene.shown.sum()) if self.view is not None else 0

    def child(self, at: int) -> QAccessibleInterface | None:
        """The entity at that place of the reading order."""
        order = self.order() if self.view is not None else ()
        if not 0 <= at < len(order):
            return None
        return self.node(int(self.view.ids_of(order[at:at + 1])[0]))

    def indexOfChild(self, one: QAccessibleInterface) -> int:
        """The place of an entity in the reading order."""
        if not isinstance(one, NodeInterface) or one.row < 0:
            return -1
        found = np.flatnonzero(self.order() == one.row)
        return int(found[0]) if len(found) else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        """The entity under a point of the screen."""
        if self.view is None:
            return None
        point = self.view.viewport().mapFromGlobal(QPoint(x, y))
        found = self.view.layers.hits.entity_at(*self.view.to_chart(point.toPointF()))
        return self.node(found.item) if found is not None else None

    def focusChild(self) -> QAccessibleInterface | None:
        """The entity with the keyboard, else the chart itself."""
        if self.view is None or not self.view.hasFocus():
            return None
        item = self.view.focused_item()
        return self.node(item) if item is not None else self


def tell_focus(view: Any, item: int) -> bool:
    """Say that an entity has the keyboard now; False where nobody listens."""
    if not QAccessible.isActive():
        return False
    chart = QAccessible.queryAccessibleInterface(view)
    if not isinstance(chart, ChartInterface):
        return False
    QAccessible.updateAccessibility(QAccessibleEvent(chart.node(item), QAccessible.Event.Focus))
    return True


def tell_changed(view: Any, what: QAccessible.Event) -> None:
    """Say that the chart's entities (or what is selected of them) are others now."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(view, what))

