"""NC-23: a load whose disposal or recycling nobody has confirmed."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.limits import completion_limit, completion_of
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Movement, Trade
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    if completion_of(movement) is not None:
        return
    if movement.delivered is None:
        yield Missing(movement.id, ("delivered_date",))
        return
    allowed = completion_limit(movement, trade, setting)
    days = (setting.as_of - movement.delivered).days
    if allowed is not None and days > allowed:
        yield Found((movement.id,), {"delivered": movement.delivered.isoformat(), "open_days": days,
                                     "limit_days": allowed})


MEMBER = PlainRule(
    "NC-23",
    N_("No completion"),
    N_("The load was delivered and its operation is not known to be complete after 180 days (interim), 365 days "
       "(final) or 18 months (final elsewhere after an interim operation)."),
    N_("Delivered on {delivered} and not completed after {open_days}; the limit is {limit_days}."),
    N_("The confirmation of disposal or recycling."),
    "high",
    "movement",
    ("delivered_date", "completion_date", "confirms_completion",),
    N_("40 CFR 262 subpart H; SOR/2021-25 14, 26"),
    _test,
)
