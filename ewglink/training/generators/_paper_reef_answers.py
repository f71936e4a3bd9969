"""PAPER REEF: the answers, computed from the rows by plain rules of their own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from ewglink.training.generators._grey_cell_answers import _between
from ewglink.training.generators._paper_reef_parties import BURST, CALL_COLUMNS
from ewglink.training.generators._paper_reef_shipments import HOME, PAPERS, PERMITS, Permit, Shipment

AS_OF = date(2025, 9, 30)
_COUNTRY = {"W01": "MX", "W02": "MX", "W03": "US", "W04": "CA", "W05": "HK", "W06": "HK"}

_Rule = Callable[[Shipment, Permit], bool]
_UNDER: dict[str, _Rule] = {
    "WL-02": lambda load, permit: load.day > permit.valid_to,
    "WL-05": lambda load, permit: (permit.appendix, permit.source, permit.purpose) == ("I", "W", "T"),
    "WL-06": lambda load, permit: load.species != permit.species,
    "WL-07": lambda load, permit: load.frm != permit.exporter or permit.importer not in ("", load.to),
    "WL-08": lambda load, permit: permit.type == "export" and permit.source == "W"
    and _COUNTRY[load.frm] not in HOME[load.species],
}


def findings(loads: dict[str, Shipment]) -> dict[str, list[str]]:
    """Rule → the shipments it finds."""
    found: dict[str, set[str]] = defaultdict(set)
    drawn: dict[str, int] = defaultdict(int)
    first: dict[str, Shipment] = {}
    for key, load in loads.items():
        permit = PAPERS.get(load.permit)
        if permit is None:
            found["WL-01"].add(key)
            continue
        for rule, holds in _UNDER.items():
            if holds(load, permit):
                found[rule].add(key)
        drawn[load.permit] += load.qty
        if drawn[load.permit] > permit.qty:
            found["WL-03"].add(key)
        before = first.setdefault(load.permit, load)
        if (before.frm, before.to, before.species) != (load.frm, load.to, load.species):
            found["WL-04"].add(key)
    _balance(loads, found)
    _limits(loads, found)
    return {rule: sorted(keys) for rule, keys in sorted(found.items())}


def _balance(loads: dict[str, Shipment], found: dict[str, set[str]]) -> None:
    """What came in to a re-exporter against what it sent on, load by load."""
    stock: dict[tuple[str, str], int] = defaultdict(int)
    had: set[tuple[str, str]] = set()
    for key, load in loads.items():
        permit = PAPERS.get(load.permit)
        if permit is not None and permit.type == "re-export":
            mine = (load.frm, load.species)
            stock[mine] -= load.qty
            if mine not in had:
                found["WL-09"].add(key)
            elif stock[mine] < 0 or permit.issued > load.day:
                found["WL-11"].add(key)
        stock[load.to, load.species] += load.qty
        had.add((load.to, load.species))


def _limits(loads: dict[str, Shipment], found: dict[str, set[str]]) -> None:
    """Quotas and closed seasons of the country that exports."""
    for limit in PERMITS:
        total = 0
        for key, load in loads.items():
            onward = load.permit in PAPERS and PAPERS[load.permit].type == "re-export"
            if onward or load.species != limit.species or _COUNTRY[load.frm] != limit.issuer or not (
                    limit.issued <= load.day <= limit.valid_to):
                continue
            total += load.qty
            if limit.type == "closed season" or limit.type == "quota" and total > limit.qty:
                found["WL-10"].add(key)


def balance(loads: dict[str, Shipment]) -> dict[str, dict[str, int]]:
    """Kilograms in and out by party and species, of those who sent any on."""
    sums: dict[str, dict[str, int]] = {}
    for load in loads.values():
        if load.permit in PAPERS and PAPERS[load.permit].type == "re-export":
            sums.setdefault(f"{load.frm} {load.species}", {"in": 0, "out": 0})["out"] += load.qty
    for load in loads.values():
        if (mine := f"{load.to} {load.species}") in sums:
            sums[mine]["in"] += load.qty
    return sums


def tolls(rows: list[dict[str, str]]) -> dict[str, Any]:
    """The busiest telephone, the busiest night, the chain of calls in it, and who stands between the others."""
    busy: Counter[str] = Counter()
    nights: Counter[str] = Counter()
    near: dict[str, set[str]] = {}
    for row in rows:
        when = datetime.fromisoformat(row["start"])
        busy.update((row["caller"], row["callee"]))
        nights[(when - timedelta(hours=12)).date().isoformat()] += 1
        near.setdefault(row["caller"], set()).add(row["callee"])
        near.setdefault(row["callee"], set()).add(row["caller"])
    night = max(sorted(nights), key=lambda day: nights[day])
    chain = [[row[key] for key in CALL_COLUMNS[:4]] for row in rows
             if (datetime.fromisoformat(row["start"]) - timedelta(hours=12)).date().isoformat() == night
             and datetime.fromisoformat(row["start"]) >= BURST]
    score = _between(near)
    number, calls = sorted(busy.items(), key=lambda one: (-one[1], one[0]))[0]
    return {"calls": len(rows), "busiest": number, "calls_of_busiest": calls, "night": night,
            "in_the_night": nights[night], "chain": chain,
            "betweenness_top": sorted(score, key=lambda one: (-round(score[one], 9), one))[:3]}
