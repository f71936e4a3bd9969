"""What rules on wildlife ask of a load and its permits: which species, how much, for whom, for how long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from ewglink.names.clean import search_key
from ewglink.reference.cites import appendix_of, listed_species, species_key
from ewglink.rules.assembling import shipping_order
from ewglink.rules.quantities import day, in_kg, number, plain_code
from ewglink.rules.trade import Movement, Party, Stream, Thing, Trade

SECTOR = "wildlife"
_REEXPORT = ("re export", "reexport", "reexportation", "reexportacion")
_QUOTA = ("quota", "cuota", "contingent")
_SEASON = ("closed season", "veda", "fermeture", "season", "temporada", "saison")


def specimens(movement: Movement) -> list[Thing]:
    """The specimens of a load."""
    return [thing for thing in movement.goods if thing.type == "specimen"]


def species_of(specimen: Thing, trade: Trade) -> str:
    """The name of a specimen's species: that of the species it is tied to, else its own."""
    known = trade.species_of.get(specimen.id)
    return (known.text("scientific_name") or known.label) if known is not None else specimen.text("name")


def listing(specimen: Thing, trade: Trade, permits: Iterable[Thing] = ()) -> str:
    """The CITES appendix of a specimen: as its permit says, else its species in the case, else the list."""
    known = trade.species_of.get(specimen.id)
    for said in (*(permit.text("cites_appendix") for permit in permits),
                 known.text("cites_appendix") if known is not None else ""):
        if appendix_of(said):
            return appendix_of(said)
    found = listed_species(species_of(specimen, trade))
    return found.appendix if found is not None else ""


def crossing(movement: Movement) -> date | None:
    """The day a load crossed the border; the day it was shipped where only that is known."""
    return movement.crossed or movement.shipped


def is_known(permit: Thing) -> bool:
    """Whether a permit is more than a number that a load named."""
    return bool(set(permit.values) - {"reference"})


def is_permit(permit: Thing, trade: Trade) -> bool:
    """Whether a paper is a wildlife permit or certificate, and more than a number that a load named."""
    return permit.type == "consent" and is_known(permit) and bool(
        permit.text("cites_permit") or any(stream.sector == SECTOR for stream in trade.streams_of.get(permit.id, ())))


def _is(permit: Thing, words: Iterable[str]) -> bool:
    kind = search_key(permit.text("kind"))
    return any(word in kind for word in words)


def is_reexport(permit: Thing) -> bool:
    """Whether a paper is a certificate of re-export."""
    return _is(permit, _REEXPORT)


def is_quota(permit: Thing) -> bool:
    """Whether a record is an export quota of a country."""
    return _is(permit, _QUOTA)


def is_season(permit: Thing) -> bool:
    """Whether a record is a closed season of a country."""
    return _is(permit, _SEASON)


def known_permits(movement: Movement) -> list[Thing]:
    """The permits of a load of which more than the number is known."""
    return [permit for permit in movement.permits if permit.type == "consent" and is_known(permit)]


def unknown_permits(movement: Movement) -> list[Thing]:
    """The permits of a load of which only the number is known."""
    return [permit for permit in movement.permits if permit.type == "consent" and not is_known(permit)]


def streams(permit: Thing, trade: Trade) -> list[Stream]:
    """What a permit covers."""
    return trade.streams_of.get(permit.id, [])


def species_covered(permit: Thing, trade: Trade) -> set[str]:
    """The species a permit covers, for comparing."""
    found = {species_key(permit.text("species_name"))}
    for stream in streams(permit, trade):
        names = [one.text("scientific_name") or one.label for one in stream.species] or [stream.text("description")]
        found |= {species_key(name) for name in names}
    return found - {""}


def parties_of(permit: Thing, trade: Trade) -> tuple[set[int], set[int]]:
    """The exporters and importers a permit names."""
    sides: tuple[set[int], set[int]] = (set(), set())
    for stream in streams(permit, trade):
        sides[0].update(stream.exporters)
        sides[1].update(stream.importers)
    return sides


