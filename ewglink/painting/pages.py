"""Charts on paper: PNG, SVG and PDF, each written to a temporary file first and then renamed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QMarginsF, QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QImageWriter, QPageLayout, QPageSize, QPaintDevice, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from ewglink.drawing.content import ChartContent
from ewglink.drawing.furniture import Furniture, paper_scene, smallest_text
from ewglink.drawing.scene import Scene
from ewglink.drawing.style import LIGHT, Palette
from ewglink.model.refusal import Refusal
from ewglink.painting.application import ready
from ewglink.painting.painter import paint_scene
from ewglink.painting.svg_texts import with_text_lengths
from ewglink.painting.text_measure import FontMeasure
from ewglink.text import N_, message

UNIT_MM = 0.25
PAGES = {"fit": None, "a4": QPageSize.PageSizeId.A4, "a3": QPageSize.PageSizeId.A3,
         "letter": QPageSize.PageSizeId.Letter, "tabloid": QPageSize.PageSizeId.Tabloid}
"""Page sizes by key, landscape; `fit` is a page as large as the chart."""
_PAGE_MARGIN_MM = 8.0
_MOST_PIXELS = 32000
_MOST_AREA = 120_000_000
_USUAL_AREA = 40_000_000
"""Pixels of a PNG whose width nobody gave; a wall-sized chart comes at fewer dots an inch."""
_PNG_QUALITY = 80
"""Compressed nearly as small as Qt would, in half the time."""
_MOST_PDF_MM = 5000.0


def scene_of(content: ChartContent, *, palette: Palette = LIGHT, pieces: Furniture | None = None) -> Scene:
    """The scene of a chart as it goes on paper, measured in the bundled font."""
    ready()
    return paper_scene(content, FontMeasure(), palette, pieces)


def _size(scene: Scene) -> tuple[float, float]:
    x0, y0, x1, y1 = scene.page
    return x1 - x0, y1 - y0


def millimetres(scene: Scene) -> tuple[float, float]:
    """The width and height of the page at full size."""
    wide, high = _size(scene)
    return wide * UNIT_MM, high * UNIT_MM


def smallest_points(scene: Scene, page: str = "fit") -> float:
    """The height of the smallest text on that page, in points."""
    return smallest_text(scene) * UNIT_MM * _shrink(scene, page) * 72 / 25.4


def _page_mm(page: str) -> tuple[float, float] | None:
    found = PAGES[page]
    if found is None:
        return None
    size = QPageSize.size(found, QPageSize.Unit.Millimeter)
    return max(size.width(), size.height()), min(size.width(), size.height())


def _shrink(scene: Scene, page: str) -> float:
    """By how much the chart is made smaller (or larger) for the page."""
    wide, high = millimetres(scene)
    paper = _page_mm(page)
    if paper is None:
        return min(1.0, _MOST_PDF_MM / max(wide, high))
    room = paper[0] - 2 * _PAGE_MARGIN_MM, paper[1] - 2 * _PAGE_MARGIN_MM
    return min(room[0] / wide, room[1] / high)


def _atomically(path: Path, write: Callable[[Path], bool]) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.touch()
        if not write(draft):
            raise OSError
        with draft.open("rb+") as stream:
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError as error:
        raise Refusal("cannot_write", message(N_("{file} cannot be written: the folder may be full or read-only."),
                                              file=str(path))) from error
    finally:
        draft.unlink(missing_ok=True)


def _onto(device: QPaintDevice, paint: Callable[[QPainter], None]) -> bool:
    """Paint on a device; a painter that is not ended before its device goes takes the process with it."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    try:
        paint(painter)
    finally:
        done = painter.end()
    return done


def _paint(painter: QPainter, scene: Scene, target: QRectF) -> None:
    x0, y0 = scene.page[:2]
    wide, high = _size(scene)
    painter.translate(target.topLeft())
    painter.scale(target.width() / wide, target.height() / high)
    painter.translate(-x0, -y0)
    paint_scene(painter, scene)


