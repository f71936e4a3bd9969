"""NC-26: more or less was received than shipped."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Said, Setting
from ewglink.rules.judging import broken, missing
from ewglink.rules.limits import limit
from ewglink.rules.plain import PlainRule
from ewglink.rules.quantities import number
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    movement = line.movement
    pieces, counted = number(movement.values.get("pieces")), number(movement.values.get("pieces_received"))
    if line.received is None and counted is None:
        return
    shipped, received = (line.kg, line.received_kg) if line.kg is not None else (line.quantity, line.received)
    if shipped is None or received is None or shipped == 0:
        if pieces is None or counted is None:
            yield from missing(line, "quantity", "quantity_received", "unit")
            return
        shipped, received = pieces, counted
    allowed = limit("weight_variance_pct", movement, trade, setting, movement.delivered or movement.shipped)
    change = (received - shipped) / shipped * 100
    different = pieces is not None and counted is not None and pieces != counted
    if different or (allowed is not None and round(abs(change) - allowed, 9) > 0):
        worst = setting.parameters.value("weight_loss_high_pct") or 100.0
        yield broken(line, None, "high" if round(-change - worst, 9) > 0 else None, shipped_kg=round(shipped, 3),
                     received_kg=round(received, 3), change_pct=round(change, 2), pieces=pieces,
                     received_pieces=counted)


MEMBER = PlainRule(
    "NC-26",
    N_("Weight variance"),
    N_("The quantity received differs from that shipped by more than 10 % in bulk, or the pieces differ; a loss "
       "suggests diversion, a gain under-declaration. High where more than 25 % is lost."),
    N_("Shipped {shipped_kg}, received {received_kg}: {change_pct} difference."),
    N_("Weight tickets of both ends that agree, or a discrepancy report that explains it."),
    "medium",
    "line",
    ("quantity", "quantity_received", "unit", "pieces", "pieces_received",),
    N_("40 CFR 264.72"),
    _test,
)
