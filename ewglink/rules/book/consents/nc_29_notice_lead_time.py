"""NC-29: a notice submitted too late or too early."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.limits import after_months, law_of_notice
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Notice, Trade
from ewglink.text import N_


def _test(notice: Notice, trade: Trade, setting: Setting) -> Iterator[Said]:
    shipped = [line.movement.shipped for stream in notice.streams for line in stream.lines
               if line.movement.shipped is not None]
    if not shipped:
        return
    if notice.submitted is None:
        yield Missing(notice.id, ("submitted",))
        return
    country, first = law_of_notice(notice, trade), min(shipped)
    lead = (first - notice.submitted).days
    least = setting.parameters.value("notice_lead_days", country, first)
    months = setting.parameters.value("notice_earliest_months", country, first)
    last = None if months is None else after_months(notice.submitted, int(months))
    if least is not None and lead < least:
        yield Found((notice.id,), {"submitted": notice.submitted.isoformat(), "shipped": first.isoformat(),
                                   "lead_days": lead, "limit_days": least})
    elif last is not None and first > last:
        yield Found((notice.id,), {"submitted": notice.submitted.isoformat(), "shipped": first.isoformat(),
                                   "lead_days": lead, "limit_days": (last - notice.submitted).days})


MEMBER = PlainRule(
    "NC-29",
    N_("Notice lead time"),
    N_("United States and Mexico: fewer than 60 days lie between the notice and the first load under it. "
       "Canada: more than 12 months, counted by the calendar."),
    N_("Submitted on {submitted}, first load on {shipped}: {lead_days}; the limit is {limit_days}."),
    N_("A corrected date of submission."),
    "low",
    "notice",
    ("submitted", "ship_date", "country",),
    N_("40 CFR 262 subpart H; SOR/2021-25 8(5), 20(5)"),
    _test,
    version="2",
)
