"""RI-01: a company that moves regulated goods soon after it was formed."""

from __future__ import annotations

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.quantities import day
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_

_YOUNG = 180


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    formed = day(party.values.get("formed"))
    first = next((load for load in around.regulated_loads.get(party.id, ()) if load.shipped), None)
    absent = [key for key, value in (("formed", formed), ("ship_date", first)) if value is None]
    if formed is None or first is None or first.shipped is None:
        return lacking(party, *absent)
    days = (first.shipped - formed).days
    if days >= _YOUNG:
        return None
    return Sign(min(1.0, 1 - days / 365), {"formed": str(formed), "first": str(first.shipped), "age_days": days},
                (first.id,))


MEMBER = PlainIndicator(
    "RI-01",
    "identity",
    0.35,
    N_("Newly formed company"),
    N_("First regulated movement less than 180 days after formation; s = 1 − days / 365."),
    (N_("A new branch or a reorganization of an old and licensed business."),
     N_("A formation date that is that of a re-registration."),),
    ("formed", "ship_date",),
    _test,
)
