"""WL-09: re-export of what was never imported."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Party, Trade
from ewglink.rules.wildlife import SECTOR, sent_on
from ewglink.text import N_


def _test(party: Party, trade: Trade, setting: Setting) -> Iterator[Said]:
    for one in sent_on(party, trade):
        if one.came == 0:
            yield Found((one.movement.id,), {"party": party.label, "species": one.species,
                                             "permit": one.permits[0].label}, (party.id, one.permits[0].id))
        elif one.came is None:
            yield Missing(one.movement.id, ("quantity", "unit"))


MEMBER = PlainRule(
    "WL-09",
    N_("Re-export without import"),
    N_("A load leaves under a re-export certificate, and the exporter never imported the species before."),
    N_("{party} sent on {species} under certificate {permit}, and no import of it before is known."),
    N_("The import permit and the record of the import."),
    "high",
    "party",
    ("kind", "scientific_name", "exporter_of", "consignee_of", "importer_of",),
    N_("CITES Articles III to V; WAPPRIITA; 50 CFR 23"),
    _test,
    sector=SECTOR,
)
