"""What positions of vessels show: silences, calls at ports and meetings, with the rows they rest on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ewglink.analysis.tracks import (
    Fixes,
    Gap,
    Ints,
    Meeting,
    PortCall,
    TrackLimits,
    fixes,
    gaps,
    meetings,
    port_calls,
    ports_of,
)
from ewglink.model.changes import Change, Changeset
from ewglink.model.items import ENTITY, LINK, Direction, Precision, Strength
from ewglink.model.refusal import Refusal
from ewglink.reference.code_lists import Port, ports
from ewglink.store.case_file import CaseFile
from ewglink.store.journal import actor, now
from ewglink.store.positions import positions
from ewglink.text import N_, _, message, ngettext

NAMESPACE = "derived"
"""Where what was computed is keyed: computing it again adds nothing."""

Vals = Mapping[str, Any]


@dataclass(frozen=True)
class TracksFound:
    """How much the positions show, and how much of it is new to the case."""

    vessels: int
    positions: int
    gaps: int
    port_calls: int
    meetings: int
    new: int

    def said(self) -> str:
        """That as a sentence."""
        return _(
            "{positions} of {vessels} show: {gaps}, {calls}, {meetings}. New to the case: {new}.",
            positions=ngettext("{n} position", "{n} positions", self.positions),
            vessels=ngettext("{n} vessel", "{n} vessels", self.vessels),
            gaps=ngettext("{n} AIS gap", "{n} AIS gaps", self.gaps),
            calls=ngettext("{n} port call", "{n} port calls", self.port_calls),
            meetings=ngettext("{n} meeting", "{n} meetings", self.meetings),
            new=self.new,
        )


@dataclass(frozen=True)
class Tracks:
    """What the positions of a case show, found once and put into it later: `ports` are those that `near` names."""

    limits: TrackLimits
    found: Fixes
    ports: tuple[Port, ...]
    near: Ints
    gaps: tuple[Gap, ...]
    calls: tuple[PortCall, ...]
    meetings: tuple[Meeting, ...]


def find_tracks(case: CaseFile, limits: TrackLimits) -> Tracks:
    """What there is, without changing the case; a `Refusal` where it holds no positions."""
    import numpy as np

    found = fixes(positions(case.reading))
    if not len(found.time):
        raise Refusal("no_positions", message(N_("The case holds no positions of vessels; import some first.")))
    known = tuple(port for port in ports().values() if port.latitude is not None and port.longitude is not None)
    near = ports_of(found, np.array([(one.latitude, one.longitude) for one in known]), limits.port_km)
    silent, called = tuple(gaps(found, limits)), tuple(port_calls(found, near, limits))
    return Tracks(limits, found, known, near, silent, called, tuple(meetings(found, near, limits)))


def put_tracks(case: CaseFile, tracks: Tracks) -> tuple[Changeset, TracksFound]:
    """The changeset that adds silences and calls as events and meetings as links, and what there is."""
    adding, near, found = _Adding(case, tracks.found, tracks.limits), tracks.near, tracks.found
    for gap in tracks.gaps:
        adding.gap(gap, [tracks.ports[at] if at >= 0 else None for at in near[[gap.before, gap.after]].tolist()])
    for call in tracks.calls:
        adding.call(call, tracks.ports[call.port])
    for meeting in tracks.meetings:
        adding.meeting(meeting)
    summary = TracksFound(
        len(set(found.vessel.tolist())), len(found.time), len(tracks.gaps), len(tracks.calls), len(tracks.meetings),
        adding.added,
    )  # fmt: skip
    return Changeset("tracks_derived", {"n": adding.added}, tuple(adding.changes)), summary


def derive_tracks(case: CaseFile, limits: TrackLimits) -> tuple[Changeset, TracksFound]:
    """Both at once."""
    return put_tracks(case, find_tracks(case, limits))


class _Adding:
    """Rows of the items that are new, each with statements that rest on the rows of its positions."""

    def __init__(self, case: CaseFile, found: Fixes, limits: TrackLimits) -> None:
        self.case, self.found = case, found
        self.changes: list[Change] = []
        self.added = 0
        self._next = {table: case.next_id(table) for table in ("item", "identity", "statement", "basis")}
        self._places: dict[str, int] = {}
        shown = ", ".join(f"{name} {value:g}" for name, value in asdict(limits).items())
        self._note = _("Computed from positions ({limits})", limits=shown)
        self._basis = 0

    # what is added

    def gap(self, one: Gap, at: Sequence[Port | None]) -> None:
        """A silence as an event of its vessel."""
        found, first, last = self.found, one.before, one.after
        key = f"gap {one.vessel}|{found.written[first]}|{found.written[last]}"
        said = _(
            "{km} km made good, {knots} knots; {heard} positions of other vessels within 50 NM were received meanwhile",
            km=f"{one.km:.1f}", knots=f"{one.knots:.1f}", heard=one.heard,
        )  # fmt: skip
        if at[0] is not None and at[0] is at[1]:
            said += "; " + _("in port before and after: {port}", port=at[0].name)
        label = _("AIS gap, {hours} h", hours=f"{one.hours:.1f}")
        self._event(key, label, "AIS gap", one.vessel, (first, last), {"text": said})

    def call(self, one: PortCall, port: Port) -> None:
        """A stay as an event of its vessel, and its arrival at the place."""
        key = f"port call {one.vessel}|{port.code}|{self.found.written[one.first]}"
        label = _("Port call, {port}", port=port.name)
        rows = (one.first, one.last)
        if self._event(key, label, "port call", one.vessel, rows, {"place": port.name}):
            self._link(f"arrived {key}", "arrived_at", one.vessel, self._place(port), rows, {})

    def meeting(self, one: Meeting) -> None:
        """Two vessels together: a link that is not confirmed."""
        found, (a, b) = self.found, one.first
        key = f"meeting {one.a}|{one.b}|{found.written[a]}"
        vals = {"min_distance_m": round(one.metres, 1)}
        vals |= {"latitude": float(found.lat[a]), "longitude": float(found.lon[a])}
        rows = (a, one.last[0], b, one.last[1])
        label = _("together for {hours} h", hours=f"{one.hours:.1f}")
        if self._link(key, "encountered", one.a, one.b, rows, vals, Strength.UNCONFIRMED, Direction.NONE, label):
            self.added += 1

    # rows

    def _event(self, key: str, label: str, kind: str, vessel: int, rows: tuple[int, int], more: Vals) -> bool:
        if self.case.items.identified(NAMESPACE, key):
            return False
        first, last = rows
        event = self._item(ENTITY, "event", label, key)
        place = {"latitude": float(self.found.lat[first]), "longitude": float(self.found.lon[first])}
        start, end = self.found.written[first], self.found.written[last]
        self._says(event, first, {"event_kind": kind, "start": start} | place | dict(more), start)
        self._says(event, last, {"end": end}, end)
        self._link(f"participated {key}", "participated_in", vessel, event, rows, {})
        self.added += 1
        return True

    def _link(
        self, key: str, kind: str, a: int, b: int, rows: tuple[int, ...], vals: Vals,
        strength: Strength = Strength.CONFIRMED, direction: Direction = Direction.FORWARD, label: str = "",
    ) -> bool:  # fmt: skip
        if self.case.items.identified(NAMESPACE, key):
            return False
        item = self._item(LINK, kind, label, key)
        start, end = self.found.written[rows[0]], self.found.written[rows[1]]
        ends = {"a": a, "b": b, "direction": int(direction), "strength": int(strength)}
        when = {"start": start, "end": end, "precision": int(_precision(start))}
        self.changes.append(Change("link", None, {"item_id": item} | ends | when))
        for place, row in enumerate(dict.fromkeys(rows)):
            self._says(item, row, vals if place == 0 else {}, start)
        return True

    def _place(self, port: Port) -> int:
        """The place of a port: the case's own where it knows its UN/LOCODE."""
        if port.code not in self._places:
            there = self.case.items.identified("unlocode", port.code)
            self._places[port.code] = there[0].id if there else self._new_place(port)
        return self._places[port.code]

    def _new_place(self, port: Port) -> int:
        item = self._item(ENTITY, "location", port.name, port.code, "unlocode")
        vals = {"name": port.name, "unlocode": port.code, "location_kind": "port", "country": port.code[:2]}
        self._says(item, None, vals | {"latitude": port.latitude, "longitude": port.longitude}, "")
        return item

    def _item(self, kind: str, type_key: str, label: str, key: str, namespace: str = NAMESPACE) -> int:
        item = self._take("item")
        row = {"id": item, "kind": kind, "type": type_key, "label": label, "label_rank": 2, "canonical_id": None}
        self.changes.append(Change("item", None, row))
        named = {"id": self._take("identity"), "ns": namespace, "value": key, "item_id": item, "joins": True}
        self.changes.append(Change("identity", None, named | {"validity": "ok"}))
        return item

    def _says(self, item: int, row: int | None, vals: Vals, when: str) -> None:
        """A statement that rests on the record of a position; on none where it is from the reference lists."""
        if not self._basis:
            self._basis = self._take("basis")
            basis = {"id": self._basis, "import_id": None, "note": self._note, "grade": None, "handling": None}
            self.changes.append(Change("basis", None, basis | {"recorded_by": actor(), "recorded_at": now()}))
        listed = {
            name: [said, None, None, None, int(_precision(when))] if name in ("start", "end") else [said]
            for name, said in vals.items()
        }
        record = None if row is None else int(self.found.record[row])
        body = {"id": self._take("statement"), "item_id": item, "record_id": record, "basis_id": self._basis}
        self.changes.append(Change("statement", None, body | {"vals": json.dumps(listed, ensure_ascii=False)}))

    def _take(self, table: str) -> int:
        found = self._next[table]
        self._next[table] = found + 1
        return found


def _precision(when: str) -> Precision:
    return Precision.INSTANT if when.endswith("Z") else Precision.LOCAL
