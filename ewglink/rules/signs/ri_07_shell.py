"""RI-07: several features of a shell company at once."""

from __future__ import annotations

from datetime import date

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.quantities import day, number
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_

_LEAST, _MANY, _DISSOLVED = 3, 10, 180


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    if party.type == "person":
        return None
    features = _features(party, trade, around)
    there = sorted(key for key, is_so in features.items() if is_so)
    unknown = sorted(key for key, is_so in features.items() if is_so is None)
    if len(there) >= _LEAST:
        return Sign(1.0, {"features": there, "count": len(there)})
    return lacking(party, *(_INPUT[key] for key in unknown)) if len(there) + len(unknown) >= _LEAST else None


_INPUT = {"under a year": "formed", "no staff, web or phone": "registry_no", "nominee director": "director_of",
          "single shipment": "ship_date", "little capital": "capital", "dissolved soon": "ship_date"}


def _features(party: Party, trade: Trade, around: Surroundings) -> dict[str, bool | None]:
    """Feature → whether it is there; None where it cannot be told."""
    loads = around.loads.get(party.id, [])
    shipped = [load.shipped for load in loads if load.shipped]
    formed = day(party.values.get("formed"))
    directors = {bond.a for bond in around.offices_at.get(party.id, ()) if bond.type == "director_of"}
    # That a firm shows no contact says something only where its entry in a register was read.
    registered = any(party.text(key) for key in ("registry_no", "status", "formed", "legal_form"))
    reached = bool(around.contacts.get(party.id)) or party.id in around.employers
    return {
        "under a year": None if formed is None or not shipped else (shipped[0] - formed).days < 365,
        "no staff, web or phone": False if reached else True if registered else None,
        "nominee director": None if not directors else any(
            len(around.directs.get(one, ())) >= _MANY for one in directors),
        "single shipment": None if not loads else len(loads) == 1,
        "little capital": _little_capital(party, around),
        "dissolved soon": _dissolved_soon(party, shipped),
    }


def _little_capital(party: Party, around: Surroundings) -> bool | None:
    capital = number(party.values.get("capital"))
    values = [value for load in around.loads.get(party.id, ())
              if (value := number(load.values.get("value"))) is not None]
    return None if capital is None or not values else capital < 0.01 * sum(values)


def _dissolved_soon(party: Party, shipped: list[date]) -> bool | None:
    gone = day(party.values.get("dissolved"))
    if gone is None:
        return False
    before = [on for on in shipped if on <= gone]
    return None if not shipped else bool(before) and (gone - before[-1]).days < _DISSOLVED


MEMBER = PlainIndicator(
    "RI-07",
    "identity",
    0.45,
    N_("Features of a shell"),
    N_("At least 3 of: less than a year old at its first movement, no employees, web site or telephone, a "
       "director of 10 or more companies, a single shipment, capital below 1 % of the declared value, dissolved "
       "within 180 days of a movement."),
    (N_("A small family business or a project company for one contract."),
     N_("A professional director provided by a law firm, as is usual in some places."),
     N_("Records of registries that list no telephone or web site for anybody."),),
    ("formed", "dissolved", "phone", "website", "email", "employee_of", "director_of", "ship_date", "value",
     "capital",),
    _test,
)
