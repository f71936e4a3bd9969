"""WL-06: species, term or source other than on the permit."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.reference.cites import species_key
from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.quantities import plain_code
from ewglink.rules.trade import Movement, Trade
from ewglink.rules.wildlife import SECTOR, known_permits, species_covered, species_of, specimens
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    for specimen in specimens(movement):
        for permit in known_permits(movement):
            covered, species = species_covered(permit, trade), species_of(specimen, trade)
            if not covered or not species:
                yield Missing(movement.id, ("scientific_name",))
                continue
            if species_key(species) not in covered:
                yield Found((movement.id,), {"what": "species", "sent": species, "permit": permit.label}, (permit.id,))
            for key in ("source_code", "specimen_term"):
                sent, allowed = plain_code(specimen.values.get(key)), plain_code(permit.values.get(key))
                if sent and allowed and sent != allowed:
                    yield Found((movement.id,), {"what": key.split("_")[-1 if key == "specimen_term" else 0],
                                                 "sent": sent, "permit": permit.label}, (permit.id,))


MEMBER = PlainRule(
    "WL-06",
    N_("Other goods than on the permit"),
    N_("The species, term or source of the load is not the one on its permit."),
    N_("The load has {what} {sent}; permit {permit} is for another."),
    N_("A permit for what was sent, or an identification that agrees with the permit."),
    "high",
    "movement",
    ("scientific_name", "specimen_term", "source_code", "permitted_by",),
    N_("CITES Articles III to V; WAPPRIITA; 50 CFR 23"),
    _test,
    sector=SECTOR,
)
