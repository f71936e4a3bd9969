"""HF-08: the laboratory found another substance than was declared."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.refrigerants import SECTOR, declared, found, words
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    movement, result = line.movement, found(line)
    if not movement.text("lab_result"):
        return
    if not result or not words(line):
        yield Missing(movement.id, ("lab_result", "declared"))
        return
    if {one.name for one in result} != {one.name for one in declared(line)}:
        yield Found((movement.id,), {"declared": words(line), "found": [one.ashrae or one.name for one in result]})


MEMBER = PlainRule(
    "HF-08",
    N_("Laboratory result differs"),
    N_("The substance that the laboratory named in the load is not the one that was declared."),
    N_("Declared as {declared}; the laboratory found {found}."),
    N_("A second sample that agrees with the declaration, or a corrected declaration."),
    "high",
    "line",
    ("lab_result", "declared", "description",),
    N_("40 CFR 84.31; SOR/2016-137"),
    _test,
    sector=SECTOR,
)
