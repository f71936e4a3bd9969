"""WL-05: Appendix I specimens from the wild, for trade."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.quantities import plain_code
from ewglink.rules.trade import Movement, Thing, Trade
from ewglink.rules.wildlife import SECTOR, known_permits, listing, species_of, specimens, unknown_permits
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    for specimen in specimens(movement):
        for permit in known_permits(movement) or unknown_permits(movement) or (None,):
            papers = () if permit is None else (permit,)
            listed = listing(specimen, trade, papers)
            source, purpose = (_said(key, specimen, *papers) for key in ("source_code", "purpose_code"))
            if listed and listed != "I" or source not in ("", "W") or purpose not in ("", "T"):
                continue
            if listed and source and purpose:
                yield Found((movement.id,), {"species": species_of(specimen, trade),
                                             "permit": None if permit is None else permit.label},
                            tuple(paper.id for paper in papers))
            elif papers:  # without any, WL-01 says that there is none
                yield Missing(movement.id, ("cites_appendix", "source_code", "purpose_code"))


def _said(key: str, *things: Thing) -> str:
    """The code as the first of these gives it."""
    return next((code for thing in things if (code := plain_code(thing.values.get(key)))), "")


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
    version="2",
    sector=SECTOR,
)
