"""What a change touches: the subjects that must be evaluated again, and what has to be read for that.

Loads that changed, or whose parties, papers or consents did, are evaluated in full. What is added up over many loads (a
consent, a notice, a party, a year of a facility) is evaluated anew from loads of which only what is added up is read.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

from ewglink.rules import reach
from ewglink.rules.assembling import PARTIES, TAKERS, assemble
from ewglink.rules.contract import Setting
from ewglink.rules.customs import fits
from ewglink.rules.decisions import STATES as DECIDED
from ewglink.rules.matching import infer
from ewglink.rules.parties import CAPACITY
from ewglink.rules.reconcile import Scope
from ewglink.rules.rows import AMONG_PARTIES, PASSIVE, TYPES, near, read_all, read_some
from ewglink.rules.trade import Trade
from ewglink.store.case_file import CaseFile
from ewglink.store.shown import shown_values
from ewglink.store.since import Since

_OF_MOVEMENT = ("movement_line", "container", "vehicle", "vessel", "document", "manifest", "location", "consent",
                "substance")
_APPLIED = ("applicant_of", "submitted")
_SENT = ("exporter_of", "generator_of", "shipper_of", "consignor_of")
"""Who is asked whether a consent of theirs fits a load that names none."""
_UNITS = ("container", "vehicle")
MOST = 5_000
"""Loads to be evaluated again, above which everything is."""
MOST_READ = 80_000
"""Items to be read one by one, above which reading all is quicker."""


@dataclass
class Touched:
    """The subjects to evaluate, and the trade that holds them and what they need."""

    trade: Trade
    scope: Scope = field(default_factory=Scope)


def whole_trade(case: CaseFile) -> Trade:
    """Everything in the case that rules look at, with inferred consents."""
    trade = assemble(read_all(case))
    infer(trade)
    return trade


def touched_trade(case: CaseFile, since: Since, setting: Setting) -> Touched | None:
    """What a change touches; None where everything must be evaluated again, or where that is quicker.

    Everything must be where engines or specimens are in the case (they are compared with all others of it), where
    allowances or customs records changed, and where anything but parties was merged or taken apart.
    """
    seeds = Seeds(case, since)
    if seeds.needs_all() or not seeds.start():
        return None
    sums = Sums(case, seeds)
    declared = Declared(case, seeds, setting)
    if len(sums.loads | declared.loads) * 2 > MOST_READ:
        return None
    items, custody = _needed(case, seeds, sums, declared)
    if len(items) > MOST_READ:
        return None
    trade = assemble(read_some(case, items, custody), whole=False)
    trade.declared, trade.consented = declared.known, reach.any_consent(case, ())
    for party, acts in reach.acts_of(case, sums.parties).items():
        if party in trade.parties:
            trade.parties[party].acts |= acts
    infer(trade)
    records = declared.to_evaluate(trade)
    return None if records is None else Touched(trade, _scope(seeds, sums, records, trade))


def _scope(seeds: Seeds, sums: Sums, records: set[int], trade: Trade) -> Scope:
    loads = seeds.movements
    groups = {group[0].id for group in trade.tracking.values() if any(one.id in loads for one in group)}
    return Scope(
        {"movement": loads, "line": seeds.lines, "tracking": groups, "stream": sums.streams, "notice": sums.notices,
         "party": sums.parties, "declaration": records},
        {"NC-41": sums.received}, {"NC-31": sums.beside})


class Seeds:
    """The loads that are evaluated in full, and the parties and consents from which that follows."""

    def __init__(self, case: CaseFile, since: Since) -> None:
        self.case, self.since = case, since
        ends = {end for link in since.links for end in (link.a, link.b)}
        kinds = {item: kind for kind, items in reach.types_of(case, {*since.items, *ends}).items() for item in items}
        self.changed, self.ends, self.steps = set(since.items), set[int](), set[int]()
        for link in since.links:
            if link.type == "handed_to":
                self.steps.add(link.id)
            elif not link.type or link.type in TAKERS:
                self._tie(link.a, link.b, kinds)
        self.types = {kind: {item for item in self.changed if kinds.get(item) == kind}
                      for kind in {*kinds.values()} & set(TYPES)}
        self.ends_of = {kind: {item for item in self.ends if kinds.get(item) == kind} for kind in TYPES}
        self.movements: set[int] = set()
        self.streams: set[int] = set()

    def _tie(self, a: int, b: int, kinds: dict[int, str]) -> None:
        """What a link that came or went says is said of the end that does not only stand there for others."""
        own = {end for end in (a, b) if kinds.get(end) not in PASSIVE}
        self.changed |= own or {a, b}
        self.ends |= {a, b} - own if own else set()

    def of(self, *kinds: str) -> set[int]:
        """What changed of these types."""
        return {item for kind in kinds for item in self.types.get(kind, ())}

    @cached_property
    def numbers(self) -> dict[str, set[int]]:
        """Consent number → the streams that bear it."""
        return reach.stream_numbers(self.case)

    @cached_property
    def touched_parties(self) -> set[int]:
        """The parties that changed."""
        return self.of(*PARTIES)

    def needs_all(self) -> bool:
        """Whether everything must be evaluated again."""
        if self.of("allowance") or self.ends_of["allowance"] or self.since.merged & (set(TYPES) - set(PARTIES)):
            return True
        if reach.any_of(self.case, ("engine", "specimen")):
            return True
        if reach.any_consent(self.case, ()) != reach.any_consent(self.case, self.of("consent_stream")):
            return True
        passive = self.of(*PASSIVE)
        if passive and reach.links_of(self.case, passive) > MOST * 10:
            return True
        papers = self.of("document") | near(self.case, self.touched_parties, ("document",))
        return bool(reach.declarations(self.case, papers - self.since.new) or reach.declarations(
            self.case, self.of("document")))

    def start(self) -> bool:
        """Find the loads that are evaluated in full; False where they are too many."""
        case, parties = self.case, self.touched_parties
        loads = self.of("movement") | near(case, self.of(*_OF_MOVEMENT), ("movement",))
        loads |= near(case, near(case, self.of("confirmation"), ("movement_line",)), ("movement",))
        loads |= near(case, parties, ("movement",)) | self._handed()
        streams = self.of("consent_stream") | near(case, self.of("consent", "notice", "species"), ("consent_stream",))
        streams |= near(case, parties, ("consent_stream",)) | near(
            case, near(case, parties, ("notice",)), ("consent_stream",))
        loads |= self._drawn_on(streams)
        if len(loads) > MOST:
            return False
        loads |= reach.same_number(case, loads)
        loads |= reach.types_of(case, reach.found_together(case, loads, "NC-18")).get("movement", set())
        self.movements, self.streams = loads, streams
        return len(loads) <= MOST

    def _handed(self) -> set[int]:
        """The loads whose custody changed, or that a party which changed had in its hands."""
        steps = self.steps | reach.steps_of(self.case, self.touched_parties)
        said = shown_values(self.case, items=steps) if steps else {}
        names = {str(values["movement"]) for values in said.values() if values.get("movement")}
        nameless = [link for link in self.since.links if link.id in self.steps
                    and not said.get(link.id, {}).get("movement")]
        return reach.named(self.case, names) | near(
            self.case, {end for link in nameless for end in (link.a, link.b)}, ("movement",))

    def _drawn_on(self, streams: set[int]) -> set[int]:
        """The loads under these streams, and those of the same parties that might be found to fall under them."""
        if not streams:
            return set()
        numbers = {number for number, bearers in self.numbers.items() if bearers & streams}
        numbers |= {text for key in ("us_consent_no", "reference") for text in self.since.was.get(key, ())}
        lines = near(self.case, streams, ("movement_line",)) | reach.lines_of_numbers(self.case, numbers)
        found = near(self.case, lines, ("movement",)) | reach.permitted(self.case, streams)
        around = near(self.case, streams, PARTIES) | near(
            self.case, near(self.case, streams, ("notice",)), PARTIES, _APPLIED) | self.party_ends
        return found | reach.without_consent(self.case, near(self.case, around, ("movement",)))

    @cached_property
    def party_ends(self) -> set[int]:
        """The parties that links which came or went hang on."""
        return {item for kind in PARTIES for item in self.ends_of[kind]}

    @cached_property
    def lines(self) -> set[int]:
        """The lines of the loads."""
        return near(self.case, self.movements, ("movement_line",))

    @cached_property
    def parties(self) -> set[int]:
        """The parties of the loads."""
        return near(self.case, self.movements, PARTIES)


class Sums:
    """The consents, notices, parties and facilities over whose loads something is added up, and those loads."""

    def __init__(self, case: CaseFile, seeds: Seeds) -> None:
        self.case, self.seeds = case, seeds
        named = reach.references(case, seeds.lines) | set(seeds.since.was.get(reach.CONSENT_NO, ()))
        self.streams = seeds.streams | near(case, seeds.lines, ("consent_stream",)) | seeds.ends_of["consent_stream"]
        self.streams |= {stream for number in named for stream in seeds.numbers.get(number, ())}
        self.streams |= reach.streams_of_permits(case, seeds.movements | seeds.lines)
        parties = seeds.parties | seeds.touched_parties | seeds.party_ends
        self.streams |= self._of_senders(parties)
        self.notices = seeds.of("notice") | near(case, self.streams, ("notice",))
        self.parties = parties | near(
            case, self.streams, PARTIES, ("authorises_exporter",)) | near(case, self.notices, PARTIES, _APPLIED)
        unnamed = reach.without_consent(case, near(case, self.parties, ("movement",), _SENT))
        self.rivals = self._of_senders(near(case, unnamed, PARTIES, _SENT))
        applied = near(case, self.parties, ("notice",), _APPLIED)
        self.every = self.streams | near(case, self.notices | applied, ("consent_stream",)) | near(
            case, self.parties, ("consent_stream",), ("authorises_exporter",))
        numbers = {number for number, bearers in seeds.numbers.items() if bearers & self.every}
        self.every |= {stream for number in numbers for stream in seeds.numbers[number]}
        lines = near(case, self.every, ("movement_line",)) | reach.lines_of_numbers(case, numbers)
        self.beside = near(case, near(case, seeds.movements, _UNITS), ("movement",)) | near(
            case, near(case, seeds.movements, ("person",), ("carrier_of",)), ("movement",), ("carrier_of",))
        self.received, also = self._year()
        self.loads = unnamed | self.beside | self.received | also | near(case, lines, ("movement",)) | reach.permitted(
            case, self.every) | near(case, self.parties, ("movement",), ("exporter_of", "importer_of"))

    def _of_senders(self, parties: Collection[int]) -> set[int]:
        """The consents among which that of a load is sought which these parties sent and which names none."""
        return near(self.case, parties, ("consent_stream",), ("authorises_exporter",)) | near(
            self.case, near(self.case, parties, ("notice",), _APPLIED), ("consent_stream",))

    def _year(self) -> tuple[set[int], set[int]]:
        """All that the facilities received whose capacity counts, and what other facilities of these loads did."""
        receivers = near(self.case, self.seeds.movements, PARTIES, ("receiver_of",)) | self.seeds.party_ends
        loads = near(self.case, self._limited(receivers), ("movement",), ("receiver_of",))
        others = self._limited(near(self.case, loads, PARTIES, ("receiver_of",)) | receivers)
        return loads, near(self.case, others, ("movement",), ("receiver_of",))

    def _limited(self, parties: Collection[int]) -> set[int]:
        shown = shown_values(self.case, items=parties) if parties else {}
        return {item for item, values in shown.items() if any(values.get(key) is not None for key in CAPACITY)}


class Declared:
    """The customs records near the loads, and the loads near these records."""

    def __init__(self, case: CaseFile, seeds: Seeds, setting: Setting) -> None:
        self.case, self.seeds, self.setting = case, seeds, setting
        self.known = reach.any_declaration(case)
        self.records: set[int] = set()
        self.loads: set[int] = set()
        if self.known:
            self._near(int(setting.parameters.value("customs_days") or 0))

    def _near(self, days: int) -> None:
        loads = self.seeds.movements
        was = [{key: text} for key, texts in self.seeds.since.was.items() for text in texts]
        close = reach.around(reach.days_of([*shown_values(self.case, items=loads).values(), *was]), days)
        papers = near(self.case, self.seeds.parties, ("document",)) | reach.unnamed_documents(self.case)
        self.records = {item for item, on in reach.declarations(self.case, papers).items() if on in close}
        self.records |= set(reach.declarations(self.case, near(self.case, loads, ("document",))))
        self.records |= reach.types_of(self.case, self.seeds.ends).get("document", set())
        dates = reach.around(filter(None, reach.declarations(self.case, self.records).values()), days)
        known = near(self.case, near(self.case, self.records, PARTIES), ("movement",))
        self.loads = {item for item, values in shown_values(self.case, items=known).items()
                      if reach.days_of([values]) & dates} | near(self.case, self.records, ("movement",))

    def to_evaluate(self, trade: Trade) -> set[int] | None:
        """The records to evaluate. One without a party may be that of any load of the case: where loads changed that
        were there before (None: everything is evaluated) it cannot be told whether one of them was taken for it."""
        loads = [trade.movements[item] for item in sorted(self.seeds.movements) if item in trade.movements]
        found = set()
        for item in self.records & trade.declarations.keys():
            record = trade.declarations[item]
            if record.parties or record.movements or any(fits(record, load, trade, self.setting) for load in loads):
                found.add(item)
            elif not self.seeds.movements <= self.seeds.since.new:
                return None
        return found


def _needed(case: CaseFile, seeds: Seeds, sums: Sums, declared: Declared) -> tuple[set[int], set[int]]:
    """All that must be read so that these subjects are whole, and the steps of custody among it."""
    light = sums.loads | declared.loads
    lines = near(case, light, ("movement_line",))
    streams = sums.every | sums.rivals | near(case, seeds.parties, ("consent_stream",))
    notices = near(case, streams | sums.every, ("notice",)) | near(case, sums.parties, ("notice",), _APPLIED)
    custody = reach.custody_of(case, seeds.movements)
    needed = {*seeds.movements, *seeds.lines, *light, *lines, *streams, *notices, *declared.records, *sums.parties}
    needed |= near(case, seeds.movements) | near(case, seeds.lines) | near(case, light) | near(
        case, lines, ("consent_stream",))
    needed |= near(case, streams, (*PASSIVE, "consent", "notice", "species")) | near(case, notices, PARTIES)
    needed |= near(case, declared.records, PARTIES) | reach.ends_of(case, custody)
    needed |= near(case, near(case, streams, ("consent",)), PARTIES, tuple(DECIDED))  # who decided of permits
    needed |= near(case, seeds.parties | sums.parties, (), ("holds",))
    known = reach.types_of(case, needed)
    named = near(case, known.get("document", ()), PARTIES)  # a record whose parties are not read would be anybody's
    parties = named.union(*(known.get(kind, ()) for kind in PARTIES))
    return needed | parties | near(case, parties, PARTIES, AMONG_PARTIES), custody
