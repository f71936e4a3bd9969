"""What authorities decided of a consent or its notice, and on which day: granted, objected to, suspended, revoked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ewglink.rules.quantities import day
from ewglink.rules.rows import Rows, Tie
from ewglink.rules.states import NOT_ACTIVE
from ewglink.rules.trade import Decision, Stream, Trade

STATES = {"grants": "ACTIVE", "objects_to": "OBJECTED", "suspends": "SUSPENDED", "revokes": "REVOKED"}
"""Link from an authority → the state it brings."""
_FIRST = ("ACTIVE", "OBJECTED")
"""What decides a notice that was pending until then; anything else ends a consent that had been given."""


def decide(trade: Trade, tie: Tie, rows: Rows) -> None:
    """Keep a decision that has a day with what it is about."""
    on = day(tie.start)
    if on is not None:
        trade.decided.setdefault(tie.b, []).append(Decision(on, STATES[tie.type], tie.id))


def inactive(stream: Stream, trade: Trade, on: date | None) -> tuple[str, date | None]:
    """The state in which nothing may move under a stream on a day, and the day it began; no state: nothing says so.

    Of the stream with its consents, and of its notice, the last decision with a day counts; where decisions have days
    and all are later, the state before the first. Where none has a day, or none brought the state that was last
    recorded and stops everything, that state (without a day).
    """
    bearers = [(stream.status, [stream.id, *(consent.id for consent in stream.consents)])]
    if stream.notice is not None:
        bearers.append((stream.notice.status, [stream.notice.id]))
    found = [_state(status, (one for item in items for one in trade.decided.get(item, ())), on)
             for status, items in bearers]
    stopped = sorted((state, began or date.min) for state, began in found if state in NOT_ACTIVE)
    return (stopped[0][0], None if stopped[0][1] == date.min else stopped[0][1]) if stopped else ("", None)


def is_stated(stream: Stream, trade: Trade) -> bool:
    """Whether anything says in which state a stream, its consents or its notice are."""
    notice = stream.notice
    items = [stream.id, *(consent.id for consent in stream.consents), *([] if notice is None else [notice.id])]
    return bool(stream.status or notice is not None and notice.status or any(item in trade.decided for item in items))


def _state(status: str, decisions: Iterable[Decision], on: date | None) -> tuple[str, date | None]:
    dated = sorted(decisions, key=lambda one: (one.on, one.link))
    if not dated or on is None or status in NOT_ACTIVE - {one.state for one in dated}:
        return status, None
    past = [one for one in dated if one.on <= on]
    if past:
        return past[-1].state, past[-1].on
    return ("PENDING" if dated[0].state in _FIRST else "ACTIVE"), None
