"""NC-05: a load that left or crossed after its consent ended."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Said, Setting
from ewglink.rules.judging import broken, missing
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    stream, movement = line.stream, line.movement
    if stream is None:
        return
    dates = [day for day in (movement.shipped, movement.crossed) if day is not None]
    if not dates or stream.end is None:
        yield from missing(line, "ship_date", "valid_to")
    elif max(dates) > stream.end:
        yield broken(line, stream, moved=max(dates).isoformat(), end=stream.end.isoformat(),
                     late_days=(max(dates) - stream.end).days)


MEMBER = PlainRule(
    "NC-05",
    N_("After window"),
    N_("The shipping date, or the date of crossing, lies after the last day of the consent."),
    N_("Moved on {moved}; consent {consent} ended on {end}."),
    N_("A consent that covers the date, or a corrected date."),
    "high",
    "line",
    ("ship_date", "cross_date", "valid_to",),
    N_("40 CFR 262 subpart H; SOR/2021-25"),
    _test,
)
