"""EN-08: an exemption without an approval."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ewglink.reference.engine_exemptions import exemption
from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.engines import SECTOR, entries
from ewglink.rules.plain import PlainRule
from ewglink.rules.quantities import day
from ewglink.rules.trade import Thing, Trade
from ewglink.text import N_


def _test(engine: Thing, trade: Trade, setting: Setting) -> Iterator[Said]:
    code = engine.text("exemption_code")
    known = exemption(code) if code else None
    if not code or known is not None and not known.needs_approval:
        return
    papers = [paper for paper in trade.papers_of.get(engine.id, ()) if not paper.text("engine_family")]
    came = next((entry.on for entry in entries(engine, trade)), None)
    if came is None and any(day(paper.values.get("valid_to")) for paper in papers):
        yield Missing(engine.id, ("start",))
    elif not any(_holds(paper, came) for paper in papers):
        yield Found((engine.id,), {"code": code, "papers": [paper.label for paper in papers]})


def _holds(paper: Thing, on: date | None) -> bool:
    """Whether an approval is more than a number, and was in force on the day the engine came in."""
    if not set(paper.values) - {"reference", "certificate_no"}:
        return False
    start, end = day(paper.values.get("valid_from")), day(paper.values.get("valid_to"))
    return on is None or not (start and on < start or end and on > end)


MEMBER = PlainRule(
    "EN-08",
    N_("Exemption without approval"),
    N_("The unit came in under an exemption that needs an approval, and no approval was in force on that "
       "day. A code the list does not have needs one."),
    N_("The unit came in under exemption {code}, without an approval in force."),
    N_("The approval of the authority, with its number and dates."),
    "high",
    "engine",
    ("exemption_code", "certified_under", "valid_from", "valid_to",),
    N_("40 CFR 1068 subparts C and D"),
    _test,
    sector=SECTOR,
)
