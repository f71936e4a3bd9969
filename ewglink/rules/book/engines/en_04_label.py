"""EN-04: an emission label that is missing, false or removable."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.engines import SECTOR, label_fault
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Thing, Trade
from ewglink.text import N_


def _test(engine: Thing, trade: Trade, setting: Setting) -> Iterator[Said]:
    fault = label_fault(engine)
    if fault is None:
        yield Missing(engine.id, ("label_present",))
    elif fault:
        yield Found((engine.id,), {"label": engine.text("label_present")})


MEMBER = PlainRule(
    "EN-04",
    N_("Label missing or false"),
    N_("The emission control label is missing, false, illegible or removable."),
    N_("The emission label was reported as “{label}”."),
    N_("A photograph of the permanently affixed label."),
    "high",
    "engine",
    ("label_present",),
    N_("40 CFR 1068.45; SOR/2003-2"),
    _test,
    sector=SECTOR,
)
