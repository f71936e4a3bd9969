"""NC-13: another importer than the consent has."""

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
    if not movement.importers or not stream.importers:
        yield from missing(line, "importer_of", "authorises_importer")
        return
    strangers = [one for one in movement.importers if not among(trade, one, stream.importers)]
    if strangers:
        yield broken(line, stream, importers=names(trade, strangers), consented=names(trade, stream.importers))


MEMBER = PlainRule(
    "NC-13",
    N_("Importer or consignee mismatch"),
    N_("The importer or consignee of the load is not that of the consent."),
    N_("The importer is {importers}; consent {consent} is for {consented}."),
    N_("A consent that names the importer, or a contract that shows who imported for whom."),
    "high",
    "line",
    ("importer_of", "consignee_of",),
    N_("40 CFR 262 subpart H; SOR/2021-25"),
    _test,
)
