"""NC-10: another operation than was consented to."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.reference.operations import is_interim, kind_of, operation
from ewglink.rules.contract import Said, Setting
from ewglink.rules.judging import broken, missing
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    stream = line.stream
    if stream is None:
        return
    done = [code for code in (line.op, *(one.op for one in line.confirmations)) if code]
    allowed = {operation(code) for code in stream.operations}
    if not done or not allowed:
        yield from missing(line, "op_code", "operations")
        return
    for code in done:
        if operation(code) in allowed:
            continue
        disposed = kind_of(code) == "disposal" and all(kind_of(one) == "recovery" for one in allowed)
        delayed = is_interim(code) and not any(is_interim(one) for one in allowed)
        yield broken(line, stream, "high" if disposed or delayed else None, operation=code,
                     consented=sorted(stream.operations))
        return


MEMBER = PlainRule(
    "NC-10",
    N_("Operation mismatch"),
    N_("The operation declared or performed is not among those of the consent, after the equivalence of "
       "Canadian and US codes; high where recovery became disposal, or a final operation an interim one."),
    N_("The operation is {operation}; consent {consent} is for {consented}."),
    N_("A consent for that operation, or the facility's record that the consented one was performed."),
    "medium",
    "line",
    ("op_code", "operations", "management_method",),
    N_("40 CFR 262 subpart H; SOR/2021-25"),
    _test,
)
