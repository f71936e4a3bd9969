"""RI-30: a carrier without authority for dangerous goods, with a new one, or with another firm’s vehicle."""

from __future__ import annotations

from collections import defaultdict

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.judging import regulated
from ewglink.rules.quantities import day
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Movement, Party, Thing, Trade
from ewglink.text import N_

_NEW = 90
_NUMBERS = ("usdot", "semarnat_auth", "ca_prov_id", "nra", "epa_id", "caat")
_OWN = ("owns", "operates", "charters")


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    loads = [load for load in around.loads_as.get(("carriers", party.id), ()) if any(map(regulated, load.lines))]
    if not loads:
        return idle(party, around, "carrier_of")
    other = _others_vehicle(party, loads, around)
    first = next((load.shipped for load in loads if load.shipped), None)
    begun = min((on for paper in party.papers for key in ("issued", "valid_from")
                 if (on := day(paper.values.get(key)))), default=None)
    if begun is not None and first is not None and begun <= first and (first - begun).days < _NEW:
        return Sign(1.0, {"authority_since": str(begun), "first": str(first)}, (loads[0].id,))
    if other is not None:
        return Sign(1.0, {"vehicle": other[0].label, "of": other[1]}, (other[0].id,))
    if party.papers or any(party.text(key) for key in _NUMBERS):
        return None
    known = around.kept("RI-30", lambda: {
        one.country for one in trade.parties.values()
        if "carrier_of" in one.acts and (one.papers or any(one.text(key) for key in _NUMBERS))})
    # Where the case has no authority of any carrier of the country, it was not collected.
    if party.country not in known:
        return lacking(party, *_NUMBERS)
    return Sign(1.0, {"loads": len(loads)}, tuple(load.id for load in loads[:20]))


def _others_vehicle(party: Party, loads: list[Movement], around: Surroundings) -> tuple[Thing, str] | None:
    """A vehicle it drives that belongs to somebody it has nothing to do with, and who that is."""
    keepers = around.kept("keepers", lambda: _keepers(around))
    for unit in {one.id: one for load in loads if load.carriers == [party.id] for one in load.units}.values():
        owners = [one for one in keepers.get(unit.id, ()) if unit.type == "vehicle"]
        if owners and not any(around.related(party.id, one) for one in owners):
            found = around.trade.party(owners[0])
            return unit, found.label if found is not None else ""
    return None


def _keepers(around: Surroundings) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for bond in around.source.bonds(_OWN):
        found[bond.b].append(bond.a)
    return dict(found)


MEMBER = PlainIndicator(
    "RI-30",
    "logistics",
    0.35,
    N_("Carrier anomaly"),
    N_("A carrier of regulated goods without a number or permit that shows an authority, with one "
       "younger than 90 days at its first load, or with a vehicle that belongs to an unrelated party; s "
       "= 1."),
    (N_("A lease or an interchange of trailers that the case does not show."),
     N_("A subcontractor that drives under its client’s authority."),),
    ("carrier_of", "usdot", "semarnat_auth", "ca_prov_id", "nra", "epa_id", "caat",
     "holds", "valid_from", "issued", "owns", "carried_by",),
    _test,
)
