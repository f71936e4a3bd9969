"""The engine drill: the units, how they came in, and the papers they have."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ewglink.training.numbers import Dice, bn9, ein, uscc, vin

PARTY_COLUMNS = ("party_id", "name", "country", "roles", "epa_id", "tax_id", "nra", "address", "phone")
ENGINE_COLUMNS = ("unit_id", "kind", "vin", "engine_family", "model_year", "label_present")
PAPER_COLUMNS = ("paper_no", "kind", "engine_family", "issued", "valid_to", "issuer", "holder")
IMPORT_COLUMNS = ("import_id", "date", "kind", "unit_id", "importer", "exporter", "manufacturer", "serial",
                  "exemption_code", "approval_no")
LARGE, SMALL, MAKER, TRADING, OTHER_MAKER = "E01", "E02", "F01", "F02", "F03"
_MAKER, _OTHER = "Kestrel Power Machinery", "Red Plover Motors"
_GENERATORS, _PUMPS, _BIKES = "SKPMS.2081GA", "SKPMS.1631WP", "SRPLC.1250MC"
FAMILIES = (_GENERATORS, _PUMPS, _BIKES)
"""Families with a certificate."""

_PARTIES = (
    (LARGE, "Équipements Rive-Nord inc.", "CA", "importer",
     "480, rue Saint-Laurent, Trois-Rivières (Québec) G8T 6H2", "+1 819 555 0112"),
    (SMALL, "Gulf Plains Outdoor Power, LLC", "US", "importer", "7021 Navigation Blvd, Houston, TX 77011",
     "+1 713 555 0117"),
    (MAKER, "Wuxi Kestrel Power Machinery Co., Ltd.", "CN", "manufacturer;exporter",
     "6 Xida Road, Wuxi, Jiangsu 214028", "+86 510 8555 0121"),
    (TRADING, "Harvest Moon Trading (Ningbo) Co., Ltd.", "CN", "exporter;trading_company", "301 Zhongshan Road, Ningbo",
     "+86 574 8555 0126"),
    (OTHER_MAKER, "Jinhua Red Plover Motors Co., Ltd.", "CN", "manufacturer;exporter",
     "77 Xianhua Street, Jinhua, Zhejiang 321000", "+86 579 8555 0129"),
)
LINKS = ((TRADING, MAKER, "acts_for"),)


@dataclass(frozen=True)
class Unit:
    """An engine, alone or in what it drives, and how it came in."""

    kind: str
    vin: str
    family: str
    year: int
    label: str
    day: date
    importer: str
    exporter: str
    manufacturer: str
    serial: str
    entry: str = "import"
    exemption: str = ""
    approval: str = ""
    planted: tuple[str, ...] = field(default=())

    def row(self, key: str) -> dict[str, str]:
        """As a row of engines.csv."""
        return dict(zip(ENGINE_COLUMNS, (key, self.kind, self.vin, self.family, str(self.year), self.label),
                        strict=True))


PAPERS = (
    *(dict(zip(PAPER_COLUMNS, (f"COC-25-{at:04}", "certificate of conformity", family, "2024-10-07", "2025-12-31",
                               "US EPA", holder), strict=True))
      for at, (family, holder) in enumerate(zip(FAMILIES, (MAKER, MAKER, OTHER_MAKER), strict=True), 1)),
    dict(zip(PAPER_COLUMNS, ("EXM-25-0017", "exemption approval", "", "2025-01-06", "2026-01-05", "US EPA", SMALL),
             strict=True)),
)


def parties(dice: Dice) -> list[dict[str, str]]:
    """The rows of parties.csv."""
    tax = {"US": lambda: ein(dice, "76"), "CA": lambda: bn9(dice), "CN": lambda: uscc(dice)}
    return [dict(zip(PARTY_COLUMNS, (key, name, country, roles, "", tax[country](), "", address, phone), strict=True))
            for key, name, country, roles, address, phone in _PARTIES]


def _machines(dice: Dice) -> list[Unit]:
    """Generators and pumps for Quebec, four a week."""
    units = []
    for at in range(41):
        kind, family = (("generator", _GENERATORS), ("pressure washer", _PUMPS))[at % 2]
        units.append(Unit(kind, "", family, 2025, "yes", date(2025, 2, 3) + timedelta(days=7 * (at // 4)), LARGE,
                          (MAKER, TRADING)[at % 3 == 0], _MAKER, f"KP{dice.digits(8)}"))
    units[2] = replace(units[2], family="SKPMS.208GA", planted=("EN-01",))
    units[5] = replace(units[5], family="SKPMS.20811GA", planted=("EN-01",))
    units[8] = replace(units[8], year=2024, planted=("EN-02",))
    units[11] = replace(units[11], family="SKPMS.2999ZZ", planted=("EN-03",))
    units[14] = replace(units[14], label="no", planted=("EN-04",))
    units[17] = replace(units[17], label="illegible", planted=("EN-04",))
    units[20] = replace(units[20], label="removable", planted=("EN-04",))
    units[23] = replace(units[23], serial=units[22].serial, planted=("EN-06",))
    units[26] = replace(units[26], exporter=OTHER_MAKER, planted=("EN-09",))
    units[29] = replace(units[29], family="RKPMS.2081GA", planted=("EN-02", "EN-03"))
    return units


def _bikes(dice: Dice) -> list[Unit]:
    """Motorcycles: thirteen for Quebec, ten for Texas."""
    units = [Unit("motorcycle", vin(dice, "LRP", "S"), _BIKES, 2025, "yes", date(2025, 5, 5) + timedelta(days=9 * at),
                  LARGE if at < 13 else SMALL, OTHER_MAKER, _OTHER, f"RP{dice.digits(8)}") for at in range(23)]
    at_fault = units[3].vin
    wrong = at_fault[:8] + ("1" if at_fault[8] != "1" else "2") + at_fault[9:]
    units[3] = replace(units[3], vin=wrong, planted=("EN-05",))
    units[6] = replace(units[6], vin=vin(dice, "LRP", "P"), planted=("EN-05",))
    units[10] = replace(units[10], vin=units[9].vin, planted=("EN-06",))
    units[15] = replace(units[15], exemption="CMP", planted=("EN-08",))
    units[16] = replace(units[16], exemption="TST", approval="EXM-25-0017")
    units[18] = replace(units[18], manufacturer="Highland Thistle Cycles", planted=("EN-09",))
    return units


def _on_show(dice: Dice) -> list[Unit]:
    """Four units for tests and shows: two go back in time, one too late, one never."""
    return [Unit("outboard", "", _PUMPS, 2025, "yes", date(2025, 1, 13) + timedelta(days=2 * at), SMALL, MAKER, _MAKER,
                 f"KP{dice.digits(8)}", "temporary import", "DSP", "EXM-25-0017",
                 ("EN-10",) if at > 1 else ()) for at in range(4)]


def units(dice: Dice) -> dict[str, Unit]:
    """All units by their number, in the order they came in."""
    found = sorted([*_machines(dice), *_bikes(dice), *_on_show(dice)], key=lambda unit: (unit.day, unit.serial))
    return {f"U{at:03}": unit for at, unit in enumerate(found, 1)}


def entries(found: dict[str, Unit]) -> list[dict[str, str]]:
    """The rows of engine_imports.csv: each unit's entry, and the re-exports of those that were to stay for a while."""
    rows = [dict(zip(IMPORT_COLUMNS, (f"I{at:03}", unit.day.isoformat(), unit.entry, key, unit.importer, unit.exporter,
                                      unit.manufacturer, unit.serial, unit.exemption, unit.approval), strict=True))
            for at, (key, unit) in enumerate(found.items(), 1)]
    shown = [key for key, unit in found.items() if unit.entry == "temporary import"]
    for at, (key, days) in enumerate(zip(shown, (120, 365, 366), strict=False), 1):
        unit = found[key]
        rows.append(dict(zip(IMPORT_COLUMNS, (f"X{at:03}", (unit.day + timedelta(days=days)).isoformat(), "re-export",
                                              key, unit.exporter, unit.importer, "", "", "", ""), strict=True)))
    return rows
