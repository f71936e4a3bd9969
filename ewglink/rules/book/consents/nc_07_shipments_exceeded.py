"""NC-07: more loads went under a consent than it allows."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Stream, Trade
from ewglink.text import N_


def _test(stream: Stream, trade: Trade, setting: Setting) -> Iterator[Said]:
    if not stream.lines:
        return
    if stream.shipments is None:
        yield Missing(stream.id, ("shipments",))
        return
    counted = list(dict.fromkeys(line.movement.id for line in stream.lines))
    named = {line.movement.id for line in stream.lines if line.streams}
    inferred = 0
    for count, movement in enumerate(counted, 1):
        inferred += movement not in named
        if count > stream.shipments:
            fitted = {"inferred": movement not in named, "inferred_loads": inferred} if inferred else {}
            yield Found((movement,), {"consent": stream.number, "count": count, "allowed": stream.shipments, **fitted},
                        (stream.id,))


MEMBER = PlainRule(
    "NC-07",
    N_("Shipments exceeded"),
    N_("The number of loads under a consent, up to and including this one in the order of shipping, is more "
       "than the shipments it allows. Loads whose consent was inferred count too."),
    N_("This is load {count} under consent {consent}, which allows {allowed}."),
    N_("A consent for more shipments in force on the shipping date, or evidence that loads were counted twice."),
    "high",
    "stream",
    ("shipments", "ship_date", "us_consent_no",),
    N_("40 CFR 262 subpart H; SOR/2021-25"),
    _test,
    version="2",
)
