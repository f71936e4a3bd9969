"""RI-37: a vessel whose owner hides behind one company."""

from __future__ import annotations

from collections import Counter, defaultdict

from ewglink.reference.countries import country_code
from ewglink.reference.watch_lists import entries
from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.quantities import day
from ewglink.rules.surroundings import Bond, Surroundings
from ewglink.rules.trade import Party, Thing, Trade
from ewglink.text import N_

_YEAR = 365


def _test(vessel: Thing, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    owners, managers = around.kept("RI-37", lambda: _ties(around))
    mine, managed = owners.get(vessel.id, []), managers.get(vessel.id, [])
    known = [trade.parties[bond.a] for bond in mine if bond.a in trade.parties]
    dated = [on for bond in managed if (on := day(bond.start))]
    if not any(_seat(one) for one in known) and not dated:
        return lacking(vessel, "owns", "manages", "jurisdiction")
    ships = around.kept("fleets", lambda: Counter(bond.a for bonds in owners.values() for bond in bonds))
    reasons = []
    secret = entries("secrecy_jurisdiction", setting.as_of)
    single = [one for one in known if ships[one.id] == 1 and _seat(one) in secret]
    if single:
        reasons.append("single-ship company")
    changed = [on for on in dated if 0 <= (setting.as_of - on).days <= _YEAR]
    if changed and len({bond.a for bond in managed}) > 1:
        reasons.append("manager changed")
    if not reasons:
        return None
    return Sign(len(reasons) / 2, {"reasons": reasons}, tuple(one.id for one in single))


def _seat(party: Party) -> str:
    """Where a company is registered."""
    return (country_code(party.text("jurisdiction")) or "") if party.text("jurisdiction") else party.country


def _ties(around: Surroundings) -> tuple[dict[int, list[Bond]], dict[int, list[Bond]]]:
    found: tuple[dict[int, list[Bond]], dict[int, list[Bond]]] = (defaultdict(list), defaultdict(list))
    for bond in around.source.bonds(("owns", "manages")):
        if bond.b in around.vessels:
            found[bond.type == "manages"][bond.b].append(bond)
    return found


MEMBER = PlainIndicator(
    "RI-37",
    "maritime",
    0.3,
    N_("Opaque ownership"),
    N_("The registered owner is a company of one ship in a jurisdiction of secrecy, and the manager "
       "(ISM) changed within 12 months; s = 0.5 for each."),
    (N_("One company for each ship is usual where ships are financed."),
     N_("A manager that changed with a sale."),),
    ("owns", "manages", "jurisdiction", "country",),
    _test,
    over="vessel",
)
