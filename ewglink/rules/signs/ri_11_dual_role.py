"""RI-11: a broker that is also the consignee, recycler or carrier of the goods, or shares people with it."""

from __future__ import annotations

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.parties import BROKERS
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Movement, Party, Trade
from ewglink.text import N_

_HUB = 25
_OTHERS = ("importers", "receivers", "carriers")


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    brokered = around.loads_as.get(("brokers", party.id), [])
    if not brokered and not party.roles & BROKERS:
        return idle(party, around, "broker_of")
    mine = brokered or around.loads.get(party.id, [])
    if not mine:
        return lacking(party, "broker_of")
    for load in mine:
        for role in _OTHERS:
            for other in getattr(load, role):
                shared = "itself" if other == party.id else _shared(party.id, other, around) if load in brokered else ""
                if shared:
                    return Sign(1.0, {"role": role, "party": trade.parties[other].label, "shared": shared},
                                _seen(load, other, party))
    return None


def _seen(load: Movement, other: int, party: Party) -> tuple[int, ...]:
    return (load.id,) if other == party.id else (load.id, other)


def _shared(one: int, other: int, around: Surroundings) -> str:
    """What two parties share: a director or a telephone."""
    if around.directors_of.get(one, set()) & around.directors_of.get(other, set()):
        return "director"
    common = around.contacts.get(one, frozenset()) & around.contacts.get(other, frozenset())
    return "phone" if any(key.startswith("phone:") and len(around.with_contact[key]) <= _HUB for key in common) else ""


MEMBER = PlainIndicator(
    "RI-11",
    "network",
    0.45,
    N_("Broker in a second role"),
    N_("The broker of the goods is also their consignee, recycler or carrier, or shares a director or a "
       "telephone with it."),
    (N_("An integrated group that says so in its notices."),
     N_("A recognized trader that takes the goods into its own licensed facility."),
     N_("A logistics firm that arranges customs and carries."),),
    ("broker_of", "roles", "receiver_of", "carrier_of", "director_of", "phone",),
    _test,
)
