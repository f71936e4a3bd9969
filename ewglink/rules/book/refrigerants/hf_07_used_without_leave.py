"""HF-07: goods declared as used or reclaimed without a non-objection notice."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.refrigerants import SECTOR, arrived, contents, is_used, law_of, permitted, words
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    movement = line.movement
    if not contents(line) or not is_used(line):
        return
    country, on = law_of(movement, trade), arrived(movement)
    if not country or on is None:
        yield Missing(movement.id, ("importer_of", "country", "arrival"))
    elif country in ("US", "CA"):
        kinds = ("objection", "objeción") if country == "US" else ()
        if not permitted(movement, trade, on, kinds):
            yield Found((movement.id,), {"declared": words(line), "arrived": on.isoformat()})


MEMBER = PlainRule(
    "HF-07",
    N_("Used goods without leave"),
    N_("The goods are declared as used, recovered or reclaimed, and no non-objection notice (in Canada, no "
       "permit) of the importer was in force on the day of arrival."),
    N_("Declared as {declared}, with no non-objection notice in force on {arrived}."),
    N_("The notice or permit, with its number and dates."),
    "high",
    "line",
    ("declared", "description", "arrival", "permitted_by", "kind", "valid_to",),
    N_("40 CFR 84.25; 40 CFR 82.13; SOR/2016-137"),
    _test,
    sector=SECTOR,
)
