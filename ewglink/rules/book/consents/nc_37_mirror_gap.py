"""NC-37: exports and imports that do not mirror each other."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.customs import mirror, unplaced
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Trade
from ewglink.text import N_


def _test(_case: Trade, trade: Trade, setting: Setting) -> Iterator[Said]:
    for record in unplaced(trade):
        yield Missing(record.id, ("date", "net_kg", "hs"))
    for gap in mirror(trade):
        larger = max(gap.exported, gap.imported)
        difference = abs(gap.exported - gap.imported)
        if (difference > (setting.parameters.value("mirror_gap_kg") or 0.0)
                and round(difference / larger * 100, 9) > (setting.parameters.value("mirror_gap_pct") or 0.0)):
            yield Found(tuple(sorted(gap.records)), {"pair": f"{gap.leaves}-{gap.goes}", "hs": gap.hs,
                                                     "quarter": gap.quarter, "exported_kg": gap.exported,
                                                     "imported_kg": gap.imported})


MEMBER = PlainRule(
    "NC-37",
    N_("Mirror gap"),
    N_("For a pair of countries, an HS code and a quarter, exports and imports differ by more than 10 % of the "
       "larger and by more than 20 t."),
    N_("{pair}, HS {hs}, {quarter}: exports {exported_kg}, imports {imported_kg}."),
    N_("The missing declarations, or a difference of classification that explains it."),
    "medium",
    "case",
    ("hs", "date", "net_kg", "direction",),
    N_("Domain practice"),
    _test,
)
