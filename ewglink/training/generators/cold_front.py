"""COLD FRONT: refrigerants from China through a free zone and over land, and an importer that brings in too much."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from ewglink.training.contract import WorkshopCase
from ewglink.training.generators._cold_front_parties import (
    COMPANY_COLUMNS,
    FREE_ZONE,
    LINKS,
    OLD_HAND,
    PEOPLE,
    POSITION_COLUMNS,
    RECLAIMER,
    VESSEL_COLUMNS,
    companies,
    doubles,
    positions,
    vessels,
)
from ewglink.training.generators._cold_front_shipments import (
    HS,
    SHIPMENT_COLUMNS,
    Shipment,
    allowances,
    equivalent,
    shipments,
)
from ewglink.training.numbers import Dice, table

AS_OF = date(2025, 12, 31)
PERMIT_COLUMNS = ("permit_no", "type", "issuer", "species", "appendix", "source", "purpose", "qty", "unit", "issued",
                  "valid_to", "exporter", "importer")
_LEAVE = {"permit_no": "NO-2025-0041", "type": "non-objection notice", "issuer": "US", "qty": "1500", "unit": "kg",
          "issued": "2025-04-02", "valid_to": "2025-07-31", "exporter": RECLAIMER, "importer": OLD_HAND}
_NORTH = {"C01": "US", "C02": "US", "C07": "CA", "C08": "US"}
"""Importers under a law that asks for allowances."""


def _alone(load: Shipment, allowed: dict[tuple[str, int], int]) -> list[str]:
    """The rules that one shipment breaks by itself."""
    rules = []
    ahead = (load.arrival - load.filed).days
    abroad = load.importer in _NORTH
    if abroad and (load.importer, load.arrival.year) not in allowed:
        rules.append("HF-01")
    if _NORTH.get(load.importer) == "US" and ahead < (10 if load.vessel else 5):
        rules.append("HF-03")
    if load.gas and load.hs and load.hs != HS[load.gas]:
        rules.append("HF-04")
    if abroad and ("disposable" in load.cylinder or load.cylinder == "non-refillable"):
        rules.append("HF-06")
    if "recovered" in load.words and not date(2025, 4, 2) <= load.arrival <= date(2025, 7, 31):
        rules.append("HF-07")
    if load.found and load.found != load.gas:
        rules.append("HF-08")
    return rules


def findings(loads: dict[str, Shipment], allowed: dict[tuple[str, int], int]) -> dict[str, list[str]]:
    """Rule → the shipments it finds."""
    found: dict[str, list[str]] = defaultdict(list)
    drawn: dict[tuple[str, int], float] = defaultdict(float)
    for key, load in loads.items():
        for rule in _alone(load, allowed):
            found[rule].append(key)
        year = (load.importer, load.arrival.year)
        if year in allowed and equivalent(load):
            drawn[year] += equivalent(load)
            if drawn[year] > allowed[year]:
                found["HF-02"].append(key)
    found["HF-05"] = _left_behind(loads)
    return {rule: sorted(keys) for rule, keys in sorted(found.items()) if keys}


def _left_behind(loads: dict[str, Shipment]) -> list[str]:
    """What came into the free zone and was not sent on within 180 days, the oldest sent first."""
    sent = [(load.arrival, load.kg) for load in loads.values() if load.exporter == FREE_ZONE]
    left = []
    for key, load in loads.items():
        if load.importer != FREE_ZONE:
            continue
        rest = load.kg
        for at, (day, kg) in enumerate(sent):
            if load.arrival <= day <= load.arrival + timedelta(days=180):
                taken = min(rest, kg)
                rest, sent[at] = rest - taken, (day, kg - taken)
        if rest and load.arrival + timedelta(days=180) < AS_OF:
            left.append(key)
    return left


def patterns(loads: dict[str, Shipment], firms: list[dict[str, str]], same: dict[str, str]) -> dict[str, Any]:
    """What no rule says but an analyst is to see."""
    boxes: dict[str, list[tuple[str, Shipment]]] = defaultdict(list)
    for key, load in loads.items():
        boxes[load.box].append((key, load))
    circles = {box: [key for key, _load in trips] for box, trips in boxes.items() if box and any(
        (one.exporter, one.importer) == (other.importer, other.exporter) for _k, one in trips for _o, other in trips)}
    priced = {key: load.value / load.kg for key, load in loads.items() if load.gas}
    middle = sorted(priced.values())[len(priced) // 2]
    by_phone: dict[str, list[str]] = defaultdict(list)
    for row in firms:
        if row["company_id"] not in same:
            by_phone["".join(sign for sign in row["phone"] if sign.isdigit())].append(row["company_id"])
    first = {row["company_id"]: min((load.arrival for load in loads.values() if load.importer == row["company_id"]),
                                    default=None) for row in firms}
    new = [row["company_id"] for row in firms if row["formed"] and (arrival := first[row["company_id"]]) is not None
           and (arrival - date.fromisoformat(row["formed"])).days < 365]
    return {"unit_value_outliers": [key for key, price in priced.items() if price < middle / 3],
            "bad_container": [key for key, load in loads.items() if "box" in load.planted],
            "circular_containers": circles, "shared_phones": sorted(g for g in by_phone.values() if len(g) > 1),
            "new_importers": new, "silences": silences(positions(), 24)}


def silences(rows: list[dict[str, str]], hours: int) -> list[dict[str, Any]]:
    """Where a ship said nothing for longer than so many hours."""
    last: dict[str, datetime] = {}
    found = []
    for row in rows:
        when = datetime.fromisoformat(row["timestamp"].replace("Z", "+00:00"))
        before = last.get(row["mmsi"])
        if before is not None and (gap := (when - before).total_seconds() / 3600) > hours:
            found.append({"mmsi": row["mmsi"], "from": before.isoformat(), "hours": gap})
        last[row["mmsi"]] = when
    return found


def draw(loads: dict[str, Shipment], allowed: dict[tuple[str, int], int]) -> dict[str, dict[str, float]]:
    """What was drawn on each allowance, in tonnes of exchange value."""
    return {f"{importer} {year}": {"allowance": limit, "drawn": round(sum(
        equivalent(load) for load in loads.values() if (load.importer, load.arrival.year) == (importer, year)), 3)}
        for (importer, year), limit in allowed.items()}


class ColdFront:
    """The generator. All parties and ships are fictional; numbers hold except where an error is planted."""

    key = "cold-front"

    def generate(self, seed: int = 1, messy: bool = True) -> WorkshopCase:
        """Eight files and the answers."""
        dice = Dice(seed)
        firms, ships, loads, same = companies(dice, messy), vessels(dice), shipments(dice), doubles(messy)
        allowed = allowances(loads)
        shares = ({"importer": importer, "year": str(year), "allowance_mteve": str(limit)}
                  for (importer, year), limit in allowed.items())
        files = {
            "companies.csv": table(COMPANY_COLUMNS, firms),
            "people.csv": table(("person_id", "name"), ({"person_id": key, "name": name} for key, name in PEOPLE)),
            "links.csv": table(("source", "target", "type"),
                               ({"source": a, "target": b, "type": kind} for a, b, kind in LINKS)),
            "allowances.csv": table(("importer", "year", "allowance_mteve"), shares),
            "permits.csv": table(PERMIT_COLUMNS, [_LEAVE]),
            "vessel_history.csv": table(VESSEL_COLUMNS, ships),
            "positions.csv": table(POSITION_COLUMNS, positions()),
            "shipments.csv": table(SHIPMENT_COLUMNS, (load.row(key, at, messy)
                                                      for at, (key, load) in enumerate(loads.items()))),
        }
        names = {ship["vessel_id"]: [row["name"] for row in ships if row["vessel_id"] == ship["vessel_id"]]
                 for ship in ships}
        answers = {
            "case": self.key, "seed": seed, "as_of": AS_OF.isoformat(), "shipments": len(loads),
            "findings": findings(loads, allowed), "allowances": draw(loads, allowed),
            "patterns": patterns(loads, firms, same) | {
                "renamed_vessels": {key: said for key, said in names.items() if len(said) > 1}},
            "same": sorted([first, second] for second, first in same.items()),
        }
        return WorkshopCase(self.key, files, answers)


MEMBER = ColdFront()
