"""COLD FRONT: what was shipped, to whom, how it was declared, and what the laboratory found."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ewglink.training.generators._cold_front_parties import (
    CANADIAN,
    FREE_ZONE,
    MAKER,
    MAKER_TWO,
    NEWCOMER,
    OLD_HAND,
    RECLAIMER,
    SHIP,
    STEADY,
    TWIN,
    WITHOUT,
)
from ewglink.training.numbers import Dice, container

SHIPMENT_COLUMNS = ("shipment_id", "arrival", "importer", "exporter", "route", "hs6", "declared", "net_kg", "value_usd",
                    "container", "cylinder", "lab_result", "vessel", "filed")
HS = {"R-134a": "290345", "R-32": "290342", "R-410A": "382763", "R-404A": "382761", "R-22": "290371"}
GWP = {"R-134a": 1430.0, "R-32": 675.0, "R-410A": 2087.5, "R-404A": 3921.6, "R-12": 10900.0}
"""Global warming potentials of what is shipped; R-12 is no HFC and draws on no allowance."""
_PACIFIC, _CANAL, _LAND = "CNNGB;USLGB", "CNNGB;PAMIT;USLGB", "MXTIJ;USOYM"


@dataclass(frozen=True)
class Shipment:
    """A line of shipments.csv. `gas` is what was declared (empty: none), `found` what the laboratory named."""

    arrival: date
    importer: str
    exporter: str
    route: str
    gas: str
    kg: int
    value: int
    box: str
    filed: date
    vessel: str = ""
    cylinder: str = "refillable"
    found: str = ""
    hs: str = ""
    words: str = ""
    planted: tuple[str, ...] = field(default=())

    def row(self, key: str, at: int, messy: bool) -> dict[str, str]:
        """As a row of the file; `messy` writes substances and boxes in more than one way."""
        declared, box = self.words or self.gas, self.box
        if messy and not self.words and at % 4 == 1:
            declared = f"refrigerant gas {self.gas.replace('-', '').lower()}"
        if messy and box and at % 5 == 2:
            box = f"{box[:4]} {box[4:10]}-{box[10:]}"
        values = (key, self.arrival.isoformat(), self.importer, self.exporter, self.route, self.hs or HS[self.gas],
                  declared, str(self.kg), str(self.value), box, self.cylinder, self.found, self.vessel,
                  self.filed.isoformat())
        return dict(zip(SHIPMENT_COLUMNS, values, strict=True))


def _by_sea(dice: Dice, arrival: date, importer: str, exporter: str, gas: str, route: str = _PACIFIC) -> Shipment:
    """A shipment with its papers in order."""
    kg = dice.between(900, 1300) * 10
    return Shipment(arrival, importer, exporter, route, gas, kg, kg * dice.between(640, 880) // 100, container(dice),
                    arrival - timedelta(days=dice.between(12, 25)), STEADY)


def _regular(dice: Dice) -> list[Shipment]:
    gases = ("R-134a", "R-32", "R-410A")
    loads = [_by_sea(dice, date(2025, 1, 13) + timedelta(days=23 * at), OLD_HAND, MAKER_TWO, gases[at % 3])
             for at in range(13)]
    loads[5] = replace(loads[5], filed=loads[5].arrival - timedelta(days=10))  # the last day to file
    loads[8] = replace(loads[8], filed=loads[8].arrival - timedelta(days=9), planted=("HF-03",))
    canada = [_by_sea(dice, date(2025, 2, 3) + timedelta(days=37 * at), CANADIAN, MAKER_TWO, gases[at % 2],
                      "CNNGB;CAVAN") for at in range(8)]
    canada[4] = replace(canada[4], cylinder="disposable", planted=("HF-06",))
    return loads + canada


def _newcomer(dice: Dice) -> list[Shipment]:
    loads = [_by_sea(dice, date(2025, 2, 17) + timedelta(days=19 * at), NEWCOMER, MAKER, ("R-410A", "R-404A")[at % 2],
                     _CANAL) for at in range(10)]
    loads = [replace(load, vessel=SHIP) for load in loads]
    loads[1] = replace(loads[1], filed=loads[1].arrival - timedelta(days=4), planted=("HF-03",))
    loads[2] = replace(loads[2], cylinder="non-refillable", planted=("HF-06",))
    loads[3] = replace(loads[3], hs="290345", planted=("HF-04",))
    loads[4] = replace(loads[4], value=loads[4].kg * 95 // 100, planted=("value",))
    bad = loads[5].box[:-1] + str((int(loads[5].box[-1]) + 3) % 10)
    loads[5] = replace(loads[5], box=bad, planted=("box",))
    loads[6] = replace(loads[6], cylinder="DOT-39 disposable", planted=("HF-06",))
    return loads


def _free_zone(dice: Dice) -> list[Shipment]:
    """Boxes into the free zone and on to the newcomer; one stays, and one is not what it says."""
    loads = []
    for at in range(5):
        box = _by_sea(dice, date(2025, 1, 20) + timedelta(days=24 * at), FREE_ZONE, MAKER, "R-134a", "CNNGB;PAMIT")
        if at == 4:
            loads.append(replace(box, kg=14_000, planted=("HF-05",)))
            continue
        loads.append(box)
        onward = replace(box, arrival=box.arrival + timedelta(days=17), importer=NEWCOMER, exporter=FREE_ZONE,
                         route="PAMIT;USLGB", filed=box.arrival + timedelta(days=3), vessel=SHIP)
        loads.append(replace(onward, found="R-12", planted=("HF-08",)) if at == 1 else onward)
    return loads


def _overland(dice: Dice) -> list[Shipment]:
    """From the Mexican twin as parts of equipment; and a box that goes there and comes back."""
    loads = []
    for at in range(3):
        arrival = date(2025, 8, 4) + timedelta(days=26 * at)
        kg = dice.between(210, 390) * 10
        loads.append(Shipment(arrival, NEWCOMER, TWIN, _LAND, "", kg, kg * 3, "", arrival - timedelta(days=6), "",
                              "refillable", "R-410A", "841590", "equipment parts", ("HF-08",)))
    box, kg = container(dice), dice.between(500, 700) * 10
    there, back = date(2025, 6, 9), date(2025, 7, 1)
    loads.append(Shipment(there, TWIN, NEWCOMER, "USOYM;MXTIJ", "R-410A", kg, kg * 7, box, there - timedelta(days=8),
                          planted=("circle",)))
    loads.append(Shipment(back, NEWCOMER, TWIN, _LAND, "R-410A", kg, kg * 8, box, back - timedelta(days=5),
                          planted=("circle",)))
    return loads


def _others(dice: Dice) -> list[Shipment]:
    """Two imports of a firm without an allowance; two of used gas, one of them with nobody's leave."""
    loads = [replace(_by_sea(dice, day, WITHOUT, MAKER_TWO, gas), planted=("HF-01",))
             for day, gas in ((date(2025, 4, 22), "R-134a"), (date(2025, 9, 2), "R-410A"))]
    for day, rules in ((date(2025, 5, 12), ()), (date(2025, 10, 6), ("HF-07",))):
        kg = dice.between(60, 110) * 10
        loads.append(Shipment(day, OLD_HAND, RECLAIMER, "MXCJS;USELP", "R-410A", kg, kg * 6, "",
                              day - timedelta(days=7), words="recovered R-410A for reclamation", planted=rules))
    return loads


def shipments(dice: Dice) -> dict[str, Shipment]:
    """All shipments by their number, in the order they arrived."""
    loads = [*_regular(dice), *_newcomer(dice), *_free_zone(dice), *_overland(dice), *_others(dice)]
    ordered = sorted(loads, key=lambda load: (load.arrival, load.importer, load.kg))
    return {f"S{at:03}": load for at, load in enumerate(ordered, 1)}


def equivalent(load: Shipment) -> float:
    """Tonnes of exchange value of the HFC in a shipment: what the laboratory found, else what was declared."""
    gas = load.found or load.gas
    return 0.0 if gas == "R-12" else load.kg * GWP[gas] / 1000


def allowances(loads: dict[str, Shipment]) -> dict[tuple[str, int], int]:
    """What each importer may bring in 2025: the newcomer two thirds of what it brings, the others more than enough."""
    found = {}
    for importer, percent in ((OLD_HAND, 120), (NEWCOMER, 66), (CANADIAN, 130)):
        total = sum(equivalent(load) for load in loads.values() if load.importer == importer)
        found[importer, 2025] = int(total * percent / 100)
    return found
