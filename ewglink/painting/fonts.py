"""The font charts are set in: bundled, unhinted, the same on every device."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from ewglink import places

BASE = 64
"""Pixel size at which text is laid out; painters scale it, so that widths agree on screen and paper."""
_FILES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")


@cache
def family() -> str:
    """The bundled font's family, loaded once; the system's sans serif where the file is missing."""
    names: list[str] = []
    for name in _FILES:
        number = QFontDatabase.addApplicationFont(str(places.resources("fonts", name)))
        if number >= 0:
            names += QFontDatabase.applicationFontFamilies(number)
    return names[0] if names else "Sans Serif"


@cache
def base_font(bold: bool = False) -> QFont:
    """The chart font at `BASE` pixels, without hinting and kerned as laid out."""
    font = QFont(family())
    font.setPixelSize(BASE)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias | QFont.StyleStrategy.NoSubpixelAntialias)
    return font
