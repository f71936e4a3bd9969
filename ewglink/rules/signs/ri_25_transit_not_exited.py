"""RI-25: goods in transit that do not show to have left."""

from __future__ import annotations

from datetime import date, timedelta

from ewglink.rules.contract import Setting
from ewglink.rules.customs import IN_TRANSIT, OUTWARD
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.prices import weighs
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Movement, Party, Trade
from ewglink.text import N_

_DAYS, _SHARE = 30, 0.02


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    loads = [load for load in around.loads.get(party.id, ()) if _in_transit(load)]
    if not loads:
        directed = any(load.text("direction") or load.declarations for load in around.loads.get(party.id, ()))
        return None if directed else lacking(party, "direction")
    unsure: set[str] = set()
    for load in loads:
        entered = _entered(load)
        out = [one for one in load.declarations if one.direction in OUTWARD and one.on]
        days = [one.on for one in out if one.on]
        if entered is None:
            unsure.add("date")
        elif not any(entered <= on <= entered + timedelta(days=_DAYS) for on in days):
            if setting.as_of > entered + timedelta(days=_DAYS):
                return Sign(1.0, {"entered": str(entered), "left": str(min(days)) if days else None}, (load.id,))
        else:
            mass = [one.kg for one in out]
            came = _came(load)
            if came is None or None in mass:
                unsure.add("net_kg")
            elif came - (left := sum(kg for kg in mass if kg is not None)) > _SHARE * came:
                return Sign(1.0, {"entered": str(entered), "in_kg": came, "out_kg": left},
                            (load.id, *(one.id for one in out)))
    return lacking(party, *sorted(unsure)) if unsure else None


def _in_transit(load: Movement) -> bool:
    own = load.text("direction").casefold()
    return own in IN_TRANSIT or any(one.direction in IN_TRANSIT for one in load.declarations)


def _entered(load: Movement) -> date | None:
    days = [one.on for one in load.declarations if one.on and one.direction in IN_TRANSIT]
    return min(days) if days else load.crossed or load.shipped


def _came(load: Movement) -> float | None:
    declared = [one.kg for one in load.declarations if one.direction in IN_TRANSIT]
    known = [kg for kg in declared if kg is not None]
    return sum(known) if known and len(known) == len(declared) else weighs(load)


MEMBER = PlainIndicator(
    "RI-25",
    "trade",
    0.5,
    N_("Transit that did not leave"),
    N_("An in-bond or transit entry without proof of exit within 30 days, or with more than 2 % of its mass not "
       "shown to have left."),
    (N_("Proof of exit filed late, or in another system."),
     N_("Weighing on another scale, or moisture lost on the way."),),
    ("direction", "declared_as", "date", "net_kg", "cross_date",),
    _test,
)
