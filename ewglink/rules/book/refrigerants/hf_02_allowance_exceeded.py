"""HF-02: more was imported in a year than the allowance."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.quantities import number
from ewglink.rules.refrigerants import SECTOR, allowances, drawn_mteve, imported_by_year
from ewglink.rules.trade import Line, Party, Trade
from ewglink.text import N_


def _test(party: Party, trade: Trade, setting: Setting) -> Iterator[Said]:
    """The sum up to and including each load, in the order of arrival, against the allowances of the calendar year."""
    by_year = imported_by_year(party, trade, setting.parameters) if party.papers else {}
    for year, lines in sorted(by_year.items()):
        held = allowances(party, year)
        if held:
            limits = [number(paper.values.get("allowance_mteve")) for paper in held]
            if None in limits:
                yield Missing(party.id, ("allowance_mteve",))
            else:
                yield from _drawn(lines, sum(limit for limit in limits if limit is not None), year, held[0].id)


def _drawn(lines: list[Line], allowed: float, year: int, paper: int) -> Iterator[Said]:
    total = 0.0
    for line in lines:
        value = drawn_mteve(line)
        if value is None:
            yield Missing(line.movement.id, ("net_kg", "quantity", "gwp"))
            continue
        total += value
        if round(total - allowed, 6) > 0:
            yield Found((line.movement.id,), {
                "year": str(year), "drawn_mteve": round(total, 3), "allowance_mteve": allowed,
                "excess_mteve": round(total - allowed, 3), "first": round(total - value - allowed, 6) <= 0}, (paper,))


MEMBER = PlainRule(
    "HF-02",
    N_("Allowance exceeded"),
    N_("The sum of exchange values (kilograms × GWP / 1000, in tonnes) of the HFC a party imported in a "
       "calendar year, up to and including this load in the order of arrival, is more than its allowances "
       "for that year."),
    N_("With this load {drawn_mteve} tonnes of exchange value were imported in {year}, {excess_mteve} more "
       "than the allowance of {allowance_mteve}."),
    N_("Allowances that were transferred to the importer before the day of arrival, or a corrected weight or"
       " substance of this or an earlier load."),
    "high",
    "party",
    ("net_kg", "quantity", "declared", "lab_result", "arrival", "allowance_mteve", "year",),
    N_("40 CFR 84; SOR/2016-137"),
    _test,
    sector=SECTOR,
)
