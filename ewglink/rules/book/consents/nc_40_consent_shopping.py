"""NC-40: several consents for more than can be used."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.parties import overlapping_consents
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_


def _test(party: Party, trade: Trade, setting: Setting) -> Iterator[Said]:
    factor = setting.parameters.value("shopping_factor") or 2.0
    for group in overlapping_consents(party, trade, setting.as_of):
        if group.consented is None or (group.capacity is None and group.moved is None):
            yield Missing(group.streams[0].id, ("quantity", "capacity_kg"))
        elif ((group.capacity is not None and group.consented > factor * group.capacity)
              or (group.moved is not None and group.consented > factor * group.moved)):
            yield Found(tuple(stream.id for stream in group.streams),
                        {"exporter": party.label, "count": len(group.streams), "consented_kg": group.consented,
                         "capacity_kg": group.capacity, "moved_kg": group.moved}, (party.id,))


MEMBER = PlainRule(
    "NC-40",
    N_("Consent shopping"),
    N_("One exporter holds two or more overlapping consents for the same waste and facility, whose quantities "
       "together are more than twice the facility's capacity or twice what moved in the last twelve months."),
    N_("{count} overlapping consents of {exporter} add up to {consented_kg}; the capacity is {capacity_kg}, "
       "{moved_kg} moved in a year."),
    N_("The facility's capacity, or a plan that explains the quantities."),
    "low",
    "party",
    ("quantity", "valid_from", "valid_to", "capacity_kg",),
    N_("Domain practice"),
    _test,
)
