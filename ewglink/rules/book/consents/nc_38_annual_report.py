"""NC-38: an annual report that does not agree with the loads."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.quantities import in_kg, number
from ewglink.rules.trade import Stream, Trade
from ewglink.text import N_


def _test(stream: Stream, trade: Trade, setting: Setting) -> Iterator[Said]:
    actual = number(stream.values.get("quantity_actual"))
    if actual is None:
        return
    reported, year = in_kg(actual, stream.unit, stream.values), number(stream.values.get("year"))
    lines = [line for line in stream.lines
             if year is None or (line.movement.shipped is not None and line.movement.shipped.year == int(year))]
    weights = [line.kg for line in lines if line.kg is not None]
    if reported is None or len(weights) < len(lines):
        yield Missing(stream.id, ("quantity", "unit"))
        return
    moved, loads = sum(weights), len({line.movement.id for line in lines})
    told = number(stream.values.get("shipments_actual"))
    larger = max(reported, moved)
    allowed = setting.parameters.value("annual_report_pct") or 0.0
    off = bool(larger) and round(abs(reported - moved) / larger * 100 - allowed, 9) > 0
    if off or (told is not None and told != loads):
        yield Found((stream.id,), {"consent": stream.number, "reported_kg": reported, "reported": told,
                                   "moved_kg": round(moved, 3), "loads": loads})


MEMBER = PlainRule(
    "NC-38",
    N_("Annual report gap"),
    N_("The quantity reported for the year differs from the sum of the loads under the consent by more than 5 % "
       "of the larger, or the number of loads differs."),
    N_("Reported {reported_kg} in {reported} loads; the case holds {moved_kg} in {loads}."),
    N_("The missing loads, or a corrected report."),
    "medium",
    "stream",
    ("quantity_actual", "shipments_actual", "year", "unit",),
    N_("40 CFR 262.83(g)"),
    _test,
)
