"""NC-30: a consent for longer than the law allows."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.limits import after_months, law_of_stream
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Stream, Trade
from ewglink.text import N_


def _test(stream: Stream, trade: Trade, setting: Setting) -> Iterator[Said]:
    if stream.start is None or stream.end is None:
        yield Missing(stream.id, ("valid_from", "valid_to"))
        return
    ahead = stream.values.get("preconsented") is True
    country = law_of_stream(stream, trade)
    months = setting.parameters.value("window_months_preconsented" if ahead else "window_months", country, stream.start)
    if months is None:
        yield Missing(stream.id, ("country",))
    elif stream.end >= after_months(stream.start, int(months)):
        yield Found((stream.id,), {"consent": stream.number, "start": stream.start.isoformat(),
                                   "end": stream.end.isoformat(), "months": int(months)})


MEMBER = PlainRule(
    "NC-30",
    N_("Window too long"),
    N_("The consent's window is longer than 12 months, or 36 months for a pre-consented facility."),
    N_("Consent {consent} runs from {start} to {end}; at most {months} months are allowed."),
    N_("The consent's own text, or evidence that the facility is pre-consented."),
    "low",
    "stream",
    ("valid_from", "valid_to", "preconsented",),
    N_("40 CFR 262 subpart H; SOR/2021-25 10, 22"),
    _test,
)
