"""RI-38: a refrigerant whose name, numbers and analysis disagree."""

from __future__ import annotations

from ewglink.reference.refrigerants import codes_for, warming
from ewglink.rules.contract import Setting
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
    compared, odd = 0, []
    for load in loads:
        for line in load.lines:
            pairs = _pairs(line, load)
            compared += len(pairs)
            wrong = sorted(name for name, agrees in pairs.items() if not agrees)
            if wrong:
                odd.append((load, words(line), wrong))
    if not compared:
        return lacking(party, "declared", "hs", "un", "lab_result") if loads else None
    if not odd:
        return None
    return Sign(1.0, {"loads": len(odd), "declared": odd[0][1], "against": odd[0][2]},
                tuple(load.id for load, _declared, _wrong in odd[:20]))


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
       "(5 %) or laboratory result disagree in a pair; s = 1."),
    (N_("The HS code of the year before a revision."),
     N_("A blend sold under a trade name, or an analyser that does not know it."),),
    ("declared", "description", "hs", "un", "lab_result", "gwp",),
    _test,
)
