"""RI-14: declared values a kilogram that lie far from those of the same goods."""

from __future__ import annotations

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.prices import outliers, priced
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    found = around.kept("RI-14", lambda: outliers(trade, around))
    loads = {load.id for role in ("exporters", "importers", "receivers")
             for load in around.loads_as.get((role, party.id), ())}
    known = [item for item in loads if item in found]
    if not known:
        return lacking(party, "value", "hs", "direction") if loads else idle(
            party, around, "exporter_of", "importer_of")
    far = sorted(item for item in known if found[item] is not None)
    if not far:
        return None
    most = max(far, key=lambda item: abs((found[item] or (1.0, None))[0] - 1))
    ratio, z = found[most] or (1.0, None)
    one = priced(trade, around)[most]
    return Sign(1.0, {"loads": len(far), "hs": one.peers[0], "unit_value": round(one.per_kg, 4),
                      "ratio": round(ratio, 3), "z": None if z is None else round(z, 2)}, tuple(far[:20]))


MEMBER = PlainIndicator(
    "RI-14",
    "trade",
    0.35,
    N_("Unit value out of line"),
    N_("Value for each kilogram among at least 8 loads of the same HS subheading, direction, year and currency: "
       "robust z beyond 3.5, or a ratio to the median below 0.5 or above 2."),
    (N_("Contaminated, mixed or sorted loads, of which the price differs by nature."),
     N_("Long-term contracts in a market that has moved."),
     N_("Freight included by one firm and not by another."),),
    ("value", "currency", "hs", "direction", "quantity", "ship_date",),
    _test,
)
