"""The signs on buttons: strokes of our own on a 24 × 24 field, drawn in the colour of the text around them."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ewglink.ui import theme

STROKES = {
    "add": "M12 5v14M5 12h14",
    "arrange": "M5 5h5v5H5zM14 14h5v5h-5zM10 8h4a2 2 0 0 1 2 2v4",
    "browse": "M3 6h6l2 2h10v11H3z",
    "case": "M4 7h16v12H4zM9 7V4h6v3M4 12h16",
    "chart": (
        "M6 6m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M18 8m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M11 18m-2 0a2 2 0 1"
        " 0 4 0a2 2 0 1 0-4 0M8 6.3l8 1.4M7 7.8l3.2 8.4M16.8 9.7l-4.6 6.6"
    ),
    "close": "M6 6l12 12M18 6L6 18",
    "dark": "M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5z",
    "edit": "M5 19l1-4.5L16 4.5l3.5 3.5L9.5 18zM14 6.5l3.5 3.5",
    "delete": "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
    "down": "M6 9l6 6 6-6",
    "expand": "M12 12m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0M12 9V3M12 15v6M9 12H3M15 12h6",
    "export": "M12 15V4M8 8l4-4 4 4M5 13v7h14v-7",
    "file": "M6 3h8l4 4v14H6zM14 3v4h4",
    "fit": "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5M9 9h6v6H9z",
    "fit_selection": "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
    "group": "M7 4v16M7 6h5M7 12h5M7 18h5M15 6h4M15 12h4M15 18h4",
    "hand": (
        "M8 12V6.5a1.5 1.5 0 0 1 3 0V11M11 10.5V5a1.5 1.5 0 0 1 3 0v6M14 11V6.5a1.5 1.5 0 0 1 3 0V14c0"
        " 4-2 7-5.5 7S7 19 5 15.5l-1.2-2.2a1.4 1.4 0 0 1 2.3-1.5L8 14"
    ),
    "hide": (
        "M3 3l18 18M10 6.2A9 9 0 0 1 21 12a14 14 0 0 1-2.4 3M6.4 7.6A14 14 0 0 0 3 12c2 4 5 6 9 6a9 9 0"
        " 0 0 4-.9M9.9 10a3 3 0 0 0 4.1 4.1"
    ),
    "history": "M4 12a8 8 0 1 0 2.5-5.8M4 4v4.5h4.5M12 8v4.5l3 2",
    "import": "M12 4v11M8 11l4 4 4-4M5 13v7h14v-7",
    "info": "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM12 11v6M12 7.5v.5",
    "light": ("M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2"),
    "link": "M6 18m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M18 6m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M7.5 16.5l9-9",
    "new": "M6 3h8l4 4v14H6zM14 3v4h4M12 11v6M9 14h6",
    "path": (
        "M5 19m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M19 5m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M7 19h7a3 3 0 0 0"
        " 0-6h-4a3 3 0 0 1 0-6h7"
    ),
    "pin": "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
    "redo": "M19 9H9a5 5 0 0 0 0 10h4M15 5l4 4-4 4",
    "reveal": "M3 12c2-4 5-6 9-6s7 2 9 6c-2 4-5 6-9 6s-7-2-9-6zM12 9a3 3 0 1 0 0 6a3 3 0 1 0 0-6z",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM15.5 15.5L21 21",
    "stop": "M7 7h10v10H7z",
    "table": "M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14",
    "undo": "M5 9h10a5 5 0 0 1 0 10h-4M9 5L5 9l4 4",
    "warn": "M12 4l9 16H3zM12 10v4M12 17v.5",
    "measure": "M5 20V10M12 20V4M19 20v-7",
    "pause": "M8 5v14M16 5v14",
    "play": "M7 5l12 7-12 7z",
    "zoom_in": "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM15.5 15.5L21 21M10.5 7.5v6M7.5 10.5h6",
    "zoom_out": "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM15.5 15.5L21 21M7.5 10.5h6",
    "check": "M5 13l4 4 10-11",
    "badge": "M10 5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM18 3a3 3 0 1 0 0 6a3 3 0 1 0 0-6z",
    "note_text": "M5 6V4h14v2M12 4v16M9 20h6",
    "note_rectangle": "M4 6h16v12H4z",
    "note_ellipse": "M12 6c5 0 9 2.7 9 6s-4 6-9 6s-9-2.7-9-6s4-6 9-6z",
    "note_line": "M4 19L20 5",
    "note_arrow": "M4 19L20 5M12 5h8v8",
    "palette": "M4 4h7v7H4zM16.5 4a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7zM4 20l3.5-7l3.5 7zM14 14h6v6h-6z",
    "overview": "M3 5h18v14H3zM12 11h7v6h-7z",
    "compare": "M4 4h7v16H4zM13 4h7v16h-7zM6 9h3M15 9h3M15 13h3",
    "grid": "M4 9h16M4 15h16M9 4v16M15 4v16",
    "pages": "M4 4h16v16H4zM12 4v16M4 12h16",
    "filter": "M4 5h16l-6.5 8v6l-3-1.5V13z",
    "timeline": "M3 12h18M6 8v8M11 9.5v5M17 8v8",
    "activity": "M3 17l4-6 4 4 4-9 3 6 3-2",
    "flag": "M6 21V4M6 5h11l-2.5 4 2.5 4H6",
    "consent": "M6 3h8l4 4v14H6zM14 3v4h4M9 14l2.5 2.5L16 12",
    "party": (
        "M9 11a3.5 3.5 0 1 0 0-7a3.5 3.5 0 1 0 0 7M3 20c.5-4 2.7-6 6-6s5.5 2 6 6M15.5 4.5a3.3 3.3 0 0 1 0 6"
        "M17 14.5c2.3.7 3.6 2.5 4 5.5"
    ),
    "map": "M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14",
    "matrix": "M4 4v16h16M4 9h5V4M4 14.5h10.5V9M9 20v-5.5M14.5 20v-5.5M6.5 6.5v.1M6.5 12v.1M12 12v.1",
    "phone": "M6 3h4l1.5 5-2.5 2a12 12 0 0 0 5 5l2-2.5 5 1.5v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z",
    "flow": "M3 5c8 0 8 8 18 8M3 10c6 0 7 8 18 8M3 5v5M21 13v5",
    "scales": "M12 4v16M7 20h10M5 7h14M5 7l-3 7h6zM19 7l-3 7h6z",
    "legend": "M4 5h5v5H4zM4 14h5v5H4zM12 7.5h8M12 16.5h8",
}


def _pixmap(name: str, colour: str, size: int, width: float = 1.7) -> QPixmap:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{colour}" '
        f'stroke-width="{width}" '
        f'stroke-linecap="round" stroke-linejoin="round"><path d="{STROKES[name]}"/></svg>'
    )
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


@cache
def _glyph(name: str, colour: str, faint: str, chosen: str) -> QIcon:
    made = QIcon()
    for size in (16, 20, 24, 32, 48):
        made.addPixmap(_pixmap(name, colour, size), QIcon.Mode.Normal)
        made.addPixmap(_pixmap(name, faint, size), QIcon.Mode.Disabled)
        made.addPixmap(_pixmap(name, chosen, size), QIcon.Mode.Selected)
    return made


def glyph(name: str, colour: str = "") -> QIcon:
    """The sign `name` in the colour of the theme's text; an empty icon for no name."""
    if not name:
        return QIcon()
    shade = theme.colours(theme.worn())
    return _glyph(name, colour or shade.text, shade.line, shade.on_accent)


def forget() -> None:
    """Drop what was drawn (before the application goes, and when the theme changes)."""
    _glyph.cache_clear()
