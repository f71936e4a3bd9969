"""WL-03: more was sent under a permit than it allows."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Thing, Trade
from ewglink.rules.wildlife import SECTOR, amount, drawn_on, is_permit
from ewglink.text import N_


def _test(permit: Thing, trade: Trade, setting: Setting) -> Iterator[Said]:
    """The sum up to and including each load, in the order of shipping, against the quantity of the permit."""
    if not is_permit(permit, trade) or permit.id not in trade.drawn:
        return
    allowed = amount(permit, permit)
    if allowed is None:
        yield Missing(permit.id, ("quantity", "unit"))
        return
    total = 0.0
    for movement, weight in drawn_on(permit, trade):
        if weight is None:
            yield Missing(movement.id, ("quantity", "unit"))
            continue
        total += weight
        if round(total - allowed, 6) > 0:
            yield Found((movement.id,), {"permit": permit.label, "drawn": round(total, 3), "allowed": allowed,
                                         "excess": round(total - allowed, 3), "unit": permit.text("unit"),
                                         "first": round(total - weight - allowed, 6) <= 0}, (permit.id,))


MEMBER = PlainRule(
    "WL-03",
    N_("Permit exceeded"),
    N_("The sum of what was sent under a permit, up to and including this load in the order of crossing, is "
       "more than the quantity on the permit."),
    N_("With this load {drawn} {unit} were sent under permit {permit}, which allows {allowed}: {excess} too "
       "much."),
    N_("A second permit for the rest, or corrected quantities."),
    "high",
    "thing",
    ("quantity", "unit", "ship_date", "permitted_by",),
    N_("CITES Articles III to V; WAPPRIITA; 50 CFR 23"),
    _test,
    sector=SECTOR,
)
