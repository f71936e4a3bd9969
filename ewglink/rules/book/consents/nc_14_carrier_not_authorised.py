"""NC-14: a carrier that the consent does not name, or whose licence had ended."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Said, Setting
from ewglink.rules.judging import among, broken, missing, names
from ewglink.rules.plain import PlainRule
from ewglink.rules.quantities import day
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    stream, movement = line.stream, line.movement
    if stream is None or (not stream.carriers and not movement.carriers):
        return
    if not movement.carriers:
        yield from missing(line, "carrier_of")
        return
    strangers = [one for one in movement.carriers if stream.carriers and not among(trade, one, stream.carriers)]
    for one in movement.carriers:
        known, shipped = trade.parties[one], movement.shipped
        start, end = day(known.values.get("valid_from")), day(known.values.get("valid_to"))
        if shipped is not None and one not in strangers and ((start and shipped < start) or (end and shipped > end)):
            strangers.append(one)
    if strangers:
        yield broken(line, stream, carriers=names(trade, strangers), consented=names(trade, stream.carriers))


MEMBER = PlainRule(
    "NC-14",
    N_("Carrier not authorised"),
    N_("A carrier of the load is not among those the consent names, or its licence was not valid on the "
       "shipping date."),
    N_("Carried by {carriers}; consent {consent} names {consented}."),
    N_("The carrier's authorisation valid on the shipping date, or a consent that names it."),
    "medium",
    "line",
    ("carrier_of", "carriers", "valid_from", "valid_to",),
    N_("40 CFR 262 subpart H; SOR/2021-25"),
    _test,
)
