"""The signs of types in tables and lists: the pictogram on its ground, as on the chart."""

from __future__ import annotations

from functools import cache
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap


@cache
def _icon(icon: str, colour: str, shape: str, theme: str) -> QIcon:
    from ewglink.drawing.marks import Form
    from ewglink.drawing.style import _FORMS, PALETTES, Look, _ink_on, argb, shaded
    from ewglink.painting.pictograms import paint_look

    fill = argb(colour)
    look = Look(
        icon, _FORMS.get(shape, Form.ROUNDED), fill, shaded(fill, PALETTES[theme].outline_darker), _ink_on(fill)
    )
    made = QIcon()
    for size in (16, 20, 32, 48):
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_look(painter, look, size / 2, size / 2, size * 0.9)
        painter.end()
        made.addPixmap(pixmap)
    return made


def type_icon(schema: Any, key: str) -> QIcon:
    """The sign of an entity type; none for a link type."""
    from ewglink.ui.theme import worn

    found = schema.entity_types.get(key)
    return _icon(found.icon, found.colour, found.shape, worn()) if found is not None else QIcon()


def forget() -> None:
    """Drop what was drawn, before the application goes."""
    _icon.cache_clear()
