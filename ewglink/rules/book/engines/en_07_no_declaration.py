"""EN-07: many units and no annual declaration."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.engines import SECTOR, declaration, due, imported, is_import, years
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_


def _test(party: Party, trade: Trade, setting: Setting) -> Iterator[Said]:
    undated = {unit.id for entry in trade.entries.values() if entry.on is None and party.id in entry.importers
               and is_import(entry) for unit in entry.engines}
    for year in years(party, trade) if trade.entries else ():
        most = setting.parameters.value("declaration_units", party.country, due(year))
        units = imported(party, year, trade)
        if not party.country:
            yield Missing(party.id, ("country",))
        elif most is None or setting.as_of <= due(year) or declaration(party, year):
            continue
        elif len(units) <= most < len({unit.id for unit in units} | undated):
            yield Missing(party.id, ("start",))
        elif len(units) > most:
            yield Found((party.id,), {"party": party.label, "year": str(year), "count": len(units),
                                      "limit": int(most), "due": due(year).isoformat()},
                        tuple(unit.id for unit in units))


MEMBER = PlainRule(
    "EN-07",
    N_("No annual declaration"),
    N_("An importer brought in more than fifty units in a calendar year and made no declaration by the first"
       " of February of the next."),
    N_("{party} imported {count} units in {year} and made no declaration by {due}."),
    N_("The declaration, with the day it was made."),
    "medium",
    "party",
    ("participated_in", "start", "holds", "kind", "issued",),
    N_("SOR/2003-355 19; SOR/2020-258 44, 46"),
    _test,
    sector=SECTOR,
)
