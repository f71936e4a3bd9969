"""Words, numbers and colours of the plain formats that graph programs write."""

from __future__ import annotations

import re

from ewglink.importers.contract import Cell

_WORD = re.compile(r"\S+")
_WHOLE = re.compile(r"[-+]?(?:0|[1-9]\d{0,14})")
_DECIMAL = re.compile(r"[-+]?(?:\d{1,17}\.?\d{0,17}|\.\d{1,17})(?:[eE][-+]?\d{1,3})?")
_LONGEST_SHARED = 2_000
_HEX = re.compile(r"#([0-9a-fA-F]{6})(?:[0-9a-fA-F]{2})?")

_COLOURS = {
    "black": "#000000", "white": "#FFFFFF", "red": "#FF0000", "green": "#00FF00", "blue": "#0000FF",
    "yellow": "#FFFF00", "cyan": "#00FFFF", "magenta": "#FF00FF", "orange": "#FFA500", "purple": "#A020F0",
    "pink": "#FFC0CB", "brown": "#A52A2A", "gray": "#BEBEBE", "grey": "#BEBEBE", "lightgray": "#D3D3D3",
    "lightgrey": "#D3D3D3", "darkgreen": "#006400", "lightblue": "#ADD8E6", "lightgreen": "#90EE90",
    "darkblue": "#00008B", "navy": "#000080", "gold": "#FFD700", "salmon": "#FA8072", "tomato": "#FF6347",
    "turquoise": "#40E0D0", "violet": "#EE82EE", "olive": "#808000", "teal": "#008080", "maroon": "#B03060",
    "skyblue": "#87CEEB", "steelblue": "#4682B4", "coral": "#FF7F50", "beige": "#F5F5DC", "khaki": "#F0E68C",
    "crimson": "#DC143C", "indigo": "#4B0082", "orchid": "#DA70D6", "tan": "#D2B48C", "wheat": "#F5DEB3",
}  # fmt: skip


def words(text: str) -> list[tuple[str, bool]]:
    """The words of a line parted by spaces, and whether each was quoted. A quotation mark closes where a space or the
    end follows it, so that one inside a name is part of it; one that never closes is a character like any other."""
    found: list[tuple[str, bool]] = []
    at, open_end = 0, False
    while match := _WORD.search(text, at):
        start = match.start()
        end = -1
        if text[start] == '"' and not open_end:
            end = _closing(text, start + 1)
            open_end = end < 0
        if end >= 0:
            found.append((text[start + 1 : end], True))
            at = end + 1
        else:
            found.append((match[0], False))
            at = match.end()
    return found


def _closing(text: str, at: int) -> int:
    while (at := text.find('"', at)) >= 0:
        if at + 1 == len(text) or text[at + 1].isspace():
            return at
        at += 1
    return -1


def piece(raw: str, short: str) -> str:
    """What is kept of a line that says many things: the line, or where it is long, what this one thing was made of."""
    return raw if len(raw) <= _LONGEST_SHARED else short


def number(text: str) -> float | None:
    """The number that `text` is, None where it is none."""
    return float(text) if _DECIMAL.fullmatch(text) else None


def cell(text: str) -> Cell:
    """A word as a cell: a number where it is plainly written as one, else the text; leading zeros stay."""
    if _WHOLE.fullmatch(text):
        value = int(text)
        return value if str(value) == text else text
    found = number(text) if "." in text or "e" in text or "E" in text else None
    return text if found is None or repr(found) != text else found


def colour(text: str) -> str | None:
    """A colour as `#RRGGBB`, from a name or hexadecimal digits; None where it is neither."""
    if match := _HEX.fullmatch(text.strip()):
        return "#" + match[1].upper()
    return _COLOURS.get(text.strip().lower())
