"""GREY CELL: the answers, computed from the rows by plain rules of their own."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from ewglink.training.generators._grey_cell_movements import CONSENTS, POUND_KG, Consent, Movement
from ewglink.training.generators._grey_cell_parties import (
    COLLECTOR,
    LICENSED,
    ONE_ADDRESS,
    PARTIES,
    QUEBEC,
    SMELTER,
    digits_of,
)
from ewglink.training.numbers import weekdays_between

AS_OF = date(2025, 10, 31)
_BY_NUMBER = {consent.consent_no: consent for consent in CONSENTS}
_HS = ("854911", "262029")
"""Spent lead-acid batteries, and lead ash and residues."""

_Rule = Callable[[Movement, Consent], bool]


def kilograms(load: Movement) -> float:
    """What was shipped, in kilograms."""
    return load.shipped * POUND_KG if load.uom == "lb" else float(load.shipped)


def _codes(text: str) -> set[str]:
    return set(text.split(";"))


def _change(load: Movement) -> float:
    return 0.0 if load.received is None else abs(load.received - load.shipped) / load.shipped


_UNDER_CONSENT: dict[str, _Rule] = {
    "NC-04": lambda load, consent: load.ship < consent.start,
    "NC-05": lambda load, consent: load.ship > consent.end,
    "NC-08": lambda load, consent: not _codes(load.epa_codes) <= _codes(consent.epa_codes),
    "NC-09": lambda load, consent: load.un != consent.un,
    "NC-10": lambda load, consent: load.op_code != consent.ops,
    "NC-11": lambda load, consent: load.facility != consent.importer,
    "NC-12": lambda load, consent: load.exporter != consent.exporter,
    "NC-14": lambda load, consent: load.carrier not in consent.carriers,
    "NC-15": lambda load, consent: (load.exit_port, load.entry_port) != (consent.exit_port, consent.entry_port),
    "NC-28": lambda load, consent: load.uom != "kg",
}
_ALONE: dict[str, Callable[[Movement], bool]] = {
    "NC-01": lambda load: not load.consent_no,
    "NC-17": lambda load: not load.mtn,
    "NC-20": lambda load: load.receipt is None and (AS_OF - load.ship).days > 90,
    "NC-21": lambda load: bool(load.delivered and load.receipt and weekdays_between(load.delivered, load.receipt) > 3),
    "NC-22": lambda load: bool(load.facility == QUEBEC and load.part_a
                               and weekdays_between(load.ship, load.part_a) > 3),
    "NC-23": lambda load: bool(load.delivered and not load.completed and (AS_OF - load.delivered).days > 365),
    "NC-25": lambda load: bool(load.completed and load.reported and (load.reported - load.completed).days > 30),
    "NC-26": lambda load: _change(load) > 0.10,
    "NC-35": lambda load: load.hs6 not in _HS,
}


def _refused(load: Movement) -> bool:
    """The notice it names was refused, or one for the same firm and place was and it names none."""
    named = _BY_NUMBER.get(load.consent_no)
    if named is not None:
        return named.determination != "CONSENTED"
    return any(consent.determination == "OBJECTED" and consent.start <= load.ship
               and (consent.exporter, consent.importer) == (load.exporter, load.facility) for consent in CONSENTS)


def _drawn(loads: dict[str, Movement]) -> Iterator[tuple[str, str]]:
    """Quantity and number of shipments, added up in the order of shipping."""
    for consent in CONSENTS:
        total = 0.0
        under = [(key, load) for key, load in loads.items() if load.consent_no == consent.consent_no]
        for count, (key, load) in enumerate(under, 1):
            total += kilograms(load)
            if total > consent.qty:
                yield "NC-06", key
            if count > consent.shipments:
                yield "NC-07", key


def _only_brokers(loads: dict[str, Movement]) -> list[str]:
    """Who exports or applied for a consent, and is a broker or dealer and nothing else."""
    senders = {load.exporter for load in loads.values()} | {consent.exporter for consent in CONSENTS}
    return sorted(key for key, _name, _country, roles, *_rest in PARTIES
                  if key in senders and set(roles.split(";")) <= {"broker", "customs_broker", "dealer"})


def findings(loads: dict[str, Movement]) -> dict[str, list[str]]:
    """Rule → the movements (NC-39: the parties) it finds, in order."""
    found: dict[str, list[str]] = {}
    for key, load in loads.items():
        consent = _BY_NUMBER.get(load.consent_no)
        rules = [rule for rule, holds in _ALONE.items() if holds(load)]
        if consent is not None:
            rules += [rule for rule, holds in _UNDER_CONSENT.items() if holds(load, consent)]
        if _refused(load):
            rules.append("NC-03")
        if sum(other.mtn == load.mtn for other in loads.values()) > 1:
            rules.append("NC-18")
        for rule in rules:
            found.setdefault(rule, []).append(key)
    for rule, key in _drawn(loads):
        found.setdefault(rule, []).append(key)
    brokers = _only_brokers(loads)
    if brokers:
        found["NC-39"] = brokers
    return {rule: sorted(keys) for rule, keys in sorted(found.items())}


def utilisation(loads: dict[str, Movement]) -> dict[str, dict[str, float]]:
    """What was drawn on each consent."""
    drawn = {}
    for consent in CONSENTS:
        under = [load for load in loads.values() if load.consent_no == consent.consent_no]
        drawn[consent.consent_no] = {"consented_kg": consent.qty, "moved_kg": round(sum(map(kilograms, under)), 1),
                                     "shipments_allowed": consent.shipments, "shipments": len(under)}
    return drawn


def _neighbours(links: list[dict[str, str]], same: dict[str, str]) -> dict[str, set[str]]:
    near: dict[str, set[str]] = {}
    for link in links:
        a, b = (same.get(link[end], link[end]) for end in ("source", "target"))
        if a != b:
            near.setdefault(a, set()).add(b)
            near.setdefault(b, set()).add(a)
    return near


def _steps(near: dict[str, set[str]], start: str, without: str | None = None) -> dict[str, int]:
    steps, waiting = {start: 0}, deque([start])
    while waiting:
        here = waiting.popleft()
        for other in near[here]:
            if other != without and other not in steps:
                steps[other] = steps[here] + 1
                waiting.append(other)
    return steps


def _shortest(near: dict[str, set[str]], start: str, end: str) -> list[list[str]]:
    left = _steps(near, end)
    ways, found = [[start]], []
    while ways:
        way = ways.pop()
        if way[-1] == end:
            found.append(way)
        ways.extend([*way, other] for other in near[way[-1]] if left.get(other, -1) == left.get(way[-1], 0) - 1)
    return sorted(found)


def _between(near: dict[str, set[str]]) -> dict[str, float]:
    """Betweenness by counting: the share of shortest ways between two others that pass, over all pairs."""
    score = dict.fromkeys(near, 0.0)
    names = sorted(near)
    for at, a in enumerate(names):
        for b in names[at + 1:]:
            ways = _shortest(near, a, b) if b in _steps(near, a) else []
            for way in ways:
                for passed in way[1:-1]:
                    score[passed] += 1 / len(ways)
    return score


def network(links: list[dict[str, str]], same: dict[str, str]) -> dict[str, Any]:
    """Questions about parties and people, each firm and person taken once."""
    near = _neighbours(links, same)
    score = _between(near)
    ranked = sorted(score, key=lambda name: (-round(score[name], 9), name))
    whole = len(_steps(near, ranked[0]))
    cut = [name for name in sorted(near) if name in _steps(near, ranked[0]) and whole > 2
           and len(_steps(near, next(iter(sorted(near[name]))), without=name)) < whole - 1]
    ways = _shortest(near, COLLECTOR, SMELTER)
    shortest = {"from": COLLECTOR, "to": SMELTER, "length": len(ways[0]) - 1, "paths": ways}
    return {"betweenness_top": ranked[:5], "betweenness": {name: round(score[name], 6) for name in ranked[:5]},
            "cut_vertices": cut, "shortest": shortest}


def shared_phones(parties: list[dict[str, str]]) -> list[list[str]]:
    """Parties that give the same telephone number, however it is written."""
    by_number: dict[str, list[str]] = {}
    for row in parties:
        by_number.setdefault(digits_of(row["phone"]), []).append(row["party_id"])
    return sorted(group for group in by_number.values() if len(group) > 1)


def answers(seed: int, parties: list[dict[str, str]], links: list[dict[str, str]], same: dict[str, str],
            loads: dict[str, Movement]) -> dict[str, Any]:
    """The whole answer key."""
    diverted = {key: load for key, load in loads.items() if load.facility not in LICENSED}
    under = sum(kilograms(load) for load in diverted.values() if load.exporter == COLLECTOR)
    total = sum(map(kilograms, diverted.values()))
    doubles: dict[str, list[str]] = {}
    for second, first in same.items():
        doubles.setdefault(first, [first]).append(second)
    return {
        "case": "grey-cell", "seed": seed, "as_of": AS_OF.isoformat(), "movements": len(loads),
        "findings": findings(loads), "utilisation": utilisation(loads), "network": network(links, same),
        "unlicensed": {"facility": SMELTER, "kg": round(total, 1), "movements": sorted(diverted),
                       "kg_under_the_collectors_consent": round(under, 1), "kg_otherwise": round(total - under, 1)},
        "shared": {"phone": shared_phones(parties), "address": [list(ONE_ADDRESS)]},
        "same": sorted(doubles.values()),
    }
