"""Names on the map that do not lie over one another: each goes where there is room, or is left to hovering."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ewglink.drawing.figure import Area, Part, Words
from ewglink.drawing.marks import Align
from ewglink.drawing.measure import LINE_HEIGHT, RoughMeasure

_GAP = 2.0
Box = tuple[float, float, float, float]


def apart(parts: Sequence[Part]) -> list[Part]:
    """The parts in their order, without names that find no room beside what is drawn: discs, and names before them.

    A name (words at the right of a disc, of what the disc stands for) may go to its left instead; numbers within discs
    and on lines stay where they are."""
    discs = {part.items: _round(part) for part in parts if isinstance(part, Area) and part.items}
    taken = [*discs.values(), *(_box(part) for part in parts if isinstance(part, Words) and not _is_name(part))]
    found: list[Part | None] = [None if _is_name(part) else part for part in parts]
    for at in range(len(parts) - 1, -1, -1):  # what is drawn last, the selected, has the first choice
        part = parts[at]
        if isinstance(part, Words) and _is_name(part):
            found[at] = _placed(part, discs.get(part.items), taken)
    return [part for part in found if part is not None]


def _is_name(part: Part) -> bool:
    return isinstance(part, Words) and part.align == Align.LEFT


def _placed(name: Words, disc: Box | None, taken: list[Box]) -> Words | None:
    choices = [name]
    if disc is not None:
        choices.append(replace(name, x=disc[0] - (name.x - disc[2]), align=Align.RIGHT))
    for choice in choices:
        own = _box(choice)
        if not any(_meet(own, other) for other in taken if other is not disc):
            taken.append(own)
            return choice
    return None


def _box(words: Words) -> Box:
    wide, high = RoughMeasure().width(words.text, words.size, words.bold), words.size * LINE_HEIGHT
    left = words.x - {Align.LEFT: 0.0, Align.CENTRE: wide / 2, Align.RIGHT: wide}[Align(words.align)]
    return left - _GAP, words.y - high / 2, left + wide + _GAP, words.y + high / 2


def _round(disc: Area) -> Box:
    low, high = disc.rings[0].min(axis=0).tolist(), disc.rings[0].max(axis=0).tolist()
    return low[0], low[1], high[0], high[1]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
