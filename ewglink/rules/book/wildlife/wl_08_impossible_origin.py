"""WL-08: wild specimens from a country where the species does not live."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.reference.breeding import BRED, cannot_be
from ewglink.reference.cites import listed_species
from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.quantities import plain_code
from ewglink.rules.trade import Movement, Trade
from ewglink.rules.wildlife import SECTOR, crossing, is_reexport, known_permits, species_of, specimens
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    for specimen in specimens(movement):
        for permit in known_permits(movement):
            source = plain_code(specimen.values.get("source_code")) or plain_code(permit.values.get("source_code"))
            if is_reexport(permit):
                continue
            species = species_of(specimen, trade)
            known = listed_species(species)
            origin = plain_code(specimen.values.get("origin")) or trade.country(movement.exporters)
            if source not in ("", "W"):
                if source in BRED and cannot_be(species, source, crossing(movement)):
                    yield Found((movement.id,), {"species": species, "origin": origin or None, "permit": permit.label,
                                                 "reason": "bred, though nobody breeds it"}, (permit.id,))
                continue
            if not source or not origin or known is None or not known.home:
                yield Missing(movement.id, ("source_code", "origin", "scientific_name"))
            elif origin not in known.home:
                yield Found((movement.id,), {"species": species, "origin": origin, "permit": permit.label,
                                             "reason": "not from there"}, (permit.id,))


MEMBER = PlainRule(
    "WL-08",
    N_("Impossible origin"),
    N_("A specimen said to be wild comes from a country that is no range State of its species, or one said to be bred "
       "or born in captivity is of a species that nobody breeds. Not evaluable for species whose range is not listed."),
    N_("{species} cannot come from {origin} as permit {permit} says: {reason}."),
    N_("The country of origin, with the permit of that country."),
    "high",
    "movement",
    ("origin", "source_code", "scientific_name", "country",),
    N_("CITES Articles III to V; Species+"),
    _test,
    version="2",
    sector=SECTOR,
)
