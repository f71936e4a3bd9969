"""NC-12: another exporter than the consent has."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Said, Setting
from ewglink.rules.judging import among, broken, missing, names
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    stream, movement = line.stream, line.movement
    if stream is None:
        return
    exporters = movement.exporters or movement.shippers
    if not exporters or not stream.exporters:
        yield from missing(line, "exporter_of", "authorises_exporter")
        return
    elsewhere = [one for one in movement.shippers if stream.shippers and not among(trade, one, stream.shippers)]
    strangers = [one for one in exporters if not among(trade, one, stream.exporters)] or elsewhere
    if strangers:
        yield broken(line, stream, exporters=names(trade, strangers), consented=names(trade, stream.exporters))


MEMBER = PlainRule(
    "NC-12",
    N_("Exporter or shipper mismatch"),
    N_("The exporter of the load is not that of the consent, or it was shipped from another site than the "
       "consent names."),
    N_("The exporter is {exporters}; consent {consent} is that of {consented}."),
    N_("A consent of that exporter, or a contract that shows who exported for whom."),
    "high",
    "line",
    ("exporter_of", "generator_of", "shipper",),
    N_("40 CFR 262 subpart H; SOR/2021-25"),
    _test,
)
