"""NC-41: a facility without a valid permit, or over its capacity."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.parties import year_capacity, year_received
from ewglink.rules.plain import PlainRule
from ewglink.rules.quantities import day
from ewglink.rules.trade import Movement, Trade
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    delivered = movement.delivered
    if delivered is None:
        return
    for item in movement.receivers:
        facility = trade.parties[item]
        start, end = day(facility.values.get("valid_from")), day(facility.values.get("valid_to"))
        said = {"facility": facility.label, "delivered": delivered.isoformat()}
        if (start is not None and delivered < start) or (end is not None and delivered > end):
            yield Found((movement.id,), {**said, "reason": "permit", "start": str(start or ""), "end": str(end or "")},
                        (item,))
            return
        capacity = year_capacity(facility)
        received = None if capacity is None else year_received(item, delivered, trade)
        if capacity is not None and received is not None and received > capacity:
            yield Found((movement.id,), {**said, "reason": "capacity", "received_kg": received,
                                         "capacity_kg": capacity}, (item,))
            return
        if capacity is not None and received is None:
            yield Missing(movement.id, ("quantity", "unit"))
        elif start is None and end is None and capacity is None:
            yield Missing(movement.id, ("valid_to", "capacity_kg"))


MEMBER = PlainRule(
    "NC-41",
    N_("Facility permit lapsed or capacity exceeded"),
    N_("The receiving facility's authorisation was not valid on delivery, or what it received in the twelve "
       "months up to then is more than its licensed capacity."),
    N_("{facility} received the load on {delivered}: {reason}."),
    N_("The facility's authorisation for that day, or its records of what it received."),
    "high",
    "movement",
    ("receiver_of", "valid_from", "valid_to", "capacity_kg", "status",),
    N_("Domain practice"),
    _test,
)
