"""Quantities with their units: read from one cell or two, kept as written, and converted to kilograms beside."""

from __future__ import annotations

import re
from collections.abc import Callable
from json.encoder import encode_basestring
from typing import NamedTuple

from ewglink.importers.contract import Cell
from ewglink.model.schema import EntityType
from ewglink.reference import units
from ewglink.text import N_, Message, message

QUANTITY, UNIT, MASS = "quantity", "unit", "quantity_kg"
_WRITTEN = re.compile(r"\s*(?P<number>[-+]?[\d.,\s\u00a0\u202f']*\d)\s*(?P<unit>[^\W\d_][\w³. ]{0,20}?)\s*")
_DIGITS = 6
"""Decimals of a converted quantity: a milligram."""


class Measured(NamedTuple):
    """A number as it stands in a cell, and the unit written behind it."""

    number: str
    unit: str


def measured(cell: Cell) -> Measured | None:
    """The parts of a cell such as `18,770 kg`; None where it is no number with a known unit."""
    found = _WRITTEN.fullmatch(cell) if isinstance(cell, str) else None
    if found is None or units.unit(found["unit"]) is None:
        return None
    return Measured(found["number"], found["unit"])


def bare(cell: Cell) -> Cell:
    """The cell without the unit behind its number."""
    found = measured(cell)
    return cell if found is None else found.number


def converts(kind: EntityType, mapped: set[str]) -> bool:
    """Whether entities of this type show the mass of what the `mapped` properties say, which do not say it
    themselves."""
    return QUANTITY in mapped and MASS not in mapped and kind.property(MASS) is not None


def beside(
    quantity: object, cell: Cell, unit: str | None, complain: Callable[[str, Message], None]
) -> dict[str, str]:
    """What is said beside a quantity, as property → statement's JSON list: its kilograms where they can be known, and
    its unit where it stands in the same cell. `unit`: the unit of another column, None where none is mapped."""
    found: dict[str, str] = {}
    written = measured(cell)
    if unit is None and written is not None:
        unit = written.unit
        found[UNIT] = f"[{encode_basestring(unit)},{encode_basestring(str(cell))}]"
    if not unit or isinstance(quantity, bool) or not isinstance(quantity, (int, float)):
        return found
    if units.unit(unit) is None:
        words = N_("The unit “{unit}” is not known; the quantity is kept as written.")
        complain("unknown_unit", message(words, unit=unit))
        return found
    mass = units.to_kg(quantity, unit)
    if mass is not None:
        rounded = round(float(mass), _DIGITS)
        found[MASS] = f"[{int(rounded) if rounded.is_integer() else rounded}]"
    return found
