"""Units of mass and volume as manifests, notices and customs write them, and what they are in kilograms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ewglink.reference.look_up import entry_key


@dataclass(frozen=True)
class Unit:
    """A unit: `factor` is kilograms for a mass, litres for a volume."""

    code: str
    kind: Literal["mass", "volume"]
    factor: float


POUND = Unit("P", "mass", 0.45359237)
SHORT_TON = Unit("T", "mass", 907.18474)
KILOGRAM = Unit("K", "mass", 1.0)
TONNE = Unit("M", "mass", 1000.0)
GALLON = Unit("G", "volume", 3.785411784)
LITRE = Unit("L", "volume", 1.0)
CUBIC_YARD = Unit("Y", "volume", 764.554858)
CUBIC_METRE = Unit("N", "volume", 1000.0)
GRAM = Unit("g", "mass", 0.001)
OUNCE = Unit("oz", "mass", 0.028349523125)
LONG_TON = Unit("long ton", "mass", 1016.0469088)
MILLILITRE = Unit("mL", "volume", 0.001)

MANIFEST_UNITS = {one.code: one for one in (POUND, SHORT_TON, KILOGRAM, TONNE, GALLON, LITRE, CUBIC_YARD, CUBIC_METRE)}
"""The letters of the US uniform hazardous waste manifest. `T` is the short ton of 2,000 lb, not the tonne."""

_WORDS: dict[str, Unit] = {}
for _unit, _words in (
    (POUND, "lb lbs pound pounds livre livres libra libras 磅"),
    (SHORT_TON,
     "ton tons short_ton short_tons us_ton us_tons tonne_courte tonnes_courtes tonelada_corta toneladas_cortas"),
    (KILOGRAM, "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes kilogramo kilogramos 千克 公斤"),
    (TONNE, "t mt tm tonne tonnes metric_ton metric_tons metric_tonne metric_tonnes tonne_métrique tonnes_métriques "
            "tonelada toneladas tonelada_métrica toneladas_métricas 吨"),
    (GALLON, "gal gals gallon gallons galón galones"),
    (LITRE, "l lt lts liter liters litre litres litro litros 升"),
    (CUBIC_YARD, "yd3 yd³ cubic_yard cubic_yards verge_cube verges_cubes yarda_cúbica yardas_cúbicas"),
    (CUBIC_METRE, "m3 m³ cbm cubic_meter cubic_meters cubic_metre cubic_metres mètre_cube mètres_cubes metro_cúbico "
                  "metros_cúbicos 立方米"),
    (GRAM, "g gr gram grams gramme grammes gramo gramos 克"), (OUNCE, "oz ounce ounces once onces onza onzas"),
    (LONG_TON, "long_ton long_tons"), (MILLILITRE, "ml milliliter millilitre mililitro"),
):
    for _word in _words.split():
        _WORDS[entry_key(_word.replace("_", " "))] = _unit


def unit(text: str) -> Unit | None:
    """The unit a text names, None where it names none.

    A single capital is a manifest letter (`T` short ton, `M` tonne, `G` gallon); in lower case it is the metric symbol
    (`t` tonne, `g` gram). `m` alone is no unit of quantity.
    """
    wanted = text.strip().rstrip(".")
    if wanted in MANIFEST_UNITS:
        return MANIFEST_UNITS[wanted]
    return _WORDS.get(entry_key(wanted))


def to_kg(quantity: float, unit_text: str, density: float | None = None) -> float | None:
    """`quantity` in kilograms; a volume needs `density` in kg per litre.

    None where the unit is not known or a volume comes without a density: such a quantity cannot be compared, and what
    would compare it must say so.
    """
    found = unit(unit_text)
    if found is None or found.kind == "volume" and density is None:
        return None
    return quantity * found.factor * (1.0 if found.kind == "mass" else density or 0.0)


def comparable(one: str, other: str) -> bool:
    """Whether quantities in these two units can be compared without a density."""
    first, second = unit(one), unit(other)
    return first is not None and second is not None and first.kind == second.kind
