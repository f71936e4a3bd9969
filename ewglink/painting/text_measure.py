"""Text measured in the bundled font."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFontMetricsF

from ewglink.painting.fonts import BASE, base_font


@lru_cache(maxsize=65536)
def _base_width(text: str, bold: bool) -> float:
    return QFontMetricsF(base_font(bold)).horizontalAdvance(text)


class FontMeasure:
    """A `drawing.TextMeasure`; needs a QGuiApplication (see `application.ready`)."""

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """The width of one line of text in a font of height `size`, in the unit of `size`."""
        return _base_width(text, bold) * size / BASE
