"""RI-04: an address that is a mail drop, a virtual office or a home."""

from __future__ import annotations

from ewglink.names.clean import search_key
from ewglink.reference.watch_lists import entries, words
from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.quantities import listed
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    places = [trade.places[item] for item in around.stays.get(party.id, ()) if item in trade.places]
    texts = [text for key in ("address", "mailing_address") for text in listed(party.values.get(key))]
    if not places and not texts:
        return lacking(party, "address")
    kinds, drop = entries("mail_drop_kind", setting.as_of), words("mail_drop_words", setting.as_of)
    for place in places:
        if search_key(place.text("location_kind")) in kinds:
            return Sign(1.0, {"address": place.label, "kind": place.text("location_kind")}, (place.id,))
    # A box for letters is nothing; a box where the firm itself should be is.
    for text in listed(party.values.get("address")):
        found = drop.search(search_key(text))
        if found:
            return Sign(1.0, {"address": text, "kind": found.group()})
    return None


MEMBER = PlainIndicator(
    "RI-04",
    "identity",
    0.25,
    N_("Mail drop, virtual office or home"),
    N_("The place is of such a kind, or the address reads as a mail drop or a virtual office."),
    (N_("A small business run from home, or a holding without premises."),
     N_("A rural firm that has its letters sent to a box."),),
    ("address", "mailing_address", "location_kind", "located_at", "registered_at", "mailing_at",),
    _test,
)
