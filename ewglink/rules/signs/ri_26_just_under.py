"""RI-26: quantities that stay just under a limit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ewglink.rules.contract import Setting
from ewglink.rules.engines import is_import
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.limits import limit
from ewglink.rules.loads import by_party
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Entry, Movement, Party, Trade
from ewglink.text import N_

_SHARE, _NEAR, _LEAST = 0.4, 0.9, 5
_ROLES = ("exporters", "importers")


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    balances = around.kept("RI-26", lambda: _balances(trade))
    close, known = [], 0
    for load in by_party(party.id, around, _ROLES):
        limits = [(kg, most) for kg, most in _limits(load, trade, setting, balances) if most > 0]
        known += bool(limits)
        if any(_NEAR * most <= kg < most for kg, most in limits):
            close.append(load.id)
    engines = list(_engines(party, trade, around, setting))
    known += len(engines)
    close += [entry for entry, near in engines if near]
    if not known:
        return lacking(party, "quantity", "unit") if by_party(party.id, around, _ROLES) else idle(
            party, around, "exporter_of", "importer_of")
    share = len(close) / known
    if known < _LEAST or share <= _SHARE:
        return None
    return Sign(min(1.0, share), {"loads": len(close), "of": known, "share_pct": round(100 * share, 1)},
                tuple(close[:20]))


def _limits(load: Movement, trade: Trade, setting: Setting, balances: dict[int, float]) -> list[tuple[float, float]]:
    """Quantity and limit: what was left of the consent, the largest sample, the units that need a declaration."""
    found = [(line.kg, balances[line.id]) for line in load.lines if line.kg is not None and line.id in balances]
    for key in ("test_sample_kg", "small_quantity_kg") if load.kg is not None else ():
        most = limit(key, load, trade, setting, load.shipped)
        if load.kg is not None and most is not None:
            found.append((load.kg, most))
    return found


def _engines(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Iterator[tuple[int, bool]]:
    """Each import of engines to stay, and whether it lies just under the units that need a declaration."""
    mine = around.kept("RI-26 entries", lambda: _entries(trade)).get(party.id, ())
    for entry in mine:
        most = setting.parameters.value("declaration_units", party.country, entry.on)
        if most:
            yield entry.id, _NEAR * most <= len(entry.engines) < most


def _entries(trade: Trade) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in trade.entries.values():
        for item in entry.importers if is_import(entry) else ():
            found[item].append(entry)
    return dict(found)


def _balances(trade: Trade) -> dict[int, float]:
    """Line → the kilograms that were left of its consent before it."""
    found: dict[int, float] = {}
    for stream in trade.streams.values():
        left = stream.kg
        for line in stream.lines:
            if left is None:
                break
            found[line.id] = left
            left = None if line.kg is None else left - line.kg
    return found


MEMBER = PlainIndicator(
    "RI-26",
    "trade",
    0.3,
    N_("Quantity just under a limit"),
    N_("More than 40 % of five or more shipments lie in 90 % to just below 100 % of a limit: what was "
       "left of the consent, the largest test sample, the small quantity, the units that need a "
       "declaration; s = the share."),
    (N_("Trucks or containers that are filled to the same weight each time."),
     N_("The last load of a consent, planned to use it up."),),
    ("quantity", "unit", "moved_under", "ship_date",),
    _test,
)
