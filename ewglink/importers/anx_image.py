"""Pictures of an exchange chart, whatever their format, as small PNG files in words: read in the guarded process."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io

from ewglink.dialects import anx
from ewglink.importers.anx_catalogue import Catalogue
from ewglink.importers.anx_xml import Element

_PREFIX = "data:image/png;base64,"
_FORMATS = ("PNG", "JPEG", "BMP", "DIB", "GIF", "TIFF", "WEBP", "ICO", "PCX", "TGA", "PPM")
"""Pictures of points; metafiles are programs of drawing and are not run."""
_MOST_PIXELS = 60_000_000
_KEPT_SIDE, _KEPT_BYTES = 512, 300_000
"""A PNG no larger than this is kept to the byte; it is what a chart draws."""
_SIDE = 160


def of_icon(said: Element | None, known: Catalogue) -> str:
    """The picture in place of an icon, as a data URI of a PNG; empty where there is none that is read."""
    if said is None or not anx.flag(said.get("Visible"), True):
        return ""
    return as_png(said, known) or known.pictures.get(said.get("DataGuid") or "", "")


def unread(said: Element | None, known: Catalogue) -> bool:
    """Whether an item has a picture and it cannot be read."""
    shown = said is not None and anx.flag(said.get("Visible"), True) and bool(said.get("Data") or said.get("DataGuid"))
    return shown and not of_icon(said, known)


def as_png(element: Element, known: Catalogue) -> str:
    """The picture that an element holds, as a data URI of a PNG; empty where it is none that is read."""
    data = "".join((element.get("Data") or "").split())
    if not data:
        return ""
    name = hashlib.sha256(data.encode("utf-8", "replace")).hexdigest()
    if name not in known.images:
        known.images[name] = _made(data)
    return known.images[name]


def _made(data: str) -> str:
    try:
        raw = base64.b64decode(data, validate=True)
        small = _small(raw)
    except (binascii.Error, ValueError, OSError, SyntaxError, EOFError, ArithmeticError):
        return ""
    return _PREFIX + base64.b64encode(small).decode("ascii") if small else ""


def _small(raw: bytes) -> bytes:
    """The bytes of a PNG that a chart can draw; none where the picture is too large or damaged."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(raw), formats=_FORMATS) as found:
        wide, high = found.size
        if wide * high > _MOST_PIXELS or not wide * high:
            return b""
        if found.format == "PNG" and max(wide, high) <= _KEPT_SIDE and len(raw) <= _KEPT_BYTES:
            found.load()
            return raw
        found.draft("RGB", (_SIDE * 2, _SIDE * 2))
        upright = ImageOps.exif_transpose(found)
        upright.thumbnail((_SIDE, _SIDE))
        out = io.BytesIO()
        upright.convert("RGBA").save(out, "PNG")
    return out.getvalue()
