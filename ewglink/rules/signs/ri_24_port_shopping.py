"""RI-24: other ports of entry after an examination."""

from __future__ import annotations

from collections import Counter
from datetime import date

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.past import EXAMS, REFUSALS, recorded, shaken
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Movement, Party, Trade
from ewglink.text import N_

_DROP, _LEAST = 0.3, 3


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    loads = [load for role in ("importers", "receivers", "exporters")
             for load in around.loads_as.get((role, party.id), ()) if load.shipped and load.entries]
    loads = sorted({load.id: load for load in loads}.values(), key=lambda one: (one.shipped or date.max, one.id))
    if not loads:
        return lacking(party, "arrived_at")
    exams = shaken(party.id, trade, around)
    if not exams:
        return None if recorded(EXAMS | REFUSALS, around) else lacking(party, "participated_in")
    for on in exams:
        before = [load for load in loads if load.shipped and load.shipped <= on]
        after = [load for load in loads if load.shipped and load.shipped > on]
        if len(before) < _LEAST or not after:
            continue
        # One load before or after says nothing of a habit; a port never used before does.
        used = {place.id for load in before for place in load.entries}
        new = next((load for load in after if not used & {place.id for place in load.entries}), None)
        drop = hhi(before) - hhi(after) if len(after) >= _LEAST else 0.0
        if new is not None or drop > _DROP:
            shown = new or after[0]
            return Sign(1.0, {"exam": str(on), "port": shown.entries[0].label, "hhi_drop": round(drop, 3)}, (shown.id,))
    return None


def hhi(loads: list[Movement]) -> float:
    """The concentration of ports of entry (0 to 1): the sum of the squares of their shares."""
    counts = Counter(load.entries[-1].id for load in loads)
    total = sum(counts.values())
    return sum((count / total) ** 2 for count in counts.values())


MEMBER = PlainIndicator(
    "RI-24",
    "trade",
    0.25,
    N_("Port shopping"),
    N_("After an examination, the concentration (HHI) of ports of entry drops by more than 0.3, or a load goes "
       "to a port never used before; at least 3 loads before it."),
    (N_("Congestion, a strike or works at the usual port."),
     N_("A new customer or carrier elsewhere."),),
    ("arrived_at", "ship_date", "participated_in", "rejection",),
    _test,
)
