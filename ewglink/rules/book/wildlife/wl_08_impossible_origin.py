"""WL-08: wild specimens from a country where the species does not live."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.reference.cites import listed_species
from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.quantities import plain_code
from ewglink.rules.trade import Movement, Trade
from ewglink.rules.wildlife import SECTOR, is_reexport, known_permits, species_of, specimens
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    for specimen in specimens(movement):
        for permit in known_permits(movement):
            source = plain_code(specimen.values.get("source_code")) or plain_code(permit.values.get("source_code"))
            if is_reexport(permit) or source not in ("", "W"):
                continue
            species = species_of(specimen, trade)
            known = listed_species(species)
            origin = plain_code(specimen.values.get("origin")) or trade.country(movement.exporters)
            if not source or not origin or known is None or not known.home:
                yield Missing(movement.id, ("source_code", "origin", "scientific_name"))
            elif origin not in known.home:
                yield Found((movement.id,), {"species": species, "origin": origin, "permit": permit.label},
                            (permit.id,))


MEMBER = PlainRule(
    "WL-08",
    N_("Impossible origin"),
    N_("A specimen said to be wild comes from a country that is no range State of its species. Not evaluable"
       " for species whose range is not listed."),
    N_("{species} is said to come from the wild in {origin}, where it does not live."),
    N_("The country of origin, with the permit of that country."),
    "high",
    "movement",
    ("origin", "source_code", "scientific_name", "country",),
    N_("CITES Articles III to V; Species+"),
    _test,
    sector=SECTOR,
)
