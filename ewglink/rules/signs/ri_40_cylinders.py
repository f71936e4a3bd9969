"""RI-40: cylinders that cannot be filled again, bear one number twice, are of another colour, or hide other goods."""

from __future__ import annotations

from collections import defaultdict

from ewglink.names.clean import search_key
from ewglink.reference.refrigerants import named
from ewglink.rules.contract import Setting
from ewglink.rules.gauging import coloured
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.loads import by_party
from ewglink.rules.quantities import plain_code
from ewglink.rules.refrigerants import (
    SECTOR,
    cylinder,
    refillable,
)
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.timelines import clashes
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_

_ROLES = ("importers", "exporters", "shippers")
_NO_COLOUR = N_("The colour proves nothing: the convention ended in 2019 and cylinders may be of one colour since, "
                "or it gives this substance none.")


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    loads = [load for load in by_party(party.id, around, _ROLES) if load.sector == SECTOR]
    if not loads:
        return None
    cloned = around.kept("RI-40", lambda: _cloned(trade))
    layered = around.kept("RI-40 layers", lambda: _layered(around))
    known, painted, reasons, objects = False, False, set(), []
    for load in loads:
        serials = [unit for unit in load.units if unit.text("cylinder_serial")]
        single = [refillable(cylinder(line)) for line in load.lines if cylinder(line)]
        own = [unit.values.get("refillable") for unit in load.units if unit.values.get("refillable") is not None]
        colours = coloured(load)
        painted = painted or bool(colours)
        known = known or bool(serials or own or load.id in layered) or any(
            one is not None for one in (*single, *colours))
        why = {"not refillable"} if False in single or False in own else set()
        why |= {"cloned serial number"} if any(unit.id in cloned for unit in serials) else set()
        why |= {"layers differ"} if layered.get(load.id) else set()
        why |= {"another colour"} if False in colours else set()
        reasons |= why
        objects += [load.id] if why else []
    if not known:
        return lacking(party, "cylinder", "container_type", "cylinder_serial", "refillable", "contains",
                       "cylinder_colour", why=_NO_COLOUR if painted else "")
    return Sign(min(1.0, len(reasons) / 2), {"reasons": sorted(reasons)}, tuple(objects[:20])) if reasons else None


def _cloned(trade: Trade) -> frozenset[int]:
    """Cylinders that bear a number of another one, or were under way on two loads at once."""
    by_serial: dict[str, list[int]] = defaultdict(list)
    for thing in trade.things.values():
        if thing.type == "container" and thing.text("cylinder_serial"):
            by_serial[plain_code(thing.values["cylinder_serial"])].append(thing.id)
    found = {item for items in by_serial.values() if len(items) > 1 for item in items}
    serials = {item for items in by_serial.values() for item in items}
    for one, other in clashes(trade, "container"):
        units = {unit.id for unit in trade.movements[one].units} & {unit.id for unit in trade.movements[other].units}
        found |= units & serials
    return frozenset(found)


def _layered(around: Surroundings) -> dict[int, bool]:
    """Load that was sampled → whether what was found in it is not what was declared."""
    found: dict[int, bool] = {}
    for bond in around.source.bonds(("contains",)):
        said, seen = (str(bond.values.get(key) or "") for key in ("declared", "found"))
        if said and seen:
            one, other = ({each.name for each in named(text)} or {search_key(text)} for text in (said, seen))
            found[bond.a] = found.get(bond.a, False) or one != other
    return found


MEMBER = PlainIndicator(
    "RI-40",
    "maritime",
    0.4,
    N_("Refrigerant: cylinders"),
    N_("Cylinders that cannot be refilled, one serial number on two cylinders or on two loads at once, "
       "or samples of a load that differ from what was declared, or a colour that is not the one that the convention "
       "(AHRI Guideline N) gave the substance until 2019; s = n / 2, at most 1."),
    (N_("Single-use cylinders where they are still allowed."),
     N_("A serial number that counts within a batch only."),
     N_("A mixed load that was declared as one."),
     N_("A cylinder of a maker who never followed the voluntary colours."),),
    ("cylinder", "container_type", "cylinder_serial", "refillable", "contains", "declared", "found",
     "cylinder_colour",),
    _test,
)
