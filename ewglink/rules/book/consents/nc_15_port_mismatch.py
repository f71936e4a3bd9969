"""NC-15: a crossing that the consent does not name."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Said, Setting
from ewglink.rules.judging import broken, missing
from ewglink.rules.plain import PlainRule
from ewglink.rules.ports import port_keys
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    stream, movement = line.stream, line.movement
    if stream is None:
        return
    allowed = {key for place in stream.ports for key in port_keys(place)}
    used = [*movement.exits, *movement.entries]
    if not allowed or not used:
        yield from missing(line, "exit_port", "entry_port")
        return
    if any(not port_keys(place) & allowed for place in used):
        yield broken(line, stream, exit=[place.label for place in movement.exits],
                     entry=[place.label for place in movement.entries],
                     consented=[place.label for place in stream.ports])


MEMBER = PlainRule(
    "NC-15",
    N_("Port mismatch"),
    N_("The actual point of exit or entry is not among the ports of the consent, compared by customs code, "
       "UN/LOCODE and known names."),
    N_("The load left by {exit} and entered by {entry}; consent {consent} names {consented}."),
    N_("An amended consent that names the port, or the customs record of another crossing."),
    "medium",
    "line",
    ("exit_port", "entry_port", "departed_from", "arrived_at",),
    N_("40 CFR 262 subpart H; SOR/2021-25"),
    _test,
)
