"""Saturated vapour pressures of refrigerants by temperature, and pressures as gauges and papers write them."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from math import exp, log

from ewglink.reference.code_lists import Substance, rows

ATMOSPHERE_KPA = 101.325
"""What a gauge pressure is below the absolute one."""
_ICE = 273.15
_KPA = {"kpa": 1.0, "mpa": 1000.0, "pa": 0.001, "bar": 100.0, "psi": 6.894757, "atm": ATMOSPHERE_KPA,
        "kgf/cm2": 98.0665, "kg/cm2": 98.0665}
_UNIT = re.compile(r"(kpa|mpa|pa|bar|psi|atm|kgf/cm2|kg/cm2)(.*)")
_GAUGE = re.compile(r"g|gauge|gage|rel|relati[fv][ae]?|manometri(?:que|ca|co)|表压")
_ABSOLUTE = re.compile(r"a|abs|absolut[aeo]?|absolue?|绝对压")
_LEFT_OUT = str.maketrans({"é": "e", "ó": "o", "²": "2", **dict.fromkeys(" ().,_-（）")})


def absolute_kpa(value: float, unit: str) -> tuple[float, ...]:
    """A pressure in kPa absolute. Where the unit does not say whether it is absolute or gauge, both that it may be;
    nothing for a unit that is not known."""
    found = _UNIT.fullmatch(unit.casefold().translate(_LEFT_OUT))
    if found is None:
        return ()
    kpa, kind = value * _KPA[found[1]], found[2]
    if _ABSOLUTE.fullmatch(kind):
        return (kpa,)
    if _GAUGE.fullmatch(kind):
        return (kpa + ATMOSPHERE_KPA,)
    return () if kind else (kpa, kpa + ATMOSPHERE_KPA)


@cache
def _curves() -> dict[str, list[tuple[float, float, float]]]:
    """Refrigerant number → temperature (°C), dew and bubble pressure (kPa absolute), the coldest first."""
    found: dict[str, list[tuple[float, float, float]]] = {}
    for row in rows("refrigerant_pressures.csv"):
        found.setdefault(row["ashrae"], []).append(
            (float(row["celsius"]), float(row["dew_kpa"]), float(row["bubble_kpa"])))
    return {number: sorted(points) for number, points in found.items()}


def saturated(one: Substance, celsius: float) -> tuple[float, float] | None:
    """The pressures (kPa absolute) at which the last of the vapour condenses and the first of the liquid boils: one
    figure twice for what is no blend. None where the list has none for the substance or the temperature."""
    points = _curves().get(one.ashrae, [])
    if not points or not points[0][0] <= celsius <= points[-1][0]:
        return None
    at = min(bisect_right(points, celsius, key=lambda point: point[0]), len(points) - 1)
    (cold, *below), (warm, *above) = points[at - 1], points[at]
    share = (1 / (celsius + _ICE) - 1 / (cold + _ICE)) / (1 / (warm + _ICE) - 1 / (cold + _ICE))
    dew, bubble = (exp(log(low) + share * (log(high) - log(low))) for low, high in zip(below, above, strict=True))
    return dew, bubble
