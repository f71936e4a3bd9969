"""NC-34: a load without a customs record."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.customs import fits, records_near
from ewglink.rules.judging import crosses, regulated
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Movement, Trade
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    if movement.declarations or not any(regulated(line) for line in movement.lines) or not crosses(movement, trade):
        return
    if not trade.declared:
        yield Missing(movement.id, ("declared_as",))
        return
    if movement.shipped is None or movement.kg is None:
        yield Missing(movement.id, ("ship_date", "quantity"))
    elif not any(fits(one, movement, trade, setting) for one in records_near(movement, trade, setting)):
        yield Found((movement.id,), {"shipped": movement.shipped.isoformat(), "shipped_kg": movement.kg})


MEMBER = PlainRule(
    "NC-34",
    N_("Movement without customs record"),
    N_("A regulated load crosses a border and no customs record of the same parties lies within 7 days and 10 % "
       "of the quantity, though the case holds customs records of that country."),
    N_("No customs record matches the load shipped on {shipped} ({shipped_kg})."),
    N_("The export or import declaration of the load."),
    "medium",
    "movement",
    ("declared_as", "ship_date", "quantity",),
    N_("Domain practice"),
    _test,
)
