"""NC-28: a unit other than the consent's."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.reference.units import unit as unit_of
from ewglink.rules.contract import Said, Setting
from ewglink.rules.judging import broken, missing
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    stream = line.stream
    if stream is None:
        return
    if not line.unit or not stream.unit:
        yield from missing(line, "unit")
        return
    one, other = unit_of(line.unit), unit_of(stream.unit)
    if one is None or other is None:
        yield from missing(line, "unit")
    elif one.code != other.code:
        yield broken(line, stream, unit=line.unit, consented=stream.unit)


MEMBER = PlainRule(
    "NC-28",
    N_("Unit mismatch"),
    N_("The unit of the line is not that of the consent (kilograms, litres, pounds)."),
    N_("The load is written in {unit}; consent {consent} is in {consented}."),
    N_("A corrected unit, or a conversion with its basis."),
    "low",
    "line",
    ("unit",),
    N_("40 CFR 262 subpart H; SOR/2021-25"),
    _test,
)
