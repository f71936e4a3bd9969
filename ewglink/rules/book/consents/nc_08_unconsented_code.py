"""NC-08: a waste code that the consent does not name."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Said, Setting
from ewglink.rules.judging import broken, missing
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    stream = line.stream
    if stream is None:
        return
    shared = line.codes.keys() & stream.codes.keys()
    if not shared:
        yield from missing(line, "epa_waste", "basel", "oecd")
        return
    extra = sorted(code for scheme in shared for code in line.codes[scheme] - stream.codes[scheme])
    if extra:
        consented = sorted(code for scheme in shared for code in stream.codes[scheme])
        yield broken(line, stream, codes=extra, consented=consented)


MEMBER = PlainRule(
    "NC-08",
    N_("Unconsented waste code"),
    N_("For a scheme of codes that both the line and the consent carry, the line has a code that the consent "
       "does not have."),
    N_("The load carries {codes}, which consent {consent} does not name; it names {consented}."),
    N_("A consent that names the code, or a corrected code with the analysis behind it."),
    "high",
    "line",
    ("epa_waste", "basel", "ca_waste", "oecd", "y_code", "h_code", "iwic", "creti",),
    N_("40 CFR 262 subpart H; SOR/2021-25"),
    _test,
)
