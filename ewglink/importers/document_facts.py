"""What a PDF or a picture is, read without showing or executing it: pages, dimensions, embedded metadata."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from ewglink.importers import guard
from ewglink.importers.dates import parse
from ewglink.model.refusal import Refusal
from ewglink.text import N_, Message, message

MOST_PIXELS = 400_000_000
"""More pixels than this in one picture are refused: files made to do harm unpack to far more than they hold."""

MOST_PDF = 1024 * guard.MB
_MOST_TEXT = 500


class Kind(NamedTuple):
    """A kind of document: what it is called, its media type and suffixes."""

    name: str
    mime: str
    suffixes: tuple[str, ...]


KINDS = {
    "pdf": Kind(N_("PDF"), "application/pdf", (".pdf",)),
    "png": Kind(N_("PNG picture"), "image/png", (".png",)),
    "jpeg": Kind(N_("JPEG picture"), "image/jpeg", (".jpg", ".jpeg")),
    "gif": Kind(N_("GIF picture"), "image/gif", (".gif",)),
    "tiff": Kind(N_("TIFF picture"), "image/tiff", (".tif", ".tiff")),
    "bmp": Kind(N_("BMP picture"), "image/bmp", (".bmp",)),
    "webp": Kind(N_("WebP picture"), "image/webp", (".webp",)),
}
_MARKS = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
)


_PDF_DATE = re.compile(
    r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*(?:(Z)[\d']*|([-+]\d\d)'?(\d\d)?'?)?"
)


@dataclass
class Facts:
    """What was found: the shape of the document, its metadata as text, and what people should hear of."""

    shape: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, str] = field(default_factory=dict)
    remarks: list[tuple[str, Message]] = field(default_factory=list)


def kind_of(head: bytes) -> str | None:
    """The kind of document that begins with `head`; None where it is none that is read."""
    for mark, kind in _MARKS:
        if head.startswith(mark):
            return kind
    if head[:2] == b"BM" and len(head) > 26 and b"\x00" in head[:64]:
        return "bmp"
    return "webp" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else None


def facts_of(path: Path, kind: str) -> Facts:
    """What the document at `path` is; a `Refusal` where it is damaged or made to do harm."""
    try:
        return _pdf(path) if kind == "pdf" else _picture(path)
    except (Refusal, MemoryError):
        raise
    except Exception:  # libraries raise many kinds at a damaged file
        raise guard.damaged(path) from None


def _pdf(path: Path) -> Facts:
    import pikepdf

    found = Facts()
    if path.stat().st_size > MOST_PDF:
        words = N_("{file} has {size} MB; at most {limit} MB are read.")
        size, limit = path.stat().st_size // guard.MB, MOST_PDF // guard.MB
        raise guard.refuse("file_too_large", message(words, file=path.name, size=size, limit=limit), path)
    try:
        with pikepdf.open(path) as pdf:
            found.shape["pages"] = len(pdf.pages)
            if len(pdf.pages):
                found.shape["page_size"] = _page_size([float(one) for one in pdf.pages[0].mediabox])
            if pdf.is_encrypted:
                found.shape["encrypted"] = "yes"
            found.metadata = _info(pdf)
            names = {str(name) for name in pdf.Root}
            if names & {"/OpenAction", "/AA"} or "/Names" in names and "/JavaScript" in pdf.Root.Names:
                words = N_("The PDF holds actions or scripts; they are not executed.")
                found.remarks.append(("active_content", message(words)))
            if pdf.attachments:
                words = N_("The PDF holds attached files: {names}. They are not opened.")
                listed = ", ".join(_short(name) for name in list(pdf.attachments)[:10])
                found.remarks.append(("attached_files", message(words, names=listed)))
    except pikepdf.PasswordError:
        found.shape["encrypted"] = "password"
        words = N_("The PDF is protected with a password; only its hash and size are taken.")
        found.remarks.append(("password_protected", message(words)))
    return found


def _page_size(box: list[float]) -> str:
    """A page's box, in points, as millimetres."""
    width, height = abs(box[2] - box[0]) / 72 * 25.4, abs(box[3] - box[1]) / 72 * 25.4
    return f"{width:.0f} × {height:.0f} mm"


