"""RI-03: a telephone, e-mail address or domain that unrelated regulated actors share."""

from __future__ import annotations

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_

_HUB = 25


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    keys = around.contacts.get(party.id)
    if not keys:
        return lacking(party, "phone", "email", "domain")
    shared = {key: around.unrelated(party.id, around.with_contact[key]) for key in keys}
    best = max(sorted(shared), key=lambda key: (len(shared[key]) <= _HUB, len(shared[key])))
    with_it = len(shared[best])
    if with_it < 2 or with_it > _HUB:
        return None
    return Sign(min(1.0, (with_it - 1) / 4), {"contact": best.partition(":")[2], "shared_with": with_it},
                tuple(shared[best]))


MEMBER = PlainIndicator(
    "RI-03",
    "identity",
    0.35,
    N_("Shared telephone, e-mail or domain"),
    N_("A telephone, e-mail address or domain of its own shared with k ≥ 2 unrelated regulated actors; s = "
       "min(1, (k − 1) / 4), none where k > 25."),
    (N_("A switchboard, an answering service or a shared office."),
     N_("A customs broker, accountant or web host who gives their own contact for clients."),),
    ("phone", "email", "website", "domain", "has_account", "uses_phone",),
    _test,
)
