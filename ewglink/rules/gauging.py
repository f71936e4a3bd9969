"""Cylinders as somebody found them: their colour, and their pressure beside that of the substance declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ewglink.reference.code_lists import Substance
from ewglink.reference.cylinder_colours import of_its_colour
from ewglink.reference.saturation import absolute_kpa, saturated
from ewglink.rules.quantities import number
from ewglink.rules.refrigerants import arrived, declared
from ewglink.rules.trade import Movement, Thing

TOLERANCE = 0.1
"""How far, as a share, a pressure may lie outside the saturated one: gauges, and a cylinder not quite as warm as its
wall."""


@dataclass(frozen=True)
class Gauged:
    """A pressure beside that of what was declared, kPa absolute. `measured` has two figures where the unit does not say
    whether it is absolute or gauge; `expected` is from the dew to the bubble point."""

    substance: str
    measured: tuple[float, ...]
    expected: tuple[float, float]

    @property
    def agrees(self) -> bool:
        """Whether one of the pressures that it may be is that of the substance."""
        low, high = self.expected[0] * (1 - TOLERANCE), self.expected[1] * (1 + TOLERANCE)
        return any(low <= one <= high for one in self.measured)


def observed(load: Movement) -> Iterator[tuple[Thing, tuple[Substance, ...]]]:
    """What of a load may have been looked at or measured (its lines, itself, its cylinders), and the substances that it
    is declared to hold."""
    every: dict[str, Substance] = {}
    for line in load.lines:
        names = declared(line)
        every |= {one.name: one for one in names}
        yield line, names
    for thing in (load, *load.units):
        yield thing, tuple(every.values())


def gauged(thing: Thing, substances: Iterable[Substance]) -> Gauged | None:
    """The pressure measured of a thing beside that of the substance it is nearest to; None where pressure, unit or
    temperature is missing, or where the list has no pressure for one of the substances."""
    pressure, celsius = number(thing.values.get("pressure")), number(thing.values.get("temperature_c"))
    measured = absolute_kpa(pressure, thing.text("pressure_unit")) if pressure is not None else ()
    found = []
    for one in substances:
        expected = saturated(one, celsius) if celsius is not None else None
        if not measured or expected is None:
            return None
        found.append(Gauged(one.name, measured, expected))
    return min(found, key=_apart, default=None)


def _apart(one: Gauged) -> float:
    return min(abs(each - sum(one.expected) / 2) for each in one.measured)


def coloured(load: Movement) -> list[bool | None]:
    """For each colour told of a load's cylinders, whether it is that of what was declared; None where it proves
    nothing."""
    return [of_its_colour(substances, thing.text("cylinder_colour"), arrived(load))
            for thing, substances in observed(load) if thing.text("cylinder_colour")]
