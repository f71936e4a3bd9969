"""NC-21: a receipt confirmed too late."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.reference.working_days import working_days
from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.judging import ends
from ewglink.rules.limits import limit, receipt_of, subdivision_of
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Movement, Trade
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    confirmed = receipt_of(movement)
    if confirmed is None:
        return
    if movement.delivered is None:
        yield Missing(movement.id, ("delivered_date",))
        return
    _leaves, goes = ends(movement, trade)
    allowed = limit("receipt_working_days", movement, trade, setting, movement.delivered)
    days = working_days(movement.delivered, confirmed, goes, subdivision_of(movement.receivers, trade))
    if allowed is not None and days > allowed:
        yield Found((movement.id,), {"delivered": movement.delivered.isoformat(), "confirmed": confirmed.isoformat(),
                                     "working": days, "limit": int(allowed)})


MEMBER = PlainRule(
    "NC-21",
    N_("Late receipt confirmation"),
    N_("More working days lie between delivery and the confirmation of receipt than allowed (3), counted from "
       "the day after delivery at the receiver's calendar."),
    N_("Delivered on {delivered}, confirmed on {confirmed}: {working} working days; {limit} are allowed."),
    N_("A confirmation dated within the limit, or a calendar with more holidays."),
    "medium",
    "movement",
    ("delivered_date", "receipt_date", "confirms_receipt",),
    N_("40 CFR 262 subpart H; SOR/2021-25 16(5), 28(5)"),
    _test,
)
