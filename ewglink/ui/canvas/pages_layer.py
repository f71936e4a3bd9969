"""The sheets of the page setup over the live chart: the edges of the paper, what of it is printed, and their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from ewglink.drawing.marks import Rect
from ewglink.painting.painter import paint_text

if TYPE_CHECKING:
    from ewglink.painting.sheet_outlines import SheetOutline
    from ewglink.ui.canvas.chart_view import ChartView

_OFF_PAPER = 26
_NAME_PIXELS = 15.0
_NAME_FROM = 34.0
"""A sheet narrower than this on the screen goes without its name."""


class PagesLayer:
    """Paints the sheets in window pixels, none until some are set."""

    def __init__(self) -> None:
        self.sheets: tuple[SheetOutline, ...] = ()

    def set(self, sheets: Sequence[SheetOutline]) -> None:
        """Show these sheets."""
        self.sheets = tuple(sheets)

    def paint(self, painter: QPainter, view: ChartView) -> None:
        """The sheets in view; what will be on none is shaded."""
        if not self.sheets:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._shade(painter, view)
        colour = QColor(view.palette_of_chart.selection)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for sheet in self.sheets:
            painter.setPen(QPen(colour, 1.4))
            painter.drawRect(_on_window(view, sheet.paper))
            if sheet.printed != sheet.paper:
                painter.setPen(QPen(colour, 1.0, Qt.PenStyle.DashLine))
                painter.drawRect(_on_window(view, sheet.printed))
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        for sheet in self.sheets:
            self._name(painter, sheet, _on_window(view, sheet.printed), colour)

    def _shade(self, painter: QPainter, view: ChartView) -> None:
        free, printed = QPainterPath(), QPainterPath()
        free.addRect(QRectF(view.viewport().rect()))
        for sheet in self.sheets:
            printed.addRect(_on_window(view, sheet.printed))
        printed.setFillRule(Qt.FillRule.WindingFill)
        shade = QColor(view.palette_of_chart.text)
        shade.setAlpha(_OFF_PAPER)
        painter.fillPath(free.subtracted(printed), shade)

    def _name(self, painter: QPainter, sheet: SheetOutline, box: QRectF, colour: QColor) -> None:
        if sheet.name and min(box.width(), box.height()) >= _NAME_FROM:
            painter.setPen(QPen(colour))
            paint_text(painter, box.left() + 6, box.top() + _NAME_PIXELS + 4, sheet.name, _NAME_PIXELS, True)


def _on_window(view: ChartView, box: Rect) -> QRectF:
    return QRectF(QPointF(view.to_window(*box[:2])), QPointF(view.to_window(*box[2:])))
