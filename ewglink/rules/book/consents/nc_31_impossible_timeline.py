"""NC-31: dates or places that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.timelines import impossible
from ewglink.rules.trade import Movement, Trade
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    if movement.shipped is None:
        yield Missing(movement.id, ("ship_date",))
    for reason, first, second, other in impossible(movement, trade, setting):
        yield Found((movement.id,) if other is None else tuple(sorted((movement.id, other))),
                    {"reason": reason, "first": first, "second": second})


MEMBER = PlainRule(
    "NC-31",
    N_("Impossible timeline"),
    N_("Delivery lies before shipping, the crossing outside the journey, the road speed is above 120 km/h, or "
       "one vehicle, container or driver is under way on two loads at once, or in two places sooner than the road "
       "between them takes. Where hours are not known, days count as long as they can be."),
    N_("What is recorded cannot have happened: {reason} ({first}, {second})."),
    N_("Corrected dates, or the number of the other vehicle or container, or another driver."),
    "high",
    "movement",
    ("ship_date", "cross_date", "delivered_date", "carried_in", "carried_by", "carrier_of",
     "departed_from", "crossed_at", "arrived_at"),
    N_("Domain practice"),
    _test,
    version="2",
)