def image_of(scene: Scene, scale: float) -> QImage:
    """The page as a picture of `scale` pixels a chart unit, made smaller where it would not fit in memory."""
    ready()
    wide, high = _size(scene)
    scale = min(scale, _MOST_PIXELS / wide, _MOST_PIXELS / high, (_MOST_AREA / (wide * high)) ** 0.5)
    pixels = QSize(max(1, round(wide * scale)), max(1, round(high * scale)))
    image = QImage(pixels, QImage.Format.Format_RGB32)
    image.fill(scene.palette.background)
    image.setDotsPerMeterX(round(scale / UNIT_MM * 1000))
    image.setDotsPerMeterY(round(scale / UNIT_MM * 1000))
    _onto(image, lambda painter: _paint(painter, scene, QRectF(0, 0, pixels.width(), pixels.height())))
    return image


def write_png(scene: Scene, path: Path, *, dpi: float | None = None, width_px: int | None = None,
              width_mm: float | None = None) -> None:
    """The page as PNG: at `dpi` (192, or fewer for a large chart), or `width_px` wide, or `width_mm` wide at `dpi`.

    Refusal where it cannot be written.
    """
    wide, high = _size(scene)
    scale = (dpi or 192.0) * UNIT_MM / 25.4
    if width_px is not None:
        scale = width_px / wide
    elif width_mm is not None:
        scale *= width_mm / millimetres(scene)[0]
    elif dpi is None:
        scale = min(scale, (_USUAL_AREA / (wide * high)) ** 0.5)
    image = image_of(scene, scale)
    if width_mm is not None:
        image.setDotsPerMeterX(round(image.width() / width_mm * 1000))
        image.setDotsPerMeterY(round(image.width() / width_mm * 1000))

    def write(draft: Path) -> bool:
        writer = QImageWriter(str(draft), QByteArray(b"png"))
        writer.setQuality(_PNG_QUALITY)
        return writer.write(image)

    _atomically(Path(path), write)


def write_svg(scene: Scene, path: Path) -> None:
    """The page as SVG, text as text, in millimetres at full size. Refusal where it cannot be written."""
    ready()
    wide, high = _size(scene)

    def write(draft: Path) -> bool:
        generator = QSvgGenerator()
        generator.setFileName(str(draft))
        generator.setTitle(scene.content.title)
        generator.setDescription(scene.content.marking)
        generator.setResolution(round(25.4 / UNIT_MM))
        generator.setViewBox(QRectF(0, 0, wide, high))
        generator.setSize(QSize(round(wide), round(high)))
        done = _onto(generator, lambda painter: _paint(painter, scene, QRectF(0, 0, wide, high)))
        del generator
        draft.write_text(with_text_lengths(draft.read_text(encoding="utf-8")), encoding="utf-8")
        return done

    _atomically(Path(path), write)


def write_pdf(scene: Scene, path: Path, *, page: str = "fit") -> None:
    """The page as PDF with fonts embedded and real text; `page` is a key of `PAGES`. Refusal where it cannot be
    written."""
    ready()

    def write(draft: Path) -> bool:
        writer = QPdfWriter(str(draft))
        writer.setResolution(1200)
        writer.setTitle(scene.content.title)
        writer.setCreator("EWGLink")
        _lay_out(writer, scene, page)
        return _onto(writer, lambda painter: _paint(painter, scene, _target(writer, scene, page)))

    _atomically(Path(path), write)


def _lay_out(writer: QPdfWriter, scene: Scene, page: str) -> None:
    paper = _page_mm(page)
    if paper is None:
        shrink = _shrink(scene, page)
        wide, high = millimetres(scene)
        paper = wide * shrink, high * shrink
    size = QPageSize(QSizeF(paper[0], paper[1]), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))


def _target(writer: QPdfWriter, scene: Scene, page: str) -> QRectF:
    full = QRectF(QRect(0, 0, writer.width(), writer.height()))
    if PAGES[page] is None:
        return full
    wide, high = (side * _shrink(scene, page) * writer.resolution() / 25.4 for side in millimetres(scene))
    return QRectF((full.width() - wide) / 2, (full.height() - high) / 2, wide, high)


def svg_bytes(scene: Scene) -> QByteArray:
    """The page as SVG in memory, for the clipboard."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "chart.svg"
        write_svg(scene, target)
        return QByteArray(target.read_bytes())
