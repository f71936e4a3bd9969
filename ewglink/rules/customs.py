"""Customs records beside loads: which fits which, and what both sides of a border declared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from ewglink.rules.contract import Setting
from ewglink.rules.trade import Declaration, Movement, Trade

Kind = TypeVar("Kind")
ANYONE, NOBODY = -1, -2
"""What stands for a party in an index: all of a day, and what names no party."""
NORTH_AMERICA = frozenset({"CA", "MX", "US"})

OUTWARD = frozenset({"export", "exit", "exportation", "re-export", "salida", "sortie"})
INWARD = frozenset({"import", "entry", "importation", "entrada", "entrée"})
IN_TRANSIT = frozenset({"transit", "in-transit", "in transit", "in-bond", "in bond", "in_bond", "inbond", "it", "t&e"})
"""What customs records call the direction of goods, in small letters."""


def fits(declared: Declaration, movement: Movement, trade: Trade, setting: Setting) -> bool:
    """Whether a customs record may be that of a load: within the days and the quantity allowed, and no party of the
    record a stranger to the load."""
    if declared.on is None or declared.kg is None or movement.kg is None:
        return False
    days = setting.parameters.value("customs_days") or 0.0
    share = (setting.parameters.value("customs_quantity_pct") or 0.0) / 100
    dates = days_of(movement)
    if not dates or min(abs((declared.on - day).days) for day in dates) > days:
        return False
    if round(abs(declared.kg - movement.kg) - share * movement.kg, 6) > 0:
        return False
    return not declared.parties or bool(declared.parties & load_parties(movement))


def loads_near(declared: Declaration, trade: Trade, setting: Setting) -> Iterator[Movement]:
    """The loads that are within the days allowed of a record, and of its parties where it names any."""
    known = trade.kept("loads by day and party", lambda: _by_day(
        (load, on, load_parties(load)) for load in trade.movements.values() for on in days_of(load)))
    yield from _found(known, () if declared.on is None else (declared.on,), declared.parties or {ANYONE}, setting)


def records_near(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Declaration]:
    """The customs records that are within the days allowed of a load, of its parties or of nobody."""
    known = trade.kept("records by day and party", lambda: _by_day(
        (one, one.on, one.parties) for one in trade.declarations.values() if one.on is not None))
    yield from _found(known, days_of(movement), {*load_parties(movement), NOBODY}, setting)


def days_of(movement: Movement) -> set[date]:
    """The days a load was shipped, crossed the border and was delivered, as far as they are known."""
    return {on for on in (movement.shipped, movement.crossed, movement.delivered) if on is not None}


def load_parties(movement: Movement) -> set[int]:
    """Whoever a customs record of a load may name."""
    return {*movement.exporters, *movement.shippers, *movement.importers, *movement.receivers}


def _by_day(rows: Iterable[tuple[Kind, date, Collection[int]]]) -> dict[tuple[date, int], list[Kind]]:
    """Day and party → what is of that day and party; under `ANYONE` all of a day, under `NOBODY` what has no party."""
    found: dict[tuple[date, int], list[Kind]] = defaultdict(list)
    for thing, on, bearers in rows:
        for party in (*bearers, ANYONE, *(() if bearers else (NOBODY,))):
            found[on, party].append(thing)
    return found


def _found(
    known: Mapping[tuple[date, int], Sequence[Kind]], days: Iterable[date], parties: Iterable[int], setting: Setting
) -> Iterator[Kind]:
    reach = int(setting.parameters.value("customs_days") or 0)
    every = {day + timedelta(days=step) for day in days for step in range(-reach, reach + 1)}
    for party in parties:
        for day in every:
            yield from known.get((day, party), ())


def north_american(declared: Declaration, trade: Trade) -> bool:
    """Whether a record is of trade among Canada, Mexico and the United States, as far as it says."""
    countries = {trade.parties[one].country for one in declared.parties if one in trade.parties} - {""}
    countries |= {declared.country} - {""}
    return bool(countries) and countries <= NORTH_AMERICA


@dataclass
class Mirror:
    """What one country declared as exported and another as imported: HS code, quarter, kilograms."""

    leaves: str
    goes: str
    hs: str
    quarter: str
    exported: float = 0.0
    imported: float = 0.0
    records: set[int] = field(default_factory=set)


def mirror(trade: Trade) -> Iterator[Mirror]:
    """Exports and imports by pair of countries, HS subheading and quarter, where both sides have records."""
    found: dict[tuple[str, str, str, str], Mirror] = {}
    sides: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for one in sorted(trade.declarations.values(), key=lambda each: each.id):
        pair = _pair(one, trade)
        if pair is None or one.on is None or one.kg is None or not one.hs:
            continue
        key = (*pair, one.hs.replace(".", "")[:6], f"{one.on.year}-Q{(one.on.month + 2) // 3}")
        gap = found.setdefault(key, Mirror(*key))
        sides[key].add(one.direction)
        gap.records.add(one.id)
        if one.direction == "export":
            gap.exported += one.kg
        else:
            gap.imported += one.kg
    for key, gap in sorted(found.items()):
        if len(sides[key]) > 1:
            yield gap


def unplaced(trade: Trade) -> Iterator[Declaration]:
    """The records between two known countries that have no date, weight or HS code, and so count on neither side."""
    for one in sorted(trade.declarations.values(), key=lambda each: each.id):
        if _pair(one, trade) is not None and (one.on is None or one.kg is None or not one.hs):
            yield one


def _pair(one: Declaration, trade: Trade) -> tuple[str, str] | None:
    """Where the goods of a record went from and to: its own country, and that of its partner."""
    partner = {trade.parties[party].country for party in one.parties if party in trade.parties} - {"", one.country}
    if not one.country or len(partner) != 1 or one.direction not in ("export", "import"):
        return None
    other = partner.pop()
    return (one.country, other) if one.direction == "export" else (other, one.country)
