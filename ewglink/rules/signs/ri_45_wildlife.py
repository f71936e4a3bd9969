"""RI-45: wildlife whose permits, origin, breeding, weight or parcels do not fit."""

from __future__ import annotations

from collections import defaultdict

from ewglink.rules.breeding import bred, odd_boxes
from ewglink.rules.contract import RULES, Missing, Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.loads import by_party
from ewglink.rules.quantities import number
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Movement, Party, Thing, Trade
from ewglink.rules.wildlife import SECTOR
from ewglink.text import N_

_RULES = {"WL-04": "permit used again", "WL-08": "not from there"}
_PARCEL_KG, _PARCELS, _DAYS = 2.0, 3, 90


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    loads = [load for load in by_party(party.id, around, ("exporters", "importers", "receivers"))
             if load.sector == SECTOR]
    adverts = around.kept("RI-45 adverts", lambda: _adverts(around)).get(party.id, [])
    if not loads and not adverts:
        return None
    broken = around.kept("RI-45", lambda: _broken(trade, setting))
    boxes = around.kept("RI-45 boxes", lambda: odd_boxes(trade))
    reasons = {reason for load in loads for reason in broken[0].get(load.id, ())}
    odd = [load.id for load in loads if load.id in broken[0]]
    said = {load.id: bred(load, trade) for load in loads}
    for reason, wrong in (("bred, though nobody breeds it", said), ("weight and count", boxes)):
        these = [load.id for load in loads if wrong.get(load.id)]
        reasons |= {reason} if these else set()
        odd += these
    if adverts:
        reasons.add("advertised online")
        odd += adverts
    parcels = _parcels(party, loads)
    if parcels:
        reasons.add("repeated small parcels")
        odd += [load.id for load in parcels]
    if reasons:
        return Sign(min(1.0, len(reasons) / 2), {"reasons": sorted(reasons), "loads": len(loads)},
                    tuple(dict.fromkeys(odd))[:20])
    known = any(load.id not in broken[1] or load.kg is not None or said[load.id] is not None or load.id in boxes
                for load in loads)
    return None if known else lacking(party, "permitted_by", "origin", "source_code", "scientific_name")


def _broken(trade: Trade, setting: Setting) -> tuple[dict[int, set[str]], set[int]]:
    """Load → what its permits and origin say against it; and the loads of which the origin cannot be told."""
    found: dict[int, set[str]] = defaultdict(set)
    unknown: set[int] = set()
    for key, reason in _RULES.items():
        rule = RULES.get(key)
        wildlife = [load for load in trade.movements.values() if load.sector == SECTOR]
        subjects: list[Thing] = [*wildlife] if rule.over == "movement" else [
            thing for thing in trade.things.values() if thing.type == "consent"]
        for subject in subjects:
            for said in rule.evaluate(subject, trade, setting):
                if isinstance(said, Missing):
                    unknown.add(said.item)
                    continue
                for item in said.objects:
                    if item in trade.movements:
                        found[item].add(str(said.values.get("reason") or reason))
    return dict(found), unknown


def _adverts(around: Surroundings) -> dict[int, list[int]]:
    """Party → the wildlife that its accounts advertise."""
    kinds = around.source.things(("species", "specimen"))
    found: dict[int, list[int]] = defaultdict(list)
    for bond in around.source.bonds(("advertises",)):
        if bond.b in kinds:
            for owner in around.owner_of.get(bond.a, ()):
                found[owner].append(bond.b)
    return dict(found)


def _parcels(party: Party, loads: list[Movement]) -> list[Movement]:
    """Three or more small parcels to one receiver, or one address, within ninety days."""
    by_address: dict[str, list[Movement]] = defaultdict(list)
    for load in loads:
        weight = load.kg if load.kg is not None else number(load.values.get("gross_kg"))
        if load.shipped is not None and weight is not None and weight <= _PARCEL_KG:
            for item in {*load.receivers, *load.importers}:
                by_address[str(item)].append(load)
    for every in by_address.values():
        for at in range(len(every) - _PARCELS + 1):
            first, last = every[at].shipped, every[at + _PARCELS - 1].shipped
            if first is not None and last is not None and (last - first).days <= _DAYS:
                return every[at:at + _PARCELS]
    return []


MEMBER = PlainIndicator(
    "RI-45",
    "maritime",
    0.5,
    N_("Wildlife"),
    N_("A permit used again (WL-04), wild specimens from where the species does not live (WL-08), "
       "specimens said to be bred or born in captivity (source C, D or F) of a species of which no commercial breeding "
       "is known, boxes whose weight for each specimen is a robust outlier among eight or more loads of the species, "
       "wildlife advertised by an account of the party, three or more parcels of up to 2 kg to one "
       "receiver within 90 days; s = n / 2, at most 1."),
    (N_("A permit for several shipments."),
     N_("Samples for research, sent regularly with leave."),
     N_("Antiques or bred animals offered lawfully."),
     N_("A zoo or a laboratory that has bred what nobody breeds for trade."),
     N_("Young and grown animals, or heavy packing, in one comparison."),),
    ("permitted_by", "origin", "source_code", "scientific_name", "no_captive_breeding", "specimen_term", "advertises",
     "quantity", "unit", "gross_kg", "ship_date",),
    _test,
)
