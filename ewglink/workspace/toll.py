"""Telephone toll analysis: who calls whom, how often and when; every figure keeps the calls it counts.

Times are seconds since 1970 in UTC for instants; a time without a zone is taken as it is written. `shift` moves
instants to the local hour that hours of the day and days of the week are counted in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import NamedTuple

from ewglink.plugins.options import option
from ewglink.text import N_

CONTACTS = ("called", "messaged", "emailed")
DAY = 86400.0


@dataclass(frozen=True)
class TollOptions:
    """What is counted, and the limits of each pattern."""

    messages: bool = option(True, N_("Messages too"))
    shift_hours: float = option(0.0, N_("Local time: hours from UTC"), minimum=-12, maximum=14)
    targets: int = option(2, N_("Common number: in contact with at least (targets)"), minimum=2, maximum=1000)
    chain_minutes: float = option(10.0, N_("Call chain: second call within (minutes)"), minimum=0.1, maximum=1440)
    burst_p: float = option(0.01, N_("Burst: chance below"), minimum=1e-12, maximum=0.5)
    silence_p: float = option(0.001, N_("Break: chance below"), minimum=1e-12, maximum=0.5)
    jaccard: float = option(0.6, N_("New number: same contacts above"), minimum=0.0, maximum=1.0)
    overlap_days: float = option(3.0, N_("New number: overlap at most (days)"), minimum=0, maximum=365)
    gap_days: float = option(30.0, N_("New number: pause at most (days)"), minimum=0, maximum=3650)


class Call(NamedTuple):
    """A call, message or e-mail: the link, who to whom, when (None where no moment is known), how long in seconds,
    and whether the moment is exact to UTC."""

    id: int
    a: int
    b: int
    at: float | None
    seconds: float | None
    utc: bool = True


class Line(NamedTuple):
    """What one number did. `contacts` are different numbers; `median_s` is of the calls whose length is known."""

    number: int
    out: int
    into: int
    contacts: int
    first: float | None
    last: float | None
    median_s: float | None
    total_s: float
    calls: tuple[int, ...]

    @property
    def total(self) -> int:
        """Calls in both ways."""
        return self.out + self.into


class Pair(NamedTuple):
    """Two numbers in contact: calls each way."""

    a: int
    b: int
    forth: int
    back: int
    first: float | None
    last: float | None
    calls: tuple[int, ...]


class Common(NamedTuple):
    """A number that several targets are in contact with."""

    number: int
    targets: tuple[int, ...]
    calls: tuple[int, ...]


def moment(text: str | None) -> tuple[float | None, bool]:
    """A link's time as seconds since 1970, and whether it is in UTC; None for what is only a day, month or year."""
    if not text or len(text) < 16:
        return None, False
    utc = text.endswith("Z")
    try:
        told = datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return None, False
    if told.tzinfo is not None:
        return told.timestamp(), True
    return told.replace(tzinfo=UTC).timestamp(), utc


def _span(calls: Iterable[Call]) -> tuple[float | None, float | None]:
    known = [call.at for call in calls if call.at is not None]
    return (min(known), max(known)) if known else (None, None)


def by_number(calls: Iterable[Call]) -> dict[int, list[Call]]:
    """The calls of each number, a call of a number to itself once."""
    found: dict[int, list[Call]] = defaultdict(list)
    for call in calls:
        found[call.a].append(call)
        if call.b != call.a:
            found[call.b].append(call)
    return dict(found)


def frequency(calls: Sequence[Call]) -> list[Line]:
    """A line for each number, the busiest first."""
    lines = []
    for number, own in by_number(calls).items():
        lasting = [call.seconds for call in own if call.seconds is not None]
        first, last = _span(own)
        contacts = {call.a if call.b == number else call.b for call in own}
        lines.append(Line(
            number, sum(call.a == number for call in own), sum(call.b == number for call in own), len(contacts), first,
            last, median(lasting) if lasting else None, sum(lasting), tuple(call.id for call in own)))
    return sorted(lines, key=lambda line: (-line.total, line.number))


def pairs(calls: Iterable[Call]) -> list[Pair]:
    """Every pair in contact, the busiest first; `a` is the lower id."""
    found: dict[tuple[int, int], list[Call]] = defaultdict(list)
    for call in calls:
        found[(min(call.a, call.b), max(call.a, call.b))].append(call)
    out = []
    for (a, b), own in found.items():
        forth = sum(call.a == a for call in own)
        out.append(Pair(a, b, forth, len(own) - forth, *_span(own), tuple(call.id for call in own)))
    return sorted(out, key=lambda pair: (-len(pair.calls), pair.a, pair.b))


def common(calls: Iterable[Call], targets: Collection[int], least: int = 2) -> list[Common]:
    """Numbers that at least `least` of the targets have called or been called by, those of most targets first."""
    wanted = set(targets)
    found: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for call in calls:
        if call.a == call.b:
            continue
        if call.a in wanted:
            found[call.b][call.a].append(call.id)
        if call.b in wanted:
            found[call.a][call.b].append(call.id)
    out = [Common(number, tuple(sorted(by)), tuple(sorted({one for ids in by.values() for one in ids})))
           for number, by in found.items() if len(by) >= least]
    return sorted(out, key=lambda one: (-len(one.targets), -len(one.calls), one.number))


def local(call: Call, shift: float) -> float | None:
    """The local second of a call: instants shifted by `shift` hours, other times as they are written."""
    return None if call.at is None else call.at + (shift * 3600 if call.utc else 0.0)


def hour_and_weekday(second: float) -> tuple[int, int]:
    """Hour (0–23) and weekday (0 Monday – 6 Sunday) of a second since 1970."""
    return int(second % DAY // 3600), int((second // DAY + 3) % 7)


def week(calls: Iterable[Call], shift: float = 0.0) -> dict[tuple[int, int], list[int]]:
    """(weekday, hour) → the calls that began then."""
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for call in calls:
        second = local(call, shift)
        if second is not None:
            hour, weekday = hour_and_weekday(second)
            found[(weekday, hour)].append(call.id)
    return dict(found)
