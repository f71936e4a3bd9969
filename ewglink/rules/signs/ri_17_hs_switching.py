"""RI-17: the same goods between the same parties under another code, soon after an inspection."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta

from ewglink.names.clean import search_key
from ewglink.reference.hs_codes import hs_codes, is_regulated
from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.past import EXAMS, REFUSALS, recorded, shaken
from ewglink.rules.prices import subheading
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Movement, Party, Trade
from ewglink.text import N_

_DAYS = 90


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    loads = [load for role in ("exporters", "importers") for load in around.loads_as.get((role, party.id), ())
             if load.shipped and subheading(load)]
    if not loads:
        return lacking(party, "hs", "ship_date")
    changes = shaken(party.id, trade, around)
    if not changes and not recorded(EXAMS | REFUSALS, around):
        return lacking(party, "participated_in", "rejection")
    days = sorted({*changes, *_rules()})
    by_pair: dict[tuple[int, ...], list[Movement]] = {}
    for load in sorted(loads, key=lambda one: (one.shipped or date.max, one.id)):
        by_pair.setdefault((*load.exporters, -1, *(load.importers or load.receivers)), []).append(load)
    for group in by_pair.values():
        for on in days:
            found = _switched(group, on)
            if found is not None:
                before, after = found
                return Sign(1.0, {"after": str(on), "from": subheading(before), "to": subheading(after)},
                            (before.id, after.id))
    return None


def _rules() -> set[date]:
    """The days on which codes of the list came into force: a change of rules."""
    return {code.valid_from for code in hs_codes().values() if code.valid_from}


def _switched(loads: list[Movement], on: date) -> tuple[Movement, Movement] | None:
    """A load of regulated goods up to a day, and one of the same goods under a code that is not, within 90 days."""
    shipped = [load.shipped or date.max for load in loads]
    at, until = bisect_right(shipped, on), bisect_right(shipped, on + timedelta(days=_DAYS))
    if at == until or at == 0:
        return None
    before = {key: load for load in loads[bisect_left(shipped, on - timedelta(days=365)):at]
              if is_regulated(subheading(load)) for key in _goods(load)}
    for load in loads[at:until]:
        if not is_regulated(subheading(load)):
            for key in _goods(load):
                if key in before:
                    return before[key], load
    return None


def _goods(load: Movement) -> list[str]:
    """What tells that goods are the same: waste codes and UN numbers, else the words of the description."""
    found = sorted({code for line in load.lines for each in line.codes.values() for code in each}
                   | {line.un for line in load.lines if line.un})
    words = [load.text("declared"), *(line.text("description") for line in load.lines)]
    return found + sorted({search_key(text) for text in words if text})


MEMBER = PlainIndicator(
    "RI-17",
    "trade",
    0.45,
    N_("HS code switched"),
    N_("The same parties and goods go from a regulated HS code to one that is not, within 90 days after an "
       "inspection, a refusal or a change of rules."),
    (N_("A correction that the inspector asked for."),
     N_("A new edition of the tariff."),),
    ("hs", "ship_date", "description", "participated_in", "rejection",),
    _test,
)
