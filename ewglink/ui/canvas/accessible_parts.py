"""Entities and links of a chart as assistive technology meets them, made when they are asked for."""

from __future__ import annotations

import weakref
from typing import Any

import numpy as np
import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface

from ewglink.ui.canvas.spoken import entity_words, link_line

Text, Role = QAccessible.Text, QAccessible.Role
_NOTHING = shiboken6.VoidPtr(0)
"""What an address is where there is nothing: None would be taken for an address, and Qt would go there."""
_LEAST = 8
"""Pixels that an entity or a link takes at least."""


class _Deeds(QAccessibleActionInterface):
    """What can be done with a part: an object of its own, since Qt is handed its address."""

    def __init__(self, part: Any) -> None:
        super().__init__()
        self._part = weakref.ref(part)

    def actionNames(self) -> list[str]:
        """The names of what can be done."""
        part = self._part()
        return part.deeds() if part is not None else []

    def doAction(self, name: str) -> None:
        """Do one of these."""
        part = self._part()
        if part is not None and part.isValid():
            part.do(name)

    def keyBindingsForAction(self, _name: str) -> list[str]:
        """No keys of its own."""
        return []


class _Part(QAccessibleInterface):
    """Something on a chart that has no widget of its own."""

    def __init__(self, chart: Any) -> None:
        super().__init__()
        self.chart = chart
        self.actions = _Deeds(self)

    @property
    def view(self) -> Any:
        """The chart's view, None once it is gone."""
        return self.chart.view

    def object(self) -> QObject | None:
        """There is none."""
        return None

    def window(self) -> Any:
        """The window it is in."""
        return self.chart.window()

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:
        """Nothing lies on it."""
        return None

    def focusChild(self) -> QAccessibleInterface | None:
        """Nothing in it has the keyboard."""
        return None

    def relations(self, _match: Any = None) -> list[Any]:
        """None but those of the tree."""
        return []

    def setText(self, _which: Any, _text: str) -> None:
        """Words are not changed from here."""

    def interface_cast(self, wanted: QAccessible.InterfaceType) -> Any:
        """It can be acted on."""
        return self.actions if wanted == QAccessible.InterfaceType.ActionInterface else _NOTHING

    def _there(self, box: QRect) -> QRect:
        """A rectangle of the viewport on the screen, large enough to be pointed at."""
        grown = box.united(QRect(box.center() - QPoint(_LEAST // 2, _LEAST // 2), box.center()
                                 + QPoint(_LEAST // 2, _LEAST // 2)))
        return grown.translated(self.view.viewport().mapToGlobal(QPoint(0, 0)))


class NodeInterface(_Part):
    """One entity of a chart; its children are the links drawn to it."""

    def __init__(self, chart: Any, item: int) -> None:
        super().__init__(chart)
        self.item = item

    @property
    def row(self) -> int:
        """Its row on the chart, -1 where it is not shown any more."""
        view = self.view
        if view is None:
            return -1
        row = int(view.layers.rows_of(np.array([self.item]))[0])
        return row if row >= 0 and view.chart_scene.shown[row] else -1

    def isValid(self) -> bool:
        """Whether it is still on the chart."""
        return self.row >= 0

    def parent(self) -> QAccessibleInterface:
        """The chart."""
        return self.chart

    def _links(self) -> np.ndarray:
        return self.chart.links_of(self.row) if self.row >= 0 else np.empty(0, np.int64)

    def childCount(self) -> int:
        """How many links are drawn to it."""
        return len(self._links())

    def child(self, at: int) -> QAccessibleInterface | None:
        """One of its links."""
        links = self._links()
        return self.chart.link(self.item, int(links[at])) if 0 <= at < len(links) else None

    def indexOfChild(self, one: QAccessibleInterface) -> int:
        """Which of its links that is."""
        number = one.number if isinstance(one, LinkInterface) and one.node is self else None
        found = np.flatnonzero(self._links() == number) if number is not None else ()
        return int(found[0]) if len(found) else -1

    def text(self, which: QAccessible.Text) -> str:
        """Type, label, how many links, and whether it is pinned."""
        row = self.row
        return entity_words(self.view.chart_scene, row, False) if which == Text.Name and row >= 0 else ""

    def role(self) -> QAccessible.Role:
        """An entry of the chart."""
        return Role.ListItem

    def rect(self) -> QRect:
        """Where it stands on the screen."""
        row = self.row
        if row < 0:
            return QRect()
        half, (x, y) = self.view.chart_scene.half[row], self.view.layers.xy[row]
        upper, lower = (self.view.to_window(x - half[0], y - half[1]), self.view.to_window(x + half[0], y + half[1]))
        return self._there(QRect(upper.toPoint(), lower.toPoint()))

    def state(self) -> QAccessible.State:
        """Selected, focused, in view or not."""
        state, row = QAccessible.State(), self.row
        if row < 0:
            state.invalid = True
            return state
        state.focusable = state.selectable = state.multiSelectable = True
        state.selected = self.item in self.view.selection
        state.focused = self.view.item.focused == row and self.view.hasFocus()
        view, (x, y) = self.view.view_rect(), self.view.layers.xy[row]
        state.offscreen = not (view[0] < x < view[2] and view[1] < y < view[3])
        return state

    def deeds(self) -> list[str]:
        """Open it, go to it, ask for its menu."""
        return [QAccessibleActionInterface.pressAction(), QAccessibleActionInterface.setFocusAction(),
                QAccessibleActionInterface.showMenuAction()]

    def do(self, name: str) -> None:
        """Do one of these."""
        self.view.walk_to_item(self.item)
        if name == QAccessibleActionInterface.pressAction():
            self.view.activated.emit(self.item)
        elif name == QAccessibleActionInterface.showMenuAction():
            self.view.ask_for_menu()


class LinkInterface(_Part):
    """One line drawn to an entity, from that entity's end; to press it is to go to the other end."""

    def __init__(self, chart: Any, node: NodeInterface, item: int) -> None:
        super().__init__(chart)
        self.node, self.item = node, item

    @property
    def number(self) -> int | None:
        """Which line of the scene it is now."""
        if self.node.row < 0:
            return None
        scene = self.view.chart_scene
        links = self.chart.links_of(self.node.row)
        found = links[scene.content.link_ids[scene.links.row[links]] == self.item]
        return int(found[0]) if len(found) else None

    def isValid(self) -> bool:
        """Whether it is still drawn."""
        return self.number is not None

    def parent(self) -> QAccessibleInterface:
        """The entity that was asked for its links."""
        return self.node

    def childCount(self) -> int:
        """None."""
        return 0

    def child(self, _at: int) -> QAccessibleInterface | None:
        """None."""
        return None

    def indexOfChild(self, _one: QAccessibleInterface) -> int:
        """None."""
        return -1

    def text(self, which: QAccessible.Text) -> str:
        """What joins what, and how many there are."""
        number = self.number
        return link_line(self.view.chart_scene, number) if which == Text.Name and number is not None else ""

    def role(self) -> QAccessible.Role:
        """Something that leads elsewhere."""
        return Role.Link

    def rect(self) -> QRect:
        """From one end to the other."""
        number = self.number
        if number is None:
            return QRect()
        links, xy = self.view.chart_scene.links, self.view.layers.xy
        begin, end = (self.view.to_window(*xy[int(row)].tolist()).toPoint() for row in
                      (links.a[number], links.b[number]))
        return self._there(QRect(begin, end).normalized())

    def state(self) -> QAccessible.State:
        """Selected or not."""
        state = QAccessible.State()
        state.selectable = state.linked = True
        state.invalid = self.number is None
        state.selected = self.item in self.view.selection if self.view is not None else False
        return state

    def deeds(self) -> list[str]:
        """Go to the other end."""
        return [QAccessibleActionInterface.pressAction()]

    def do(self, _name: str) -> None:
        """Go to the other end."""
        number = self.number
        if number is not None:
            links, row = self.view.chart_scene.links, self.node.row
            other = int(links.b[number]) if int(links.a[number]) == row else int(links.a[number])
            self.view.walk_to_item(int(self.view.ids_of(np.array([other]))[0]))
