"""Texts of an SVG file, each told its length, so that it takes the same room where the bundled font is missing."""

from __future__ import annotations

import re
from html import unescape

from ewglink.painting.fonts import BASE
from ewglink.painting.text_measure import FontMeasure

_TEXT = re.compile(rf'<text ([^>]*font-size="{BASE}"[^>]*?)\s*>([^<]+)</text>')


def with_text_lengths(body: str) -> str:
    """The document with a `textLength` on every text set at the base size."""
    measure = FontMeasure()

    def told(match: re.Match[str]) -> str:
        attributes, text = match.groups()
        bold = 'font-weight="700"' in attributes
        length = measure.width(unescape(text), BASE, bold)
        return f'<text {attributes} textLength="{length:.1f}" lengthAdjust="spacingAndGlyphs">{text}</text>'

    return _TEXT.sub(told, body)
