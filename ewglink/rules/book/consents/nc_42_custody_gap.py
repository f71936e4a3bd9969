"""NC-42: a hand-over without a signature, or too long after the last."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.custody import gaps
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Movement, Trade
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    if not movement.handovers and len(movement.carriers) > 1:
        yield Missing(movement.id, ("handed_to",))
    for gap in gaps(movement, trade, setting):
        yield Found((movement.id,), {"giver": gap.giver, "taker": gap.taker, "reason": gap.reason,
                                     "gap_hours": gap.hours})


MEMBER = PlainRule(
    "NC-42",
    N_("Custody gap"),
    N_("One carrier handed the load to the next without a signature, with more than 24 hours between "
       "signatures, or another vehicle than the one signed for."),
    N_("Between {giver} and {taker} custody is not shown: {reason}."),
    N_("The signed copy of the hand-over, or the log of the vehicle."),
    "medium",
    "movement",
    ("handed_to", "signed_date", "order",),
    N_("Domain practice"),
    _test,
)
