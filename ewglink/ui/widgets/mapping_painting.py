"""How the mapping's picture is painted: cards with their places, chips of columns, lines from link to entity."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget

from ewglink.text import _
from ewglink.ui import theme
from ewglink.ui.widgets.mapping_cards import HEAD, LINE, MORE, Card, Place, edge_towards
from ewglink.ui.widgets.plain_text import plain
from ewglink.ui.widgets.type_icons import type_icon
from ewglink.workspace.mapping_draft import types_of

_ICON, _PAD, _NAME = 26, 8, 82
_CROSS = 14


def chips(place: Place, metrics: QFontMetrics) -> list[tuple[str, QRectF]]:
    """Each column of a place with the box of its chip."""
    if not place.columns:
        return []
    left = place.box.left() + _NAME
    room = (place.box.right() - _PAD - left) / len(place.columns)
    found = []
    for column in place.columns:
        wide = min(room - 4, metrics.horizontalAdvance(plain(column)) + _CROSS + 16)
        found.append((column, QRectF(left, place.box.top() + 2, max(28.0, wide), LINE - 4)))
        left += max(28.0, wide) + 4
    return found


def paint(
    widget: Any, cards: list[Card], selected: Any, column: str | None, over: Place | Card | None, dragging: bool
) -> None:
    """Paint the whole picture on `widget`."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shade = theme.colours(theme.worn())
    painter.fillRect(widget.rect(), QColor(shade.base))
    by_role = {card.owner.role: card for card in cards if card.is_entity}
    for card in cards:
        if not card.is_entity:
            kinds = [widget.schema.link_types.get(key) for key in types_of(card.owner.type)]
            arrow = any(kind is None or kind.directed for kind in kinds) or not kinds
            for role, to in ((card.owner.a, False), (card.owner.b, arrow)):
                if role in by_role:
                    _line(painter, card, by_role[role], to, shade)
    for card in cards:
        _card(painter, widget, card, card.owner is selected, column, over, shade)
    _foot(painter, widget, cards, dragging and over is None, shade)
    painter.end()


def _foot(painter: QPainter, widget: QWidget, cards: list[Card], lit: bool, shade: theme.Colours) -> None:
    """What can be done beside the cards."""
    bottom = max((card.box.bottom() for card in cards), default=0.0)
    text = _("Drop a column beside the cards: a new entity with this key") if cards else _(
        "Drag a column here: it becomes the key of the first entity"
    )
    box = QRectF(12, bottom + 8, max(100, widget.width() - 24), max(28.0, min(60.0, widget.height() - bottom - 14)))
    pen = QPen(QColor(shade.accent if lit else shade.line), 1.2, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 6, 6)
    painter.setPen(QColor(shade.accent if lit else shade.muted))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) - 16)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)


def _line(painter: QPainter, link: Card, entity: Card, to: bool, shade: theme.Colours) -> None:
    start = edge_towards(link.box, entity.box.center())
    end = edge_towards(entity.box, link.box.center())
    if abs(link.box.top() - entity.box.top()) < 1:  # side by side: the line runs at the height of the heads
        start.setY(link.box.top() + HEAD / 2)
        end.setY(entity.box.top() + HEAD / 2)
    painter.setPen(QPen(QColor(shade.muted), 1.8))
    painter.drawLine(start, end)
    if not to:
        return
    way = end - start
    length = math.hypot(way.x(), way.y())
    if length < 1:
        return
    step = way / length
    across = QPointF(-step.y(), step.x())
    painter.setBrush(QColor(shade.muted))
    painter.drawPolygon(QPolygonF([end, end - step * 10 + across * 4.5, end - step * 10 - across * 4.5]))


def _card(
    painter: QPainter, widget: Any, card: Card, selected: bool, column: str | None, over: Any, shade: theme.Colours
) -> None:
    painter.setPen(QPen(QColor(shade.accent if selected or over is card else shade.line), 2 if selected else 1.2))
    painter.setBrush(QColor(shade.raised))
    painter.drawRoundedRect(card.box, 7, 7)
    _head(painter, widget, card, shade)
    for place in card.places:
        _place(painter, place, column, over is place, shade)


