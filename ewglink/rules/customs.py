"""Customs records beside loads: which fits which, and what both sides of a border declared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from ewglink.rules.contract import Setting
from ewglink.rules.trade import Declaration, Movement, Trade

NORTH_AMERICA = frozenset({"CA", "MX", "US"})


def fits(declared: Declaration, movement: Movement, trade: Trade, setting: Setting) -> bool:
    """Whether a customs record may be that of a load: within the days and the quantity allowed, and no party of the
    record a stranger to the load."""
    if declared.on is None or declared.kg is None or movement.kg is None:
        return False
    days = setting.parameters.value("customs_days") or 0.0
    share = (setting.parameters.value("customs_quantity_pct") or 0.0) / 100
    dates = [day for day in (movement.shipped, movement.crossed, movement.delivered) if day is not None]
    if not dates or min(abs((declared.on - day).days) for day in dates) > days:
        return False
    if abs(declared.kg - movement.kg) > share * max(declared.kg, movement.kg):
        return False
    parties = {*movement.exporters, *movement.shippers, *movement.importers, *movement.receivers}
    return not declared.parties or bool(declared.parties & parties)


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


def _pair(one: Declaration, trade: Trade) -> tuple[str, str] | None:
    """Where the goods of a record went from and to: its own country, and that of its partner."""
    partner = {trade.parties[party].country for party in one.parties if party in trade.parties} - {"", one.country}
    if not one.country or len(partner) != 1 or one.direction not in ("export", "import"):
        return None
    other = partner.pop()
    return (one.country, other) if one.direction == "export" else (other, one.country)
