"""The small canvas on which a pattern is drawn: entities are put and moved, links are drawn from one to another."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ewglink.text import _, language
from ewglink.ui import theme
from ewglink.ui.widgets.plain_text import plain
from ewglink.ui.widgets.type_icons import type_icon

RADIUS = 19.0
_REACH = 9.0
MOST = 12


@dataclass
class DrawnNode:
    """An entity of the pattern as it is drawn: its types (none: any), other conditions as text."""

    x: float
    y: float
    types: tuple[str, ...] = ()
    where: str = ""


@dataclass
class DrawnLink:
    """A link of the pattern as it is drawn; `order` its place in time, 0 where that does not matter."""

    a: DrawnNode
    b: DrawnNode
    types: tuple[str, ...] = ()
    directed: bool = False
    strengths: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    order: int = 0


@dataclass
class Drawing:
    """What is drawn."""

    nodes: list[DrawnNode] = field(default_factory=list)
    links: list[DrawnLink] = field(default_factory=list)


def letter_of(number: int) -> str:
    """The letter an entity of the pattern is called by."""
    return chr(ord("A") + number)


class PatternCanvas(QWidget):
    """`chosen(node, link or None)` when another is in hand, `changed()` after every change of the drawing."""

    chosen = Signal(object)
    changed = Signal()

    def __init__(self, schema: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._schema = schema
        self.drawing = Drawing()
        self.current: DrawnNode | DrawnLink | None = None
        self.linking = False
        self._held: tuple[DrawnNode, QPointF] | None = None
        self._line: tuple[DrawnNode, QPointF] | None = None
        self.setMinimumSize(QSize(360, 260))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Pattern"))
        self.setAccessibleDescription(_("Double-click puts an entity, Ctrl and drag links two; Insert, L and Delete do "
                                        "the same by keyboard, arrows go from one to the next."))

    # what is drawn

    def show_drawing(self, drawing: Drawing) -> None:
        """Show another pattern."""
        self.drawing = drawing
        self._choose(drawing.nodes[0] if drawing.nodes else None)
        self.changed.emit()

    def add(self, x: float | None = None, y: float | None = None) -> None:
        """Another entity: there, or where room is."""
        n = len(self.drawing.nodes)
        if n >= MOST:
            return
        if x is None or y is None:
            turn = n * 2.4
            x, y = self.width() / 2 + 22 * n * math.cos(turn), self.height() / 2 + 18 * n * math.sin(turn)
        node = DrawnNode(*self._inside(x, y))
        self.drawing.nodes.append(node)
        self._choose(node)
        self.changed.emit()

    def link(self, a: DrawnNode, b: DrawnNode) -> None:
        """Link two entities."""
        if a is not b and len(self.drawing.links) < 30:
            self.drawing.links.append(DrawnLink(a, b))
            self._choose(self.drawing.links[-1])
            self.changed.emit()

    def remove(self) -> None:
        """Take away what is in hand; an entity goes with its links."""
        gone = self.current
        if isinstance(gone, DrawnNode):
            self.drawing.nodes = [one for one in self.drawing.nodes if one is not gone]
        self.drawing.links = [one for one in self.drawing.links if one is not gone and one.a is not gone
                              and one.b is not gone]
        self._choose(None)
        self.changed.emit()

    def _choose(self, one: DrawnNode | DrawnLink | None) -> None:
        self.current = one
        self.chosen.emit(one)
        self.update()

    def _inside(self, x: float, y: float) -> tuple[float, float]:
        return (min(max(x, 30.0), max(30.0, self.width() - 30.0)), min(max(y, 30.0), max(30.0, self.height() - 40.0)))

    # mouse and keys

    def _node_at(self, at: QPointF) -> DrawnNode | None:
        return next((one for one in reversed(self.drawing.nodes)
                     if math.hypot(one.x - at.x(), one.y - at.y()) <= RADIUS + 4), None)

    def _link_at(self, at: QPointF) -> DrawnLink | None:
        return next((one for one in reversed(self.drawing.links) if self._distance(one, at) < _REACH), None)

    def _distance(self, link: DrawnLink, at: QPointF) -> float:
        a, bend, b = self._curve(link)
        points = [(1 - t) ** 2 * a + 2 * t * (1 - t) * bend + t * t * b for t in (k / 24 for k in range(25))]
        return min(math.hypot(one.x() - at.x(), one.y() - at.y()) for one in points)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take an entity or a link in hand; with Ctrl, or while linking, begin a link."""
        at = event.position()
        node = self._node_at(at)
        if node is not None and (self.linking or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self._line = (node, at)
        elif node is not None:
            self._held = (node, QPointF(node.x, node.y) - at)
            self._choose(node)
        else:
            self._choose(self._link_at(at))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the entity held, or draw the link."""
        at = event.position()
        if self._line is not None:
            self._line = (self._line[0], at)
        elif self._held is not None:
            there = at + self._held[1]
            self._held[0].x, self._held[0].y = self._inside(there.x(), there.y())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: a link that ends on an entity is made."""
        if self._line is not None:
            begun, end = self._line[0], self._node_at(event.position())
            self._line = None
            if end is not None:
                self.link(begun, end)
        if self._held is not None:
            self._held = None
            self.changed.emit()
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Put an entity."""
        if self._node_at(event.position()) is None:
            self.add(event.position().x(), event.position().y())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Insert, Delete, L to link to the next entity, arrows to go round."""
        key = event.key()
        every: list[Any] = [*self.drawing.nodes, *self.drawing.links]
        if key == Qt.Key.Key_Insert:
            self.add()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.current is not None:
            self.remove()
        elif key == Qt.Key.Key_L and isinstance(self.current, DrawnNode) and len(self.drawing.nodes) > 1:
            at = self.drawing.nodes.index(self.current)
            self.link(self.current, self.drawing.nodes[(at + 1) % len(self.drawing.nodes)])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down) and every:
            step = 1 if key in (Qt.Key.Key_Right, Qt.Key.Key_Down) else -1
            at = next((k for k, one in enumerate(every) if one is self.current), -1)
            self._choose(every[(at + step) % len(every)])
        else:
            super().keyPressEvent(event)

    # painting

    def _curve(self, link: DrawnLink) -> tuple[QPointF, QPointF, QPointF]:
        """Begin, bend and end; links of one pair lie beside one another."""
        pair = [one for one in self.drawing.links if {id(one.a), id(one.b)} == {id(link.a), id(link.b)}]
        place = next((k for k, one in enumerate(pair) if one is link), 0) - (len(pair) - 1) / 2
        a, b = QPointF(link.a.x, link.a.y), QPointF(link.b.x, link.b.y)
        long = math.hypot(b.x() - a.x(), b.y() - a.y()) or 1.0
        sign = 1 if id(link.a) < id(link.b) else -1
        across = QPointF(-(b.y() - a.y()) / long, (b.x() - a.x()) / long) * sign * place * 56
        return a, (a + b) / 2 + across, b

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The drawing."""
        shade = theme.colours(theme.worn())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(shade.base))
        painter.setPen(QPen(QColor(shade.accent if self.hasFocus() else shade.line), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if not self.drawing.nodes:
            painter.setPen(QColor(shade.muted))
            painter.drawText(self.rect().adjusted(24, 0, -24, 0),
                             int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap),
                             _("Double-click to put an entity; drag from one to another with Ctrl to link them."))
        for link in self.drawing.links:
            self._paint_link(painter, link, shade)
        if self._line is not None:
            painter.setPen(QPen(QColor(shade.accent), 2, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(self._line[0].x, self._line[0].y), self._line[1])
        for number, node in enumerate(self.drawing.nodes):
            self._paint_node(painter, number, node, shade)
        painter.end()

    def _paint_link(self, painter: QPainter, link: DrawnLink, shade: Any) -> None:
        a, bend, b = self._curve(link)
        path = QPainterPath(a)
        path.quadTo(bend, b)
        mine = link is self.current
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(shade.accent if mine else shade.text), 3 if mine else 1.6))
        painter.drawPath(path)
        if link.directed:
            back = bend - b
            long = math.hypot(back.x(), back.y()) or 1.0
            back /= long
            tip = b + back * (RADIUS + 2)
            side = QPointF(-back.y(), back.x()) * 5
            painter.setBrush(QColor(shade.accent if mine else shade.text))
            painter.drawPolygon(QPolygonF([tip, tip + back * 11 + side, tip + back * 11 - side]))
        text = ", ".join(self._schema.label(key, language()) for key in link.types[:2]) + (
            " …" if len(link.types) > 2 else "")
        text = (f"{link.order}. " if link.order else "") + text
        if text:
            self._paint_text(painter, (a + bend * 2 + b) / 4, plain(text), shade, 170)

    def _paint_node(self, painter: QPainter, number: int, node: DrawnNode, shade: Any) -> None:
        mine = node is self.current
        middle = QPointF(node.x, node.y)
        painter.setPen(QPen(QColor(shade.accent if mine else shade.text), 3 if mine else 1.5))
        painter.setBrush(QColor(shade.raised))
        painter.drawEllipse(middle, RADIUS, RADIUS)
        painter.setPen(QColor(shade.text))
        if len(node.types) == 1:
            box = QRectF(node.x - 12, node.y - 12, 24, 24).toRect()
            type_icon(self._schema, node.types[0]).paint(painter, box)
        else:
            painter.drawText(QRectF(node.x - RADIUS, node.y - RADIUS, 2 * RADIUS, 2 * RADIUS),
                             int(Qt.AlignmentFlag.AlignCenter), letter_of(number))
        kinds = ", ".join(self._schema.label(key, language()) for key in node.types[:2]) or _("anything")
        text = letter_of(number) + ": " + kinds + (" …" if len(node.types) > 2 else "")
        self._paint_text(painter, QPointF(node.x, node.y + RADIUS + 11), plain(text), shade, 190)
        if node.where:
            self._paint_text(painter, QPointF(node.x, node.y + RADIUS + 27), plain(node.where), shade, 190)

    @staticmethod
    def _paint_text(painter: QPainter, at: QPointF, text: str, shade: Any, most: int) -> None:
        metrics = painter.fontMetrics()
        said = metrics.elidedText(text, Qt.TextElideMode.ElideRight, most)
        wide, high = metrics.horizontalAdvance(said) + 6, metrics.height()
        field = QRectF(at.x() - wide / 2, at.y() - high / 2, wide, high)
        ground = QColor(shade.base)
        ground.setAlpha(215)
        painter.fillRect(field, ground)
        painter.setPen(QColor(shade.text))
        painter.drawText(field, int(Qt.AlignmentFlag.AlignCenter), said)
