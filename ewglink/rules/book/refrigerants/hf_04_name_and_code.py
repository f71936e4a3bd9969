"""HF-04: declared name and HS code of different substances."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.reference.refrigerants import codes_for, is_refrigerant_hs, name_and_number
from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.refrigerants import SECTOR, arrived, declared, hs_of, words
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    names, hs, movement = declared(line), hs_of(line), line.movement
    if not names:
        if hs and is_refrigerant_hs(hs):
            yield Missing(movement.id, ("declared",))
        return
    wanted = {code for one in names for code in codes_for(one, arrived(movement))}
    said, numbered = name_and_number(words(line))
    if said and numbered and not numbered <= said:
        yield Found((movement.id,), {"declared": words(line), "hs": hs or None, "expected": sorted(wanted)})
    elif not hs or not wanted:
        yield Missing(movement.id, ("hs",))
    elif hs not in wanted:
        yield Found((movement.id,), {"declared": words(line), "hs": hs, "expected": sorted(wanted)})


MEMBER = PlainRule(
    "HF-04",
    N_("Name and code disagree"),
    N_("The substance named or numbered (CAS) in the declaration is not one that the declared HS code stands"
       " for on the day of arrival, or its name and its CAS number are of two substances."),
    N_("Declared as {declared} under HS {hs}; what is named there belongs under {expected}."),
    N_("A corrected declaration, or evidence that the goods are what the code stands for."),
    "high",
    "line",
    ("declared", "description", "hs", "arrival",),
    N_("HS 2022 chapters 29 and 38; 40 CFR 84.31"),
    _test,
    version="2",
    sector=SECTOR,
)
