"""WL-04: one permit shown for loads of different parties or species."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.reference.cites import species_key
from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.judging import names
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Movement, Thing, Trade
from ewglink.rules.wildlife import SECTOR, is_permit, shown_for, species_of, specimens
from ewglink.text import N_


def _test(permit: Thing, trade: Trade, setting: Setting) -> Iterator[Said]:
    loads = shown_for(permit, trade) if is_permit(permit, trade) else []
    if len(loads) < 2:
        return
    first = _shown(loads[0], trade)
    for load in loads[1:]:
        shown = _shown(load, trade)
        if any(one and other and one != other for one, other in zip(first, shown, strict=True)):
            yield Found((load.id,), {"permit": permit.label, "first": loads[0].ref, "parties": names(
                trade, (*load.exporters, *load.importers))}, (permit.id, loads[0].id))
        elif not all((*first, *shown)):
            yield Missing(load.id, ("exporter_of", "consignee_of", "scientific_name"))


def _shown(load: Movement, trade: Trade) -> tuple[frozenset[object], ...]:
    species = frozenset(species_key(species_of(one, trade)) for one in specimens(load))
    return frozenset(load.exporters), frozenset(load.importers), frozenset(species)


MEMBER = PlainRule(
    "WL-04",
    N_("Permit reused"),
    N_("The same permit, or another under its number, was shown for loads that differ in exporter, importer or species "
       "from the first load it was shown for."),
    N_("Permit {permit} was shown for {parties} after it had been shown for load {first}."),
    N_("A permit of its own for this load, or evidence that the parties are one."),
    "high",
    "thing",
    ("exporter_of", "importer_of", "consignee_of", "scientific_name", "permitted_by",),
    N_("CITES Articles III to V; WAPPRIITA; 50 CFR 23"),
    _test,
    version="2",
    sector=SECTOR,
)
