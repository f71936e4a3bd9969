"""RI-27: a consent used up far too soon, or only at its very end."""

from __future__ import annotations

from collections import defaultdict

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Party, Stream, Trade
from ewglink.text import N_

_LEAST, _LAST = 3, 0.9


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    mine = around.kept("RI-27", lambda: _by_exporter(trade)).get(party.id, [])
    if not mine:
        return idle(party, around, "moved_under") if trade.consented else lacking(party, "moved_under")
    known = 0
    for stream in mine:
        draws = _draws(stream)
        if draws is None or not stream.kg:
            continue
        known += 1
        seen = _anomaly(draws, stream.kg)
        if seen is not None:
            return Sign(1.0, {"consent": stream.label, **seen}, (stream.id,))
    return None if known else lacking(party, "quantity", "valid_from", "valid_to", "ship_date")


def _by_exporter(trade: Trade) -> dict[int, list[Stream]]:
    found: dict[int, list[Stream]] = defaultdict(list)
    for stream in trade.streams.values():
        for party in stream.exporters if stream.lines else ():
            found[party].append(stream)
    return dict(found)


def _draws(stream: Stream) -> list[tuple[float, float]] | None:
    """Each draw: the share of the window that had passed, and the kilograms drawn so far."""
    if stream.start is None or stream.end is None or stream.end <= stream.start:
        return None
    whole, total, found = (stream.end - stream.start).days, 0.0, []
    for line in stream.lines:
        if line.kg is None or line.movement.shipped is None:
            return None
        total += line.kg
        found.append(((line.movement.shipped - stream.start).days / whole, total))
    return found


def _anomaly(draws: list[tuple[float, float]], quantity: float) -> dict[str, object] | None:
    if len(draws) < _LEAST:
        return None
    if min(at for at, _ in draws) >= _LAST:
        return {"first_draw_pct": round(100 * draws[0][0], 1), "drawn_kg": draws[-1][1]}
    middle, height = sum(at for at, _ in draws) / len(draws), sum(kg for _, kg in draws) / len(draws)
    wide = sum((at - middle) ** 2 for at, _ in draws)
    rise = sum((at - middle) * (kg - height) for at, kg in draws) / wide if wide else 0.0
    end = middle + (quantity - height) / rise if rise > 0 else 1.0
    return {"exhausted_pct": round(100 * end, 1), "drawn_kg": draws[-1][1]} if end < 0.5 else None


MEMBER = PlainIndicator(
    "RI-27",
    "trade",
    0.2,
    N_("Unusual use of a consent"),
    N_("The regression of the cumulative draws of a consent (three or more) reaches its quantity before "
       "half of its window, or nothing is drawn until the last 10 % of it; s = 1."),
    (N_("Seasonal work, a shutdown or the clearing of a site."),
     N_("A consent that was asked for one large project."),),
    ("quantity", "unit", "valid_from", "valid_to", "ship_date", "moved_under",),
    _test,
)
