"""WL-01: listed species that cross a border without a permit."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.judging import crosses, ends
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Movement, Trade
from ewglink.rules.wildlife import SECTOR, listing, species_of, specimens
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    if movement.permits or not specimens(movement):
        return
    there = crosses(movement, trade)
    if there is None:
        yield Missing(movement.id, ("exporter_of", "consignee_of", "country"))
        return
    for specimen in specimens(movement) if there else ():
        listed = listing(specimen, trade)
        if not listed:
            yield Missing(movement.id, ("cites_appendix",))
        else:
            leaves, goes = ends(movement, trade)
            yield Found((movement.id,), {"species": species_of(specimen, trade), "appendix": listed, "leaves": leaves,
                                         "goes": goes, "declared": movement.text("declared")})


MEMBER = PlainRule(
    "WL-01",
    N_("No permit"),
    N_("Specimens of a species in CITES Appendix I, II or III cross a border without a permit."),
    N_("{species} (Appendix {appendix}) went {leaves} → {goes} declared as “{declared}”, without a "
       "permit."),
    N_("The permit, with a date before the crossing, or an identification of another species."),
    "high",
    "movement",
    ("permitted_by", "scientific_name", "cites_appendix", "country", "declared",),
    N_("CITES Articles III to V; WAPPRIITA; 50 CFR 23"),
    _test,
    sector=SECTOR,
)
