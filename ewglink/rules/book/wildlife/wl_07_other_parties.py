"""WL-07: exporter or importer other than on the permit."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.judging import among, names
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Movement, Trade
from ewglink.rules.wildlife import SECTOR, known_permits, parties_of, specimens
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    for permit in known_permits(movement) if specimens(movement) else ():
        exporters, importers = parties_of(permit, trade)
        for role, actual, allowed in (("exporter", movement.exporters, exporters),
                                      ("importer", movement.importers or movement.receivers, importers)):
            if not allowed:
                continue
            if not actual:
                yield Missing(movement.id, (f"{role}_of",))
            elif not all(among(trade, party, allowed) for party in actual):
                yield Found((movement.id,), {"role": role, "actual": names(trade, actual),
                                             "allowed": names(trade, allowed), "permit": permit.label}, (permit.id,))


MEMBER = PlainRule(
    "WL-07",
    N_("Other parties than on the permit"),
    N_("The exporter or importer of the load is not the one that its permit names."),
    N_("The {role} is {actual}; permit {permit} names {allowed}."),
    N_("Evidence that the parties are one, or a permit made out to this party."),
    "high",
    "movement",
    ("exporter_of", "importer_of", "consignee_of", "authorises_exporter", "authorises_importer",),
    N_("CITES Articles III to V; WAPPRIITA; 50 CFR 23"),
    _test,
    sector=SECTOR,
)
