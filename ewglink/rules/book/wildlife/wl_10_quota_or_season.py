"""WL-10: a quota exceeded, or a load in the closed season."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Thing, Trade
from ewglink.rules.wildlife import SECTOR, amount, country_of, is_permit, is_quota, is_season, loads_within
from ewglink.text import N_


def _test(limit: Thing, trade: Trade, setting: Setting) -> Iterator[Said]:
    if not is_permit(limit, trade) or not (is_quota(limit) or is_season(limit)):
        return
    if not country_of(limit):
        yield Missing(limit.id, ("authority", "country"))
        return
    allowed, total = amount(limit, limit), 0.0
    if is_quota(limit) and allowed is None:
        yield Missing(limit.id, ("quantity", "unit"))
        return
    for movement, weight in loads_within(limit, trade):
        if is_season(limit):
            yield Found((movement.id,), {"limit": limit.label, "total": None, "allowed": None, "unit": ""}, (limit.id,))
        elif weight is None:
            yield Missing(movement.id, ("quantity", "unit"))
        else:
            total += weight
            if allowed is not None and round(total - allowed, 6) > 0:
                yield Found((movement.id,), {"limit": limit.label, "total": round(total, 3), "allowed": allowed,
                                             "unit": limit.text("unit")}, (limit.id,))


MEMBER = PlainRule(
    "WL-10",
    N_("Quota or season"),
    N_("The exports of a species from a country, up to and including this load, are more than the quota of "
       "the period; or the load left in the closed season. Quotas and seasons are records of the case, of "
       "kind quota or closed season."),
    N_("The load falls under the limit {limit}: {total} {unit} were sent, {allowed} allowed (none in a "
       "closed season)."),
    N_("The authority's word that the load was outside the quota or the season."),
    "medium",
    "thing",
    ("kind", "quantity", "unit", "valid_from", "valid_to", "scientific_name", "ship_date",),
    N_("CITES Articles III to V; WAPPRIITA; 50 CFR 23"),
    _test,
    sector=SECTOR,
)
