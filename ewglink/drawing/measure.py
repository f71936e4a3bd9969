"""Measuring text without a toolkit: what drawing asks of whoever owns the font."""

from __future__ import annotations

from typing import Protocol

LINE_HEIGHT = 1.22
"""The distance of two lines of a text, in heights of its font."""
ASCENT = 0.93
"""How far below the top of its line the baseline stands, in heights of the font."""


class TextMeasure(Protocol):
    """Measures text in the bundled font; the same figures on screen and paper."""

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """The width of one line of text in a font of height `size`, in the unit of `size`."""
        ...


class RoughMeasure:
    """A guess from the number of characters, where no font is at hand (sizes for a layout in the terminal)."""

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """About 0.6 of the font's height for each character, a full height for a wide one."""
        wide = sum(1 for char in text if ord(char) > 0x2E80)
        return size * ((len(text) - wide) * (0.66 if bold else 0.6) + wide)
