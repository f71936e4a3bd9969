"""NC-17: a load without a manifest or movement document."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.judging import crosses, ends, regulated
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Movement, Trade
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    if movement.numbers or not any(regulated(line) for line in movement.lines):
        return
    there = crosses(movement, trade)
    if there is None:
        yield Missing(movement.id, ("exporter_of", "receiver_of", "country"))
    elif there:
        leaves, goes = ends(movement, trade)
        yield Found((movement.id,), {"leaves": leaves, "goes": goes})


MEMBER = PlainRule(
    "NC-17",
    N_("Missing tracking document"),
    N_("A regulated load crosses a border and has no manifest tracking number, movement document or manifiesto."),
    N_("The load is regulated and goes {leaves} → {goes}, but no tracking document is known."),
    N_("The manifest, movement document or manifiesto of the load; spent batteries and universal waste may go "
       "without one in the United States."),
    "high",
    "movement",
    ("mtn", "ca_md_no", "mx_manifest_no", "documented_by",),
    N_("40 CFR 262 subpart H; SOR/2021-25"),
    _test,
)
