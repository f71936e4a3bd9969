"""Refusals that stand behind a load which names no consent."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.parties import by_exporter
from ewglink.rules.quantities import day
from ewglink.rules.trade import Movement, Stream, Trade


def refused_before(movement: Movement, trade: Trade) -> Iterator[Stream]:
    """The streams of the same exporter for the same receiver that were objected to before the load was shipped.

    The date of the objection is the decision's, else the notice's; one without any date counts as before.
    """
    known = by_exporter(trade)
    mine = {stream.id: stream for party in {*movement.exporters, *movement.shippers} for stream in known.get(party, ())
            if stream.status == "OBJECTED"}
    for _id, stream in sorted(mine.items()):
        if not (stream.receivers | stream.importers) & set(movement.receivers):
            continue
        dated = [day(stream.values.get("issued")), stream.start,
                 stream.notice.submitted if stream.notice is not None else None]
        when = next((one for one in dated if one is not None), None)
        if when is None or movement.shipped is None or when <= movement.shipped:
            yield stream
