"""RI-41: recovered substances without anyone who recovers, or more of them than a country can."""

from __future__ import annotations

from collections import defaultdict

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.loads import by_party
from ewglink.rules.parties import year_capacity
from ewglink.rules.refrigerants import (
    declared,
    is_used,
)
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_

_ROLES = frozenset({"reclaimer", "recycler", "recovery_facility", "recoverer"})


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    loads = [load for load in by_party(party.id, around, ("exporters", "shippers")) if any(
        is_used(line) and declared(line) for line in load.lines)]
    if not loads:
        return idle(party, around, "exporter_of", "shipper_of")
    known = around.kept("RI-41", lambda: any(one.roles & _ROLES for one in trade.parties.values()))
    alone = [load for load in loads if not any(trade.parties[item].roles & _ROLES for item in (
        *load.exporters, *load.shippers))]
    if alone and known:
        return Sign(1.0, {"loads": len(alone), "of": len(loads)}, tuple(load.id for load in alone[:20]))
    capacity = around.kept("RI-41 capacity", lambda: _capacity(trade)).get(party.country)
    gone = around.kept("RI-41 exports", lambda: _exports(trade))
    mine = [gone[key] for load in loads if load.shipped and (key := (party.country, load.shipped.year)) in gone]
    if capacity is not None and mine:
        return Sign(1.0, {"exported_kg": max(mine), "capacity_kg": capacity}) if max(mine) > capacity else None
    return None if known else lacking(party, "roles", "capacity_kg")


def _capacity(trade: Trade) -> dict[str, float]:
    """Country → what its firms that recover can treat in a year, where that is known of each."""
    found: dict[str, list[float | None]] = defaultdict(list)
    for party in trade.parties.values():
        if party.roles & _ROLES and party.country:
            found[party.country].append(year_capacity(party))
    return {country: sum(one or 0.0 for one in every) for country, every in found.items() if None not in every}


def _exports(trade: Trade) -> dict[tuple[str, int], float]:
    """Country and year → kilograms sent out as recovered."""
    found: dict[tuple[str, int], float] = defaultdict(float)
    for load in trade.movements.values():
        if load.shipped is not None:
            for line in load.lines:
                if line.kg is not None and is_used(line) and declared(line):
                    found[trade.country(load.exporters), load.shipped.year] += line.kg
    return dict(found)


MEMBER = PlainIndicator(
    "RI-41",
    "maritime",
    0.45,
    N_("Recovered or reclaimed without a reclaimer"),
    N_("Goods declared as recovered, recycled or reclaimed with no reclaimer among exporter and "
       "shippers, or more of them in a year than the reclaimers of the country can treat; s = 1."),
    (N_("A reclaimer under another name, or behind a trader."),
     N_("Stock recovered over several years."),),
    ("declared", "description", "roles", "capacity_kg", "quantity",),
    _test,
)
