"""How far consents are used: what was consented and moved, day by day, and how long confirmations have been open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ewglink.rules.assembling import is_known, shipping_order
from ewglink.rules.limits import completion_of, receipt_of
from ewglink.rules.trade import Line, Movement, Stream, Trade
from ewglink.text import N_

AGES: tuple[tuple[int, int | None], ...] = ((0, 30), (31, 90), (91, 180), (181, None))
"""The classes of days that a confirmation is open: first and last day of each."""
AGE_NAMES = (N_("0–30 days"), N_("31–90 days"), N_("91–180 days"), N_("over 180 days"))
OPEN_KINDS = {"receipt": N_("Receipt, since shipping"), "completion": N_("Completion, since delivery")}

STATE_WORDS = {
    "PENDING": N_("pending"), "ACTIVE": N_("active"), "EXPIRED": N_("expired"), "EXHAUSTED": N_("exhausted"),
    "SUSPENDED": N_("suspended"), "REVOKED": N_("revoked"), "SUPERSEDED": N_("superseded"),
    "OBJECTED": N_("objected to"), "WITHDRAWN": N_("withdrawn"), "LAPSED": N_("lapsed"), "": N_("not stated")}
"""The states of a consent, as people read them."""
KILOGRAMS = "kg"


@dataclass(frozen=True)
class Use:
    """The use of one consented stream as of a day. Quantities are kilograms; None where they cannot be told. Of an
    allowance or a permit for wildlife (`quota_use`) `unit` may be another, and `consented_kg` and the like are in it.

    `unweighed` lines have no weight that could be added. `inferred` of the lines name no consent and fit this one
    alone; they are counted as the others are, as rules NC-06 and NC-07 count them, and told apart."""

    stream: int
    number: str
    label: str
    status: str
    start: date | None
    end: date | None
    consented_kg: float | None
    moved_kg: float
    shipments_allowed: int | None
    shipments: int
    unweighed: int
    inferred: int
    days_left: int | None
    exporters: tuple[str, ...]
    receivers: tuple[str, ...]
    unit: str = KILOGRAMS

    @property
    def state(self) -> str:
        """The state by papers and by use: what is ACTIVE on paper is EXPIRED once its window is over, and EXHAUSTED
        once nothing may move any more."""
        if self.status != "ACTIVE":
            return self.status
        if self.days_left is not None and self.days_left < 0:
            return "EXPIRED"
        left = self.remaining_kg
        spent = left is not None and left <= 0 or (
            self.shipments_allowed is not None and self.shipments >= self.shipments_allowed)
        return "EXHAUSTED" if spent else "ACTIVE"

    @property
    def remaining_kg(self) -> float | None:
        """What may still move; negative where too much did."""
        return None if self.consented_kg is None else self.consented_kg - self.moved_kg

    @property
    def quantity_pct(self) -> float | None:
        """Per cent of the quantity that was moved."""
        return 100.0 * self.moved_kg / self.consented_kg if self.consented_kg else None

    @property
    def shipments_pct(self) -> float | None:
        """Per cent of the shipments that were made."""
        return 100.0 * self.shipments / self.shipments_allowed if self.shipments_allowed else None


@dataclass(frozen=True)
class Draw:
    """One load drawn on a stream: `sum_kg` with it and all before it, `nth` its number among the loads; `line` and
    `movement` are items. An `inferred` one names no consent, and fits this one alone."""

    line: int
    movement: int
    ref: str
    on: date | None
    kg: float | None
    sum_kg: float
    nth: int
    inferred: bool
    exporters: tuple[str, ...]
    receivers: tuple[str, ...]
    received: date | None
    completed: date | None


@dataclass(frozen=True)
class Open:
    """A confirmation that is not there: of `receipt` (days since shipping) or `completion` (days since delivery)."""

    kind: str
    movement: int
    ref: str
    days: int
    kg: float | None
    stream: int | None


def known_streams(trade: Trade) -> list[Stream]:
    """The streams of which there is more than a number somewhere, by number and window."""
    return sorted((one for one in trade.streams.values() if is_known(one)),
                  key=lambda one: (one.number, one.start or date.min, one.id))


def utilisation(trade: Trade, as_of: date) -> list[Use]:
    """The use of every known stream; loads shipped after `as_of` are not counted. Permits for wildlife have no lines:
    see `quota_use`."""
    return [_use(trade, stream, as_of) for stream in known_streams(trade)
            if stream.sector != "wildlife"]


def _use(trade: Trade, stream: Stream, as_of: date) -> Use:
    drawn = _until(stream.lines, as_of)
    return Use(
        stream.id, stream.number, stream.label, stream.status, stream.start, stream.end, stream.kg,
        sum(line.kg for line in drawn if line.kg is not None), stream.shipments,
        len({line.movement.id for line in drawn}), sum(line.kg is None for line in drawn),
        sum(not line.streams for line in drawn), (stream.end - as_of).days if stream.end is not None else None,
        labels(trade, stream.exporters), labels(trade, stream.receivers))


def _until(lines: Iterable[Line], as_of: date) -> list[Line]:
    """The lines shipped up to a day, in the order of shipping; a load without a date counts."""
    found = [line for line in lines if line.movement.shipped is None or line.movement.shipped <= as_of]
    return sorted(found, key=lambda line: (*shipping_order(line.movement), line.no, line.id))


def draws(trade: Trade, stream: Stream, as_of: date) -> list[Draw]:
    """The loads drawn on a stream, in the order of shipping, with the sum that each brings it to."""
    made: list[Draw] = []
    total, seen = 0.0, set[int]()
    for line in _until(stream.lines, as_of):
        movement = line.movement
        total += line.kg or 0.0
        seen.add(movement.id)
        made.append(Draw(line.id, movement.id, movement.ref, movement.shipped, line.kg, total, len(seen),
                         not line.streams, labels(trade, movement.exporters), labels(trade, movement.receivers),
                         receipt_of(movement), completion_of(movement)))
    return made


def open_confirmations(trade: Trade, as_of: date, movements: Collection[int] | None = None) -> list[Open]:
    """Every confirmation that was not there on `as_of`, oldest first; `movements` None: of all."""
    found: list[Open] = []
    for movement in sorted(trade.movements.values(), key=shipping_order):
        if movements is None or movement.id in movements:
            found += _open(movement, as_of)
    return sorted(found, key=lambda one: (-one.days, one.kind, one.ref))


def _open(movement: Movement, as_of: date) -> Iterator[Open]:
    stream = next((line.stream.id for line in movement.lines if line.stream is not None), None)
    shipped, delivered = movement.shipped, movement.delivered
    if shipped is not None and shipped <= as_of and not _by(receipt_of(movement), as_of):
        yield Open("receipt", movement.id, movement.ref, (as_of - shipped).days, movement.kg, stream)
    if delivered is not None and delivered <= as_of and not _by(completion_of(movement), as_of):
        yield Open("completion", movement.id, movement.ref, (as_of - delivered).days, movement.kg, stream)


def _by(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of


def age_of(days: int) -> int:
    """The class of `AGES` that so many days fall into."""
    return next(at for at, (_first, last) in enumerate(AGES) if last is None or days <= last)


def ageing(found: Iterable[Open]) -> dict[str, list[tuple[int, float]]]:
    """Kind → for each class of `AGES` how many confirmations are open, and their kilograms (as far as known)."""
    table = {kind: [(0, 0.0) for _age in AGES] for kind in OPEN_KINDS}
    for one in found:
        row, at = table[one.kind], age_of(one.days)
        row[at] = (row[at][0] + 1, row[at][1] + (one.kg or 0.0))
    return table


def labels(trade: Trade, parties: Iterable[int]) -> tuple[str, ...]:
    """What parties are called, each once."""
    return tuple(trade.parties[one].label for one in dict.fromkeys(parties) if one in trade.parties)
