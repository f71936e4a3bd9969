"""HF-06: refrigerant in cylinders that cannot be refilled."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.refrigerants import SECTOR, arrived, bulk, contents, cylinder, law_of, refillable
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    movement = line.movement
    if not contents(line):
        return
    country = law_of(movement, trade)
    if not country:
        yield Missing(movement.id, ("importer_of", "country"))
        return
    if not bulk(line, trade) or not setting.parameters.value("refillable_required", country, arrived(movement)):
        return
    said = refillable(cylinder(line))
    if said is None:
        yield Missing(movement.id, ("cylinder",))
    elif not said:
        yield Found((movement.id,), {"cylinder": cylinder(line), "country": country})


MEMBER = PlainRule(
    "HF-06",
    N_("Non-refillable cylinder"),
    N_("HFC or HCFC refrigerant arrives in cylinders that cannot be refilled, where the country of import "
       "asks for refillable ones."),
    N_("The refrigerant came in cylinders said to be “{cylinder}”; {country} asks for refillable ones."),
    N_("Evidence that the cylinders can be refilled, or an exemption."),
    "medium",
    "line",
    ("cylinder", "container_type", "declared", "country",),
    N_("SOR/2016-137 39, 64.3; 40 CFR 84.5"),
    _test,
    sector=SECTOR,
)
