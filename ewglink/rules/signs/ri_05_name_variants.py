"""RI-05: a name like that of an actor that shares a contact or an address but is another firm by law."""

from __future__ import annotations

from ewglink.rules.contacts import LEGAL, named_alike, numbers_of
from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_

_ALIKE, _HUB = 90.0, 25


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    groups = [around.with_contact[key] for key in around.contacts.get(party.id, ())]
    groups += [around.at_address[key] for key in around.addresses.get(party.id, ())]
    if not groups:
        return lacking(party, "phone", "email", "address")
    near = {one for group in groups if len(group) <= _HUB for one in group} - {party.id}
    alike = [one for one in sorted(near) if trade.parties[one].type == party.type
             and named_alike(party, trade.parties[one]) >= _ALIKE]
    if not alike:
        return None
    mine = numbers_of(party, LEGAL)
    theirs = {one: numbers_of(trade.parties[one], LEGAL) for one in alike}
    others = tuple(one for one in alike if mine and theirs[one] and not mine & theirs[one])
    if others:
        return Sign(1.0, {"names": [trade.parties[one].label for one in others],
                          "likeness": max(named_alike(party, trade.parties[one]) for one in others)}, others)
    return lacking(party, *LEGAL) if not mine or not all(theirs.values()) else None


MEMBER = PlainIndicator(
    "RI-05",
    "identity",
    0.25,
    N_("Name variants"),
    N_("Likeness of names (words in any order) of at least 90 with another actor that shares an address, "
       "telephone, e-mail address or domain, but with different legal numbers."),
    (N_("Companies of one family or group, each with its own registration."),
     N_("A name spelled differently by two registries."),),
    ("name", "phone", "email", "address", "tax_id", "rfc", "ca_bn9", "us_ein", "registry_no",),
    _test,
)