def _head(painter: QPainter, widget: Any, card: Card, shade: theme.Colours) -> None:
    clip = QPainterPath()
    clip.addRoundedRect(card.box, 7, 7)
    painter.save()
    painter.setClipPath(clip)
    painter.fillRect(QRectF(card.box.left(), card.box.top(), card.box.width(), HEAD), QColor(shade.alternate))
    painter.restore()
    left = card.box.left() + _PAD
    if card.is_entity:
        kinds = types_of(card.owner.type)
        icon = type_icon(widget.schema, kinds[0]) if kinds else None
        if icon is not None:
            icon.paint(painter, int(left), int(card.box.top() + (HEAD - _ICON) / 2), _ICON, _ICON)
        left += _ICON + 6
    room = card.box.right() - _PAD - left
    font = painter.font()
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(shade.text))
    _text(painter, QRectF(left, card.box.top() + 3, room, HEAD / 2 - 1), card.title)
    font.setBold(False)
    painter.setFont(font)
    painter.setPen(QColor(shade.muted))
    _text(painter, QRectF(left, card.box.top() + HEAD / 2, room, HEAD / 2 - 3), card.about)


def _place(painter: QPainter, place: Place, column: str | None, lit: bool, shade: theme.Colours) -> None:
    box = place.box
    if lit:
        glow = QColor(shade.accent)
        glow.setAlpha(50)
        painter.fillRect(box.adjusted(2, 1, -2, -1), glow)
    if place.word == MORE:
        painter.setPen(QColor(shade.accent if lit else shade.muted))
        _text(painter, box.adjusted(_PAD, 0, -_PAD, 0), "+  " + place.name)
        return
    painter.setPen(QColor(shade.muted))
    _text(painter, QRectF(box.left() + _PAD, box.top(), _NAME - _PAD - 4, box.height()), place.name)
    found = chips(place, painter.fontMetrics())
    for name, chip in found:
        _chip(painter, name, chip, name == column, shade)
    rest = QRectF(box.left() + _NAME, box.top() + 2, box.width() - _NAME - _PAD, box.height() - 4)
    if place.fixed and not found:
        painter.setPen(QColor(shade.text))
        _text(painter, rest, f"= {place.fixed}")
    elif not found:
        needed = place.word == "key"
        painter.setPen(QPen(QColor(shade.error if needed else shade.line), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rest, 4, 4)
        painter.setPen(QColor(shade.error if needed else shade.muted))
        text = {"key": _("needs a column"), "label": _("as the type does")}.get(place.word, "")
        _text(painter, rest.adjusted(6, 0, -4, 0), text)


def _chip(painter: QPainter, column: str, box: QRectF, marked: bool, shade: theme.Colours) -> None:
    ground = QColor(shade.accent)
    ground.setAlpha(255 if marked else 38)
    painter.setPen(QPen(QColor(shade.accent), 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 5, 5)
    ink = QColor(shade.on_accent if marked else shade.text)
    painter.setPen(ink)
    _text(painter, box.adjusted(7, 0, -_CROSS - 2, 0), column)
    middle = QPointF(box.right() - 9, box.center().y())
    painter.setPen(QPen(ink, 1.2))
    for one, other in ((QPointF(-3, -3), QPointF(3, 3)), (QPointF(-3, 3), QPointF(3, -3))):
        painter.drawLine(middle + one, middle + other)


def _text(painter: QPainter, box: QRectF, text: str) -> None:
    shown = painter.fontMetrics().elidedText(plain(text), Qt.TextElideMode.ElideRight, int(box.width()))
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def chip_picture(column: str, widget: QWidget) -> QPixmap:
    """A column as it looks under the mouse."""
    shade = theme.colours(theme.worn())
    wide = min(200, widget.fontMetrics().horizontalAdvance(plain(column)) + 34)
    made = QPixmap(wide, LINE)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(widget.font())
    painter.setBrush(QColor(shade.base))
    painter.drawRoundedRect(QRectF(1, 1, wide - 2, LINE - 2), 5, 5)
    _chip(painter, column, QRectF(1, 1, wide - 2, LINE - 2), True, shade)
    painter.end()
    return made
