"""NC-04: a load that left before its consent began."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Said, Setting
from ewglink.rules.judging import broken, missing
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    stream, shipped = line.stream, line.movement.shipped
    if stream is None:
        return
    if shipped is None or stream.start is None:
        yield from missing(line, "ship_date", "valid_from")
    elif shipped < stream.start:
        yield broken(line, stream, shipped=shipped.isoformat(), start=stream.start.isoformat(),
                     early_days=(stream.start - shipped).days)


MEMBER = PlainRule(
    "NC-04",
    N_("Before window"),
    N_("The shipping date lies before the first day of the consent."),
    N_("Shipped on {shipped}; consent {consent} begins on {start}."),
    N_("A consent that covers the shipping date, or a corrected date."),
    "high",
    "line",
    ("ship_date", "valid_from",),
    N_("40 CFR 262 subpart H; SOR/2021-25"),
    _test,
)
