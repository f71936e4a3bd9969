"""RI-28: a recycler that gives out what it cannot have made, or takes in more than it can treat."""

from __future__ import annotations

from datetime import timedelta

from ewglink.rules.batteries import is_lead_battery
from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.loads import by_party
from ewglink.rules.parties import year_capacity
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Line, Movement, Party, Trade
from ewglink.text import N_

_LEAD = ("7801",)


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    came = by_party(party.id, around, ("receivers",))
    if not came:
        return idle(party, around, "receiver_of")
    taken = _sum([line for load in came for line in load.lines if is_lead_battery(line)])
    gone = _sum([line for load in by_party(party.id, around, ("exporters", "shippers")) for line in load.lines
                 if line.hs.replace(".", "").startswith(_LEAD)])
    least, most_of_it = (setting.parameters.value(f"lead_yield_{end}_pct") or 0.0 for end in ("low", "high"))
    if taken and gone and not least <= round(100 * gone / taken, 6) <= most_of_it:
        return Sign(1.0, {"taken_kg": taken, "made_kg": gone, "yield_pct": round(100 * gone / taken, 1)})
    capacity = year_capacity(party)
    most = _busiest(came)
    if capacity is not None and most is not None and most > capacity:
        return Sign(1.0, {"received_kg": most, "capacity_kg": capacity})
    return None if (taken and gone) or (capacity is not None and most is not None) else lacking(
        party, "capacity_kg", "quantity_received", "hs")


def _sum(lines: list[Line]) -> float | None:
    weights = [line.received_kg if line.received_kg is not None else line.kg for line in lines]
    return None if None in weights else sum(one for one in weights if one is not None)


def _busiest(loads: list[Movement]) -> float | None:
    """The most kilograms received within any twelve months; None where a load has no weight or no date."""
    dated = []
    for load in loads:
        weight, on = _sum(load.lines), load.delivered or load.shipped
        if weight is None or on is None:
            return None
        dated.append((on, weight))
    dated.sort()
    most = held = 0.0
    first = 0
    for on, weight in dated:
        held += weight
        while dated[first][0] <= on - timedelta(days=365):
            held -= dated[first][1]
            first += 1
        most = max(most, held)
    return most


MEMBER = PlainIndicator(
    "RI-28",
    "trade",
    0.4,
    N_("Recycling yield implausible"),
    N_("Lead given out (HS 7801) divided by lead-acid batteries taken in lies outside 55 to 65 % by "
       "mass, or more than the licensed capacity was received within twelve months; s = 1."),
    (N_("Stock carried over from another year."),
     N_("Lead from other sources, or batteries of which the case has no record."),),
    ("quantity", "quantity_received", "hs", "un", "capacity", "capacity_kg",),
    _test,
)
