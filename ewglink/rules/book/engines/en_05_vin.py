"""EN-05: a VIN whose check digit or year is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.identifiers.catalogue import check
from ewglink.identifiers.schemes.vin import model_years
from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.engines import SECTOR, model_year, vin
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Thing, Trade
from ewglink.text import N_


def _test(engine: Thing, trade: Trade, setting: Setting) -> Iterator[Said]:
    number = vin(engine)
    if not number:
        return
    said = check("vin", number)
    if said.status == "fail":
        yield Found((engine.id,), {"vin": number, "reason": said.code, "year": None})
        return
    if model_year(engine) is None:
        yield Missing(engine.id, ("model_year",))
    elif model_year(engine) not in model_years(number[9]):
        yield Found((engine.id,), {"vin": number, "reason": "model_year", "year": str(model_year(engine))})


MEMBER = PlainRule(
    "EN-05",
    N_("VIN does not hold"),
    N_("The check digit of the VIN is wrong, or its tenth character stands for another model year than was "
       "declared."),
    N_("VIN {vin} does not hold ({reason}; declared model year {year})."),
    N_("A photograph of the VIN plate, or a corrected model year."),
    "high",
    "engine",
    ("vin", "model_year",),
    N_("49 CFR 565; SOR/2003-2"),
    _test,
    sector=SECTOR,
)
