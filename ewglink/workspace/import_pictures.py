"""Charts that files bring: what stands where, in the step that brings the items."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from typing import Any

from ewglink.importers.contract import Problem
from ewglink.importers.graph_file import Picture, Placed
from ewglink.model.changes import Change, PackedMove
from ewglink.store.case_file import CaseFile
from ewglink.store.loading import Loading
from ewglink.text import counted

_BATCH = 5_000
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
_NO_STYLE = ("representation", "flags")
_FLAGS = 2 | 4
"""HIDDEN and GREYED, and the keys of SUB_TEXTS, as drawing has them; the writer process starts without it."""
_SUB_TEXTS = frozenset({"date", "description", "source", "grade", "pin"})
_MOST_FIGURES = 100
"""Figures of one link's corners, two each."""
_GAP = 200.0
"""Chart units between what stood on a chart and what comes."""


class BroughtCharts:
    """The changes and moves that put pictures on charts."""

    def __init__(self, case: CaseFile, loading: Loading) -> None:
        self._case, self._loading = case, loading
        self.changes: list[Change] = []
        self.moves: list[PackedMove] = []
        self._names = {chart.name: chart.id for chart in case.charts.listed()}
        self._new: set[int] = set()
        self._next = {table: case.next_id(table) for table in ("chart", "style", "annotation")}
        self._styles = {_body(style): number for number, style in case.charts.styles().items()}
        self._standing: dict[int, dict[int, tuple[float, float]]] = {}

    def take(self, picture: Picture, namespace: str, wanted: str | None) -> Iterable[Problem]:
        """Put `picture` on the chart `wanted` (None: one of its own name); what it names without a namespace is of
        `namespace`."""
        at = self._found(picture.placed, namespace)
        missing = len(picture.placed) - len(at)
        if missing:
            words = counted("{n} item of the picture “{name}” is not among what was imported.",
                            "{n} items of the picture “{name}” are not among what was imported.",
                            missing, name=picture.name)  # fmt: skip
            yield Problem("", None, None, None, "picture_items_missing", words)
        if not at and not picture.annotations:
            return
        chart = self._chart(picture, wanted)
        standing = self._standing[chart]
        shift = self._aside(standing.values(), [(one.x, one.y) for one in at.values()])
        plain: dict[int, tuple[float, float]] = {}
        for item, one in at.items():
            if item in standing:
                continue
            x, y = one.x + shift, one.y
            standing[item] = (x, y)
            style, representation = self._style(one.look), one.look.get("representation")
            flags = _flags(one.look)
            if style is None and not representation and not flags:
                plain[item] = (x, y)
                continue
            row = {"chart_id": chart, "item_id": item, "x": x, "y": y, "flags": flags,
                   "representation": representation, "style_id": style}  # fmt: skip
            self.changes.append(Change("placement", None, row))
        if plain:
            items = sorted(plain)
            new = [part for item in items for part in plain[item]]
            self.moves.append(PackedMove.of(chart, items, [math.nan] * len(new), new))
        self._annotate(chart, picture, shift)

    def _found(self, placed: Iterable[Placed], namespace: str) -> dict[int, Placed]:
        """The items that are placed, by their identities."""
        by_space: dict[str, dict[str, Placed]] = {}
        for one in placed:
            by_space.setdefault(one.ns or namespace, {}).setdefault(one.value, one)
        at: dict[int, Placed] = {}
        for space, named in by_space.items():
            values = list(named)
            for first in range(0, len(values), _BATCH):
                for value, item, _kind, _rank in self._loading.known(space, values[first : first + _BATCH]):
                    at.setdefault(item, named[value])
        standing = self._case.items.standing(at)
        return {standing.get(item, item): mark for item, mark in reversed(at.items())}

    def _chart(self, picture: Picture, wanted: str | None) -> int:
        """The chart that takes the picture; one named after it that is there already is not touched."""
        name = (wanted or picture.name).strip() or "1"
        chart = self._names.get(name)
        if wanted is None and chart is not None:
            stem, n = name, 1
            while name in self._names:
                n += 1
                name = f"{stem} ({n})"
            chart = None
        if chart is None:
            chart = self._next["chart"]
            self._next["chart"] += 1
            row = {"id": chart, "name": name, "settings": json.dumps(picture.settings, ensure_ascii=False)}
            self.changes.append(Change("chart", None, row))
            self._names[name] = chart
            self._new.add(chart)
            self._standing[chart] = {}
        if chart not in self._standing:
            placed = self._case.charts.placements(chart)
            places = zip(placed.items.tolist(), placed.xy.tolist(), strict=True)
            self._standing[chart] = {item: (x, y) for item, (x, y) in places}
        return chart

    @staticmethod
    def _aside(there: Iterable[tuple[float, float]], come: list[tuple[float, float]]) -> float:
        """How far what comes is moved to the right, so that it stands beside what is there."""
        right = max((x for x, _y in there), default=None)
        left = min((x for x, _y in come), default=0.0)
        return 0.0 if right is None else right + _GAP - left

    def _style(self, look: dict[str, Any]) -> int | None:
        style = {key: value for key, value in look.items() if key not in _NO_STYLE and _sound(key, value)}
        if not style:
            return None
        body = _body(style)
        number = self._styles.get(body)
        if number is None:
            number = self._styles[body] = self._next["style"]
            self._next["style"] += 1
            self.changes.append(Change("style", None, {"id": number, "body": body}))
        return number

    def _annotate(self, chart: int, picture: Picture, shift: float) -> None:
        for kind, body in picture.annotations:
            if shift and isinstance(body.get("x"), (int, float)):
                body = {**body, "x": body["x"] + shift}
            number = self._next["annotation"]
            self._next["annotation"] += 1
            row = {"id": number, "chart_id": chart, "kind": kind, "body": json.dumps(body, ensure_ascii=False)}
            self.changes.append(Change("annotation", None, row))


def _flags(look: dict[str, Any]) -> int:
    """Whether the item is hidden or greyed."""
    found = look.get("flags")
    return found & _FLAGS if isinstance(found, int) else 0


def _sound(key: str, value: Any) -> bool:
    """Whether a setting is what drawing takes: what a file says of looks was read apart and may be anything."""
    if key in ("colour", "frame", "border"):
        return isinstance(value, str) and _COLOUR.fullmatch(value) is not None
    if key in ("size", "width", "height", "font"):
        return isinstance(value, (int, float)) and 0 < value < 10_000
    if key == "corners":
        return isinstance(value, list) and len(value) <= _MOST_FIGURES and all(isinstance(one, float) for one in value)
    if key == "sub_texts":
        return isinstance(value, list) and set(map(str, value)) <= _SUB_TEXTS
    return isinstance(value, (str, bool)) and len(str(value)) < 1_000_000


def _body(style: dict[str, Any]) -> str:
    return json.dumps(style, ensure_ascii=False, sort_keys=True)

