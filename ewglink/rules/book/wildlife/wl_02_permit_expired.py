"""WL-02: a permit that was no longer valid at the crossing."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.quantities import day
from ewglink.rules.trade import Movement, Trade
from ewglink.rules.wildlife import SECTOR, crossing, known_permits, specimens, unknown_permits
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    if not specimens(movement):
        return
    on = crossing(movement)
    for permit in (*known_permits(movement), *unknown_permits(movement)):
        end = day(permit.values.get("valid_to"))
        if on is None or end is None:
            yield Missing(movement.id, ("ship_date", "valid_to"))
        elif on > end:
            yield Found((movement.id,), {"permit": permit.label, "valid_to": end.isoformat(), "crossed": on.isoformat(),
                                         "over_days": (on - end).days}, (permit.id,))


MEMBER = PlainRule(
    "WL-02",
    N_("Permit expired"),
    N_("The load crossed the border after the last day of its permit."),
    N_("The load crossed on {crossed} under permit {permit}, which was valid to {valid_to}."),
    N_("A permit that was valid on that day, or evidence of an earlier crossing."),
    "high",
    "movement",
    ("valid_to", "ship_date", "cross_date", "permitted_by",),
    N_("CITES Article VI; Resolution Conf. 12.3 (Rev. CoP19)"),
    _test,
    sector=SECTOR,
)
