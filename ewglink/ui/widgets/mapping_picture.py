"""A small picture of what each row becomes: its entities and the links between them."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ewglink.text import language
from ewglink.ui import theme
from ewglink.ui.widgets.plain_text import plain
from ewglink.ui.widgets.type_icons import type_icon

_ICON = 34


class MappingPicture(QWidget):
    """Draws a specification: `show_roles` takes (role, type) pairs and (type, from, to) triples."""

    def __init__(self, schema: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._schema = schema
        self._entities: list[tuple[str, str]] = []
        self._links: list[tuple[str, str, str]] = []
        self.setMinimumHeight(120)

    def show_roles(self, entities: list[tuple[str, str]], links: list[tuple[str, str, str]]) -> None:
        """Show these."""
        self._entities, self._links = entities, links
        names = [self._schema.label(kind, language()) for _role, kind in entities]
        self.setAccessibleDescription(
            "; ".join([*names, *(f"{a} – {self._schema.label(kind, language())} – {b}" for kind, a, b in links)])
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Room for a few."""
        return QSize(360, 190)

    def _places(self) -> dict[str, QPointF]:
        n = len(self._entities)
        wide, high = self.width(), self.height()
        if n <= 3:
            return {
                role: QPointF(wide * (at + 1) / (n + 1), high * 0.42) for at, (role, _kind) in enumerate(self._entities)
            }
        across, down = max(40.0, wide / 2 - 80), max(20.0, high / 2 - 40)
        return {
            role: QPointF(
                wide / 2 + across * math.cos(2 * math.pi * at / n - math.pi / 2),
                high / 2 - 8 + down * math.sin(2 * math.pi * at / n - math.pi / 2),
            )
            for at, (role, _kind) in enumerate(self._entities)
        }

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lines first, then the signs and their names."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade = theme.colours(theme.worn())
        painter.fillRect(self.rect(), QColor(shade.base))
        places = self._places()
        seen: dict[tuple[str, str], int] = {}
        for kind, a, b in self._links:
            if a in places and b in places:
                at = seen[(min(a, b), max(a, b))] = seen.get((min(a, b), max(a, b)), -1) + 1
                self._line(painter, places[a], places[b], kind, at)
        for role, kind in self._entities:
            at = places[role]
            type_icon(self._schema, kind).paint(painter, int(at.x() - _ICON / 2), int(at.y() - _ICON / 2), _ICON, _ICON)
            self._name(
                painter, QPointF(at.x(), at.y() + _ICON / 2 + 3), self._schema.label(kind, language()), shade.text
            )
            self._name(
                painter, QPointF(at.x(), at.y() + _ICON / 2 + 3 + painter.fontMetrics().height()), role, shade.muted
            )
        painter.end()

    def _name(self, painter: QPainter, top: QPointF, text: str, colour: str) -> None:
        shown = painter.fontMetrics().elidedText(plain(text), Qt.TextElideMode.ElideRight, 130)
        painter.setPen(QColor(colour))
        painter.drawText(
            QRectF(top.x() - 70, top.y(), 140, painter.fontMetrics().height() + 2), Qt.AlignmentFlag.AlignCenter, shown
        )

    def _line(self, painter: QPainter, a: QPointF, b: QPointF, kind: str, nth: int) -> None:
        shade = theme.colours(theme.worn())
        way = b - a
        length = math.hypot(way.x(), way.y())
        painter.setPen(QPen(QColor(shade.muted), 1.5))
        if length < 1:
            painter.drawEllipse(a + QPointF(0, -_ICON * 0.7), _ICON / 2, _ICON / 2)
            return
        step = way / length
        side = QPointF(-step.y(), step.x()) * (16 * nth)
        start, end = a + step * (_ICON * 0.62) + side, b - step * (_ICON * 0.68) + side
        painter.drawLine(start, end)
        found = self._schema.link_types.get(kind)
        if found is None or found.directed:
            across = QPointF(-step.y(), step.x())
            painter.setBrush(QColor(shade.muted))
            painter.drawPolygon(QPolygonF([end, end - step * 9 + across * 4, end - step * 9 - across * 4]))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        middle = (start + end) / 2
        shown = painter.fontMetrics().elidedText(
            plain(self._schema.label(kind, language())), Qt.TextElideMode.ElideRight, int(max(60, length - _ICON * 1.8))
        )
        wide = painter.fontMetrics().horizontalAdvance(shown) + 6
        high = painter.fontMetrics().height()
        plate = QRectF(middle.x() - wide / 2, middle.y() - high - 3 + 16 * nth, wide, high)
        painter.fillRect(plate, QColor(shade.base))
        painter.setPen(QColor(shade.text))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, shown)
