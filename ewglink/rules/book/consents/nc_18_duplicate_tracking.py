"""NC-18: one tracking number on several different loads."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.identifiers.placeholders import is_placeholder
from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.sameness import differ
from ewglink.rules.trade import Movement, Trade
from ewglink.text import N_


def _test(movements: list[Movement], trade: Trade, setting: Setting) -> Iterator[Said]:
    if len(movements) < 2:
        return
    tolerance = (setting.parameters.value("duplicate_quantity_pct") or 0.0) / 100
    number = next(value for value in movements[0].numbers.values() if all(value in one.numbers.values()
                                                                          for one in movements))
    if is_placeholder(number):
        return
    if any(differ(one, other, tolerance) for at, one in enumerate(movements) for other in movements[at + 1:]):
        yield Found(tuple(one.id for one in movements), {"number": number, "count": len(movements)})
    elif any(one.kg is None for one in movements):
        yield Missing(movements[0].id, ("quantity", "unit"))


MEMBER = PlainRule(
    "NC-18",
    N_("Duplicate tracking number"),
    N_("The same manifest or movement document is used by two or more loads that differ in date, exporter, "
       "receiver or quantity by more than the tolerance."),
    N_("The tracking number {number} stands on {count} different loads."),
    N_("Evidence that the rows are one load, or the right number of each."),
    "high",
    "tracking",
    ("mtn", "ca_md_no", "mx_manifest_no", "ship_date", "quantity",),
    N_("40 CFR 262 subpart H; SOR/2021-25"),
    _test,
)
