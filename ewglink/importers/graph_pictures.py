"""Where the nodes of a graph stand in its file, as a chart."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ewglink.importers.graph_file import Element, GraphNode, Picture, Placed
from ewglink.importers.graph_survey import Survey
from ewglink.importers.graph_words import settled_node
from ewglink.model.items import OWN_SPACE

_CLOSE, _FAR = 70.0, 600.0
_GOOD = 130.0
"""Chart units between neighbours: icons are 44 across and have their label below."""

_LOOKS = ("colour", "frame", "representation", "picture")


def pictures(survey: Survey, path: Path, elements: Iterable[Element]) -> Iterator[Picture]:
    """One chart, named after the file; none where no node has a place."""
    if not survey.placed:
        return
    factor = 1.0 if survey.title.ours else _factor(survey)
    low_x, low_y, high_x, high_y = survey.box
    middle = (0.0, 0.0) if survey.title.ours else ((low_x + high_x) / 2, (low_y + high_y) / 2)
    case = survey.title.case
    space, before = (OWN_SPACE, f"{case}|") if case else ("", "")
    placed: dict[str, Placed] = {}
    measures: dict[str, float] = {}
    for one in elements:
        if type(one) is GraphNode:
            node = settled_node(one)
            if node.x is not None and node.y is not None and node.id not in placed:
                at = ((node.x - middle[0]) * factor, (node.y - middle[1]) * factor)
                if node.look.get("measure"):
                    measures[node.id] = float(node.look["measure"])
                placed[node.id] = Placed(space, before + node.id, round(at[0], 3) if factor != 1.0 else at[0],
                                         round(at[1], 3) if factor != 1.0 else at[1],
                                         {} if survey.title.ours else _look(node.look))  # fmt: skip
    if not survey.title.ours:
        _resize(placed, measures)
    yield Picture(path.stem, tuple(placed.values()))


def _resize(placed: dict[str, Placed], measures: dict[str, float]) -> None:
    """Sizes as a file states them, as factors of the usual size: areas tell, the median is usual, in steps of a
    fifth."""
    known = sorted(size for size in measures.values() if size > 0)
    if not known:
        return
    usual = known[len(known) // 2]
    for name, size in measures.items():
        factor = round(min(2.0, max(0.6, math.sqrt(max(size, 0.0) / usual))) * 5) / 5
        if factor != 1.0:
            placed[name] = replace(placed[name], look={**placed[name].look, "size": factor})


def _factor(survey: Survey) -> float:
    """By what the file's units are multiplied, so that neighbours stand neither on each other nor out of sight: 1 where
    they stand well."""
    low_x, low_y, high_x, high_y = survey.box
    width, height = high_x - low_x, high_y - low_y
    along = max(width, height)
    if survey.placed < 2 or along <= 0:
        return 1.0
    room = width * height
    apart = max(math.sqrt(room / survey.placed) if room > 0 else 0.0, along / survey.placed)
    return 1.0 if _CLOSE <= apart <= _FAR else _GOOD / apart


def _look(look: dict[str, Any]) -> dict[str, Any]:
    return {name: look[name] for name in _LOOKS if look.get(name)}
