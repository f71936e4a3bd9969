"""NC-27: another waste was received than shipped."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Said, Setting
from ewglink.rules.judging import broken, missing
from ewglink.rules.plain import PlainRule
from ewglink.rules.quantities import listed, one_un, plain_code
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    number, codes = one_un(line.values.get("un_received")), {plain_code(one) for one in
                                                              listed(line.values.get("epa_waste_received"))}
    kind = line.text("discrepancy_type").casefold()
    declared = sorted({*line.codes.get("epa_waste", ()), line.un} - {""})
    if number and line.un and number != line.un:
        yield broken(line, declared=declared, recorded=[number])
    elif codes and line.codes.get("epa_waste") and codes != line.codes["epa_waste"]:
        yield broken(line, declared=declared, recorded=sorted(codes))
    elif (number and not line.un) or (codes and not line.codes.get("epa_waste")):
        yield from missing(line, "un" if number and not line.un else "epa_waste")
    elif any(word in kind for word in ("type", "waste", "tipo", "residuo")):
        yield broken(line, declared=declared, recorded=[line.text("discrepancy_comments") or kind])


MEMBER = PlainRule(
    "NC-27",
    N_("Type discrepancy"),
    N_("The facility recorded another waste code, UN number or type than the papers have."),
    N_("Declared {declared}; the facility recorded {recorded}."),
    N_("The facility's analysis and a corrected manifest."),
    "high",
    "line",
    ("discrepancy_type", "un_received", "epa_waste_received",),
    N_("40 CFR 264.72"),
    _test,
)
