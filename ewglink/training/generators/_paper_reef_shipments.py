"""PAPER REEF: the permits, and what crossed under them, beside them and without them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ewglink.training.generators._paper_reef_parties import (
    BURST,
    BUYER,
    CANADIAN,
    CONCH_CO,
    GULF_CO,
    HERBAL,
    TRADER,
)
from ewglink.training.numbers import Dice

PERMIT_COLUMNS = ("permit_no", "type", "issuer", "species", "appendix", "source", "purpose", "qty", "unit", "issued",
                  "valid_to", "exporter", "importer")
SHIPMENT_COLUMNS = ("shipment_id", "date", "permit_no", "species", "qty", "unit", "frm", "to", "declared", "hs6")
CONCH, CUCUMBER, TOTOABA, TURTLE, EEL = ("Aliger gigas", "Isostichopus fuscus", "Totoaba macdonaldi",
                                         "Eretmochelys imbricata", "Anguilla anguilla")
_HS = {CONCH: "030784", CUCUMBER: "030812", TOTOABA: "030572", TURTLE: "050790", EEL: "030192"}
_NAMES = {CONCH: "frozen conch meat", CUCUMBER: "dried sea cucumber", TOTOABA: "dried fish maw",
          TURTLE: "worked shell", EEL: "live glass eels"}
HOME = {CONCH: {"MX"}, CUCUMBER: {"MX"}, TURTLE: {"MX", "US"}, EEL: set(), TOTOABA: {"MX"}}
"""Which countries of the case a species lives in."""


@dataclass(frozen=True)
class Permit:
    """A line of permits.csv."""

    number: str
    type: str
    issuer: str
    species: str
    appendix: str
    source: str
    purpose: str
    qty: int
    issued: date
    valid_to: date
    exporter: str
    importer: str

    def row(self) -> dict[str, str]:
        """As a row of the file."""
        values = (self.number, self.type, self.issuer, self.species, self.appendix, self.source, self.purpose,
                  str(self.qty) if self.qty else "", "kg" if self.qty else "", self.issued.isoformat(),
                  self.valid_to.isoformat(), self.exporter, self.importer)
        return dict(zip(PERMIT_COLUMNS, values, strict=True))


_REPEAT, _NORTH, _ONWARD, _NEVER, _SHELL = "MX24-0117", "MX24-0126", "US25-3001", "CA25-0810", "MX25-0042"
_GULF, _OPEN, _EELS, _LATE = "MX24-0133", "MX25-0051", "MX25-0063", "US25-3009"
PERMITS = (
    Permit(_REPEAT, "export", "MX", CONCH, "II", "W", "T", 9_000, date(2024, 9, 2), date(2025, 2, 28), CONCH_CO,
           TRADER),
    Permit(_NORTH, "export", "MX", CONCH, "II", "W", "T", 6_000, date(2024, 10, 1), date(2025, 3, 31), CONCH_CO,
           CANADIAN),
    Permit(_ONWARD, "re-export", "US", CONCH, "II", "W", "T", 14_000, date(2025, 1, 6), date(2025, 7, 5), TRADER,
           BUYER),
    Permit(_NEVER, "re-export", "CA", CUCUMBER, "III", "W", "T", 900, date(2025, 2, 3), date(2025, 8, 2), CANADIAN,
           HERBAL),
    Permit(_SHELL, "export", "MX", TURTLE, "I", "W", "T", 60, date(2025, 1, 20), date(2025, 7, 19), GULF_CO, HERBAL),
    Permit(_GULF, "export", "MX", CUCUMBER, "III", "W", "T", 4_000, date(2024, 11, 4), date(2025, 5, 3), GULF_CO,
           BUYER),
    Permit(_OPEN, "export", "MX", CUCUMBER, "III", "W", "T", 2_000, date(2025, 1, 13), date(2025, 7, 12), GULF_CO, ""),
    Permit(_EELS, "export", "MX", EEL, "II", "W", "T", 300, date(2025, 2, 10), date(2025, 8, 9), GULF_CO, BUYER),
    Permit(_LATE, "re-export", "US", CONCH, "II", "W", "T", 2_000, date(2025, 3, 3), date(2025, 8, 30), TRADER, HERBAL),
    Permit("MX-CUOTA-CG-24", "quota", "MX", CONCH, "II", "", "", 14_500, date(2024, 9, 1), date(2025, 8, 31), "", ""),
    Permit("MX-VEDA-PM-25", "closed season", "MX", CUCUMBER, "III", "", "", 0, date(2025, 3, 1), date(2025, 4, 15), "",
           ""),
)
PAPERS = {permit.number: permit for permit in PERMITS}


@dataclass(frozen=True)
class Shipment:
    """A line of wildlife_shipments.csv."""

    day: date
    permit: str
    species: str
    qty: int
    frm: str
    to: str
    planted: tuple[str, ...] = field(default=())

    def row(self, key: str, at: int, messy: bool) -> dict[str, str]:
        """As a row of the file; `messy` writes the species in capitals or with stray blanks, the goods in Spanish."""
        species, declared = self.species, _NAMES[self.species]
        if messy and at % 6 == 1:
            declared = declared.upper()
        if messy and at % 6 == 4:
            species = f" {species} "
        values = (key, self.day.isoformat(), self.permit, species, str(self.qty), "kg", self.frm, self.to, declared,
                  _HS[self.species])
        return dict(zip(SHIPMENT_COLUMNS, values, strict=True))


def _under(number: str, first: date, step: int, weights: list[int]) -> list[Shipment]:
    permit = PAPERS[number]
    return [Shipment(first + timedelta(days=step * at), number, permit.species, kg, permit.exporter, permit.importer)
            for at, kg in enumerate(weights)]


def _weights(dice: Dice, count: int, low: int, high: int) -> list[int]:
    return [dice.between(low // 10, high // 10) * 10 for _ in range(count)]


def _conch(dice: Dice) -> list[Shipment]:
    """Ten loads under a permit for nine tonnes, the last after its last day; six to Canada, all in order."""
    loads = _under(_REPEAT, date(2024, 9, 16), 18, _weights(dice, 9, 1_010, 1_090))
    loads[8] = replace(loads[8], planted=("WL-03",))
    loads.append(Shipment(date(2025, 2, 28), "", CONCH, 380, CONCH_CO, TRADER, ("WL-01",)))
    loads.append(replace(loads[0], day=date(2025, 3, 1), qty=640, planted=("WL-02", "WL-03")))
    loads += _under(_NORTH, date(2024, 10, 14), 26, _weights(dice, 6, 780, 900))
    return loads


def _onward(dice: Dice) -> list[Shipment]:
    """Out of California again: more than came in, and once before the certificate was there."""
    loads = _under(_ONWARD, date(2025, 1, 14), 19, _weights(dice, 7, 1_480, 1_560))
    loads += [Shipment(date(2025, 2, 20), _LATE, CONCH, 700, TRADER, HERBAL, ("WL-11",))]
    loads += [replace(one, planted=("WL-09",)) for one in _under(_NEVER, date(2025, 2, 24), 45, [320, 410])]
    return loads


def _gulf(dice: Dice) -> list[Shipment]:
    """Sea cucumber, a shell, eels that no Mexican water has; and papers that were shown by others."""
    loads = _under(_GULF, date(2024, 11, 18), 21, _weights(dice, 5, 380, 460))
    loads.append(replace(loads[0], day=date(2025, 2, 17), frm=CONCH_CO, planted=("WL-04", "WL-07")))
    loads.append(replace(loads[0], day=date(2025, 4, 22), species=CONCH, qty=300, planted=("WL-04", "WL-06")))
    loads.append(replace(loads[0], day=date(2025, 4, 15), qty=310, planted=("WL-10",)))
    loads += [Shipment(date(2025, 2, 4), _OPEN, CUCUMBER, 350, GULF_CO, BUYER),
              Shipment(date(2025, 2, 25), _OPEN, CUCUMBER, 360, GULF_CO, HERBAL, ("WL-04",)),
              Shipment(date(2025, 4, 16), _OPEN, CUCUMBER, 340, GULF_CO, BUYER),
              Shipment(date(2025, 2, 12), _SHELL, TURTLE, 22, GULF_CO, HERBAL, ("WL-05",)),
              Shipment(date(2025, 5, 7), _SHELL, TURTLE, 18, GULF_CO, HERBAL, ("WL-05",)),
              Shipment(date(2025, 3, 6), _EELS, EEL, 120, GULF_CO, BUYER, ("WL-08",))]
    return loads


def _maws(dice: Dice) -> list[Shipment]:
    """Totoaba without any paper: one try before the night, three loads in it, one after."""
    return [Shipment(day, "", TOTOABA, dice.between(18, 46), GULF_CO, to, ("WL-01",)) for day, to in (
        (date(2025, 2, 27), TRADER), (BURST.date(), TRADER), (BURST.date(), TRADER), (BURST.date(), HERBAL),
        (date(2025, 4, 9), TRADER))]


def shipments(dice: Dice) -> dict[str, Shipment]:
    """All shipments by their number, in the order they crossed."""
    loads = [*_conch(dice), *_onward(dice), *_gulf(dice), *_maws(dice)]
    ordered = sorted(loads, key=lambda load: (load.day, load.permit, load.qty))
    return {f"L{at:03}": load for at, load in enumerate(ordered, 1)}
