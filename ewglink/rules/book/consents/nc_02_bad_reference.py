"""NC-02: a consent number that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.identifiers.catalogue import check
from ewglink.rules.contract import Said, Setting
from ewglink.rules.judging import broken, missing
from ewglink.rules.permits import unresolved
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    for reference in line.references:
        known = [stream for stream in trade.numbers.get(reference, ()) if stream.values]
        formed = check("us_consent_no", reference).status
        if formed == "fail":
            yield broken(line, reference=reference, reason="malformed", known=bool(known))
        elif not known and not trade.consented:
            yield from missing(line, "consent_ref")
        elif not known:
            yield broken(line, reference=reference, reason="unknown", known=False)
    for permit in unresolved(trade, line):
        if not trade.consented:
            yield from missing(line, "consent_ref")
        else:
            yield broken(line, reference=permit.label, reason="unknown", known=False)


MEMBER = PlainRule(
    "NC-02",
    N_("Bad consent reference"),
    N_("A consent number is given that no consent of the case bears, or that does not have the form of one."),
    N_("The load names consent {reference}, {reason}."),
    N_("The right number, or the consent itself imported into the case."),
    "medium",
    "line",
    ("us_consent_no", "consent_ref", "permitted_by",),
    N_("40 CFR 262 subpart H; SOR/2021-25"),
    _test,
)
