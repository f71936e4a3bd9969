"""What loads were declared to be worth, beside their peers: the same subheading, direction, year and currency."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from ewglink.rules.quantities import number, plain_code
from ewglink.rules.scoring import OUTLIER, PEERS, Spread
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Movement, Trade

Peers = tuple[str, str, int, str]
"""HS subheading, direction, year, currency."""
_LOW, _HIGH = 0.5, 2.0


@dataclass(frozen=True)
class Priced:
    """A load with a value for each kilogram."""

    load: Movement
    peers: Peers
    per_kg: float


def subheading(movement: Movement) -> str:
    """The six digits that all of a load is declared under; empty where it has none or several."""
    found = {code for line in movement.lines if (code := line.hs.replace(".", "")[:6])}
    own = plain_code(movement.values.get("hs")).replace(".", "")[:6]
    return found.pop() if len(found) == 1 else "" if found else own


def worth(movement: Movement) -> tuple[float, str] | None:
    """What a load is declared to be worth, with the currency: its own value, else that of its one declaration."""
    for thing in (movement, *(movement.declarations if len(movement.declarations) == 1 else ())):
        value = number(thing.values.get("value"))
        if value is not None:
            return value, plain_code(thing.values.get("currency"))
    return None


def weighs(movement: Movement) -> float | None:
    """The net kilograms of a load: of its lines, else as declared."""
    return movement.kg if movement.kg is not None else number(movement.values.get("net_kg"))


def priced(trade: Trade, around: Surroundings) -> dict[int, Priced]:
    """Load → its value a kilogram, of those that have a value above nothing, a weight, a subheading and a date."""

    def make() -> dict[int, Priced]:
        found = {}
        for item, load in trade.movements.items():
            value, kg, hs = worth(load), weighs(load), subheading(load)
            if value is not None and value[0] > 0 and kg and hs and load.shipped:
                peers = (hs, load.text("direction").casefold(), load.shipped.year, value[1])
                found[item] = Priced(load, peers, value[0] / kg)
        return found

    return around.kept("priced", make)


def outliers(trade: Trade, around: Surroundings) -> dict[int, tuple[float, float | None] | None]:
    """Load → its ratio to the median of its peers and robust z, where one of them is beyond what is usual; None where
    it lies among its peers. Loads with fewer than eight peers are left out."""
    by_peers: dict[Peers, list[Priced]] = defaultdict(list)
    for one in priced(trade, around).values():
        by_peers[one.peers].append(one)
    found: dict[int, tuple[float, float | None] | None] = {}
    for group in by_peers.values():
        if len(group) < PEERS:
            continue
        values = [one.per_kg for one in group]
        spread = Spread(values)
        for one in group:
            z, ratio = spread.z(one.per_kg), one.per_kg / spread.middle
            far = ratio < _LOW or ratio > _HIGH or (z is not None and abs(z) > OUTLIER)
            found[one.load.id] = (ratio, z) if far else None
    return found
