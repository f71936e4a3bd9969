"""NC-19: a tracking number that cannot be one."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.identifiers.catalogue import check
from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Movement, Trade
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    for scheme, number in movement.numbers.items():
        said = check(scheme, number)
        if said.placeholder:
            yield Missing(movement.id, (scheme,))
        elif said.status == "fail" or said.code == "unknown_suffix":
            yield Found((movement.id,), {"number": number, "scheme": scheme, "reason": said.code})


MEMBER = PlainRule(
    "NC-19",
    N_("Invalid tracking number"),
    N_("A manifest tracking number or movement document number does not have its form, or ends in no known "
       "suffix."),
    N_("The tracking number {number} is not a valid one."),
    N_("The number as it is printed on the document."),
    "low",
    "movement",
    ("mtn", "ca_md_no", "mx_manifest_no",),
    N_("40 CFR 262 subpart H; SOR/2021-25"),
    _test,
)
