"""How things look where nobody has said otherwise: palettes, and the icon, ground and colour of each type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ewglink.drawing.content import ChartContent
from ewglink.drawing.marks import Form
from ewglink.model.schema import EntityType
from ewglink.reference.schema_files import builtin_schema

ICON_SIZE = 44.0
"""Diameter of an icon's ground in chart units: 11 mm."""
LABEL_SIZE = 12.0
"""Height of the font of entity labels in chart units: 8.5 pt."""
LINK_LABEL_SIZE = 10.5
ARROW_SIZE = 10.0
LINE_WIDTH = 1.5
PARALLEL_SPACING = 30.0
"""Distance between parallel links: 7.5 mm."""
PARALLEL_MOST = 8
"""More links than this between one pair are drawn as one line with their number."""


@dataclass(frozen=True)
class Palette:
    """Colours (0xAARRGGBB) of everything that no type colours."""

    key: str
    background: int
    text: int
    quiet_text: int
    link: int
    mixed_link: int
    selection: int
    hover: int
    rule: int
    panel: int
    plate: int
    outline_darker: float
    greyed: int


LIGHT = Palette("light", 0xFFFFFFFF, 0xFF16191D, 0xFF555B63, 0xFF4A5058, 0xFF8A9098, 0xFFD55E00, 0xFF56B4E9, 0xFFB8BDC4,
                0xFFF6F7F8, 0xFFFFFFFF, 0.62, 0xFFC4C8CD)
DARK = Palette("dark", 0xFF1D2126, 0xFFECEEF0, 0xFFAAB1B9, 0xFFA4ACB5, 0xFF747C85, 0xFFFFB347, 0xFF56B4E9, 0xFF4A525B,
               0xFF262B31, 0xFF1D2126, 1.35, 0xFF4A5058)
PALETTES = {one.key: one for one in (LIGHT, DARK)}


@dataclass(frozen=True)
class Look:
    """An icon as it is painted: which pictogram in which ink, on what ground. Colours are 0xAARRGGBB.

    An `icon` that begins with `PICTURE` is no pictogram but a small PNG, painted over the whole ground; one that begins
    with `SIGN` is a text of up to three signs; an empty one is none.
    """

    icon: str
    form: Form
    fill: int
    outline: int
    ink: int


PICTURE = "data:image/png;base64,"
SIGN = "sign:"
_PLAIN = "#7F7F7F"
"""The ground of a type that no schema describes."""

_FORMS = {"circle": Form.CIRCLE, "rounded": Form.ROUNDED, "rounded_square": Form.ROUNDED, "square": Form.RECT,
          "rect": Form.RECT, "rectangle": Form.RECT, "house": Form.HOUSE, "pentagon": Form.HOUSE,
          "hexagon": Form.HEXAGON, "diamond": Form.DIAMOND, "page": Form.PAGE, "portrait": Form.PAGE,
          "octagon": Form.OCTAGON, "shield": Form.SHIELD, "bare": Form.BARE}


def argb(colour: str) -> int:
    """0xAARRGGBB of `#RRGGBB`; ValueError where it is no such text."""
    if len(colour) != 7 or colour[0] != "#":
        raise ValueError(colour)
    return 0xFF000000 | int(colour[1:], 16)


def channels(colour: int) -> tuple[int, int, int]:
    """Red, green and blue of 0xAARRGGBB, each 0 to 255."""
    return colour >> 16 & 255, colour >> 8 & 255, colour & 255


def luminance(colour: int) -> float:
    """The relative luminance of a colour, 0 to 1 (WCAG 2.1)."""
    parts = [value / 255 for value in channels(colour)]
    linear = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: int, other: int) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.1)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def shaded(colour: int, factor: float) -> int:
    """The colour darker (below 1) or lighter (above 1)."""
    if factor <= 1:
        mixed = [round(value * factor) for value in channels(colour)]
    else:
        mixed = [round(value + (255 - value) * (factor - 1)) for value in channels(colour)]
    return 0xFF000000 | mixed[0] << 16 | mixed[1] << 8 | mixed[2]


def tinted(colour: int, background: int, share: float) -> int:
    """`share` of the colour over the background, opaque."""
    mixed = [round(a * share + b * (1 - share)) for a, b in zip(channels(colour), channels(background), strict=True)]
    return 0xFF000000 | mixed[0] << 16 | mixed[1] << 8 | mixed[2]


def ink_on(fill: int) -> int:
    """White or nearly black, whichever reads on the fill."""
    white, dark = 0xFFFFFFFF, 0xFF1B1E22
    return white if contrast(white, fill) >= 3.0 else dark


_ink_on = ink_on


def _builtin() -> dict[str, EntityType]:
    return builtin_schema().entity_types


def look_from(icon: str, shape: str, colour: str, palette: Palette) -> Look:
    """The look of a pictogram on a ground of a shape's name and a colour `#RRGGBB`."""
    fill = argb(colour)
    return Look(icon, _FORMS.get(shape, Form.ROUNDED), fill, shaded(fill, palette.outline_darker), ink_on(fill))


def look_of(content: ChartContent, key: str, palette: Palette, style: dict[str, Any] | None = None) -> Look:
    """How an entity of type `key` looks: its own style, then what the content says of the type, then the default."""
    style = style or {}
    known = _builtin().get(key)
    shape = style.get("shape") or content.shapes.get(key) or (known.shape if known else "rounded")
    colour = style.get("colour") or content.colours.get(key) or (known.colour if known else _PLAIN)
    icon = style.get("picture") or style.get("icon") or content.icons.get(key) or (known.icon if known else "unknown")
    return look_from(icon, shape, colour, palette)
