"""RI-02: an address that unrelated regulated actors share."""

from __future__ import annotations

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_

_HUB, _WORDS = 25, 3


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    # A town alone, or a street without its number, is where many are.
    keys = [key for key in around.addresses.get(party.id, ())
            if len(key.split()) >= _WORDS and any(sign.isdigit() for sign in key)]
    if not keys:
        return lacking(party, "address")
    shared = {key: around.unrelated(party.id, around.at_address[key]) for key in keys}
    best = max(sorted(shared), key=lambda key: (len(shared[key]) <= _HUB, len(shared[key])))
    with_it = len(shared[best])
    if with_it < 2 or with_it > _HUB:
        return None
    return Sign(min(1.0, (with_it - 1) / 4), {"address": best, "shared_with": with_it}, tuple(shared[best]))


MEMBER = PlainIndicator(
    "RI-02",
    "identity",
    0.3,
    N_("Shared address"),
    N_("Normalized address shared with k ≥ 2 unrelated regulated actors; s = min(1, (k − 1) / 4), none where k > "
       "25."),
    (N_("An industrial park, a warehouse or an office building with many tenants."),
     N_("A registered agent, law firm or customs broker whose address many firms give."),),
    ("address", "mailing_address", "located_at", "registered_at", "mailing_at",),
    _test,
)
