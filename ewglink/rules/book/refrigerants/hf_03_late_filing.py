"""HF-03: an import or transit announced too late."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.quantities import day
from ewglink.rules.refrigerants import SECTOR, arrived, by_vessel, contents, in_transit, law_of
from ewglink.rules.trade import Movement, Trade
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    if not any(contents(line) for line in movement.lines):
        return
    country, on = law_of(movement, trade), arrived(movement)
    if not country or on is None:
        yield Missing(movement.id, ("importer_of", "country", "arrival"))
        return
    key = "filing_vessel_days" if by_vessel(movement) else "filing_other_days"
    allowed = setting.parameters.value("transit_notice_days" if country == "CA" else key, country, on)
    if allowed is None or (country == "CA" and not in_transit(movement)):
        return
    filed = day(movement.values.get("filed"))
    if filed is None:
        yield Missing(movement.id, ("filed",))
    elif (on - filed).days < allowed:
        yield Found((movement.id,), {"filed": filed.isoformat(), "arrived": on.isoformat(),
                                     "ahead_days": (on - filed).days, "limit_days": int(allowed)})


MEMBER = PlainRule(
    "HF-03",
    N_("Late filing"),
    N_("The advance filing was made fewer days before arrival than the law asks: in the United States ten by"
       " vessel and five otherwise (fourteen before 2023-09-18), in Canada fifteen for a transit."),
    N_("Filed on {filed} for arrival on {arrived}: {ahead_days} ahead, where {limit_days} are asked for."),
    N_("The receipt of an earlier filing, or another day of arrival."),
    "medium",
    "movement",
    ("filed", "arrival", "carried_by", "mode", "country",),
    N_("40 CFR 84.31; SOR/2016-137 67(1)"),
    _test,
    sector=SECTOR,
)
