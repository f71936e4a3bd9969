"""EN-09: a manufacturer on the label that is a stranger to the exporter."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.engines import SECTOR, chain, entries, is_departure, is_named
from ewglink.rules.judging import names
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Thing, Trade
from ewglink.text import N_


def _test(engine: Thing, trade: Trade, setting: Setting) -> Iterator[Said]:
    manufacturer = engine.text("manufacturer")
    came = [entry for entry in entries(engine, trade) if not is_departure(entry)]
    exporters = sorted({item for entry in came for item in entry.exporters})
    if not manufacturer or not exporters:
        yield Missing(engine.id, ("manufacturer", "participated_in"))
        return
    known = [one for item in exporters for one in chain(trade.parties[item], trade)]
    if not any(is_named(manufacturer, one) for one in known):
        yield Found((engine.id,), {"manufacturer": manufacturer, "exporter": names(trade, exporters)},
                    tuple(exporters))


MEMBER = PlainRule(
    "EN-09",
    N_("Manufacturer is a stranger"),
    N_("The manufacturer on the label is neither the exporter nor a firm that the exporter belongs to, owns "
       "or acts for."),
    N_("The label names {manufacturer}; {exporter} exported the unit and has no known tie to it."),
    N_("A contract or proof of sale between them, or a corrected label record."),
    "medium",
    "engine",
    ("manufacturer", "participated_in", "acts_for", "owns",),
    N_("40 CFR 1068; 40 CFR 1039, 1048, 1051, 1054; SOR/2003-2; SOR/2003-355; SOR/2020-258"),
    _test,
    sector=SECTOR,
)
