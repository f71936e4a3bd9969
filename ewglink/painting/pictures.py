"""Pictures that stand for an item: read once from a file, kept small, as PNG within the case."""

from __future__ import annotations

import base64
import binascii
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from ewglink.drawing.style import PICTURE
from ewglink.model.refusal import Refusal
from ewglink.text import N_, message

SIDE = 160
"""The side of a kept picture in pixels."""
_MOST_BYTES = 20_000_000
_MOST_PIXELS = 60_000_000
_KEPT_BYTES = 300_000
_FORMATS = ("png", "jpeg", "jpg", "bmp", "gif", "webp")
"""Pictures of points only: what names other files (SVG) is not read."""


def _refused(path: Path) -> Refusal:
    return Refusal("not_a_picture", message(
        N_("{file} cannot be used as a picture; choose a PNG or JPEG file of at most 20 MB."), file=path.name))


def picture_from(path: Path) -> str:
    """The middle of the picture as a square PNG of at most 160 × 160, as a data URI for the style `picture`.

    Refusal for what is no picture of points, is too large or cannot be read.
    """
    try:
        data = path.read_bytes() if path.is_file() and path.stat().st_size <= _MOST_BYTES else b""
    except OSError as error:
        raise _refused(path) from error
    image = _decoded(data, _FORMATS, _MOST_PIXELS)
    if image.isNull():
        raise _refused(path)
    side = min(image.width(), image.height())
    image = image.copy((image.width() - side) // 2, (image.height() - side) // 2, side, side)
    if side > SIDE:
        image = image.scaled(QSize(SIDE, SIDE), Qt.AspectRatioMode.KeepAspectRatio,
                             Qt.TransformationMode.SmoothTransformation)
    out = QByteArray()
    buffer = QBuffer(out)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    plain = QImage(image.convertToFormat(QImage.Format.Format_ARGB32))
    for key in plain.textKeys():
        plain.setText(key, "")
    QImageWriter(buffer, QByteArray(b"png")).write(plain)
    return PICTURE + base64.b64encode(out.data()).decode("ascii")


def _decoded(data: bytes, formats: tuple[str, ...], most: int) -> QImage:
    """The picture, or a null one where it is none of those formats or has too many pixels."""
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    size, kind = reader.size(), bytes(reader.format().data()).decode("ascii", "replace")
    if kind not in formats or not size.isValid() or size.width() * size.height() > most:
        return QImage()
    reader.setAutoTransform(True)
    return reader.read()


@lru_cache(maxsize=256)
def picture_of(uri: str) -> QImage:
    """The picture that a style holds; a null one where it holds none. Nothing outside the text is read."""
    try:
        data = base64.b64decode(uri.removeprefix(PICTURE), validate=True)
    except (binascii.Error, ValueError):
        return QImage()
    return _decoded(data, ("png",), 512 * 512) if len(data) <= _KEPT_BYTES else QImage()
