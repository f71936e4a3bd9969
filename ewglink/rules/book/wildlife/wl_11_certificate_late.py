"""WL-11: a re-export certificate issued too late, or for more than came in."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.quantities import day
from ewglink.rules.trade import Party, Trade
from ewglink.rules.wildlife import SECTOR, crossing, sent_on
from ewglink.text import N_


def _test(party: Party, trade: Trade, setting: Setting) -> Iterator[Said]:
    for one in sent_on(party, trade):
        if one.came == 0:
            continue  # never imported: WL-09
        left = crossing(one.movement)
        issued = day(one.permits[0].values.get("issued"))
        if one.came is None or one.went is None or left is None or issued is None:
            yield Missing(one.movement.id, ("quantity", "unit", "issued", "ship_date"))
            continue
        if issued > left or round(one.went - one.came, 6) > 0:
            yield Found((one.movement.id,), {
                "permit": one.permits[0].label, "species": one.species, "came_kg": round(one.came, 3),
                "went_kg": round(one.went, 3), "issued": issued.isoformat(), "left": left.isoformat()},
                (party.id, one.permits[0].id))


MEMBER = PlainRule(
    "WL-11",
    N_("Certificate late or for too much"),
    N_("A re-export certificate was issued after the goods left, or with this load more of the species was "
       "sent on than the exporter had imported before."),
    N_("Certificate {permit} of {issued}: the load left on {left}; {went_kg} of {species} were sent on, "
       "{came_kg} had come in."),
    N_("Import records for the rest, or a certificate issued before the goods left."),
    "high",
    "party",
    ("issued", "quantity", "unit", "ship_date", "scientific_name",),
    N_("CITES Articles III to V; WAPPRIITA; 50 CFR 23"),
    _test,
    sector=SECTOR,
)
