"""Where event frames and upright links stand: at their time, between the theme lines, beside one another."""

from __future__ import annotations

from dataclasses import dataclass, field

from ewglink.drawing.timeline.wiring import USUAL, Metrics

_APART = 12.0
_OUTER, _CROSSED, _BEHIND = 0.6, 3.0, 2.0
LINK_APART = 14.0
_LOOKED_AT = 60


@dataclass(frozen=True)
class Wanted:
    """A frame that wants a place: its middle, half its width, and the numbers of the theme lines that enter it."""

    x: float
    half: float
    themes: tuple[int, ...]
    gap: int | None = None
    """The gap it was put into by hand."""


@dataclass(frozen=True)
class Placed:
    """A frame's place: its middle, and the gap it stands in: gap g lies above theme line g, the last below them all."""

    x: float
    gap: int
    half: float


@dataclass
class _Board:
    count: int
    links: list[tuple[float, int, int]]
    metrics: Metrics
    frames: list[Placed] = field(default_factory=list)
    free: dict[int, float] = field(default_factory=dict)
    """The right end of the last frame in a gap."""
    themes: dict[int, float] = field(default_factory=dict)
    """The right end of the last frame a theme line enters."""


def place_frames(wanted: list[Wanted], count: int, links: list[tuple[float, int, int]],
                 metrics: Metrics = USUAL) -> tuple[list[Placed], float]:
    """A place for each frame (in order of time) among `count` theme lines, and how far frames had to move to the right
    of their time in all. `links` are upright: place, upper and lower theme line."""
    board = _Board(count, links, metrics)
    moved = 0.0
    for one in wanted:
        found = _best(board, one)
        moved += found.x - one.x
        board.frames.append(found)
        board.free[found.gap] = found.x + one.half
        for theme in one.themes:
            board.themes[theme] = found.x + one.half
    return board.frames, moved


def _best(board: _Board, one: Wanted) -> Placed:
    room = 2 * board.metrics.near + one.half
    after = max((board.themes[theme] + room for theme in one.themes if theme in board.themes), default=one.x)
    options = []
    for gap in range(board.count + 1) if one.gap is None else (min(one.gap, board.count),):
        room = board.free.get(gap, -1e9) + _APART + one.half
        x = max(one.x, after, room)
        options.append((round(x - one.x, 3), _cost(board, one, gap, x), gap, x))
    _moved, _worth, gap, x = min(options)
    return Placed(x, gap, one.half)


def _cost(board: _Board, one: Wanted, gap: int, x: float) -> float:
    cost = sum(abs(theme - (gap - 0.5)) for theme in one.themes)
    if gap in (0, board.count):
        cost += _OUTER
    left, right = x - one.half, x + one.half
    cost += _CROSSED * sum(1 for at, upper, lower in board.links if upper < gap <= lower and left < at < right)
    return cost + _BEHIND * _wires_behind(board, one, gap, left, right)


def _wires_behind(board: _Board, one: Wanted, gap: int, left: float, right: float) -> int:
    """How many frames the theme lines would run behind on their way to this gap."""
    found = 0
    for frame in board.frames[-_LOOKED_AT:]:
        begin, end = frame.x - frame.half, frame.x + frame.half
        if end < left - board.metrics.far or begin > right + board.metrics.far:
            continue
        found += sum(1 for theme in one.themes
                     if theme < frame.gap < gap or gap < frame.gap <= theme)
    return found


def place_links(wanted: list[tuple[float, int, int]]) -> list[float]:
    """The places of upright links (place, upper and lower theme line), in order: those that would lie on one another
    stand side by side."""
    done: list[tuple[float, int, int]] = []
    places = []
    for x, upper, lower in wanted:
        done = [one for one in done if one[0] > x - LINK_APART]
        taken = sorted(at for at, high, low in done if high < lower and low > upper)
        for at in taken:
            if abs(at - x) < LINK_APART - 1e-6:
                x = at + LINK_APART
        done.append((x, upper, lower))
        places.append(x)
    return places
