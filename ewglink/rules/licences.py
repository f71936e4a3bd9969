"""What shows that a firm is licensed: registrations by country, permits held, and the days they were valid."""

from __future__ import annotations

from datetime import date

from ewglink.identifiers.placeholders import names_nobody
from ewglink.rules.quantities import day
from ewglink.rules.trade import Party, Thing, Trade

REGISTERS: dict[str, tuple[str, ...]] = {"US": ("epa_id",), "MX": ("nra", "semarnat_auth"), "CA": ("ca_prov_id",)}
"""Country → the numbers of which one is needed for a role in moving regulated goods."""
_ALL = tuple(key for keys in REGISTERS.values() for key in keys)


def licensed(party: Party, trade: Trade) -> bool:
    """Whether a firm has a registration or a permit of any country, or a facility that has."""
    sites = [party, *(trade.parties[one] for one in party.facilities)]
    return any(_number(site, key) for site in sites for key in _ALL) or bool(party.papers)


def covered(party: Party, on: date, trade: Trade, keys: tuple[str, ...]) -> bool:
    """Whether a firm, or a facility of it, has a registration of these kinds or a permit valid on a day."""
    sites = [party, *(trade.parties[one] for one in sorted(party.facilities))]
    if any(_number(site, key) and _valid(site, on) for site in sites for key in keys):
        return True
    return any(_valid(paper, on) for paper in party.papers)


def _number(site: Party, key: str) -> bool:
    return bool(site.text(key)) and not names_nobody(site.text(key))


def _valid(thing: Thing, on: date) -> bool:
    start, end = day(thing.values.get("valid_from")), day(thing.values.get("valid_to"))
    return not (start and on < start or end and on > end)
