"""EN-06: one VIN or serial number on several units."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.engines import SECTOR, serial, sharing, vin
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Thing, Trade
from ewglink.text import N_


def _test(engine: Thing, trade: Trade, setting: Setting) -> Iterator[Said]:
    if not vin(engine) and not serial(engine)[1]:
        yield Missing(engine.id, ("vin", "serial"))
    for number, units in sharing(engine, trade):
        if len(units) > 1 and units[0] is engine:
            yield Found(tuple(one.id for one in units), {"number": number, "count": len(units)})


MEMBER = PlainRule(
    "EN-06",
    N_("Duplicate VIN or serial"),
    N_("The same VIN, or the same serial number of one manufacturer, stands on two or more units."),
    N_("The number {number} stands on {count} units."),
    N_("Photographs of the plates, or evidence that the rows are one unit."),
    "high",
    "engine",
    ("vin", "serial", "manufacturer",),
    N_("40 CFR 1068; 40 CFR 1039, 1048, 1051, 1054; SOR/2003-2; SOR/2003-355; SOR/2020-258"),
    _test,
    sector=SECTOR,
)
