"""The trade as rules see it: notices, consents, movements and their lines, with parties that are one after merging.

Quantities are kilograms beside what was written; a volume without a density has none. Dates are calendar dates, as
written. Every object keeps its item's id, so that a finding can point at it, and `values`: all its item shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

Made = TypeVar("Made")
Codes = dict[str, frozenset[str]]
"""Scheme (epa_waste, basel, oecd, y_code, h_code, iwic, creti) → codes, in capitals without blanks."""


@dataclass(slots=True, eq=False)
class Thing:
    """What stands behind one item: its id, the identity its file gave it, its label and all it shows."""

    id: int
    ref: str = ""
    label: str = ""
    type: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """The value as trimmed text; empty where there is none."""
        value = self.values.get(key)
        return "" if value is None else str(value).strip()


@dataclass(slots=True, eq=False)
class Party(Thing):
    """An organization, facility or person. `country` is ISO 3166 alpha-2 or empty."""

    country: str = ""
    roles: frozenset[str] = frozenset()
    acts: set[str] = field(default_factory=set)
    """The links it has to movements: exporter_of, carrier_of …"""
    facilities: frozenset[int] = frozenset()
    """Facilities it owns, operates or manages, by id."""
    tied: frozenset[int] = frozenset()
    """Parties it owns, controls, belongs to or acts for, and the other way round, by id."""
    papers: list[Thing] = field(default_factory=list)
    """Allowances, permits and other papers it holds."""
    imported: list[Movement] = field(default_factory=list)
    exported: list[Movement] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Place(Thing):
    """A port, crossing, customs office or country of a route. `keys` are all the codes and names it goes by."""

    country: str = ""
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """What an authority decided of a consent, a stream or a notice: the day, the state it brought, and its link."""

    on: date
    state: str
    link: int


@dataclass(slots=True, eq=False)
class Notice(Thing):
    """A notification and the streams it requests."""

    country: str = ""
    status: str = ""
    submitted: date | None = None
    start: date | None = None
    end: date | None = None
    applicants: set[int] = field(default_factory=set)
    streams: list[Stream] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Stream(Thing):
    """A consented waste stream (or one that was asked for and refused). `status` is one of the states of a consent,
    `lines` are those drawn on it, named or inferred, in the order of shipping."""

    number: str = ""
    status: str = ""
    country: str = ""
    start: date | None = None
    end: date | None = None
    quantity: float | None = None
    unit: str = ""
    kg: float | None = None
    shipments: int | None = None
    codes: Codes = field(default_factory=dict)
    un: frozenset[str] = frozenset()
    hazard_class: str = ""
    operations: frozenset[str] = frozenset()
    exporters: set[int] = field(default_factory=set)
    shippers: set[int] = field(default_factory=set)
    importers: set[int] = field(default_factory=set)
    interim: set[int] = field(default_factory=set)
    final: set[int] = field(default_factory=set)
    carriers: set[int] = field(default_factory=set)
    ports: list[Place] = field(default_factory=list)
    transit: frozenset[str] = frozenset()
    notice: Notice | None = None
    consents: list[Thing] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    species: list[Thing] = field(default_factory=list)
    sector: str = ""
    """What the consent is for: waste, wildlife, engine; empty where nothing says."""

    @property
    def receivers(self) -> set[int]:
        """Every facility that may receive under it; the importer where no facility is named."""
        return (self.interim | self.final) or self.importers


@dataclass(slots=True, eq=False)
class Confirmation(Thing):
    """A confirmation of receipt or completion of a line."""

    kind: str = ""
    on: date | None = None
    kg: float | None = None
    op: str = ""


@dataclass(slots=True, eq=False)
class Line(Thing):
    """A line of a movement. `references` are consent numbers as the file has them; `streams` what they resolve to;
    `inferred` is a stream that only fits, with its score (0 to 1)."""

    movement: Movement = field(default=None)  # type: ignore[assignment]
    no: str = ""
    quantity: float | None = None
    unit: str = ""
    kg: float | None = None
    received: float | None = None
    received_kg: float | None = None
    codes: Codes = field(default_factory=dict)
    un: str = ""
    hazard_class: str = ""
    hs: str = ""
    op: str = ""
    references: tuple[str, ...] = ()
    permits: list[Thing] = field(default_factory=list)
    """Permits that the line itself names; those of its whole load are the load's."""
    streams: list[Stream] = field(default_factory=list)
    inferred: Stream | None = None
    score: float = 0.0
    confirmations: list[Confirmation] = field(default_factory=list)

    @property
    def stream(self) -> Stream | None:
        """The stream it is drawn on: the one it names, else the one that was inferred."""
        return self.streams[0] if self.streams else self.inferred


