"""NC-06: more was moved under a consent than it allows."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Stream, Trade
from ewglink.text import N_


def _test(stream: Stream, trade: Trade, setting: Setting) -> Iterator[Said]:
    """The sum up to and including each load, in the order of shipping, against the consented quantity."""
    if not stream.lines:
        return
    if stream.kg is None:
        yield Missing(stream.id, ("quantity", "unit"))
        return
    allowed = stream.kg * (1 + (setting.parameters.value("quantity_tolerance_pct") or 0.0) / 100)
    drawn = inferred = 0.0
    for line in stream.lines:
        if line.kg is None:
            yield Missing(line.id, ("quantity", "unit"))
            continue
        drawn += line.kg
        inferred += 0.0 if line.streams else line.kg
        if round(drawn - allowed, 6) > 0:
            first = round(drawn - line.kg - allowed, 6) <= 0
            fitted = {"inferred": not line.streams, "inferred_kg": round(inferred, 3)} if inferred else {}
            yield Found((line.movement.id,), {"consent": stream.number, "moved_kg": round(drawn, 3),
                                              "allowed_kg": round(allowed, 3), "excess_kg": round(drawn - allowed, 3),
                                              "first": first, **fitted}, (stream.id,))


MEMBER = PlainRule(
    "NC-06",
    N_("Quantity exceeded"),
    N_("The sum of what was moved under a consent, up to and including this load in the order of shipping, is more "
       "than the consented quantity. Loads whose consent was inferred count too."),
    N_("With this load {moved_kg} were moved under consent {consent}, which allows {allowed_kg}: {excess_kg} too "
       "much."),
    N_("A consent for a larger quantity in force on the shipping date, or a corrected weight of this or an earlier "
       "load."),
    "high",
    "stream",
    ("quantity", "unit", "quantity_kg", "ship_date", "us_consent_no"),
    N_("40 CFR 262.83; SOR/2021-25"),
    _test,
    version="2",
)
