"""What has happened to parties: inspections, refusals, penalties, with their days and how much they weigh."""

from __future__ import annotations

from datetime import date

from ewglink.rules.quantities import day, number
from ewglink.rules.surroundings import Surroundings, event_kind
from ewglink.rules.trade import Thing, Trade

SEVERITY = {
    "conviction": 1.0, "revocation": 0.8, "penalty": 0.7, "fine": 0.7, "sanction": 0.7, "prosecution": 0.7,
    "suspension": 0.6, "seizure": 0.5, "violation": 0.5, "notice_of_violation": 0.5, "arrest": 0.5, "order": 0.5,
    "warning": 0.25,
}
"""Kinds of events that say a party broke a rule → how much each weighs (0 to 1)."""
PENALTIES = frozenset({"conviction", "revocation", "penalty", "fine", "sanction"})
EXAMS = frozenset({"inspection", "exam", "examination", "audit", "sample", "seizure", "detention"})
REFUSALS = frozenset({"refusal", "rejection", "objection"})
_BYSTANDERS = frozenset({"inspector", "witness", "authority", "officer", "agency", "place", "informant", "complainant"})


def happened(party: int, kinds: frozenset[str], around: Surroundings) -> list[tuple[date, Thing]]:
    """The events of these kinds that befell a party, by day; not those at which it was inspector or witness."""
    return [(on, event) for event, role in around.events_of.get(party, ())
            if event_kind(event) in kinds and role not in _BYSTANDERS and (on := day(event.values.get("start")))]


def recorded(kinds: frozenset[str], around: Surroundings) -> bool:
    """Whether the case records any event of these kinds at all: where it does not, silence says nothing."""
    known = around.kept("kinds of events", lambda: frozenset(event_kind(one) for one in around.events.values()))
    return bool(known & kinds)


def weight_of(event: Thing) -> float:
    """How much an event weighs: its own `severity` (0 to 1) where it has one, else that of its kind."""
    own = number(event.values.get("severity"))
    return min(1.0, max(0.0, own)) if own is not None else SEVERITY.get(event_kind(event), 0.0)


def shaken(party: int, trade: Trade, around: Surroundings) -> list[date]:
    """The days of a party's inspections and refusals, and of refusals of what it asked for or moved, in order."""
    days = [on for on, _event in happened(party, EXAMS | REFUSALS, around)]
    for movement in around.loads.get(party, ()):
        if movement.text("rejection").casefold() not in ("", "false", "no", "0", "none"):
            days += [on for on in (movement.received or movement.delivered or movement.shipped,) if on]
    days += around.kept("objections", lambda: _objections(trade)).get(party, [])
    return sorted(set(days))


def _objections(trade: Trade) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {}
    for stream in trade.streams.values():
        if stream.status in ("OBJECTED", "REVOKED", "SUSPENDED"):
            for consent in stream.consents:
                on = day(consent.values.get("issued"))
                for party in stream.exporters | stream.importers if on else ():
                    found.setdefault(party, []).append(on)  # type: ignore[arg-type]
    return found
