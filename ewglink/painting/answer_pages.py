"""Answers on paper: the figure and the tables on pages, under the marking, as PDF; the figure alone as PNG or SVG."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen
from PySide6.QtSvg import QSvgGenerator

from ewglink.drawing.answers import AnswerTable, Cell, ReleasedAnswer
from ewglink.drawing.figure import Figure
from ewglink.drawing.wrapping import wrapped
from ewglink.model.refusal import Refusal
from ewglink.painting.application import ready
from ewglink.painting.figures import paint_figure
from ewglink.painting.painter import paint_text
from ewglink.painting.svg_texts import with_text_lengths
from ewglink.painting.text_measure import FontMeasure
from ewglink.text import N_, _, message, number

UNIT_MM = 0.25
_WIDE, _HIGH = 297.0 / UNIT_MM, 210.0 / UNIT_MM
_EDGE = 48.0
_SIZE, _LINE, _LEAST = 11.0, 15.0, 7.5
_LEADING = _LINE / _SIZE
_INK, _QUIET, _RULE = 0xFF16191D, 0xFF555B63, 0xFFB8BDC4
_TOLD_EACH = 50
_MOST_CELL = 6
"""Lines of a cell on paper; the workbook holds all of it."""


def said(value: Cell) -> str:
    """A cell as people read it."""
    if value is None:
        return ""
    if isinstance(value, float):
        return number(value, 0 if value == round(value) else 2 if abs(value) >= 0.01 else 6)
    return number(value) if isinstance(value, int) else str(value)


def _figure(answer: ReleasedAnswer) -> Figure:
    if answer.sheet.figure is None:
        raise Refusal("no_figure", message(N_("This answer is a table and has no picture; write it as XLSX or PDF.")))
    return answer.sheet.figure()


def _framed(painter: QPainter, answer: ReleasedAnswer, figure: Figure, high: float) -> None:
    """A figure as a picture of its own: banner, title and what was asked above, banner below."""
    painter.fillRect(QRectF(0, 0, figure.width + 2 * _EDGE, high), QColor.fromRgba(figure.background))
    dark = QColor.fromRgba(figure.background).lightness() < 128
    y = _heading(painter, answer, figure.width + 2 * _EDGE, 0xFFECEEF0 if dark else _INK)
    painter.save()
    painter.translate(_EDGE, y)
    paint_figure(painter, figure)
    painter.restore()
    _centred(painter, answer.banner, (figure.width + 2 * _EDGE) / 2, high - 16, 0xFFECEEF0 if dark else _INK)


def _heading(painter: QPainter, answer: ReleasedAnswer, width: float, ink: int = _INK) -> float:
    """Banner, title and what was asked; where they end."""
    measure, y = FontMeasure(), 30.0
    if answer.banner:
        _centred(painter, answer.banner, width / 2, y, ink)
        y += 24
    painter.setPen(QColor.fromRgba(ink))
    for line in wrapped(answer.sheet.title, 20.0, width - 2 * _EDGE, measure, bold=True, most=2):
        paint_text(painter, _EDGE, y, line, 20.0, True)
        y += 25
    for about in answer.sheet.about:
        for line in wrapped(about, _SIZE, width - 2 * _EDGE, measure, most=4):
            paint_text(painter, _EDGE, y, line, _SIZE, False)
            y += _LINE
    return y + 4


def _centred(painter: QPainter, text: str, x: float, y: float, ink: int = _INK) -> None:
    if text:
        wide = FontMeasure().width(text, 12.0, True)
        size = 12.0 * min(1.0, (2 * x - 40) / wide)
        painter.setPen(QColor.fromRgba(ink))
        paint_text(painter, x - wide * size / 24, y, text, size, True)


def _heading_height(answer: ReleasedAnswer, width: float) -> float:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    try:
        return _heading(painter, answer, width)
    finally:
        painter.end()


def write_png(answer: ReleasedAnswer, path: Path, scale: float = 2.0) -> None:
    """The figure as PNG, `scale` pixels a unit (0.25 mm)."""
    ready()
    figure = _figure(answer)
    wide = figure.width + 2 * _EDGE
    high = _heading_height(answer, wide) + figure.height + 40
    scale = min(scale, 16000 / wide, 16000 / high)
    image = QImage(QSize(round(wide * scale), round(high * scale)), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    try:
        painter.scale(scale, scale)
        _framed(painter, answer, figure, high)
    finally:
        painter.end()
    if not image.save(str(path), "PNG"):  # type: ignore[call-overload]
        raise OSError(str(path))


def write_svg(answer: ReleasedAnswer, path: Path) -> None:
    """The figure as SVG, text as text."""
    ready()
    figure = _figure(answer)
    wide = figure.width + 2 * _EDGE
    high = _heading_height(answer, wide) + figure.height + 40
    made = QSvgGenerator()
    made.setFileName(str(path))
    made.setTitle(answer.sheet.title)
    made.setDescription(answer.banner)
    made.setResolution(round(25.4 / UNIT_MM))
    made.setViewBox(QRectF(0, 0, wide, high))
    made.setSize(QSize(round(wide), round(high)))
    painter = QPainter()
    if not painter.begin(made):
        raise OSError(str(path))
    try:
        _framed(painter, answer, figure, high)
    finally:
        painter.end()
    del made
    path.write_text(with_text_lengths(path.read_text(encoding="utf-8")), encoding="utf-8")


class _Pages:
    """Pages of A4 on their side, written one after the other."""

    def __init__(self, writer: QPdfWriter, painter: QPainter, answer: ReleasedAnswer) -> None:
        self.writer, self.painter, self.answer = writer, painter, answer
        self.measure = FontMeasure()
        self.count, self.size = 1, _SIZE
        self.y = _heading(painter, answer, _WIDE)
        self._foot()

    @property
    def bottom(self) -> float:
        """Where a page ends."""
        return _HIGH - 2 * _EDGE

    def turn(self) -> None:
        """A new page."""
        self.writer.newPage()
        self.count += 1
        self.y = 30.0
        _centred(self.painter, self.answer.banner, _WIDE / 2, self.y)
        self.y += 24
        self._foot()

    def _foot(self) -> None:
        _centred(self.painter, self.answer.banner, _WIDE / 2, _HIGH - 22)
        self.painter.setPen(QColor.fromRgba(_QUIET))
        paint_text(self.painter, _EDGE, _HIGH - 42, self.answer.foot, 9.0, False)
        page = _("Page {page}", page=self.count)
        paint_text(self.painter, _WIDE - _EDGE - self.measure.width(page, 9.0), _HIGH - 42, page, 9.0, False)

    def figure(self, figure: Figure) -> None:
        """The figure in what room there is."""
        room = _WIDE - 2 * _EDGE, self.bottom - self.y
        scale = min(room[0] / figure.width, room[1] / figure.height, 1.6)
        self.painter.save()
        self.painter.translate(_EDGE + (room[0] - figure.width * scale) / 2, self.y)
        self.painter.scale(scale, scale)
        paint_figure(self.painter, figure)
        self.painter.restore()
        self.y = self.bottom

    def table(self, table: AnswerTable) -> Iterator[int]:
        """A table, its headings again on each page; the number of its rows now and then."""
        if self.y > self.bottom - 90:
            self.turn()
        self.y += 12
        self._line(table.name, 14.0, True)
        if table.note:
            for line in wrapped(table.note, _SIZE, _WIDE - 2 * _EDGE, self.measure, most=4):
                self._line(line, _SIZE, False)
        for figure in table.figures:
            yield 0
            self._drawn(figure())
        if self.y > self.bottom - 60:
            self.turn()
        self.size = _SIZE
        widths = self._widths(table)
        self._row(table.headings, widths, True)
        for at, row in enumerate(table.rows):
            if at % _TOLD_EACH == 0:
                yield at
            high = self._height(row, widths)
            if self.y + high > self.bottom:
                self.turn()
                self._row(table.headings, widths, True)
            self._row(row, widths, False)

    def _drawn(self, figure: Figure) -> None:
        """A figure among tables, as wide as the page at most."""
        scale = min(1.0, (_WIDE - 2 * _EDGE) / figure.width, (self.bottom - 80) / figure.height)
        if self.y + figure.height * scale > self.bottom:
            self.turn()
        self.painter.save()
        self.painter.translate(_EDGE, self.y)
        self.painter.scale(scale, scale)
        paint_figure(self.painter, figure)
        self.painter.restore()
        self.y += figure.height * scale + 10

    def _line(self, text: str, size: float, bold: bool) -> None:
        self.y += size * 1.3
        self.painter.setPen(QColor.fromRgba(_INK))
        paint_text(self.painter, _EDGE, self.y, text, size, bold)
        self.y += size * 0.3

    def _widths(self, table: AnswerTable) -> list[float]:
        """As wide as the texts want; where that is too much, no column is narrower than its longest word before every
        other is too; the type is smaller where even that is too much."""
        wanted, least = [], []
        for at, heading in enumerate(table.headings):
            shown = list(dict.fromkeys(said(row[at]) for row in table.rows[:400]))
            texts = [(heading, True), *((text, False) for text in shown)]
            wide = max(self.measure.width(text, self.size, bold) for text, bold in texts)
            words = [(word, bold) for text, bold in texts for word in text.split()]
            wanted.append(min(340.0, wide + 12))
            longest = max((self.measure.width(word, self.size, bold) for word, bold in words), default=0.0)
            least.append(min(150.0, longest + 12))
        room = _WIDE - 2 * _EDGE
        if not wanted or sum(wanted) <= room:
            return wanted
        if sum(least) >= room:
            self.size = max(_LEAST, _SIZE * room / sum(least))
            return [one * room / sum(least) for one in least]
        spare = (room - sum(least)) / max(1e-9, sum(wanted) - sum(least))
        return [low + (high - low) * spare for low, high in zip(least, wanted, strict=True)]

    def _cells(
        self, row: tuple[Cell, ...], widths: list[float], bold: bool
    ) -> Iterator[tuple[float, bool, list[str]]]:
        x = _EDGE
        for value, wide in zip(row, widths, strict=True):
            text = said(value)
            lines = list(wrapped(text, self.size, wide - 8, self.measure, bold=bold, most=_MOST_CELL)) if text else []
            right = isinstance(value, (int, float))
            yield (x + wide - 8 if right else x), right, lines
            x += wide

    def _height(self, row: tuple[Cell, ...], widths: list[float]) -> float:
        most = max([1, *(len(lines) for _x, _right, lines in self._cells(row, widths, False))])
        return most * self.size * _LEADING + 4

    def _row(self, row: tuple[Cell, ...], widths: list[float], bold: bool) -> None:
        most = 1
        self.painter.setPen(QColor.fromRgba(_INK))
        for x, right, lines in self._cells(row, widths, bold):
            most = max(most, len(lines))
            for at, line in enumerate(lines):
                shift = self.measure.width(line, self.size, bold) if right else 0.0
                paint_text(self.painter, x - shift, self.y + (at + 0.8) * self.size * _LEADING, line, self.size, bold)
        self.y += most * self.size * _LEADING + 4
        self.painter.setPen(QPen(QColor.fromRgba(_RULE), 2.0 if bold else 0.7, Qt.PenStyle.SolidLine))
        self.painter.drawLine(round(_EDGE), round(self.y), round(_WIDE - _EDGE), round(self.y))


def write_pdf(answer: ReleasedAnswer, path: Path) -> Iterator[float]:
    """The answer as PDF on A4: its figure, then every table. Gives how far it is (0 to 1)."""
    ready()
    writer = QPdfWriter(str(path))
    writer.setResolution(600)
    writer.setTitle(answer.sheet.title)
    writer.setCreator("EWGLink")
    size = QPageSize(QSizeF(297, 210), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError(str(path))
    try:
        dots = 600 / 25.4 * UNIT_MM
        painter.scale(dots, dots)
        pages = _Pages(writer, painter, answer)
        if answer.sheet.figure is not None:
            pages.figure(answer.sheet.figure())
        every, begun = sum(len(table.rows) for table in answer.sheet.tables) or 1, 0
        for table in answer.sheet.tables:
            for row in pages.table(table):
                yield (begun + row) / every
            begun += len(table.rows)
    finally:
        painter.end()
