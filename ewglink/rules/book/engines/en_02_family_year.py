"""EN-02: an engine family of another model year."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.identifiers.schemes.engine_family import model_year as year_of
from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.engines import FAMILY_LENGTH, SECTOR, family, model_year
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Thing, Trade
from ewglink.text import N_


def _test(engine: Thing, trade: Trade, setting: Setting) -> Iterator[Said]:
    if len(family(engine)) != FAMILY_LENGTH or model_year(engine) is None:
        yield Missing(engine.id, ("engine_family", "model_year"))
    elif year_of(family(engine)[0]) != _shown(model_year(engine)):
        yield Found((engine.id,), {"family": family(engine), "year": str(model_year(engine)),
                                   "family_year": str(year_of(family(engine)[0]) or "–")})


def _shown(year: int | None) -> int | None:
    """The year as a family's first sign counts it: thirty years, from 2001 to 2030."""
    return None if year is None else 2001 + (year - 2001) % 30


MEMBER = PlainRule(
    "EN-02",
    N_("Family of another year"),
    N_("The first character of the engine family stands for another model year than was declared."),
    N_("Engine family {family} is of model year {family_year}, declared is {year}."),
    N_("A certificate for the declared year, or a corrected model year."),
    "medium",
    "engine",
    ("engine_family", "model_year",),
    N_("40 CFR 1068; EPA engine family naming convention"),
    _test,
    sector=SECTOR,
)
