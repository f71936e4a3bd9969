"""NC-01: a regulated load that crosses a border under no consent."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Said, Setting
from ewglink.rules.judging import broken, crosses, ends, missing, regulated
from ewglink.rules.permits import unresolved
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    if line.references or line.streams or line.inferred is not None or not regulated(line) or unresolved(trade, line):
        return
    there = crosses(line.movement, trade)
    if there is None:
        yield from missing(line, "exporter_of", "receiver_of", "country")
    elif there:
        leaves, goes = ends(line.movement, trade)
        codes = sorted(code for every in line.codes.values() for code in every) or [line.un or line.hs]
        yield broken(line, codes=codes, un=line.un, leaves=leaves, goes=goes)


MEMBER = PlainRule(
    "NC-01",
    N_("No consent"),
    N_("The line is regulated (a waste or hazard code, a UN number or a listed HS code), crosses a border, "
       "names no consent, and none fits it."),
    N_("The load is regulated ({codes}) and goes {leaves} → {goes}, but it names no consent and none fits "
       "it."),
    N_("The number of a consent in force on the shipping date, or evidence that the goods are not regulated or "
       "did not cross a border."),
    "high",
    "line",
    ("epa_waste", "basel", "oecd", "un", "hs", "us_consent_no", "country",),
    N_("40 CFR 262 subpart H; SOR/2021-25"),
    _test,
)
