"""Parties in the trade: what each is known as and does, what was found about it, and who leads the tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ewglink.rules.quantities import number
from ewglink.rules.trade import Movement, Party, Stream, Trade
from ewglink.rules.wildlife import amount
from ewglink.store.findings import KeptFinding
from ewglink.store.items import Identity
from ewglink.text import N_
from ewglink.workspace.utilisation import known_streams, open_confirmations
from ewglink.workspace.workspace import Workspace

PARTS = {"exporters": N_("Exporter"), "importers": N_("Importer"), "receivers": N_("Receiver"),
         "carriers": N_("Carrier"), "brokers": N_("Broker")}
"""What a party can be of a load: the list of a movement that names it, and its name."""
SHARED = ("address", "phone", "email", "website", "domain")


@dataclass(frozen=True)
class Standing:
    """A party in a table of parties. `findings` are those that name it or a load it exports or receives; `high` those
    of high severity among them; false alarms are not counted. Kilograms are those of loads with a weight: exported as
    shipped, received as stated on arrival, else as shipped; None where not one load has a weight."""

    party: int
    label: str
    type: str
    country: str
    roles: tuple[str, ...]
    loads: int
    exported_kg: float | None
    received_kg: float | None
    findings: int
    high: int
    open_receipts: int
    open_completions: int
    exported_more: tuple[tuple[str, float], ...] = ()
    received_more: tuple[tuple[str, float], ...] = ()
    """Specimens without a mass: unit → how many."""


@dataclass(frozen=True)
class Part:
    """A load as one party sees it: what the party is of it."""

    movement: int
    ref: str
    on: date | None
    parts: tuple[str, ...]
    kg: float | None
    delivered: date | None
    findings: int
    more: tuple[tuple[str, float], ...] = ()
    """Its specimens without a mass: unit → how many."""


@dataclass(frozen=True)
class Profile:
    """All that the trade knows of one party. `shared` is (property, value, other parties that have it too)."""

    party: Party
    standing: Standing
    identities: tuple[Identity, ...]
    parts: tuple[Part, ...]
    streams: tuple[Stream, ...]
    findings: tuple[KeptFinding, ...]
    shared: tuple[tuple[str, str, tuple[tuple[int, str], ...]], ...]
    counts: dict[str, int] = field(default_factory=dict)
    """What it is of loads (a key of `PARTS`) → of how many."""


def kinds_of(movement: Movement, party: int) -> tuple[str, ...]:
    """What a party is of a load."""
    return tuple(key for key in PARTS if party in getattr(movement, key))


def findings_by_party(trade: Trade, findings: Iterable[KeptFinding]) -> dict[int, list[KeptFinding]]:
    """Party → the findings that name it, or a load it exports or receives; false alarms are left out."""
    found: dict[int, dict[int, KeptFinding]] = {}
    for one in findings:
        if one.state == "false":
            continue
        concerned = {item for item in (*one.objects, *one.about) if item in trade.parties}
        for item in one.objects:
            movement = trade.movements.get(item)
            if movement is not None:
                concerned |= {*movement.exporters, *movement.receivers}
        for party in concerned:
            found.setdefault(party, {})[one.id] = one
    return {party: list(rows.values()) for party, rows in found.items()}


def standings(trade: Trade, findings: Sequence[KeptFinding], as_of: date) -> list[Standing]:
    """Every party that has to do with loads, consents or findings: the most findings first, then the most kilograms."""
    by_party = findings_by_party(trade, findings)
    open_kinds: dict[int, list[str]] = {}
    for one in open_confirmations(trade, as_of):
        open_kinds.setdefault(one.movement, []).append(one.kind)
    tally: dict[int, list[Movement]] = {}
    for movement in trade.movements.values():
        for party in {party for key in PARTS for party in getattr(movement, key)}:
            tally.setdefault(party, []).append(movement)
    known = {party for stream in trade.streams.values() for party in (*stream.exporters, *stream.receivers)}
    rows = [_standing(trade.parties[party], tally.get(party, []), by_party.get(party, []), open_kinds)
            for party in {*tally, *by_party, *known} if party in trade.parties]
    return sorted(rows, key=lambda row: (-row.findings, -row.high, -(row.exported_kg or 0) - (row.received_kg or 0),
                                         row.label.casefold(), row.party))


def _standing(party: Party, loads: Sequence[Movement], findings: Sequence[KeptFinding],
              open_kinds: dict[int, list[str]]) -> Standing:
    answerable = [kind for movement in loads if party.id in movement.receivers
                  for kind in open_kinds.get(movement.id, ())]
    return Standing(
        party.id, party.label, party.type, party.country, tuple(sorted(party.roles)), len(loads),
        _mass(_shipped(movement) for movement in loads if party.id in movement.exporters),
        _mass(_arrived(movement) for movement in loads if party.id in movement.receivers
              or not movement.lines and party.id in movement.importers),
        len(findings), sum(one.severity == "high" for one in findings), answerable.count("receipt"),
        answerable.count("completion"), pieces(movement for movement in loads if party.id in movement.exporters),
        pieces(movement for movement in loads if party.id in (movement.receivers or movement.importers)))


def pieces(movements: Iterable[Movement]) -> tuple[tuple[str, float], ...]:
    """What loads hold of specimens that are counted in something that is no mass: each unit with its sum."""
    found: dict[str, float] = {}
    for one in (thing for movement in movements for thing in movement.goods if thing.type == "specimen"):
        quantity = number(one.values.get("quantity"))
        if quantity is not None and amount(one) is None:
            found[one.text("unit")] = found.get(one.text("unit"), 0.0) + quantity
    return tuple(sorted(found.items()))


def _shipped(movement: Movement) -> float | None:
    """The kilograms of a load: of its lines; of wildlife, of its specimens that have a mass."""
    if movement.lines:
        return movement.kg
    known = [kg for one in movement.goods if one.type == "specimen" and (kg := amount(one)) is not None]
    return sum(known) if known else None


def _arrived(movement: Movement) -> float | None:
    """What came of a load, line by line as received where that is stated, else as shipped."""
    if not movement.lines:
        return _shipped(movement)
    weights = [line.kg if line.received_kg is None else line.received_kg for line in movement.lines]
    return None if not weights or None in weights else sum(one for one in weights if one is not None)


def _mass(weights: Iterable[float | None]) -> float | None:
    """The weights together; None where there are loads and not one of them has a weight."""
    every = list(weights)
    known = [one for one in every if one is not None]
    return None if every and not known else sum(known)


def profile(
    workspace: Workspace, trade: Trade, findings: Sequence[KeptFinding], party: int, league: Sequence[Standing]
) -> Profile | None:
    """All that is known of one party (an item as it stands), with its row of the `league`; None where it is none."""
    known = trade.parties.get(party)
    if known is None:
        return None
    mine = findings_by_party(trade, findings).get(party, [])
    of_load: dict[int, int] = {}
    for one in findings:
        for item in one.objects:
            of_load[item] = of_load.get(item, 0) + (one.state != "false")
    parts = [Part(movement.id, movement.ref, movement.shipped, kinds, _shipped(movement), movement.delivered,
                  of_load.get(movement.id, 0), pieces([movement]))
             for movement in trade.movements.values() if (kinds := kinds_of(movement, party))]
    parts.sort(key=lambda part: (part.on or date.max, part.ref, part.movement))
    row = next((one for one in league if one.party == party), None)
    streams = [stream for stream in known_streams(trade)
               if party in {*stream.exporters, *stream.shippers, *stream.receivers, *stream.carriers,
                            *stream.importers}]
    counts = {key: sum(key in part.parts for part in parts) for key in PARTS}
    return Profile(known, row or _standing(known, [], mine, {}), _identities(workspace, party), tuple(parts),
                   tuple(streams), tuple(mine), _shared(trade, known), {key: n for key, n in counts.items() if n})


def _identities(workspace: Workspace, party: int) -> tuple[Identity, ...]:
    merged = [row["id"] for row in workspace.case.items.rows("item", "canonical_id", [party])]
    return tuple(one for found in workspace.case.items.identities([party, *merged]).values() for one in found)


def _shared(trade: Trade, party: Party) -> tuple[tuple[str, str, tuple[tuple[int, str], ...]], ...]:
    """What other parties have in common with this one, as their files write it, without regard to case and blanks."""
    found = []
    for key in SHARED:
        mine = _plain(party.text(key))
        if mine:
            others = [(other.id, other.label) for other in trade.parties.values()
                      if other.id != party.id and _plain(other.text(key)) == mine]
            if others:
                found.append((key, party.text(key), tuple(sorted(others, key=lambda one: one[1].casefold()))))
    return tuple(found)


def _plain(text: str) -> str:
    return "".join(text.casefold().split())
