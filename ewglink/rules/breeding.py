"""What the papers of a load say of animals bred in captivity, and what its boxes weigh for each specimen."""

from __future__ import annotations

from collections import defaultdict

from ewglink.names.clean import search_key
from ewglink.reference.breeding import BRED, cannot_be, source_letter
from ewglink.reference.cites import species_key
from ewglink.rules.prices import weighs
from ewglink.rules.quantities import number
from ewglink.rules.scoring import OUTLIER, Spread
from ewglink.rules.trade import Movement, Thing, Trade
from ewglink.rules.wildlife import SECTOR, crossing, species_covered, species_of, specimens

_COUNTED = frozenset({
    "", "specimen", "specimens", "piece", "pieces", "pcs", "pc", "unit", "units", "no", "number", "head", "each", "ea",
    "live", "individual", "individuals", "ejemplar", "ejemplares", "especimen", "especimenes", "pieza", "piezas",
    "unidad", "unidades", "unite", "unites", "individu", "individus", "animal", "animals"})
Peers = tuple[str, str]
"""Species and kind of specimen (as CITES terms: live, skins …)."""


def bred(load: Movement, trade: Trade) -> bool | None:
    """Whether specimens of a load, or its permits, are said to be bred or born in captivity though no commercial
    breeding of the species is known: by the list, or because the case says so of the species. None where no source
    code says anything."""
    known, answers = {_key(one, trade): one for one in specimens(load)}, []
    for species, code in _said(load, trade):
        letter = source_letter(code)
        if letter:
            own = trade.species_of.get(known[species].id) if species in known else None
            none = own is not None and own.values.get("no_captive_breeding") is True
            answers.append(letter in BRED and (none or cannot_be(species, letter, crossing(load))))
    return any(answers) if answers else None


def _key(specimen: Thing, trade: Trade) -> str:
    return species_key(species_of(specimen, trade))


def _said(load: Movement, trade: Trade) -> list[tuple[str, str]]:
    """Species and source code: of each specimen its own code, else those of the permits; and of each permit that names
    its species."""
    codes = [permit.text("source_code") for permit in load.permits]
    found = [(_key(one, trade), code) for one in specimens(load)
             for code in ([one.text("source_code")] if one.text("source_code") else codes)]
    return found + [(species, permit.text("source_code")) for permit in load.permits
                    for species in species_covered(permit, trade)]


def weight_of_each(load: Movement, trade: Trade) -> tuple[Peers, float] | None:
    """Kilograms of box for each specimen, with what it may be compared to; None where the load has no weight, no count,
    or several species or kinds."""
    every = specimens(load)
    kinds = {(_key(one, trade), search_key(one.text("specimen_term"))) for one in every}
    gross = number(load.values.get("gross_kg"))
    weight = gross if gross is not None else weighs(load)
    counts = [number(one.values.get("quantity")) for one in every if search_key(one.text("unit")) in _COUNTED]
    if weight is None or weight <= 0 or len(kinds) != 1 or not counts or len(counts) < len(every) or None in counts:
        return None
    count = sum(one for one in counts if one is not None)
    return (kinds.pop(), weight / count) if count > 0 else None


def odd_boxes(trade: Trade) -> dict[int, bool]:
    """Load → whether its weight for each specimen is an outlier among eight or more loads of the species and kind;
    loads without so many peers, or whose peers all weigh the same, are left out."""
    by_peers: dict[Peers, dict[int, float]] = defaultdict(dict)
    for load in trade.movements.values():
        found = weight_of_each(load, trade) if load.sector == SECTOR else None
        if found is not None:
            by_peers[found[0]][load.id] = found[1]
    answers: dict[int, bool] = {}
    for loads in by_peers.values():
        spread = Spread(list(loads.values()))
        for item, each in loads.items():
            z = spread.z(each)
            if z is not None:
                answers[item] = abs(z) > OUTLIER
    return answers