def amount(thing: Thing, other: Thing | None = None) -> float | None:
    """How much of it: kilograms; in the unit written where that is no mass and `other` is counted in the same; None
    where neither can be."""
    unit, quantity = thing.text("unit"), number(thing.values.get("quantity"))
    weight = in_kg(quantity, unit, thing.values)
    if other is None:
        return weight
    theirs = other.text("unit")
    if weight is not None and in_kg(1.0, theirs, other.values) is not None:
        return weight
    return quantity if quantity is not None and search_key(unit) == search_key(theirs) else None


def drawn_on(permit: Thing, trade: Trade) -> Iterator[tuple[Movement, float | None]]:
    """The loads a permit was shown for, in order, with how much of each counts against it."""
    for movement in trade.drawn.get(permit.id, ()):
        parts = [amount(specimen, permit) for specimen in specimens(movement)]
        yield movement, None if not parts or None in parts else sum(part for part in parts if part is not None)


def shown_for(permit: Thing, trade: Trade) -> list[Movement]:
    """The loads that a permit was shown for, and those of copies of it: records of their own with its number, of the
    same issuer as far as both say. All of them for the first of the copies, none for the others."""
    number, issuer = plain_code(permit.values.get("cites_permit")), country_of(permit)

    def numbered() -> dict[str, list[Thing]]:
        found: dict[str, list[Thing]] = {}
        for one in sorted(trade.things.values(), key=lambda paper: (paper.ref, paper.id)):
            if one.type == "consent" and plain_code(one.values.get("cites_permit")):
                found.setdefault(plain_code(one.values["cites_permit"]), []).append(one)
        return found

    same = [one for one in trade.kept("cites permits", numbered).get(number, ())
            if not issuer or country_of(one) in ("", issuer)] or [permit]
    if same[0] is not permit:
        return []
    loads = {load.id: load for one in same for load in trade.drawn.get(one.id, ())}
    return sorted(loads.values(), key=shipping_order)


def country_of(permit: Thing) -> str:
    """The country of the authority that issued a paper, where it is written as its code."""
    country = plain_code(permit.values.get("country")) or plain_code(permit.values.get("authority"))
    return country if len(country) == 2 else country[:2] if country[2:3] in ("-", "/") else ""


@dataclass
class Stock:
    """What a party had of a species when it sent a load on: kilograms in before and out up to it; None: not known."""

    movement: Movement
    species: str
    came: float | None
    went: float | None
    permits: list[Thing] = field(default_factory=list)


def sent_on(party: Party, trade: Trade) -> Iterator[Stock]:
    """Each load a party re-exports, with the species' balance so far, in the order of shipping."""
    loads = {id(load): load for load in (*party.imported, *party.exported)}.values()
    came: dict[str, float | None] = {}
    went: dict[str, float | None] = {}
    for load in sorted(loads, key=lambda one: (crossing(one) or date.max, one.ref, one.id)):
        papers = [permit for permit in known_permits(load) if is_reexport(permit)]
        for specimen in specimens(load):
            species = species_of(specimen, trade)
            key, weight = species_key(species), amount(specimen)
            if party.id in load.exporters and papers:
                went[key] = _plus(went.get(key, 0.0), weight)
                yield Stock(load, species, came.get(key, 0.0), went[key], papers)
            if party.id in load.importers:
                came[key] = _plus(came.get(key, 0.0), weight)


def _plus(total: float | None, more: float | None) -> float | None:
    return None if total is None or more is None else total + more


def loads_within(limit: Thing, trade: Trade) -> Iterator[tuple[Movement, float | None]]:
    """The exports of a limit's country and species within its days, without re-exports, in the order of shipping."""
    wanted, country = species_covered(limit, trade), country_of(limit)
    first, last = day(limit.values.get("valid_from")), day(limit.values.get("valid_to"))
    for load in sorted(trade.movements.values(), key=lambda one: (crossing(one) or date.max, one.ref, one.id)):
        on = crossing(load)
        if on is None or (first and on < first) or (last and on > last) or trade.country(load.exporters) != country:
            continue
        mine = [one for one in specimens(load) if species_key(species_of(one, trade)) in wanted]
        if mine and not any(is_reexport(permit) for permit in known_permits(load)):
            parts = [amount(one, limit) for one in mine]
            yield load, None if None in parts else sum(part for part in parts if part is not None)
