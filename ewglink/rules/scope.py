"""What a change touches: the subjects that must be evaluated again, and what has to be read for that."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field

from ewglink.rules.assembling import PARTIES, TRACKING, assemble
from ewglink.rules.contract import Subject
from ewglink.rules.matching import infer
from ewglink.rules.rows import TYPES, neighbours, read_all, read_some
from ewglink.rules.trade import Trade
from ewglink.store.case_file import CaseFile

_OF_MOVEMENT = ("movement_line", "confirmation", "container", "vehicle", "vessel", "document", "manifest", "location")
_OF_STREAM = ("consent", "notice")
MOST = 5_000
"""Movements to be evaluated again, above which everything is."""


@dataclass
class Touched:
    """The subjects to evaluate by kind, and the trade that holds them and what they need."""

    trade: Trade
    scope: dict[Subject, set[int]] = field(default_factory=dict)


def whole_trade(case: CaseFile) -> Trade:
    """Everything in the case that rules look at, with inferred consents."""
    trade = assemble(read_all(case))
    infer(trade)
    return trade


def needs_all(case: CaseFile, changed: Collection[int]) -> bool:
    """Whether everything must be evaluated again: engines and specimens are compared with all others of the case, and
    an allowance with a whole year."""
    with case.reading() as connection:
        return connection.exec_driver_sql(
            "SELECT EXISTS (SELECT 1 FROM item WHERE kind = 'entity' AND type IN ('engine', 'specimen')) OR EXISTS "
            "(SELECT 1 FROM json_each(?) j JOIN item i ON i.id = j.value WHERE i.type = 'allowance')",
            (json.dumps([int(item) for item in changed]),)).scalar() == 1


def touched_trade(case: CaseFile, changed: Collection[int]) -> Touched | None:
    """What `changed` items (entities as they stand now) touch; None where that is so much that the whole is quicker.

    A movement is evaluated anew where it, one of its lines, papers, places or parties changed, where the consent it is
    drawn on did, or where it bears the tracking number of one that did; a stream where anything drawn on it did; a
    party where it or one of its movements did.
    """
    types = _types(case, changed)
    movements, streams, parties = _seeds(case, types)
    movements |= _near(case, _near(case, streams, ("movement_line",)), ("movement",))
    movements |= _of_exporters(case, streams)
    movements |= _same_number(case, movements)
    if len(movements) > MOST:
        return None
    lines = _near(case, movements, ("movement_line",))
    drawn = streams | _near(case, lines, ("consent_stream",))
    actors = parties | _near(case, movements, PARTIES)
    candidates = _near(case, _near(case, actors, ("notice",)), ("consent_stream",)) | _near(
        case, actors, ("consent_stream",))
    scope: dict[Subject, set[int]] = {
        "movement": movements, "line": lines, "tracking": movements, "stream": drawn, "party": actors,
        "notice": _near(case, drawn, ("notice",)) | types.get("notice", set()),
        "declaration": _near(case, movements, ("document",)) | types.get("document", set()),
        "engine": types.get("engine", set()),
        "thing": {item for kind, items in types.items() if kind not in PARTIES for item in items},
    }
    needed = _closure(case, movements, drawn | candidates, actors, changed)
    if len(needed) > MOST * 3:  # reading so many one by one takes longer than reading all
        return None
    trade = assemble(read_some(case, needed), whole=False)
    infer(trade)
    # A tracking group goes by its first movement, which may be one that did not change.
    scope["tracking"] = {group[0].id for group in trade.tracking.values()
                         if any(one.id in movements for one in group)}
    return Touched(trade, scope)


def _closure(
    case: CaseFile, movements: set[int], streams: set[int], actors: set[int], changed: Collection[int]
) -> set[int]:
    """All that must be read so that those subjects are whole: the other loads of each stream and party, and everything
    around them."""
    lines = _near(case, streams, ("movement_line",))
    others = _near(case, lines, ("movement",)) | _near(case, actors, ("movement",))
    every = movements | others
    around = neighbours(case, every)
    inner = {item for item, kind in around.items() if kind == "movement_line"} | lines
    needed = every | set(around) | inner | streams | actors | set(changed)
    needed |= set(neighbours(case, streams)) | set(neighbours(case, inner))
    needed |= {item for item, kind in neighbours(case, actors).items() if kind not in ("movement", "event", "account")}
    return needed


def _types(case: CaseFile, items: Collection[int]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    with case.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT i.type, coalesce(i.canonical_id, i.id) FROM item i JOIN json_each(?) j ON j.value = i.id "
            "WHERE i.kind = 'entity'", (json.dumps([int(item) for item in items]),))
        for kind, item in rows:
            if kind in TYPES:
                found.setdefault(kind, set()).add(item)
    return found


def _seeds(case: CaseFile, types: dict[str, set[int]]) -> tuple[set[int], set[int], set[int]]:
    parties = {item for kind in PARTIES for item in types.get(kind, ())}
    movements = set(types.get("movement", ()))
    movements |= _near(case, {item for kind in _OF_MOVEMENT for item in types.get(kind, ())}, ("movement",))
    lines = _near(case, types.get("confirmation", set()), ("movement_line",))
    movements |= _near(case, lines, ("movement",)) | _near(case, parties, ("movement",))
    streams = set(types.get("consent_stream", ()))
    streams |= _near(case, {item for kind in _OF_STREAM for item in types.get(kind, ())}, ("consent_stream",))
    streams |= _near(case, parties, ("consent_stream",))
    return movements, streams, parties


def _near(case: CaseFile, items: Collection[int], types: Collection[str]) -> set[int]:
    """The neighbours of `items` that are of these types."""
    return {item for item, kind in neighbours(case, items).items() if kind in types} if items else set()


def _of_exporters(case: CaseFile, streams: set[int]) -> set[int]:
    """The loads that might be inferred to fall under changed streams: those of their parties."""
    return _near(case, _near(case, streams, PARTIES), ("movement",)) if streams else set()


def _same_number(case: CaseFile, movements: set[int]) -> set[int]:
    with case.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT DISTINCT coalesce(i.canonical_id, i.id) FROM identity n JOIN json_each(?1) j "
            "ON j.value = n.item_id JOIN identity o ON o.ns = n.ns AND o.value = n.value "
            "JOIN item i ON i.id = o.item_id WHERE n.ns IN (SELECT value FROM json_each(?2)) AND i.type = 'movement'",
            (json.dumps(sorted(movements)), json.dumps(TRACKING)))
        return {row[0] for row in rows}
