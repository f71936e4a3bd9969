"""RI-12: a new firm that carries on one that was penalised or dissolved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.past import PENALTIES, happened, recorded
from ewglink.rules.quantities import day
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_

_MONTHS_24, _ALIKE, _HUB = 730, 0.5, 25


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    if party.type == "person":
        return None
    formed = day(party.values.get("formed"))
    fallen = around.kept("RI-12", lambda: _fallen(trade, around))
    if formed is None or (not fallen and not recorded(PENALTIES, around)):
        return lacking(party, *(["formed"] if formed is None else ["dissolved", "participated_in"]))
    for item, days in fallen.items():
        if item == party.id or not any(0 <= (formed - on).days <= _MONTHS_24 for on in days):
            continue
        shared = _shared(party.id, item, around)
        if len(shared) >= 2:
            return Sign(1.0, {"before": trade.parties[item].label, "formed": str(formed), "shared": shared}, (item,))
    return None


def _fallen(trade: Trade, around: Surroundings) -> Mapping[int, list[date]]:
    """Firms that were penalised or dissolved → the days."""
    found: dict[int, list[date]] = {}
    for item, party in sorted(trade.parties.items()):
        days = [on for on, _event in happened(item, PENALTIES, around)]
        gone = day(party.values.get("dissolved"))
        if party.type != "person" and (days or gone):
            found[item] = [*days, *([gone] if gone else [])]
    return found


def _shared(one: int, other: int, around: Surroundings) -> list[str]:
    found = []
    if around.directors_of.get(one, set()) & around.directors_of.get(other, set()):
        found.append("director")
    if _common(around.addresses, around.at_address, one, other):
        found.append("address")
    contacts = around.kept("phones", lambda: {item: frozenset(key for key in keys if key.startswith("phone:"))
                                              for item, keys in around.contacts.items()})
    if _common(contacts, around.with_contact, one, other):
        found.append("phone")
    first, second = around.clients.get(one, frozenset()), around.clients.get(other, frozenset())
    if first and second and len(first & second) / len(first | second) > _ALIKE:
        found.append("clients")
    return found


def _common(
    of: Mapping[int, frozenset[str]], among: Mapping[str, frozenset[int]], one: int, other: int
) -> bool:
    both = of.get(one, frozenset()) & of.get(other, frozenset())
    return any(len(among[key]) <= _HUB for key in both)


MEMBER = PlainIndicator(
    "RI-12",
    "network",
    0.55,
    N_("Successor of a penalised firm"),
    N_("A firm formed within 24 months after another was penalised or dissolved, sharing at least 2 of: "
       "director, address, telephone, clients (Jaccard above 0.5)."),
    (N_("A lawful purchase of the business by others, or by its staff."),
     N_("A new tenant of a licensed site that serves the same customers."),),
    ("formed", "dissolved", "director_of", "address", "phone", "participated_in",),
    _test,
)
