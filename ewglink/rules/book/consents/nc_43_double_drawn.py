"""NC-43: one line counted against two consents."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Said, Setting
from ewglink.rules.judging import broken, missing
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    known = [stream for stream in line.streams if stream.values]
    known = [stream for stream in known if stream.country == known[0].country]  # two countries may each consent
    numbers = sorted({stream.number for stream in known})
    notices = {stream.notice.id for stream in known if stream.notice is not None}
    if len(numbers) < 2 and len(notices) < 2:
        if len(line.references) > 1 and not all(trade.numbers.get(one) for one in line.references):
            yield from missing(line, "consent_ref")
    else:
        found = broken(line, known[0], consents=numbers)
        yield Found(found.objects, found.values, tuple(stream.id for stream in known))


MEMBER = PlainRule(
    "NC-43",
    N_("Double-drawn"),
    N_("A line of a load is counted against two consents, or its consent is referred to with two different "
       "notices."),
    N_("The line is drawn on {consents}."),
    N_("A statement of which consent the load was made under."),
    "medium",
    "line",
    ("us_consent_no", "moved_under",),
    N_("40 CFR 262 subpart H; SOR/2021-25"),
    _test,
)
