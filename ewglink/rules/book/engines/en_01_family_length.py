"""EN-01: an engine family that does not have twelve characters."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.engines import FAMILY_LENGTH, SECTOR, family
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Thing, Trade
from ewglink.text import N_


def _test(engine: Thing, trade: Trade, setting: Setting) -> Iterator[Said]:
    if not family(engine):
        yield Missing(engine.id, ("engine_family",))
    elif len(family(engine)) != FAMILY_LENGTH:
        yield Found((engine.id,), {"family": family(engine), "length": len(family(engine))})


MEMBER = PlainRule(
    "EN-01",
    N_("Family of wrong length"),
    N_("An engine family has twelve characters; a decimal point counts as one."),
    N_("Engine family {family} has {length} characters instead of 12."),
    N_("A photograph of the label with the right family."),
    "medium",
    "engine",
    ("engine_family",),
    N_("40 CFR 1068; EPA engine family naming convention"),
    _test,
    sector=SECTOR,
)
