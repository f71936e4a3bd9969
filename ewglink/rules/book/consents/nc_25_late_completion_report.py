"""NC-25: a completion reported too late."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.limits import completion_of, limit
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Movement, Trade
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    completed, reported = completion_of(movement), movement.completion_reported
    if reported is None:
        return
    if completed is None:
        yield Missing(movement.id, ("completion_date",))
        return
    allowed = limit("completion_report_days", movement, trade, setting, completed)
    days = (reported - completed).days
    if allowed is not None and days > allowed:
        yield Found((movement.id,), {"completed": completed.isoformat(), "reported": reported.isoformat(),
                                     "after_days": days, "limit_days": allowed})


MEMBER = PlainRule(
    "NC-25",
    N_("Late completion report"),
    N_("More than 30 days lie between completion and its report."),
    N_("Completed on {completed}, reported on {reported}: {after_days}; the limit is {limit_days}."),
    N_("A report dated within the limit."),
    "low",
    "movement",
    ("completion_date", "completion_reported",),
    N_("40 CFR 262 subpart H; SOR/2021-25 14, 17(1), 26, 29(1)"),
    _test,
)
