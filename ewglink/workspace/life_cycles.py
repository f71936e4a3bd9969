"""The lives of a load and of a consent: each state with the day it began and the row of the file that says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ewglink.rules.assembling import DATES
from ewglink.rules.customs import IN_TRANSIT, INWARD, OUTWARD
from ewglink.rules.limits import completion_of, receipt_of
from ewglink.rules.trade import Movement, Stream, Trade
from ewglink.text import N_
from ewglink.workspace.finding_list import where_of
from ewglink.workspace.portrait import portrait
from ewglink.workspace.utilisation import STATE_WORDS, draws
from ewglink.workspace.workspace import Workspace

LOAD_STATES = {
    "PLANNED": N_("planned"), "SHIPPED": N_("shipped"), "EXITED": N_("out of the country of export"),
    "TRANSIT": N_("in transit"), "ENTERED": N_("over the border"),
    "DELIVERED": N_("delivered"), "ACCEPTED": N_("accepted"), "PARTIALLY_REJECTED": N_("partly rejected"),
    "REJECTED": N_("rejected"), "ALTERNATE_FACILITY": N_("sent to another facility"), "RETURNED": N_("sent back"),
    "INTERIM_DONE": N_("interim operation done"), "FINAL_DONE": N_("final operation done"),
    "CONFIRMED": N_("completion reported"), "CLOSED": N_("closed")}
"""The states of a load, in the order of its life, as people read them."""
NOTICE_WORDS = {
    "DRAFT": N_("draft"), "SUBMITTED": N_("submitted"), "RETURNED_FOR_INFO": N_("returned for information"),
    "FORWARDED": N_("forwarded"), "ACKNOWLEDGED": N_("acknowledged"), "CONSENTED": N_("consented to"),
    "CONSENTED_WITH_CONDITIONS": N_("consented to with conditions"), "TACIT_CONSENT": N_("tacitly consented to"),
    "OBJECTED": N_("objected to"), "WITHDRAWN": N_("withdrawn"), "LAPSED": N_("lapsed")}
"""The states of a notice, as people read them."""
_SENT_ON = {"returned": "RETURNED", "return": "RETURNED"}


@dataclass(frozen=True)
class Stage:
    """A state that something came into: `on` is None where nothing says when; `item` and `key` are the record and the
    property that tell of it (empty where it was worked out)."""

    state: str
    on: date | None
    item: int = 0
    key: str = ""


def load_stages(movement: Movement) -> list[Stage]:
    """The states a load went through, as far as its records tell, in the order of its life."""
    return [*_way(movement), *_fate(movement), *_work(movement)]


def _way(movement: Movement) -> Iterator[Stage]:
    if movement.shipped is not None:
        yield Stage("SHIPPED", movement.shipped, movement.id, DATES["shipped"])
    yield from _declared(movement, "EXITED", OUTWARD)
    yield from _declared(movement, "TRANSIT", IN_TRANSIT)
    if movement.crossed is not None:
        yield Stage("ENTERED", movement.crossed, movement.id, DATES["crossed"])
    else:
        yield from _declared(movement, "ENTERED", INWARD)
    if movement.delivered is not None:
        yield Stage("DELIVERED", movement.delivered, movement.id, DATES["delivered"])


def _declared(movement: Movement, state: str, directions: frozenset[str]) -> Iterator[Stage]:
    """What customs recorded of a load, by day; nothing where they recorded nothing, or no day."""
    days = sorted((one.on, one.id) for one in movement.declarations if one.on is not None
                  and one.direction in directions)
    for on, item in days:
        yield Stage(state, on, item, "date")


def _fate(movement: Movement) -> Iterator[Stage]:
    values = movement.values
    if values.get("rejection") is True:
        partly = any(line.received for line in movement.lines)
        yield Stage("PARTIALLY_REJECTED" if partly else "REJECTED", movement.delivered, movement.id, "rejection")
        if values.get("new_manifest_numbers") or values.get("rejection_alternate_type"):
            kind = str(values.get("rejection_alternate_type") or "").casefold()
            key = "rejection_alternate_type" if kind else "new_manifest_numbers"
            yield Stage(_SENT_ON.get(kind, "ALTERNATE_FACILITY"), None, movement.id, key)
    elif (on := receipt_of(movement)) is not None:
        yield Stage("ACCEPTED", on, movement.id, DATES["received"])


def _work(movement: Movement) -> Iterator[Stage]:
    for line in movement.lines:
        for one in line.confirmations:
            if "interim" in one.kind and one.on is not None:
                yield Stage("INTERIM_DONE", one.on, one.id, "date")
    done, reported = completion_of(movement), movement.completion_reported
    if done is not None:
        yield Stage("FINAL_DONE", done, movement.id, DATES["completed"])
    if reported is not None:
        yield Stage("CONFIRMED", reported, movement.id, DATES["completion_reported"])
    received = receipt_of(movement)
    if received is not None and done is not None and reported is not None:
        yield Stage("CLOSED", max(received, done, reported))


def load_state(movement: Movement, as_of: date) -> str:
    """The state a load is in on a day: the furthest it had come into; PLANNED where it was not shipped yet."""
    order = list(LOAD_STATES)
    come = [stage for stage in load_stages(movement) if stage.on is None or stage.on <= as_of]
    return max((stage.state for stage in come), key=order.index, default="PLANNED")


def stream_stages(trade: Trade, stream: Stream, as_of: date) -> list[Stage]:
    """The states of a consent up to a day: the notice, the decision, its window, and when it was used up."""
    return [stage for stage in _stream(trade, stream, as_of) if stage.on is None or stage.on <= as_of]


def _stream(trade: Trade, stream: Stream, as_of: date) -> Iterator[Stage]:
    notice = stream.notice
    if notice is not None and notice.submitted is not None:
        yield Stage("SUBMITTED", notice.submitted, notice.id, "submitted")
    issued = next((one for one in stream.consents if one.text("issued")), None)
    decided = _day(issued.text("issued")) if issued is not None else None
    if stream.status not in ("", "ACTIVE"):
        key = next((key for key in ("status", "determination") if stream.text(key)), "")
        yield Stage(stream.status, decided, stream.id, key)
        return
    if decided is not None and issued is not None:
        yield Stage("CONSENTED", decided, issued.id, "issued")
    if stream.start is not None:
        yield Stage("ACTIVE", stream.start, stream.id, "valid_from")
    for one in draws(trade, stream, as_of):
        if stream.kg is not None and one.sum_kg >= stream.kg or (
                stream.shipments is not None and one.nth >= stream.shipments):
            yield Stage("EXHAUSTED", one.on, one.movement, DATES["shipped"])
            break
    if stream.end is not None:
        yield Stage("EXPIRED", stream.end + timedelta(days=1), stream.id, "valid_to")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def stage_word(state: str) -> str:
    """What a state of a load, a consent or a notice is called (marked with `N_`)."""
    return LOAD_STATES.get(state) or NOTICE_WORDS.get(state) or STATE_WORDS.get(state, state)


def evidence(workspace: Workspace, stage: Stage) -> tuple[str, int | None]:
    """Where it stands that a state began: the file and row, and the record; empty where it was worked out."""
    found = portrait(workspace.case, stage.item) if stage.item else None
    for shown in found.shown if found is not None else ():
        if shown.key == stage.key:
            return where_of(shown.chosen.statement), shown.chosen.statement.record
    return "", None
