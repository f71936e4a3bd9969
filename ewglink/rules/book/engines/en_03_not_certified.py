"""EN-03: an engine family without a certificate."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.engines import FAMILY_LENGTH, SECTOR, certified, family
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Thing, Trade
from ewglink.text import N_


def _test(engine: Thing, trade: Trade, setting: Setting) -> Iterator[Said]:
    known = certified(trade)
    if len(family(engine)) != FAMILY_LENGTH or not known:
        yield Missing(engine.id, ("engine_family", "certified_under"))
    elif family(engine) not in known:
        yield Found((engine.id,), {"family": family(engine), "count": len(known)})


MEMBER = PlainRule(
    "EN-03",
    N_("No certificate"),
    N_("The engine family is on none of the certificates of conformity in the case. Not evaluable while the "
       "case has no certificates."),
    N_("Engine family {family} is on no certificate in the case ({count} families are)."),
    N_("The certificate of conformity of that family."),
    "high",
    "engine",
    ("engine_family",),
    N_("40 CFR 1068; 40 CFR 1039, 1048, 1051, 1054; SOR/2003-2; SOR/2003-355; SOR/2020-258"),
    _test,
    sector=SECTOR,
)
