"""NC-24: a disposal or recycling completed too late."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.limits import completion_limit, completion_of
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Movement, Trade
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    completed = completion_of(movement)
    if completed is None:
        return
    if movement.delivered is None:
        yield Missing(movement.id, ("delivered_date",))
        return
    allowed = completion_limit(movement, trade, setting)
    days = (completed - movement.delivered).days
    if allowed is not None and days > allowed:
        yield Found((movement.id,), {"delivered": movement.delivered.isoformat(), "completed": completed.isoformat(),
                                     "after_days": days, "limit_days": allowed})


MEMBER = PlainRule(
    "NC-24",
    N_("Late completion"),
    N_("The operation was completed later than 180 days (interim), 365 days (final) or 18 months (final "
       "elsewhere) after delivery."),
    N_("Delivered on {delivered}, completed on {completed}: {after_days}; the limit is {limit_days}."),
    N_("A corrected date of completion with the facility's record."),
    "medium",
    "movement",
    ("delivered_date", "completion_date", "confirms_completion",),
    N_("40 CFR 262 subpart H; SOR/2021-25 14, 26"),
    _test,
)
