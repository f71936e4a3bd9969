"""NC-20: a load nobody has confirmed to have received."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.limits import limit, receipt_of
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Movement, Trade
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    if receipt_of(movement) is not None:
        return
    if movement.shipped is None:
        yield Missing(movement.id, ("ship_date",))
        return
    allowed = limit("no_receipt_days", movement, trade, setting, movement.shipped)
    days = (setting.as_of - movement.shipped).days
    if allowed is not None and days > allowed:
        yield Found((movement.id,), {"shipped": movement.shipped.isoformat(), "open_days": days, "limit_days": allowed})


MEMBER = PlainRule(
    "NC-20",
    N_("No confirmation of receipt"),
    N_("No receipt is known, and more days have passed since shipping than the law allows (90 unless a "
       "country's law says otherwise)."),
    N_("Shipped on {shipped} and not confirmed after {open_days}; the limit is {limit_days}."),
    N_("The signed receipt (Part C, returned manifest or confirmation)."),
    "high",
    "movement",
    ("receipt_date", "ship_date", "confirms_receipt",),
    N_("40 CFR 262 subpart H; SOR/2021-25"),
    _test,
)
