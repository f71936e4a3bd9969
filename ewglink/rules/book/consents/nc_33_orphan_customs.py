"""NC-33: a customs record without a load."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.reference.hs_codes import is_regulated
from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.customs import fits, loads_near, north_american
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Declaration, Trade
from ewglink.text import N_


def _test(declaration: Declaration, trade: Trade, setting: Setting) -> Iterator[Said]:
    if declaration.movements or not is_regulated(declaration.hs) or not north_american(declaration, trade):
        return
    if declaration.on is None or declaration.kg is None:
        yield Missing(declaration.id, ("date", "net_kg"))
        return
    if not any(fits(declaration, movement, trade, setting) for movement in loads_near(declaration, trade, setting)):
        yield Found((declaration.id,), {"date": declaration.on.isoformat(), "hs": declaration.hs,
                                        "declared_kg": declaration.kg})


MEMBER = PlainRule(
    "NC-33",
    N_("Orphan customs record"),
    N_("A customs record of a regulated HS code between two North American countries has no load of the same "
       "parties within 7 days and 10 % of the quantity."),
    N_("The customs record of {date} (HS {hs}, {declared_kg}) has no matching load."),
    N_("The manifest of the load, or evidence that the goods are not regulated."),
    "high",
    "declaration",
    ("date", "hs", "net_kg",),
    N_("Domain practice"),
    _test,
)
