"""RI-39: an allowance used up early, or drawn on by another firm of the same hands."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.quantities import number
from ewglink.rules.refrigerants import (
    SECTOR,
    allowances,
    arrived,
    drawn_mteve,
)
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Movement, Party, Trade
from ewglink.text import N_

_SHARE, _EARLY = 0.9, (7, 1)


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    loads = [load for load in around.loads_as.get(("importers", party.id), ()) if load.sector == SECTOR]
    if not loads:
        return idle(party, around, "importer_of")
    holders = around.kept("RI-39", lambda: _holders(trade))
    for load in loads:
        for paper in load.permits:
            mine = holders.get(paper.id, set()) if paper.type == "allowance" else set()
            if mine and party.id not in mine and (shared := _shared(party, mine, around)) is not None:
                return Sign(1.0, {"allowance": paper.label, "holder": trade.parties[shared].label},
                            (load.id, paper.id, shared))
    return _early(party, loads)


def _early(party: Party, loads: list[Movement]) -> Seen:
    years = sorted({on.year for load in loads if (on := arrived(load))})
    known = False
    for year in years:
        most = [number(paper.values.get("allowance_mteve")) for paper in allowances(party, year)]
        mine = [load for load in loads if (on := arrived(load)) and on.year == year and on < date(year, *_EARLY)]
        drawn = [drawn_mteve(line) for load in mine for line in load.lines]
        if not most or None in most or None in drawn:
            continue
        known = True
        total, allowed = sum(one or 0.0 for one in drawn), sum(one or 0.0 for one in most)
        if allowed and total > _SHARE * allowed:
            return Sign(1.0, {"year": str(year), "drawn_mteve": round(total, 3), "allowance_mteve": allowed,
                              "share_pct": round(100 * total / allowed, 1)}, tuple(load.id for load in mine[:20]))
    return None if known else lacking(party, "allowance_mteve", "holds", "quantity", "arrival")


def _shared(party: Party, holders: set[int], around: Surroundings) -> int | None:
    """A holder of the same hands as the party: by ownership, control or a director."""
    directors = around.directors_of.get(party.id, set())
    return next((one for one in sorted(holders) if around.related(party.id, one)
                 or directors & around.directors_of.get(one, set())), None)


def _holders(trade: Trade) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for party in trade.parties.values():
        for paper in party.papers:
            found[paper.id].add(party.id)
    return dict(found)


MEMBER = PlainIndicator(
    "RI-39",
    "maritime",
    0.45,
    N_("Refrigerant: quota stress"),
    N_("The exchange value imported before 1 July is over 90 % of the allowance of the year, or a load "
       "is drawn on the allowance of another holder under shared control; s = 1."),
    (N_("Imports before a season of cooling."),
     N_("A transfer of allowances within a group that was approved."),),
    ("allowance_mteve", "holds", "permitted_by", "quantity", "declared", "arrival",),
    _test,
)
