"""Annotations that belong to items: they stand where their items stand, wherever these are moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import hypot
from typing import Any

Place = tuple[float, float]
Box = tuple[float, float, float, float]
CLEAR, GAP = 30.0, 8.0
"""How far from an item's middle a line to it ends, and from each other notes stand, in chart units."""


def anchored(bodies: Iterable[dict[str, Any]], places: Mapping[int, Place]) -> list[dict[str, Any]]:
    """The annotations with those that name `ends` (items) put where these are.

    A line or an arrow goes from the first to the second; anything else stands with its middle between them, `dx`, `dy`
    aside, and below another that would lie there. One whose items are not on the chart, or hidden, is left out.
    """
    found, taken = [], list[Box]()
    for body in bodies:
        ends = body.get("ends")
        if not isinstance(ends, list) or not ends:
            found.append(body)
        elif all(item in places for item in ends):
            placed = body | _placed(body, [places[item] for item in ends])
            if body.get("kind") not in ("line", "arrow"):
                placed["y"] = _lowered(placed, taken)
            found.append(placed)
    return found


def _lowered(body: Mapping[str, Any], taken: list[Box]) -> float:
    """How far down something stands so that it lies on nothing `taken`, which it joins."""
    x, y, wide, high = (float(body.get(key, 0.0)) for key in ("x", "y", "width", "height"))
    for x0, y0, x1, y1 in sorted(taken, key=lambda box: box[1]):
        if x < x1 and x + wide > x0 and y < y1 + GAP and y + high + GAP > y0:
            y = y1 + GAP
    taken.append((x, y, x + wide, y + high))
    return y


def _placed(body: Mapping[str, Any], at: list[Place]) -> dict[str, float]:
    if body.get("kind") in ("line", "arrow"):
        (x, y), (x2, y2) = at[0], at[-1]
        far = hypot(x2 - x, y2 - y)
        part = CLEAR / far if far > 2 * CLEAR else 0.0
        return {"x": x + (x2 - x) * part, "y": y + (y2 - y) * part, "x2": x2 - (x2 - x) * part,
                "y2": y2 - (y2 - y) * part}
    wide, high = float(body.get("width", 0.0)), float(body.get("height", 0.0))
    x, y = sum(x for x, _y in at) / len(at), sum(y for _x, y in at) / len(at)
    if len(at) > 1 and _in_the_way(at, wide, high):
        y = min(y for _x, y in at) - high / 2 - 1.5 * CLEAR
    return {"x": x + float(body.get("dx", 0.0)) - wide / 2, "y": y + float(body.get("dy", 0.0)) - high / 2}


def _in_the_way(at: list[Place], wide: float, high: float) -> bool:
    """Whether something so large would lie over its own items if it stood between them: it then stands above."""
    across, down = abs(at[0][0] - at[-1][0]), abs(at[0][1] - at[-1][1])
    return across < wide + 2 * CLEAR and down < high + 3 * CLEAR
