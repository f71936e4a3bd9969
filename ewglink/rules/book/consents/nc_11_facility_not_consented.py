"""NC-11: a receiver that the consent does not name."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Said, Setting
from ewglink.rules.judging import among, broken, missing, names
from ewglink.rules.likeness import alike
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    stream = line.stream
    if stream is None:
        return
    receivers, allowed = line.movement.receivers, stream.receivers
    if not receivers or not allowed:
        yield from missing(line, "receiver_of", "authorises_final_facility")
        return
    strangers = [party for party in receivers if not among(trade, party, allowed)]
    if strangers:
        verify = all(any(alike(trade.parties[one], trade.parties[other]) for other in allowed
                         if other in trade.parties) for one in strangers)
        yield broken(line, stream, "medium" if verify else None, receivers=names(trade, strangers),
                     consented=names(trade, allowed), verify=verify)


MEMBER = PlainRule(
    "NC-11",
    N_("Facility not on consent"),
    N_("The facility that received the load is neither an interim nor a final facility of the consent; medium, "
       "to be verified, where its address or name is that of one."),
    N_("The load went to {receivers}; consent {consent} is for {consented}."),
    N_("A consent that names the facility, or evidence that the two are one site."),
    "high",
    "line",
    ("receiver_of", "interim_facility", "final_facility",),
    N_("40 CFR 262 subpart H; SOR/2021-25"),
    _test,
)
