"""RI-49: quantities, facilities or codes that were corrected after an inspection."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.loads import by_party
from ewglink.rules.past import EXAMS, happened, recorded
from ewglink.rules.quantities import day, number
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_

_KEYS = ("quantity", "unit", "op_code", "management_method", "epa_waste", "hs", "un", "us_consent_no",
         "quantity_received")
_LONG = 365


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    days = [on for on, _event in happened(party.id, EXAMS, around)]
    loads = by_party(party.id, around, ("exporters", "shippers", "receivers"))
    if not loads:
        return idle(party, around, "exporter_of", "receiver_of")
    if not days:
        return None if recorded(EXAMS, around) else lacking(party, "participated_in")
    changes = around.kept("RI-49", lambda: _changes(trade, around))
    odd, seen = [], False
    for load in loads:
        for on in changes.get(load.id, ()):
            seen = True
            if load.shipped is not None and any(
                    load.shipped <= told < on <= told + timedelta(days=_LONG) for told in days):
                odd.append((load.id, on))
    if odd:
        return Sign(1.0, {"records": len({item for item, _on in odd}), "first": str(min(on for _item, on in odd))},
                    tuple(dict.fromkeys(item for item, _on in odd))[:20])
    return None if seen or any(load.values.get("updated") for load in loads) else lacking(
        party, "updated", "correction_version")


def _changes(trade: Trade, around: Surroundings) -> dict[int, list[date]]:
    """Load → the days from which something else was recorded of it or of its lines than before."""
    found: dict[int, list[date]] = defaultdict(list)
    for load in trade.movements.values():
        on = day(load.values.get("updated"))
        if on is not None and (number(load.values.get("correction_version")) or 0) > 0:
            found[load.id].append(on)
    for item, stated in around.source.stated(("movement", "movement_line")).items():
        line = trade.lines.get(item)
        load_id = line.movement.id if line is not None else item
        last: dict[str, object] = {}
        for one in stated:
            on = day(one.start) if one.property in _KEYS else None
            if on is not None and one.property in last and last[one.property] != one.value:
                found[load_id].append(on)
            last[one.property] = one.value
    return dict(found)


MEMBER = PlainIndicator(
    "RI-49",
    "conduct",
    0.3,
    N_("Records changed after an inspection"),
    N_("A quantity, facility or code of a load that was shipped before an inspection of the party is "
       "recorded differently from a day after it (within a year), or its manifest was corrected then; s "
       "= 1."),
    (N_("A correction that the inspector asked for."),
     N_("A receiving facility that corrects weights as a routine."),),
    ("participated_in", "event_kind", "updated", "correction_version", "quantity", "op_code", "epa_waste",),
    _test,
)
