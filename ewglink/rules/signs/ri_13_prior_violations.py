"""RI-13: violations in the past, fading with the years."""

from __future__ import annotations

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.past import SEVERITY, happened, recorded, weight_of
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_

_KINDS = frozenset(SEVERITY)


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    past = [(on, event) for on, event in happened(party.id, _KINDS, around) if on <= setting.as_of]
    if not past:
        return None if recorded(_KINDS, around) else lacking(party, "participated_in")
    total = sum(0.5 ** ((setting.as_of - on).days / 365.25 / 3) * weight_of(event) for on, event in past)
    return Sign(min(1.0, total), {"violations": len(past), "last": str(past[-1][0])},
                tuple(event.id for _on, event in past))


MEMBER = PlainIndicator(
    "RI-13",
    "network",
    0.5,
    N_("Prior violations"),
    N_("Sum of 0.5^(years / 3) · severity over the violations on record, at most 1. Severity: as the event says; "
       "else conviction 1, revocation 0.8, penalty 0.7, suspension 0.6, violation or seizure 0.5, warning 0.25."),
    (N_("Paper offences of a large operator with very many movements."),
     N_("An allegation that was dropped, or set aside on appeal."),),
    ("participated_in", "event_kind", "start", "severity",),
    _test,
)