def _info(pdf: Any) -> dict[str, str]:
    """The document information: author, title, program, dates."""
    said: dict[str, str] = {}
    for key, name in (
        ("/Title", "title"), ("/Author", "author"), ("/Subject", "subject"), ("/Creator", "creator"),
        ("/Producer", "producer"), ("/CreationDate", "created"), ("/ModDate", "modified"),
    ):  # fmt: skip
        value = pdf.docinfo.get(key)
        text = _short(str(value)) if value is not None else ""
        if text:
            said[name] = _pdf_date(text) if name in ("created", "modified") else text
    return said


def _pdf_date(text: str) -> str:
    """A PDF's date (D:YYYYMMDDHHmmSS+HH'mm') as ISO text; the text itself where it is none."""
    found = _PDF_DATE.fullmatch(text)
    if found is None:
        return text
    year, month, day, hour, minute, second, zulu, zone, rest = found.groups()
    iso = "-".join(filter(None, (year, month, day)))
    if not hour:
        return iso
    offset = "+00:00" if zulu else f"{zone}:{rest or '00'}" if zone else ""
    iso += f"T{hour}:{minute or '00'}:{second or '00'}{offset}"
    return iso if parse(iso) is not None else text


def _short(text: str) -> str:
    plain = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(plain.split())[:_MOST_TEXT]


def _picture(path: Path) -> Facts:
    import warnings

    from PIL import Image

    found = Facts()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        before, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
        try:
            with Image.open(path) as picture:
                width, height = picture.size
                if width * height > MOST_PIXELS:
                    words = N_("{file} unpacks to {n} million pixels and is not read.")
                    count = width * height // 1_000_000
                    raise guard.refuse("picture_too_large", message(words, file=path.name, n=count), path)
                found.shape |= {"width": width, "height": height}
                found.metadata = _exif(picture)
        finally:
            Image.MAX_IMAGE_PIXELS = before
    return found


_TAGS = {
    0x010F: "make", 0x0110: "model", 0x0131: "software", 0x013B: "author", 0x0132: "modified", 0x8298: "copyright",
    0x010E: "description",
}  # fmt: skip


def _exif(picture: Any) -> dict[str, str]:
    """The camera's record: maker, model, when and where; dates without a zone stay without."""
    exif = picture.getexif()
    said = {name: _short(str(exif[tag])) for tag, name in _TAGS.items() if exif.get(tag)}
    inner = exif.get_ifd(0x8769)
    taken = str(inner.get(0x9003) or inner.get(0x9004) or "").strip("\x00 ")
    if taken and not taken.startswith("0000"):
        zone = str(inner.get(0x9011) or "").strip("\x00 ")
        said["created"] = _exif_date(taken, zone)
    place = _place(exif.get_ifd(0x8825))
    return {name: text for name, text in (said | place).items() if text}


def _exif_date(text: str, zone: str) -> str:
    date, _space, time = text.partition(" ")
    return f"{date.replace(':', '-')}T{time}{zone}" if time else date.replace(":", "-")


def _place(gps: Any) -> dict[str, str]:
    """Where the camera was, in degrees."""
    try:
        latitude = _degrees(gps[2]) * (-1 if str(gps.get(1, "N")).upper().startswith("S") else 1)
        longitude = _degrees(gps[4]) * (-1 if str(gps.get(3, "E")).upper().startswith("W") else 1)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError):
        return {}
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return {}
    return {"latitude": f"{latitude:.6f}", "longitude": f"{longitude:.6f}"}


def _degrees(parts: Iterable[Any]) -> float:
    degrees, minutes, seconds = (float(one) for one in parts)
    return degrees + minutes / 60 + seconds / 3600