@dataclass(slots=True, eq=False)
class Handover:
    """One step of custody: from whom to whom, in which order, signed when (UTC where an hour is known)."""

    link: int
    giver: int
    taker: int
    order: int
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Declaration(Thing):
    """A customs record: a document that movements are declared as, or that stands alone."""

    country: str = ""
    direction: str = ""
    on: date | None = None
    hs: str = ""
    kg: float | None = None
    parties: set[int] = field(default_factory=set)
    movements: list[Movement] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Movement(Thing):
    """A shipment with everyone who has to do with it. Parties are ids; `carriers` in the order of custody."""

    shipped: date | None = None
    crossed: date | None = None
    delivered: date | None = None
    received: date | None = None
    completed: date | None = None
    completion_reported: date | None = None
    part_a: date | None = None
    exporters: list[int] = field(default_factory=list)
    shippers: list[int] = field(default_factory=list)
    importers: list[int] = field(default_factory=list)
    receivers: list[int] = field(default_factory=list)
    carriers: list[int] = field(default_factory=list)
    brokers: list[int] = field(default_factory=list)
    exits: list[Place] = field(default_factory=list)
    entries: list[Place] = field(default_factory=list)
    transits: list[Place] = field(default_factory=list)
    times: dict[int, str] = field(default_factory=dict)
    """Place → when the load was there (a day, or an instant), as its link says."""
    lines: list[Line] = field(default_factory=list)
    units: list[Thing] = field(default_factory=list)
    """Containers, vehicles and vessels."""
    permits: list[Thing] = field(default_factory=list)
    goods: list[Thing] = field(default_factory=list)
    """Specimens and substances."""
    sector: str = ""
    """What is moved: waste, refrigerant, wildlife; empty where nothing says."""
    documents: list[Thing] = field(default_factory=list)
    declarations: list[Declaration] = field(default_factory=list)
    handovers: list[Handover] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    """mtn, ca_md_no and mx_manifest_no, where they stand."""

    @property
    def kg(self) -> float | None:
        """The kilograms of all its lines; None where one has none."""
        weights = [line.kg for line in self.lines]
        return None if not weights or None in weights else sum(weight for weight in weights if weight is not None)


@dataclass(slots=True, eq=False)
class Entry(Thing):
    """How an engine crossed a border: an import, a temporary import, a re-export. Parties are ids."""

    kind: str = ""
    on: date | None = None
    importers: set[int] = field(default_factory=set)
    exporters: set[int] = field(default_factory=set)
    engines: list[Thing] = field(default_factory=list)


@dataclass(slots=True)
class Trade:
    """All that rules look at. Dictionaries by item id; `whole` says whether it is the whole case, or what a change
    touches and what that needs."""

    parties: dict[int, Party] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    notices: dict[int, Notice] = field(default_factory=dict)
    streams: dict[int, Stream] = field(default_factory=dict)
    movements: dict[int, Movement] = field(default_factory=dict)
    lines: dict[int, Line] = field(default_factory=dict)
    things: dict[int, Thing] = field(default_factory=dict)
    """Everything else that is linked to these: containers, vessels, permits, substances, specimens, allowances …"""
    declarations: dict[int, Declaration] = field(default_factory=dict)
    numbers: dict[str, list[Stream]] = field(default_factory=dict)
    """Consent number → its streams."""
    tracking: dict[tuple[str, str], list[Movement]] = field(default_factory=dict)
    """(scheme, tracking number) → the movements that bear it."""
    whole: bool = True
    consented: bool = False
    """Whether the case holds consents at all, of which more than the number is known."""
    declared: bool = False
    """Whether the case holds customs records at all."""
    drawn: dict[int, list[Movement]] = field(default_factory=dict)
    """Permit → the movements it was shown for, in the order of shipping."""
    streams_of: dict[int, list[Stream]] = field(default_factory=dict)
    """Consent or permit → its streams."""
    species_of: dict[int, Thing] = field(default_factory=dict)
    """Specimen → its species."""
    entries: dict[int, Entry] = field(default_factory=dict)
    entries_of: dict[int, list[Entry]] = field(default_factory=dict)
    """Engine → its entries, by day."""
    decided: dict[int, list[Decision]] = field(default_factory=dict)
    """Consent, stream or notice → what authorities decided of it on a known day."""
    papers_of: dict[int, list[Thing]] = field(default_factory=dict)
    """Engine → what it is certified under."""
    index: dict[str, Any] = field(default_factory=dict)
    """What rules compute once of all of it."""

    def kept(self, name: str, make: Callable[[], Made]) -> Made:
        """What rules compute once of all of it: made when it is first asked for under this name."""
        if name not in self.index:
            self.index[name] = make()
        made: Made = self.index[name]
        return made

    def party(self, item: int) -> Party | None:
        """The party with this id."""
        return self.parties.get(item)

    def country(self, parties: Iterable[int]) -> str:
        """The country the parties agree on; empty where they have none or several."""
        found = {self.parties[one].country for one in parties if one in self.parties and self.parties[one].country}
        return found.pop() if len(found) == 1 else ""
