"""RI-32: loads that cannot have gone as recorded."""

from __future__ import annotations

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.loads import by_party
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.timelines import impossible
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_

_ROLES = ("exporters", "shippers", "carriers")


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    loads = by_party(party.id, around, _ROLES)
    if not loads:
        return idle(party, around, "ship_date", "delivered_date")
    odd = around.kept("RI-32", lambda: _impossible(trade, setting))
    mine = [load for load in loads if load.id in odd]
    if mine:
        return Sign(1.0, {"reason": odd[mine[0].id], "loads": len(mine), "of": len(loads)},
                    tuple(load.id for load in mine[:20]))
    dated = any(load.shipped and (load.delivered or load.crossed) for load in loads)
    return None if dated else lacking(party, "ship_date", "delivered_date")


def _impossible(trade: Trade, setting: Setting) -> dict[int, str]:
    """Load → the first reason why it cannot be, of both loads where two contradict each other."""
    found: dict[int, str] = {}
    for load in trade.movements.values():
        for reason, _first, _second, other in impossible(load, trade, setting):
            found.setdefault(load.id, reason)
            if other is not None:
                found.setdefault(other, reason)
    return found


MEMBER = PlainIndicator(
    "RI-32",
    "logistics",
    0.5,
    N_("Impossible logistics"),
    N_("A load of the party breaks rule NC-31: delivered before it was shipped, too fast by road, one "
       "vehicle or container on two loads at once; s = 1."),
    (N_("Dates written in another order of day and month."),
     N_("A consolidated load, recorded once for each client."),),
    ("ship_date", "cross_date", "delivered_date", "carried_in", "carried_by",),
    _test,
)
