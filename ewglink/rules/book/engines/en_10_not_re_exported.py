"""EN-10: a temporary import that did not leave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.engines import SECTOR, entries, is_departure, is_temporary
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Thing, Trade
from ewglink.text import N_


def _test(engine: Thing, trade: Trade, setting: Setting) -> Iterator[Said]:
    every = entries(engine, trade)
    for entry in (one for one in every if is_temporary(one)):
        if entry.on is None:
            yield Missing(engine.id, ("start",))
            continue
        allowed = setting.parameters.value("temporary_import_days", trade.country(entry.importers), entry.on) or 0.0
        last = entry.on + timedelta(days=int(allowed))
        left = [one.on for one in every if is_departure(one) and one.on is not None and one.on >= entry.on]
        if min(left, default=setting.as_of) > last:
            yield Found((engine.id,), {"came": entry.on.isoformat(), "limit_days": int(allowed),
                                       "left": min(left).isoformat() if left else None}, (entry.id,))


MEMBER = PlainRule(
    "EN-10",
    N_("Temporary import not re-exported"),
    N_("A unit that came in for a time (tests, exhibition, repair) did not leave within the days allowed."),
    N_("The unit came in for a time on {came}; {limit_days} are allowed, and it left on {left}."),
    N_("The export declaration, or an extension that was granted before the last day."),
    "medium",
    "engine",
    ("event_kind", "start",),
    N_("40 CFR 1068.325; SOR/2003-2 41"),
    _test,
    sector=SECTOR,
)
