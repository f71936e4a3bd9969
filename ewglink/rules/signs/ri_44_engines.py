"""RI-44: engines whose family, label, maker or certificate do not hold."""

from __future__ import annotations

from collections import defaultdict
from statistics import median

from ewglink.identifiers.schemes.engine_family import model_year as year_of
from ewglink.rules.contract import Setting
from ewglink.rules.engines import FAMILY_LENGTH, certified, family, is_departure, label_fault, model_year
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.prices import subheading, worth
from ewglink.rules.quantities import number
from ewglink.rules.scoring import PEERS
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Entry, Movement, Party, Thing, Trade
from ewglink.text import N_

_HS = ("8407", "8408")
_CHEAP = 0.4


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    entries = around.kept("RI-44", lambda: _entries(trade)).get(party.id, [])
    engines = {engine.id: engine for entry in entries for engine in entry.engines}
    engines |= {thing.id: thing for load in around.loads_as.get(("importers", party.id), ())
                for thing in load.goods if thing.type == "engine"}
    cheap = [load for load in around.loads_as.get(("importers", party.id), ()) if _cheap(load, trade, around)]
    if not engines and not cheap:
        return idle(party, around, "participated_in", "importer_of")
    shared = around.kept("RI-44 papers", lambda: _shared(trade))
    reasons, odd, known = set(), [load.id for load in cheap], bool(cheap)
    reasons |= {"price"} if cheap else set()
    for engine in engines.values():
        why = _faults(engine, trade) | ({"shared certificate"} if engine.id in shared else set())
        known = known or bool(family(engine)) or label_fault(engine) is not None
        odd += [engine.id] if why else []
        reasons |= why
    if not known and not reasons:
        return lacking(party, "engine_family", "label_present", "certified_under")
    return Sign(min(1.0, len(reasons) / 2), {"reasons": sorted(reasons), "engines": len(engines)},
                tuple(odd[:20])) if reasons else None


def _faults(engine: Thing, trade: Trade) -> set[str]:
    name, year, found = family(engine), model_year(engine), set()
    if name and len(name) != FAMILY_LENGTH:
        found.add("family")
    elif name and year is not None and year_of(name[0]) != 2001 + (year - 2001) % 30:
        found.add("model year")
    if label_fault(engine):
        found.add("label")
    if name and certified(trade) and name not in certified(trade):
        found.add("not on a certificate")
    return found


def _entries(trade: Trade) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in trade.entries.values():
        for item in entry.importers if not is_departure(entry) else ():
            found[item].append(entry)
    return dict(found)


def _shared(trade: Trade) -> frozenset[int]:
    """The engines whose certificate several importers used."""
    users: dict[int, set[int]] = defaultdict(set)
    units: dict[int, set[int]] = defaultdict(set)
    for entry in trade.entries.values():
        for engine in entry.engines if entry.importers else ():
            for paper in trade.papers_of.get(engine.id, ()):
                users[paper.id] |= entry.importers
                units[paper.id].add(engine.id)
    return frozenset(item for paper, items in units.items() if len(users[paper]) > 1 for item in items)


def _price(load: Movement) -> tuple[str, str, float] | None:
    """Subheading, currency and price of one engine of a load."""
    paid, pieces, hs = worth(load), number(load.values.get("pieces")), subheading(load)
    if paid is None or not pieces or not hs.startswith(_HS):
        return None
    return hs, paid[1], paid[0] / pieces


def _cheap(load: Movement, trade: Trade, around: Surroundings) -> bool:
    def make() -> dict[tuple[str, str], float]:
        found: dict[tuple[str, str], list[float]] = defaultdict(list)
        for other in trade.movements.values():
            price = _price(other)
            if price is not None:
                found[price[:2]].append(price[2])
        return {key: median(prices) for key, prices in found.items() if len(prices) >= PEERS}

    mine = _price(load)
    usual = around.kept("RI-44 prices", make).get(mine[:2]) if mine is not None else None
    return mine is not None and usual is not None and mine[2] < _CHEAP * usual


MEMBER = PlainIndicator(
    "RI-44",
    "maritime",
    0.45,
    N_("Engines"),
    N_("Of engines imported: a family of the wrong length or year, a label missing or false, a family "
       "on no certificate of the case, a price below 40 % of the median of comparable loads (eight or "
       "more), one certificate used by several importers; s = n / 2, at most 1."),
    (N_("Used engines, or a lot of old stock."),
     N_("A certificate of the manufacturer that all its dealers use."),
     N_("A family mistyped from the label."),),
    ("engine_family", "model_year", "label_present", "certified_under", "participated_in", "contains", "value",
     "pieces",),
    _test,
)
