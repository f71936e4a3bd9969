"""RI-38: a refrigerant whose name, numbers, pressure and analysis disagree."""

from __future__ import annotations

from typing import Any

from ewglink.reference.refrigerants import codes_for, warming
from ewglink.rules.contract import Setting
from ewglink.rules.gauging import gauged, observed
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.loads import by_party
from ewglink.rules.quantities import number, one_un
from ewglink.rules.refrigerants import (
    SECTOR,
    arrived,
    declared,
    found,
    hs_of,
    words,
)
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Line, Movement, Party, Trade
from ewglink.text import N_

_ROLES = ("importers", "exporters", "shippers")


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    loads = [load for load in by_party(party.id, around, _ROLES) if load.sector == SECTOR]
    compared = 0
    odd: list[tuple[Movement, dict[str, Any]]] = []
    for load in loads:
        for line in load.lines:
            pairs = _pairs(line, load)
            compared += len(pairs)
            wrong = sorted(name for name, agrees in pairs.items() if not agrees)
            if wrong:
                odd.append((load, {"declared": words(line), "against": wrong}))
        measured = [one for thing, names in observed(load) if (one := gauged(thing, names)) is not None]
        compared += len(measured)
        odd += [(load, {"declared": one.substance, "against": ["pressure"],
                        "pressure_kpa": [round(each, 1) for each in one.measured],
                        "saturated_kpa": [round(each, 1) for each in dict.fromkeys(one.expected)]})
                for one in measured if not one.agrees]
    if not compared:
        return lacking(party, "declared", "hs", "un", "lab_result", "pressure", "pressure_unit",
                       "temperature_c") if loads else None
    if not odd:
        return None
    objects = tuple(dict.fromkeys(load.id for load, _values in odd))
    return Sign(1.0, {"loads": len(objects), **odd[0][1]}, objects[:20])


def _pairs(line: Line, load: Movement) -> dict[str, bool]:
    """What a declared substance was compared with, and whether it agrees."""
    names = declared(line)
    if not names:
        return {}
    made: dict[str, bool] = {}
    codes = {code for one in names for code in codes_for(one, arrived(load))}
    if hs_of(line) and codes:
        made["HS"] = hs_of(line) in codes
    numbers = {one_un(one.un) for one in names if one.un}
    if line.un and numbers:
        made["UN"] = line.un in numbers
    if found(line):
        made["laboratory"] = {one.name for one in found(line)} == {one.name for one in names}
    potential = number(line.values.get("gwp")) or number(load.values.get("gwp"))
    known = warming(names[0]) if len(names) == 1 else None
    if potential is not None and known:
        made["GWP"] = abs(potential - known) <= 0.05 * known
    if len(names) > 1:
        made["name and CAS number"] = False
    return made


MEMBER = PlainIndicator(
    "RI-38",
    "maritime",
    0.6,
    N_("Refrigerant: composition conflict"),
    N_("The substance declared (name, refrigerant number, CAS number) and its HS code, UN number, GWP "
       "(5 %) or laboratory result disagree in a pair; or the pressure measured lies more than 10 % outside the "
       "saturated vapour pressure of the substance at the temperature measured (a unit that does not say whether it "
       "is absolute or gauge is read as either); s = 1."),
    (N_("The HS code of the year before a revision."),
     N_("A blend sold under a trade name, or an analyser that does not know it."),
     N_("A cylinder without liquid in it, with air in it, or not as warm as its wall."),),
    ("declared", "description", "hs", "un", "lab_result", "gwp", "pressure", "pressure_unit", "temperature_c",),
    _test,
)
