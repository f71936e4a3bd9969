"""RI-22: a way through a free zone for which there is no reason of trade."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from ewglink.names.clean import search_key
from ewglink.reference.watch_lists import entries
from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.ports import port_keys
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.timelines import kilometres, position
from ewglink.rules.trade import Movement, Party, Place, Trade
from ewglink.text import N_

_EXTRA = 0.30


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    loads = [load for role in ("exporters", "importers", "brokers")
             for load in around.loads_as.get((role, party.id), ())]
    routed = [load for load in loads if load.exits or load.entries or load.transits]
    if not routed:
        return lacking(party, "transited", "arrived_at") if loads else idle(
            party, around, "exporter_of", "importer_of")
    changed = around.kept("RI-22", lambda: _consignees(around))
    unsure = False
    for load in routed:
        zone = next((place for place in load.transits if _is_zone(place, load.shipped)), None)
        if zone is None:
            continue
        extra = _extra(load)
        if load.id in changed or (extra is not None and extra > _EXTRA):
            return Sign(1.0, {"zone": zone.label, "extra_pct": None if extra is None else round(100 * extra, 1),
                              "consignee_changed": load.id in changed}, (load.id, zone.id))
        unsure = unsure or extra is None
    return lacking(party, "latitude", "longitude") if unsure else None


def _is_zone(place: Place, on: date | None) -> bool:
    words = search_key(place.text("location_kind") + " " + place.text("name"))
    return bool(port_keys(place) & entries("free_zone_port", on)) or any(
        zone in words for zone in entries("free_zone_words", on))


def _extra(load: Movement) -> float | None:
    """By how much (a share) the way over its transits is longer than the straight one."""
    spots = [position(place) for place in (*load.exits[:1], *load.transits, *load.entries[-1:])]
    if not load.exits or not load.entries or None in spots:
        return None
    known = [spot for spot in spots if spot is not None]
    straight = kilometres(known[0], known[-1])
    way = sum(kilometres(one, other) for one, other in pairwise(known))
    return way / straight - 1 if straight else None


def _consignees(around: Surroundings) -> frozenset[int]:
    """Loads of which the consignee and the importer are unrelated parties."""
    consigned: dict[int, set[int]] = {}
    for bond in around.source.bonds(("consignee_of",)):
        consigned.setdefault(bond.b, set()).add(bond.a)
    imported: dict[int, set[int]] = {}
    for bond in around.source.bonds(("importer_of",)):
        imported.setdefault(bond.b, set()).add(bond.a)
    return frozenset(load for load, ones in consigned.items() if load in imported and not any(
        around.related(one, other) for one in ones for other in imported[load]))


MEMBER = PlainIndicator(
    "RI-22",
    "trade",
    0.35,
    N_("Transhipment through a free zone"),
    N_("The route has a listed free zone or hub, and the way is more than 30 % longer than the straight one or "
       "the consignee changes."),
    (N_("A regular liner service that calls at the hub."),
     N_("Consolidation of small lots for one ship."),),
    ("transited", "crossed_at", "departed_from", "arrived_at", "location_kind", "unlocode",
     "consignee_of", "importer_of",),
    _test,
)
