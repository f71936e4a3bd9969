"""NC-09: another UN number or hazard class than the consent has."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Said, Setting
from ewglink.rules.judging import broken, missing
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    stream = line.stream
    if stream is None:
        return
    number = bool(line.un and stream.un)
    hazard = bool(line.hazard_class and stream.hazard_class)
    if not number and not hazard:
        yield from missing(line, "un", "hazard_class")
    elif (number and line.un not in stream.un) or (hazard and line.hazard_class != stream.hazard_class):
        yield broken(line, stream, goods=[one for one in (line.un, line.hazard_class) if one],
                     consented=[one for one in (*sorted(stream.un), stream.hazard_class) if one])


MEMBER = PlainRule(
    "NC-09",
    N_("UN number or class mismatch"),
    N_("The UN number of the line is not among those of the consent, or the hazard class differs."),
    N_("The load travels as {goods}; consent {consent} is for {consented}."),
    N_("A corrected number or class with the classification behind it."),
    "medium",
    "line",
    ("un", "hazard_class",),
    N_("40 CFR 262 subpart H; SOR/2021-25"),
    _test,
)
