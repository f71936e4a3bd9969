"""Names on the map: none lies over a disc or another name; what is drawn last has the first choice."""

from __future__ import annotations

from ewglink.drawing.figure import Area, Part, Words
from ewglink.drawing.marks import Align
from ewglink.workspace.map_figure import circle
from ewglink.workspace.map_names import apart


def thing(item: int, x: float, y: float, name: str) -> list[Part]:
    return [Area((circle(x, y, 6.0),), 0, items=(item,)), Words(x + 12, y, name, 10.0, 0, items=(item,))]


def names(parts: list[Part]) -> dict[str, Align]:
    return {part.text: Align(part.align) for part in parts if isinstance(part, Words)}


def test_a_name_with_room_stays() -> None:
    parts = thing(1, 0, 0, "One") + thing(2, 0, 100, "Two")
    assert apart(parts) == parts


def test_a_name_over_a_disc_goes_to_the_left() -> None:
    parts = [*thing(1, 0, 0, "Northern"), Area((circle(30, 0, 12.0),), 0, items=(7, 8)),
             Words(30, 0, "2", 10.0, 0, Align.CENTRE, items=(7, 8))]
    found = apart(parts)
    assert names(found) == {"Northern": Align.RIGHT, "2": Align.CENTRE}
    moved = next(part for part in found if isinstance(part, Words) and part.text == "Northern")
    assert moved.x < -6


def test_a_name_without_room_is_left_out_and_the_last_has_the_first_choice() -> None:
    wall = [Area((circle(x, 0, 12.0),), 0, items=(9, x)) for x in (-40, 40)]
    parts = [*wall, *thing(1, 0, 0, "A long name here"), *thing(2, 0, 200, "First"), *thing(3, 0, 203, "Second")]
    found = apart(parts)
    assert names(found) == {"First": Align.RIGHT, "Second": Align.LEFT}
    assert [part for part in found if isinstance(part, Area)] == [part for part in parts if isinstance(part, Area)]
