"""The engine drill: small engines and motorcycles for Quebec and Texas, with labels and papers that do not agree."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from ewglink.training.contract import WorkshopCase
from ewglink.training.generators._engines_units import (
    ENGINE_COLUMNS,
    FAMILIES,
    IMPORT_COLUMNS,
    LINKS,
    PAPER_COLUMNS,
    PAPERS,
    PARTY_COLUMNS,
    Unit,
    entries,
    parties,
    units,
)
from ewglink.training.numbers import _VIN, _VIN_WEIGHTS, Dice, table

AS_OF = date(2026, 3, 31)
_YEAR_SIGN = {2024: "R", 2025: "S"}
_MADE_BY = {"F01": {"Kestrel Power Machinery"}, "F02": {"Kestrel Power Machinery"}, "F03": {"Red Plover Motors"}}
"""Whose engines a firm sells: its own, or those of the firm it acts for."""


def _vin_holds(number: str, year: int) -> bool:
    rest = sum(_VIN[sign] * weight for sign, weight in zip(number, _VIN_WEIGHTS, strict=True)) % 11
    return number[8] == "0123456789X"[rest] and number[9] == _YEAR_SIGN[year]


def _alone(unit: Unit) -> list[str]:
    """The rules that one unit breaks by itself."""
    rules = []
    if len(unit.family) != 12:
        rules.append("EN-01")
    else:
        rules += ["EN-02"] if unit.family[0] != _YEAR_SIGN[unit.year] else []
        rules += ["EN-03"] if unit.family not in FAMILIES else []
    if unit.label != "yes":
        rules.append("EN-04")
    if unit.vin and not _vin_holds(unit.vin, unit.year):
        rules.append("EN-05")
    if unit.exemption and not unit.approval:
        rules.append("EN-08")
    if unit.manufacturer not in _MADE_BY[unit.exporter]:
        rules.append("EN-09")
    return rules


def findings(found: dict[str, Unit], moves: list[dict[str, str]]) -> dict[str, list[str]]:
    """Rule → the units it finds; EN-07 names importers."""
    result: dict[str, set[str]] = defaultdict(set)
    numbers: dict[tuple[str, ...], list[str]] = defaultdict(list)
    per_year: dict[tuple[str, int], int] = defaultdict(int)
    for key, unit in found.items():
        for rule in _alone(unit):
            result[rule].add(key)
        numbers["serial", unit.manufacturer, unit.serial].append(key)
        if unit.vin:
            numbers["vin", unit.vin].append(key)
        per_year[unit.importer, unit.day.year] += unit.entry == "import"
    for keys in numbers.values():
        result["EN-06"] |= set(keys) if len(keys) > 1 else set()
    result["EN-07"] = {importer for (importer, _year), count in per_year.items() if count > 50}
    back = {row["unit_id"]: date.fromisoformat(row["date"]) for row in moves if row["kind"] == "re-export"}
    for key, unit in found.items():
        if unit.entry == "temporary import" and back.get(key, AS_OF) > unit.day + timedelta(days=365):
            result["EN-10"].add(key)
    return {rule: sorted(keys) for rule, keys in sorted(result.items()) if keys}


class Engines:
    """The generator. All parties are fictional; numbers hold by their own rules except where an error is planted."""

    key = "engines"

    def generate(self, seed: int = 1, messy: bool = True) -> WorkshopCase:
        """Five files and the answers; `messy` writes kinds and answers as different hands do."""
        dice = Dice(seed)
        firms, found = parties(dice), units(dice)
        moves = entries(found)
        rows = [unit.row(key) for key, unit in found.items()]
        for at, row in enumerate(rows if messy else ()):
            if at % 7 == 3:
                row["engine_family"] = f" {row['engine_family'].lower()} "
            if at % 5 == 2 and row["label_present"] == "yes":
                row["label_present"] = "Y"
        files = {
            "parties.csv": table(PARTY_COLUMNS, firms),
            "links.csv": table(("source", "target", "type"),
                               ({"source": a, "target": b, "type": kind} for a, b, kind in LINKS)),
            "engine_papers.csv": table(PAPER_COLUMNS, PAPERS),
            "engines.csv": table(ENGINE_COLUMNS, rows),
            "engine_imports.csv": table(IMPORT_COLUMNS, moves),
        }
        imported = {key: sum(unit.importer == key for unit in found.values()) for key in ("E01", "E02")}
        answers = {"case": self.key, "seed": seed, "as_of": AS_OF.isoformat(), "units": len(found),
                   "findings": findings(found, moves), "imported": imported}
        return WorkshopCase(self.key, files, answers)


MEMBER = Engines()
