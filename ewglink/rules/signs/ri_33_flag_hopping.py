"""RI-33: a vessel that changes its flag often, or after a detention."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.past import happened
from ewglink.rules.quantities import day, plain_code
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Thing, Trade
from ewglink.text import N_

_MONTHS, _AFTER = 730, 30
_TROUBLE = frozenset({"detention", "sanction", "designation", "listing", "arrest"})


def _test(vessel: Thing, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    changes = _changes(vessel, around)
    if changes is None:
        return lacking(vessel, "flag", "flagged_in")
    window = timedelta(days=_MONTHS)
    most = max((sum(one <= other <= one + window for other in changes) for one in changes), default=0)
    trouble = [on for on, _event in happened(vessel.id, _TROUBLE, around)]
    after = any(0 <= (one - on).days < _AFTER for one in changes for on in trouble)
    if most < 2 and not after:
        return None
    return Sign(min(1.0, most / 3), {"changes": most, "last": str(changes[-1])})


def _changes(vessel: Thing, around: Surroundings) -> list[date] | None:
    """The days on which the vessel changed its flag; None where no flag has a day."""
    flags = around.kept("RI-33", lambda: _flags(around)).get(vessel.id, [])
    if not flags:
        return None
    flags = sorted(set(flags))
    return [on for (_before, one), (on, other) in pairwise(flags) if one != other]


def _flags(around: Surroundings) -> dict[int, list[tuple[date, str]]]:
    found: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for item, stated in around.source.stated(("vessel",)).items():
        for one in stated:
            on = day(one.start) if one.property == "flag" else None
            if on is not None:
                found[item].append((on, plain_code(one.value)))
    for bond in around.source.bonds(("flagged_in",)):
        on, place = day(bond.start), around.trade.places.get(bond.b)
        if on is not None and place is not None:
            found[bond.a].append((on, place.country or plain_code(place.label)))
    return dict(found)


MEMBER = PlainIndicator(
    "RI-33",
    "maritime",
    0.4,
    N_("Flag hopping"),
    N_("Two or more changes of flag within 24 months, or one less than 30 days after a detention or "
       "sanction; s = n / 3, at most 1."),
    (N_("A sale of the vessel, or of its fleet."),
     N_("A bareboat charter with a flag of its own."),),
    ("flag", "flagged_in", "participated_in", "event_kind",),
    _test,
    over="vessel",
)
