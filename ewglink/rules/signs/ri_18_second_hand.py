"""RI-18: goods said to be used, for repair or a donation, by the container and at a price of scrap."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from statistics import median

from ewglink.names.clean import search_key
from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.prices import Peers, priced, weighs
from ewglink.rules.scoring import PEERS
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Movement, Party, Thing, Trade
from ewglink.text import N_

_WORDS = re.compile(r"\b(?:used|second hand|for repairs?|personal effects|donations?|donated|charity|usages?|usagees?|"
                    r"d occasion|pour reparation|effets personnels|dons?|usad[oa]s?|segunda mano|para reparacion|"
                    r"efectos personales|donaci(?:on|ones)|donad[oa]s?)\b")
_TESTED = re.compile(r"\b(?:test|tested|functionality|functional|essai|essais|fonctionnalite|prueba|pruebas|"
                     r"funcionalidad)\b")
_FULL_KG, _SHARE = 10_000.0, 0.20


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    loads = [load for role in ("exporters", "shippers", "importers")
             for load in around.loads_as.get((role, party.id), ())]
    worded = [load for load in loads if _text(load)]
    if not worded:
        return lacking(party, "declared", "description") if loads else idle(
            party, around, "exporter_of", "shipper_of", "importer_of")
    new = around.kept("RI-18", lambda: _new(trade, around))
    unsure = False
    for load in worded:
        found = _WORDS.search(_text(load))
        if found is None or any(_tests(one) for one in load.documents):
            continue
        full, price = _full(load), priced(trade, around).get(load.id)
        if full is None or price is None or price.peers not in new:
            unsure = unsure or full is not False
        elif full and price.per_kg < _SHARE * new[price.peers]:
            return Sign(1.0, {"said": found.group(), "unit_value": round(price.per_kg, 4),
                              "unit_value_new": round(new[price.peers], 4)}, (load.id,))
    return lacking(party, "value", "carried_in") if unsure else None


def _text(load: Movement) -> str:
    return search_key(" ".join([load.text("declared"), *(line.text("description") for line in load.lines)]))


def _tests(paper: Thing) -> bool:
    """Whether a document speaks of a test of functionality."""
    return _TESTED.search(search_key(f"{paper.label} {paper.text('title')} {paper.text('document_type')}")) is not None


def _full(load: Movement) -> bool | None:
    """Whether it fills a container: 10 t or more in each."""
    boxes = [unit for unit in load.units if unit.type == "container"]
    net = weighs(load)
    return None if not boxes or net is None else net / len(boxes) >= _FULL_KG


def _new(trade: Trade, around: Surroundings) -> Mapping[Peers, float]:
    """Peers → the median value a kilogram of goods not said to be used, where there are at least eight."""
    found: dict[Peers, list[float]] = defaultdict(list)
    for one in priced(trade, around).values():
        if not _WORDS.search(_text(one.load)):
            found[one.peers].append(one.per_kg)
    return {peers: median(values) for peers, values in found.items() if len(values) >= PEERS}


MEMBER = PlainIndicator(
    "RI-18",
    "trade",
    0.4,
    N_("Second-hand or donation statement"),
    N_("Said to be used, for repair, personal effects or a donation, in a full container (10 t or more), without "
       "a test of functionality, at less than 20 % of the price of new goods (median of at least 8 loads of the "
       "same subheading, direction, year and currency)."),
    (N_("A genuine donation or refurbisher that keeps its tests on file."),
     N_("Removal goods of a large household."),),
    ("declared", "description", "value", "carried_in", "documented_by", "hs",),
    _test,
)
