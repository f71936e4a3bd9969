"""RI-23: a consignee that is open, or changes before arrival."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from ewglink.names.clean import search_key
from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.quantities import number
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Movement, Party, Trade
from ewglink.text import N_

_HOURS = 72
_ORDER = ("to order", "to the order", "a l ordre", "a la orden")


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    loads = [load for role in ("exporters", "importers", "brokers")
             for load in around.loads_as.get((role, party.id), ())]
    if not loads:
        return idle(party, around, "exporter_of", "importer_of")
    ends = around.kept("RI-23", lambda: _ends(around))
    known = False
    for load in loads:
        consigned, imported = ends.get(load.id, (frozenset(), frozenset()))
        open_to = next((one for one in sorted(consigned | imported) if _to_order(trade, one)), None)
        if open_to is not None:
            return Sign(1.0, {"reason": "to order", "consignee": trade.parties[open_to].label}, (load.id,))
        if consigned and imported:
            known = True
            if not any(around.related(one, other) for one in consigned for other in imported):
                return Sign(1.0, {"reason": "consignee differs", "consignee": _label(trade, consigned),
                                  "importer": _label(trade, imported)}, (load.id, *sorted(consigned | imported)))
        hours = _amended(load)
        known = known or hours is not None
        if hours is not None and 0 <= hours < _HOURS:
            return Sign(1.0, {"reason": "amended", "before_arrival_hours": round(hours, 1)}, (load.id,))
    return None if known else lacking(party, "consignee_of", "importer_of", "updated", "arrival")


def _ends(around: Surroundings) -> Mapping[int, tuple[frozenset[int], frozenset[int]]]:
    """Load → its consignees (of the bill of lading) and its importers (of the entry)."""
    found: dict[int, tuple[set[int], set[int]]] = {}
    for bond in around.source.bonds(("consignee_of", "importer_of")):
        sides = found.setdefault(bond.b, (set(), set()))
        sides[bond.type == "importer_of"].add(bond.a)
    return {load: (frozenset(one), frozenset(other)) for load, (one, other) in found.items()}


def _to_order(trade: Trade, party: int) -> bool:
    return party in trade.parties and search_key(trade.parties[party].label).startswith(_ORDER)


def _label(trade: Trade, parties: frozenset[int]) -> str:
    return ", ".join(sorted(trade.parties[one].label for one in parties if one in trade.parties))


def _amended(load: Movement) -> float | None:
    """How many hours before arrival its record was last corrected; None where it was not, or the hours are unknown."""
    if not number(load.values.get("correction_version")):
        return None
    hours = [_moment(load.text(key)) for key in ("updated", "arrival")]
    if hours[0] is None or hours[1] is None:
        return None
    return (hours[1] - hours[0]) / timedelta(hours=1)


def _moment(text: str) -> datetime | None:
    """An instant as local time without its zone; None for a mere date."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None) if len(text) > 10 else None
    except ValueError:
        return None


MEMBER = PlainIndicator(
    "RI-23",
    "trade",
    0.35,
    N_("Consignee changed in transit"),
    N_("The consignee of the bill of lading is not the importer of the entry, the goods go “to order”, or the "
       "record was amended less than 72 hours before arrival."),
    (N_("A bank that is consignee under a letter of credit."),
     N_("A customs broker or forwarder named for notice."),
     N_("Goods sold on the way, as commodities often are."),),
    ("consignee_of", "importer_of", "correction_version", "updated", "arrival",),
    _test,
)
