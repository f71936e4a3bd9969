"""What indicators see beside the trade: events, accounts, calls, payments, positions, and who shares what with whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, TypeVar

from ewglink.identifiers.placeholders import is_placeholder
from ewglink.names.addresses import address_key
from ewglink.rules.assembling import shipping_order
from ewglink.rules.contacts import contact_keys
from ewglink.rules.judging import regulated
from ewglink.rules.quantities import listed
from ewglink.rules.trade import Movement, Thing, Trade

Made = TypeVar("Made")
POSITION = "position"
CALLS = ("called", "messaged", "emailed")
CONTACT = ("has_account", "uses_phone")
STAYS = ("located_at", "registered_at", "mailing_at")
OFFICES = ("director_of", "officer_of", "legal_representative_of")
ROLES = ("exporters", "shippers", "importers", "receivers", "carriers", "brokers")
"""The lists of a `Movement` that hold parties."""


@dataclass(frozen=True)
class Bond:
    """A link as it is read for indicators: ends as they stand after merging, in its own direction; `start` and `end`
    are ISO texts (a date, or an instant), `values` all that the link shows."""

    id: int
    type: str
    a: int
    b: int
    start: str | None = None
    end: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Stated:
    """One statement of a property: what was said, for when, and the order it was recorded in."""

    property: str
    value: Any
    start: str | None
    end: str | None
    order: int


class Source(Protocol):
    """Where surroundings are read from."""

    def things(self, types: Iterable[str]) -> dict[int, Thing]:
        """All items of these types with what they show."""
        ...

    def bonds(self, types: Iterable[str]) -> list[Bond]:
        """All links of these types, by id."""
        ...

    def stated(self, types: Iterable[str]) -> dict[int, list[Stated]]:
        """Every statement on items of these types, by item, in the order they were recorded."""
        ...


class Surroundings:
    """Read in parts, each when it is first asked for and once; indexes by party are built in one pass each."""

    def __init__(self, trade: Trade, source: Source) -> None:
        self.trade = trade
        self.source = source
        self._kept: dict[str, Any] = {}

    def kept(self, name: str, make: Callable[[], Made]) -> Made:
        """An index that an indicator needs for all its subjects: made at the first call with this name (use the
        indicator's key), then kept."""
        if name not in self._kept:
            self._kept[name] = make()
        made: Made = self._kept[name]
        return made

    # parts

    @cached_property
    def accounts(self) -> dict[int, Thing]:
        """Telephones, e-mail addresses, domains, bank accounts."""
        return self.source.things(("account",))

    @cached_property
    def _all_events(self) -> dict[int, Thing]:
        return self.source.things(("event",))

    @cached_property
    def events(self) -> dict[int, Thing]:
        """Events without positions."""
        return {item: one for item, one in self._all_events.items() if event_kind(one) != POSITION}

    @cached_property
    def positions(self) -> dict[int, list[Thing]]:
        """Vessel → its positions, by time (`start`, `latitude`, `longitude`, `speed_knots`)."""
        found: dict[int, list[Thing]] = defaultdict(list)
        for bond in self._participations:
            event = self._all_events.get(bond.b)
            if event is not None and event_kind(event) == POSITION:
                found[bond.a].append(event)
        for spots in found.values():
            spots.sort(key=lambda one: (one.text("start"), one.id))
        return dict(found)

    @cached_property
    def _participations(self) -> list[Bond]:
        return self.source.bonds(("participated_in",))

    @cached_property
    def events_of(self) -> dict[int, list[tuple[Thing, str]]]:
        """Item → the events it took part in with its role, by time; without positions."""
        found: dict[int, list[tuple[Thing, str]]] = defaultdict(list)
        for bond in self._participations:
            if bond.b in self.events:
                found[bond.a].append((self.events[bond.b], str(bond.values.get("role") or "").casefold()))
        for each in found.values():
            each.sort(key=lambda pair: (pair[0].text("start"), pair[0].id))
        return dict(found)

    @cached_property
    def calls(self) -> list[Bond]:
        """Calls and messages between accounts, by time."""
        return sorted(self.source.bonds(CALLS), key=lambda bond: (bond.start or "", bond.id))

    @cached_property
    def payments(self) -> list[Bond]:
        """Payments between accounts or parties, by time; `amount`, `currency`, `reference` in their values."""
        return sorted(self.source.bonds(("paid",)), key=lambda bond: (bond.start or "", bond.id))

    @cached_property
    def offices(self) -> list[Bond]:
        """Directors, officers and legal representatives: person → organization."""
        return self.source.bonds(OFFICES)

    @cached_property
    def vessels(self) -> dict[int, Thing]:
        """Vessels."""
        return self.source.things(("vessel",))

    # who shares what

    @cached_property
    def owner_of(self) -> dict[int, set[int]]:
        """Account → the parties that have or use it."""
        found: dict[int, set[int]] = defaultdict(set)
        for bond in self.source.bonds(CONTACT):
            found[bond.b].add(bond.a)
        return dict(found)

    @cached_property
    def accounts_of(self) -> dict[int, set[int]]:
        """Party → its accounts."""
        found: dict[int, set[int]] = defaultdict(set)
        for account, owners in self.owner_of.items():
            for owner in owners:
                found[owner].add(account)
        return dict(found)

    @cached_property
    def directors_of(self) -> dict[int, set[int]]:
        """Organization → its directors, officers and representatives."""
        found: dict[int, set[int]] = defaultdict(set)
        for bond in self.offices:
            found[bond.b].add(bond.a)
        return dict(found)

    @cached_property
    def offices_at(self) -> dict[int, list[Bond]]:
        """Organization → its offices."""
        found: dict[int, list[Bond]] = defaultdict(list)
        for bond in self.offices:
            found[bond.b].append(bond)
        return dict(found)

    @cached_property
    def employers(self) -> frozenset[int]:
        """Organizations that have employees."""
        return frozenset(bond.b for bond in self.source.bonds(("employee_of",)))

    @cached_property
    def stays(self) -> dict[int, list[int]]:
        """Item → the places it is at, is registered at or has letters sent to."""
        found: dict[int, list[int]] = defaultdict(list)
        for bond in self.source.bonds(STAYS):
            found[bond.a].append(bond.b)
        return dict(found)

    @cached_property
    def directs(self) -> dict[int, set[int]]:
        """Person → the organizations of which they are a director (no other office)."""
        found: dict[int, set[int]] = defaultdict(set)
        for bond in self.offices:
            if bond.type == "director_of":
                found[bond.a].add(bond.b)
        return dict(found)

    @cached_property
    def addresses(self) -> dict[int, frozenset[str]]:
        """Party → its addresses as keys, written in it or at the places it stays at."""
        found: dict[int, set[str]] = {item: _keys(party, ("address", "mailing_address"), address_key)
                                      for item, party in self.trade.parties.items()}
        for item in set(self.stays) & set(found):
            for place in self.stays[item]:
                if place in self.trade.places:
                    found[item] |= _keys(self.trade.places[place], ("address",), address_key)
        return {item: frozenset(keys - {""}) for item, keys in found.items()}

    @cached_property
    def at_address(self) -> dict[str, frozenset[int]]:
        """Address key → the parties there."""
        return turned(self.addresses)

    @cached_property
    def contacts(self) -> dict[int, frozenset[str]]:
        """Party → its telephones (`phone:`), e-mail addresses (`email:`) and domains of its own (`domain:`)."""
        found = {item: contact_keys(party) for item, party in self.trade.parties.items()}
        for account, owners in self.owner_of.items():
            keys = contact_keys(self.accounts[account]) if account in self.accounts else set()
            for owner in owners & set(found):
                found[owner] |= keys
        return {item: frozenset(keys) for item, keys in found.items()}

    @cached_property
    def with_contact(self) -> dict[str, frozenset[int]]:
        """Telephone, e-mail address or domain → the parties that use it."""
        return turned(self.contacts)

    # loads by party

    @cached_property
    def loads(self) -> dict[int, list[Movement]]:
        """Party → every load it has to do with, in the order of shipping."""
        found: dict[int, list[Movement]] = defaultdict(list)
        for movement in sorted(self.trade.movements.values(), key=shipping_order):
            for party in {one for role in ROLES for one in getattr(movement, role)}:
                found[party].append(movement)
        return dict(found)

    @cached_property
    def regulated_loads(self) -> dict[int, list[Movement]]:
        """Party → its loads of regulated goods, in the order of shipping: such a party is a regulated actor."""
        known = {one.id for one in self.trade.movements.values() if any(regulated(line) for line in one.lines)}
        found = {party: [one for one in loads if one.id in known] for party, loads in self.loads.items()}
        return {party: loads for party, loads in found.items() if loads}

    @cached_property
    def clients(self) -> dict[int, frozenset[int]]:
        """Party → everyone else it has loads with."""
        found: dict[int, set[int]] = defaultdict(set)
        for movement in self.trade.movements.values():
            every = {one for role in ROLES for one in getattr(movement, role)}
            for party in every:
                found[party] |= every - {party}
        return {party: frozenset(others) for party, others in found.items()}

    @cached_property
    def loads_as(self) -> dict[tuple[str, int], list[Movement]]:
        """(list of a movement, such as `carriers`; party) → its loads in that role, in the order of shipping."""
        found: dict[tuple[str, int], list[Movement]] = defaultdict(list)
        for movement in sorted(self.trade.movements.values(), key=shipping_order):
            for role in ROLES:
                for party in getattr(movement, role):
                    found[role, party].append(movement)
        return dict(found)

    @cached_property
    def _over(self) -> dict[int, set[int]]:
        """Organization or facility → who owns, controls or runs it, or is its parent."""
        found: dict[int, set[int]] = defaultdict(set)
        for bond in self.source.bonds(("owns", "controls", "operates", "manages")):
            found[bond.b].add(bond.a)
        for bond in self.source.bonds(("subsidiary_of", "branch_of")):
            found[bond.a].add(bond.b)
        return dict(found)

    def related(self, one: int, other: int) -> bool:
        """Whether two parties belong together: the same, tied by ownership, control or agency, or under a common owner,
        operator or parent."""
        first, second = self.trade.party(one), self.trade.party(other)
        if one == other or first is None or second is None:
            return one == other
        if other in first.tied or other in first.facilities or one in second.facilities:
            return True
        return bool(self._over.get(one, set()) & self._over.get(other, set()))

    def unrelated(self, party: int, others: Iterable[int]) -> list[int]:
        """Those of `others` that are regulated actors and do not belong to the party, by id."""
        return sorted(one for one in others if one in self.regulated_loads and not self.related(party, one))


def event_kind(event: Thing) -> str:
    """What happened, in lower case with `_` for blanks: `inspection`, `ais_gap`, `port_call` …"""
    return "_".join(event.text("event_kind").casefold().split())


def turned(found: Mapping[int, frozenset[str]]) -> dict[str, frozenset[int]]:
    """Key → the items that have it."""
    back: dict[str, set[int]] = defaultdict(set)
    for item, keys in found.items():
        for key in keys:
            back[key].add(item)
    return {key: frozenset(items) for key, items in back.items()}


def _keys(thing: Thing, properties: Iterable[str], normal: Callable[[str], str]) -> set[str]:
    return {normal(text) for key in properties for text in listed(thing.values.get(key)) if not is_placeholder(text)}
