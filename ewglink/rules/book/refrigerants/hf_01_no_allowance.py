"""HF-01: controlled substances brought in by nobody who holds an allowance or permit."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.refrigerants import SECTOR, allowances, arrived, bulk, contents, law_of, permitted
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    movement = line.movement
    if not contents(line):
        return
    country, on = law_of(movement, trade), arrived(movement)
    if not country or on is None:
        yield Missing(movement.id, ("importer_of", "country", "arrival"))
        return
    gases = bulk(line, trade)
    if not gases or not setting.parameters.value("allowance_required", country, on):
        return
    importers = [trade.parties[item] for item in (movement.importers or movement.receivers)]
    if not any(allowances(party, on.year) for party in importers) and not (
            country == "CA" and permitted(movement, trade, on)):
        yield Found((movement.id,), {"substance": gases[0].ashrae or gases[0].name, "year": str(on.year),
                                     "importer": ", ".join(sorted(party.label for party in importers))},
                    tuple(party.id for party in importers))


MEMBER = PlainRule(
    "HF-01",
    N_("No allowance"),
    N_("HFC in bulk (in Canada also what depletes the ozone layer) is imported by a party that holds no "
       "allowance for the calendar year and, in Canada, no permit in force."),
    N_("{substance} was imported by {importer}, who holds no allowance for {year}."),
    N_("An allowance of the importer for that year, a permit in force on the day of arrival, or evidence "
       "that the substance is not controlled."),
    "high",
    "line",
    ("declared", "lab_result", "arrival", "importer_of", "country", "year",),
    N_("40 CFR 84; SOR/2016-137"),
    _test,
    sector=SECTOR,
)
