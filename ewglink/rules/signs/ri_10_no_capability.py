"""RI-10: a consignee that may not, or cannot, treat what it receives."""

from __future__ import annotations

from ewglink.names.clean import search_key
from ewglink.reference.operations import operation
from ewglink.reference.watch_lists import entries
from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.quantities import listed, plain_code
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Line, Party, Trade
from ewglink.text import N_


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    regulated = {load.id for load in around.regulated_loads.get(party.id, ())}
    lines = [line for load in around.loads_as.get(("receivers", party.id), ()) if load.id in regulated
             for line in load.lines]
    if not lines:
        return idle(party, around, "receiver_of")
    for item in around.stays.get(party.id, ()):
        place = trade.places.get(item)
        if place is not None and search_key(place.text("location_kind")) in entries(
                "no_facility_kind", setting.as_of):
            return Sign(1.0, {"address": place.label, "kind": place.text("location_kind")}, (place.id,))
    sites = [party, *(trade.parties[one] for one in sorted(party.facilities))]
    operations = {operation(one) for site in sites for one in listed(site.values.get("operations"))}
    codes = {plain_code(one) for site in sites for one in listed(site.values.get("permitted_waste_codes"))}
    if not operations and not codes:
        return lacking(party, "operations", "permitted_waste_codes")
    wrong = [line for line in lines if _outside(line, operations, codes)]
    if not wrong:
        return None
    first = wrong[0]
    return Sign(1.0, {"loads": len({line.movement.id for line in wrong}), "op": first.op,
                      "codes": sorted(code for each in first.codes.values() for code in each),
                      "permitted": sorted(operations | codes)},
                tuple(dict.fromkeys(line.movement.id for line in wrong[:20])))


def _outside(line: Line, operations: set[str], codes: set[str]) -> bool:
    borne = {code for each in line.codes.values() for code in each}
    return bool(operations and line.op and operation(line.op) not in operations) or bool(
        codes and borne and not borne & codes)


MEMBER = PlainIndicator(
    "RI-10",
    "identity",
    0.55,
    N_("Consignee without capability"),
    N_("The facility's permit lacks the operation or every code of what it receives, or there is no facility at "
       "its address."),
    (N_("A permit that was extended since, or is recorded in part."),
     N_("Codes of another scheme for the same waste."),),
    ("operations", "permitted_waste_codes", "op_code", "receiver_of", "located_at", "location_kind",),
    _test,
)
