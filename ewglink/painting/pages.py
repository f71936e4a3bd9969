"""Charts on paper: PNG, SVG and PDF, each written to a temporary file first and then renamed."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import (
    QColor,
    QImage,
    QImageWriter,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPdfWriter,
)
from PySide6.QtSvg import QSvgGenerator

from ewglink.drawing.content import ChartContent
from ewglink.drawing.furniture import Furniture, finished, smallest_text
from ewglink.drawing.marks import Marks
from ewglink.drawing.scene import Scene, build_scene
from ewglink.drawing.style import LIGHT, Palette
from ewglink.model.refusal import Refusal
from ewglink.painting.application import ready
from ewglink.painting.page_setup import PageSetup
from ewglink.painting.painter import paint_marks, paint_scene
from ewglink.painting.schedule import number_marks
from ewglink.painting.sheets import UNIT_MM, Page, pages_of, plan_of
from ewglink.painting.svg_texts import with_text_lengths
from ewglink.painting.text_measure import FontMeasure
from ewglink.release.view import ScheduleRow
from ewglink.text import N_, message

_MOST_PIXELS = 32000
_MOST_AREA = 120_000_000
_USUAL_AREA = 40_000_000
"""Pixels of a PNG whose width nobody gave; a wall-sized chart comes at fewer dots an inch."""
_PNG_QUALITY = 80
"""Compressed nearly as small as Qt would, in half the time."""
_PDF_DPI = 1200


def scene_of(content: ChartContent, *, palette: Palette = LIGHT, pieces: Furniture | None = None,
             numbered: bool = False) -> Scene:
    """The scene of a chart as it goes on paper, measured in the bundled font; `numbered` for a schedule of items."""
    ready()
    measure = FontMeasure()
    scene = build_scene(content, measure, palette)
    if numbered:
        scene.marks = Marks.joined([scene.marks, number_marks(scene, measure)])
    return finished(scene, measure, pieces)


def _size(scene: Scene) -> tuple[float, float]:
    x0, y0, x1, y1 = scene.page
    return x1 - x0, y1 - y0


def millimetres(scene: Scene) -> tuple[float, float]:
    """The width and height of the page at full size."""
    wide, high = _size(scene)
    return wide * UNIT_MM, high * UNIT_MM


def setup_of(scene: Scene, page: str | None = None, asked: Any = None) -> PageSetup:
    """The page setup of the scene's chart, what is `asked` first."""
    setup = PageSetup.of(scene.content.settings, asked)
    return setup if page is None else replace(setup, page=page, across=1, down=1, scale=0.0)


def smallest_points(scene: Scene, page: str | None = None, asked: Any = None) -> float:
    """The height of the chart's smallest text on those pages, in points."""
    return smallest_text(scene) * UNIT_MM * plan_of(scene, setup_of(scene, page, asked)).scale * 72 / 25.4


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


def write_pdf(scene: Scene, path: Path, *, page: str | None = None, asked: Any = None,
              schedule: Sequence[ScheduleRow] = ()) -> None:
    """The chart as PDF with fonts embedded and real text, on the sheets that its page setup wants.

    What `asked` says of the page setup goes before it, and `page` (a key of `PAPERS`) before both. Refusal where it
    cannot be written.
    """
    ready()
    pages = pages_of(scene, setup_of(scene, page, asked), schedule)

    def write(draft: Path) -> bool:
        writer = QPdfWriter(str(draft))
        writer.setResolution(_PDF_DPI)
        writer.setTitle(scene.content.title)
        writer.setCreator("EWGLink")
        return paint_pages(writer, scene, pages)

    _atomically(Path(path), write)


def paint_pages(device: QPagedPaintDevice, scene: Scene, pages: Sequence[Page], *, own_paper: bool = True) -> bool:
    """Paint every page, each on `own_paper` or on what is in the device; a printer is set to paint from the corner of
    the paper."""

    def laid_out(page: Page) -> None:
        size = QPageSize(QSizeF(*page.paper), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
        device.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))

    if own_paper:
        laid_out(pages[0])

    def paint(painter: QPainter) -> None:
        for at, page in enumerate(pages):
            if at:
                if own_paper:
                    laid_out(page)
                device.newPage()
            paint_page(painter, scene, page, device.logicalDpiX() / 25.4)

    return _onto(device, paint)


def paint_page(painter: QPainter, scene: Scene, page: Page, dots: float) -> None:
    """One page at `dots` a millimetre from the painter's origin."""
    painter.save()
    painter.scale(dots * UNIT_MM, dots * UNIT_MM)
    paint_marks(painter, page.ground, scene.looks)
    for window in page.windows:
        painter.save()
        (sx0, sy0, sx1, sy1), (x0, y0, x1, y1) = window.source, window.target
        painter.setClipRect(QRectF(x0, y0, x1 - x0, y1 - y0))
        painter.translate(x0, y0)
        painter.scale((x1 - x0) / (sx1 - sx0), (y1 - y0) / (sy1 - sy0))
        painter.translate(-sx0, -sy0)
        painter.fillRect(QRectF(sx0, sy0, sx1 - sx0, sy1 - sy0), QColor.fromRgba(scene.palette.background))
        for marks in window.marks:
            paint_marks(painter, marks, scene.looks)
        painter.restore()
    paint_marks(painter, page.marks, scene.looks)
    painter.restore()


def svg_bytes(scene: Scene) -> QByteArray:
    """The page as SVG in memory, for the clipboard."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "chart.svg"
        write_svg(scene, target)
        return QByteArray(target.read_bytes())
