"""WL-05: Appendix I specimens from the wild, for trade."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.quantities import plain_code
from ewglink.rules.trade import Movement, Trade
from ewglink.rules.wildlife import SECTOR, known_permits, listing, species_of, specimens
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    for specimen in specimens(movement):
        for permit in known_permits(movement):
            listed = listing(specimen, trade, (permit,))
            source = plain_code(specimen.values.get("source_code")) or plain_code(permit.values.get("source_code"))
            purpose = plain_code(specimen.values.get("purpose_code")) or plain_code(permit.values.get("purpose_code"))
            if listed and listed != "I" or source not in ("", "W") or purpose not in ("", "T"):
                continue
            if not (listed and source and purpose):
                yield Missing(movement.id, ("cites_appendix", "source_code", "purpose_code"))
            else:
                yield Found((movement.id,), {"species": species_of(specimen, trade), "permit": permit.label},
                            (permit.id,))


MEMBER = PlainRule(
    "WL-05",
    N_("Appendix I from the wild for trade"),
    N_("A specimen of an Appendix I species with source W (wild) moves for purpose T (commercial): that is "
       "prohibited, whatever permit is shown."),
    N_("{species} is in Appendix I and came from the wild for trade, under permit {permit}."),
    N_("A corrected source or purpose code with the authority's confirmation."),
    "high",
    "movement",
    ("cites_appendix", "source_code", "purpose_code", "permitted_by",),
    N_("CITES Article III"),
    _test,
    sector=SECTOR,
)
