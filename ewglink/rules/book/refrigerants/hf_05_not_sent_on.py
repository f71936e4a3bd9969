"""HF-05: what came in to be sent on did not leave."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.refrigerants import SECTOR, left_behind
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_


def _test(party: Party, trade: Trade, setting: Setting) -> Iterator[Said]:
    for one in left_behind(party, trade, setting):
        if one.rest is None:
            yield Missing(one.movement.id, ("arrival", "net_kg"))
        else:
            yield Found((one.movement.id,), {"substance": one.substance, "came_kg": one.came, "rest_kg": one.rest},
                        (party.id,))


MEMBER = PlainRule(
    "HF-05",
    N_("Transhipment not sent on"),
    N_("Of a load that came into a free zone or in transit, less of the same declared substance left within "
       "the days allowed; what leaves is taken from the oldest load first."),
    N_("{came_kg} of {substance} came in to be sent on, and {rest_kg} did not leave."),
    N_("Export declarations for the rest, or a stock count that shows it."),
    "high",
    "party",
    ("declared", "net_kg", "arrival", "roles", "importer_of", "exporter_of",),
    N_("40 CFR 84.31"),
    _test,
    sector=SECTOR,
)
