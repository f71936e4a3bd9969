"""The paths of a pictogram's SVG file, so that every device paints the same curves."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

from defusedxml import ElementTree
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath

_TOKEN = re.compile(r"([MmLlHhVvCcSsQqAaZz])|([-+]?(?:\d*\.\d+|\d+\.?)(?:[eE][-+]?\d+)?)")
_NEEDS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "A": 7, "Z": 0}


def paths_in(file: Path) -> list[QPainterPath]:
    """The outline of each `<path>` of the file, holes by the even-odd rule; ValueError where one cannot be read."""
    root = ElementTree.fromstring(file.read_text(encoding="utf-8"), forbid_dtd=True)
    return [_Reader(element.get("d", "")).path for element in root.iter() if element.tag.rsplit("}", 1)[-1] == "path"]


def _commands(text: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with its numbers; a command repeats while numbers follow (a repeated move is a line)."""
    tokens = [(letter, number) for letter, number in _TOKEN.findall(text)]
    at, letter = 0, ""
    while at < len(tokens):
        if tokens[at][0]:
            letter, at = tokens[at][0], at + 1
        need = _NEEDS[letter.upper()]
        numbers = [number for _letter, number in tokens[at:at + need]]
        if len(numbers) < need or "" in numbers:
            raise ValueError(text)
        yield letter, [float(number) for number in numbers]
        at += need
        letter = {"M": "L", "m": "l"}.get(letter, letter)


class _Reader:
    """Follows the commands of one path."""

    def __init__(self, text: str) -> None:
        self.path = QPainterPath()
        self.path.setFillRule(Qt.FillRule.OddEvenFill)
        self._at = self._start = QPointF(0, 0)
        self._control: QPointF | None = None
        for letter, numbers in _commands(text):
            control, self._control = self._control, None
            base = self._at if letter.islower() else QPointF(0, 0)
            self._DO[letter.upper()](self, numbers, base, control)

    def _points(self, numbers: list[float], base: QPointF) -> list[QPointF]:
        return [base + QPointF(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]

    def _move(self, numbers: list[float], base: QPointF, _control: QPointF | None) -> None:
        self._at = self._start = base + QPointF(*numbers)
        self.path.moveTo(self._at)

    def _line(self, numbers: list[float], base: QPointF, _control: QPointF | None) -> None:
        self._at = base + QPointF(*numbers)
        self.path.lineTo(self._at)

    def _across(self, numbers: list[float], base: QPointF, _control: QPointF | None) -> None:
        self._at = QPointF(base.x() + numbers[0], self._at.y())
        self.path.lineTo(self._at)

    def _down(self, numbers: list[float], base: QPointF, _control: QPointF | None) -> None:
        self._at = QPointF(self._at.x(), base.y() + numbers[0])
        self.path.lineTo(self._at)

    def _cubic(self, numbers: list[float], base: QPointF, _control: QPointF | None) -> None:
        one, other, end = self._points(numbers, base)
        self.path.cubicTo(one, other, end)
        self._at, self._control = end, other

    def _smooth(self, numbers: list[float], base: QPointF, control: QPointF | None) -> None:
        other, end = self._points(numbers, base)
        self.path.cubicTo(self._at * 2 - control if control else self._at, other, end)
        self._at, self._control = end, other

    def _quadratic(self, numbers: list[float], base: QPointF, _control: QPointF | None) -> None:
        control, end = self._points(numbers, base)
        self.path.quadTo(control, end)
        self._at = end

    def _arc(self, numbers: list[float], base: QPointF, _control: QPointF | None) -> None:
        rx, ry, turn, large, sweep = numbers[:5]
        end = base + QPointF(numbers[5], numbers[6])
        for curve in _arc_curves(self._at, end, rx, ry, math.radians(turn), bool(large), bool(sweep)):
            self.path.cubicTo(*curve)
        self._at = end

    def _close(self, _numbers: list[float], _base: QPointF, _control: QPointF | None) -> None:
        self.path.closeSubpath()
        self._at = self._start

    _DO: ClassVar[dict[str, Callable[..., None]]] = {
        "M": _move, "L": _line, "H": _across, "V": _down, "C": _cubic, "S": _smooth, "Q": _quadratic, "A": _arc,
        "Z": _close}


def _arc_curves(start: QPointF, end: QPointF, rx: float, ry: float, turn: float, large: bool,
                sweep: bool) -> Iterator[tuple[QPointF, QPointF, QPointF]]:
    """An elliptical arc as cubic curves (SVG 1.1, appendix F.6)."""
    cos, sin = math.cos(turn), math.sin(turn)
    dx, dy = (start.x() - end.x()) / 2, (start.y() - end.y()) / 2
    px, py = cos * dx + sin * dy, cos * dy - sin * dx
    grow = math.sqrt(max(1.0, (px / rx) ** 2 + (py / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    over = max(0.0, (rx * ry) ** 2 - (rx * py) ** 2 - (ry * px) ** 2)
    factor = math.sqrt(over / ((rx * py) ** 2 + (ry * px) ** 2)) * (-1 if large == sweep else 1)
    mx, my = factor * rx * py / ry, -factor * ry * px / rx
    centre = QPointF(cos * mx - sin * my, sin * mx + cos * my) + (start + end) / 2
    first = math.atan2((py - my) / ry, (px - mx) / rx)
    swept = math.atan2((-py - my) / ry, (-px - mx) / rx) - first
    swept += 2 * math.pi * ((swept < 0) if sweep else -(swept > 0))

    def point(x: float, y: float) -> QPointF:
        return centre + QPointF(cos * rx * x - sin * ry * y, sin * rx * x + cos * ry * y)

    steps = max(1, math.ceil(abs(swept) / (math.pi / 2) - 1e-9))
    step = swept / steps
    pull = 4 / 3 * math.tan(step / 4)
    for number in range(steps):
        a, b = first + number * step, first + (number + 1) * step
        yield (point(math.cos(a) - pull * math.sin(a), math.sin(a) + pull * math.cos(a)),
               point(math.cos(b) + pull * math.sin(b), math.sin(b) - pull * math.cos(b)),
               point(math.cos(b), math.sin(b)))
