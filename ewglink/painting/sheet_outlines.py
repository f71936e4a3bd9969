"""Where the sheets of a page setup lie on a chart: their edges and what of them is printed, in chart units."""

from __future__ import annotations

from dataclasses import dataclass

from ewglink.drawing.marks import Rect
from ewglink.drawing.scene import Scene
from ewglink.painting.page_setup import PageSetup
from ewglink.painting.sheets import UNIT_MM, plan_of


@dataclass(frozen=True)
class SheetOutline:
    """One sheet laid on the chart: its name (empty where there is but one), its edges, and the part of the chart that
    is printed on it."""

    name: str
    paper: Rect
    printed: Rect


def sheet_outlines(scene: Scene, setup: PageSetup, paper: tuple[float, float] | None = None) -> list[SheetOutline]:
    """The sheets on which the finished `scene` goes, row by row; `paper` as for `plan_of`."""
    made = plan_of(scene, setup, None, paper)
    natural = 1 / (made.scale * UNIT_MM)
    x0, y0 = scene.page[:2]
    wide, high = made.paper
    found = []
    for tile in made.tiles():
        left, top = tile.window[0] - made.frame[0], tile.window[1] - made.frame[1]
        boxes = [(x0 + box[0] * natural, y0 + box[1] * natural, x0 + box[2] * natural, y0 + box[3] * natural)
                 for box in ((left, top, left + wide, top + high), tile.window)]
        found.append(SheetOutline(tile.name if made.count > 1 else "", *boxes))
    return found
