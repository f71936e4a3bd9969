"""NC-22: a pre-report sent too late."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.reference.working_days import working_days
from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.judging import ends
from ewglink.rules.plain import PlainRule
from ewglink.rules.quantities import day
from ewglink.rules.trade import Movement, Trade
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    leaves, goes = ends(movement, trade)
    if movement.shipped is None or not (leaves and goes):
        if movement.part_a is not None:
            yield Missing(movement.id, ("ship_date", "country"))
        return
    allowed = setting.parameters.value("part_a_working_days", "CA", movement.shipped)
    if "CA" in (leaves, goes) and movement.part_a is not None and allowed is not None:
        days = working_days(movement.shipped, movement.part_a, "CA")
        if days > allowed:
            yield Found((movement.id,), {"shipped": movement.shipped.isoformat(), "limit": int(allowed),
                                         "reported": movement.part_a.isoformat(), "working": days})
    filed = day(movement.values.get("filed"))
    if leaves == "US" and goes != "US" and filed is not None and filed > movement.shipped:
        yield Found((movement.id,), {"shipped": movement.shipped.isoformat(), "reported": filed.isoformat(),
                                     "working": working_days(movement.shipped, filed, "US"), "limit": 0})


MEMBER = PlainRule(
    "NC-22",
    N_("Late Part A or pre-report"),
    N_("Canada: more than 3 working days lie between shipping and the sending of Part A. United States: the "
       "export information was filed after departure."),
    N_("Shipped on {shipped}, reported on {reported}: {working} working days after; {limit} are allowed."),
    N_("Part A or the filing dated within the limit."),
    "low",
    "movement",
    ("part_a_date", "filed", "ship_date",),
    N_("SOR/2021-25 16(2), 28(2); 15 CFR 30"),
    _test,
)
