"""NC-35: goods declared under a code that is not theirs."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.reference.hs_codes import expected_hs
from ewglink.rules.contract import Said, Setting
from ewglink.rules.judging import broken, missing
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    hs = line.hs or line.movement.text("hs").upper()
    codes = sorted({line.un, *(code for every in line.codes.values() for code in every)} - {""})
    if not hs or not codes:
        if codes:
            yield from missing(line, "hs")
        return
    expected = expected_hs(codes, line.movement.shipped)
    if expected and hs.replace(".", "")[:6] not in expected:
        yield broken(line, hs=hs, goods=codes, expected=sorted(expected))


MEMBER = PlainRule(
    "NC-35",
    N_("HS mismatch"),
    N_("The HS code is not among those to be expected, on the date, for the waste codes or UN number of the "
       "line."),
    N_("Declared under HS {hs}; for {goods} {expected} is to be expected."),
    N_("A ruling or analysis that supports the code."),
    "medium",
    "line",
    ("hs", "un", "epa_waste", "basel",),
    N_("World Customs Organization, HS 2017 and 2022"),
    _test,
)
