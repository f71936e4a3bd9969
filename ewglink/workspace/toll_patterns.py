"""Patterns in calls: bursts, breaks of the pattern of life, chains, and new numbers that take over from old ones.

Every test says its chance under "as usual", corrected for how often it was tried (Bonferroni): a lead, not a proof.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ewglink.workspace.toll import DAY, Call, by_number, local

LEAST_DAYS = 7
LEAST_CALLS = 10
"""Below these a number has no usual to be measured against."""
MOST_CHAINS = 20_000


class Burst(NamedTuple):
    """A day on which a number was busier than its other days make likely: `usual` is their mean, `chance` corrected."""

    number: int
    day: float
    calls: tuple[int, ...]
    usual: float
    chance: float


class Silence(NamedTuple):
    """A pause too long for how often the number is used: from the call before to the call after."""

    number: int
    start: float
    end: float
    usual_days: float
    chance: float
    calls: tuple[int, ...]


class Shift(NamedTuple):
    """A day from which on a number is used at other hours: shares of night (0–6), morning, afternoon and evening before
    and after."""

    number: int
    day: float
    before: tuple[int, int, int, int]
    after: tuple[int, int, int, int]
    chance: float
    calls: tuple[int, ...]


class Chain(NamedTuple):
    """A calls B, then B calls C within the minutes: how often, and the two calls of each time."""

    a: int
    b: int
    c: int
    times: tuple[tuple[int, int], ...]


class Succession(NamedTuple):
    """A number that stops and another that starts with nearly the same contacts: `pause` in days, below 0 where they
    overlap."""

    old: int
    new: int
    likeness: float
    shared: tuple[int, ...]
    stopped: float
    started: float
    pause: float
    calls: tuple[int, ...]


def poisson_tail(least: int, mean: float) -> float:
    """The chance of `least` events or more where `mean` are usual."""
    if least <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    term = math.exp(least * math.log(mean) - mean - math.lgamma(least + 1))
    if least <= mean:
        below, part = 0.0, math.exp(-mean)
        for k in range(least):
            below += part
            part *= mean / (k + 1)
        return max(0.0, 1.0 - below)
    total, k = 0.0, least
    while term > total * 1e-17:
        total += term
        k += 1
        term *= mean / k
    return min(1.0, total)


def chi2_tail_3(value: float) -> float:
    """The chance of a chi-square of three degrees of freedom above `value`."""
    if value <= 0:
        return 1.0
    return math.erfc(math.sqrt(value / 2)) + math.sqrt(2 * value / math.pi) * math.exp(-value / 2)


def bursts(calls: Iterable[Call], below: float = 0.01, shift: float = 0.0) -> list[Burst]:
    """Days with more calls than a Poisson number of the mean of the number's other days allows, the least likely first.

    The days counted run from the number's first to its last; numbers of fewer than 7 days or 10 calls are left out.
    """
    found = []
    for number, own in by_number(calls).items():
        days: dict[int, list[int]] = defaultdict(list)
        for call in own:
            second = local(call, shift)
            if second is not None:
                days[int(second // DAY)].append(call.id)
        total = sum(map(len, days.values()))
        span = max(days) - min(days) + 1 if days else 0
        if span < LEAST_DAYS or total < LEAST_CALLS:
            continue
        for day, ids in days.items():
            usual = (total - len(ids)) / (span - 1)
            chance = min(1.0, span * poisson_tail(len(ids), usual))
            if chance < below:
                found.append(Burst(number, day * DAY, tuple(ids), usual, chance))
    return sorted(found, key=lambda one: (one.chance, -len(one.calls), one.number, one.day))


def silences(calls: Iterable[Call], below: float = 0.001) -> list[Silence]:
    """Pauses longer than the rate of the number's other calls allows (exponential), the least likely first."""
    found = []
    for number, own in by_number(calls).items():
        timed = sorted((call.at, call.id) for call in own if call.at is not None)
        if len(timed) < LEAST_CALLS:
            continue
        span = timed[-1][0] - timed[0][0]
        for (start, one), (end, other) in pairwise(timed):
            rest = span - (end - start)
            if end - start < DAY or rest <= 0:
                continue
            usual = rest / (len(timed) - 2)
            chance = min(1.0, (len(timed) - 1) * math.exp(-(end - start) / usual))
            if chance < below:
                found.append(Silence(number, start, end, usual / DAY, chance, (one, other)))
    return sorted(found, key=lambda one: (one.chance, one.number, one.start))


def shifts(calls: Iterable[Call], below: float = 0.001, shift: float = 0.0) -> list[Shift]:
    """For each number the day that parts its hours of use best, where chance alone would hardly do so.

    Quarters of the day before and after are compared (G test, three degrees of freedom), each side 10 calls at least.
    """
    found = []
    for number, own in by_number(calls).items():
        timed = sorted((second, call.id) for call in own if (second := local(call, shift)) is not None)
        best = _best_split(timed)
        if best is None:
            continue
        value, at, tried = best
        chance = min(1.0, tried * chi2_tail_3(value))
        if chance < below:
            day = timed[at][0] // DAY * DAY
            found.append(Shift(number, day, _quarters(timed[:at]), _quarters(timed[at:]), chance,
                               tuple(one for _second, one in timed[at:])))
    return sorted(found, key=lambda one: (one.chance, one.number))


def _quarters(timed: Sequence[tuple[float, int]]) -> tuple[int, int, int, int]:
    counts = [0, 0, 0, 0]
    for second, _id in timed:
        counts[int(second % DAY // 21600)] += 1
    return counts[0], counts[1], counts[2], counts[3]


def _best_split(timed: Sequence[tuple[float, int]]) -> tuple[float, int, int] | None:
    """The G value, the first call after it, and how many splits at midnights were tried."""
    total = _quarters(timed)
    before = [0, 0, 0, 0]
    best, tried = (-1.0, 0), 0
    for at, (second, _id) in enumerate(timed):
        new_day = at > 0 and second // DAY != timed[at - 1][0] // DAY
        if new_day and at >= LEAST_CALLS and len(timed) - at >= LEAST_CALLS:
            tried += 1
            value = g_value(before, [whole - part for whole, part in zip(total, before, strict=True)])
            best = max(best, (value, at), key=lambda one: one[0])
        before[int(second % DAY // 21600)] += 1
    return (*best, tried) if tried else None


def g_value(one: Sequence[int], other: Sequence[int]) -> float:
    """Twice the log-likelihood ratio of two rows of counts being of one kind."""
    whole = sum(one) + sum(other)
    value = 0.0
    for row in (one, other):
        for at, count in enumerate(row):
            if count:
                expected = sum(row) * (one[at] + other[at]) / whole
                value += count * math.log(count / expected)
    return 2 * value


def chains(calls: Iterable[Call], minutes: float = 10.0) -> list[Chain]:
    """A→B followed by B→C (C is not A) that begins within `minutes` after the first began, the most frequent first."""
    timed = sorted((call for call in calls if call.at is not None and call.a != call.b),
                   key=lambda call: (call.at, call.id))
    out: dict[int, list[tuple[float, Call]]] = defaultdict(list)
    for call in timed:
        assert call.at is not None
        out[call.a].append((call.at, call))
    starts = {number: [at for at, _call in own] for number, own in out.items()}
    found: dict[tuple[int, int, int], list[tuple[int, int]]] = defaultdict(list)
    count = 0
    for call in timed:
        assert call.at is not None
        later = out.get(call.b, [])
        at = bisect_right(starts.get(call.b, []), call.at)
        while at < len(later) and later[at][0] - call.at <= minutes * 60 and count < MOST_CHAINS:
            if later[at][1].b not in (call.a, call.b):
                found[(call.a, call.b, later[at][1].b)].append((call.id, later[at][1].id))
                count += 1
            at += 1
    made = [Chain(*who, tuple(times)) for who, times in found.items()]
    return sorted(made, key=lambda one: (-len(one.times), one.a, one.b, one.c))


def successions(calls: Iterable[Call], likeness: float = 0.6, overlap_days: float = 3.0,
                gap_days: float = 30.0, least: int = 3) -> list[Succession]:
    """Numbers that stop while another, with contacts alike above `likeness` (Jaccard), starts; the most alike first."""
    own = by_number(calls)
    contacts = {number: frozenset(call.a if call.b == number else call.b for call in made) - {number}
                for number, made in own.items()}
    spans = {}
    for number, made in own.items():
        known = [call.at for call in made if call.at is not None]
        if known and len(contacts[number]) >= least:
            spans[number] = min(known), max(known)
    begun = sorted((started, number) for number, (started, _ended) in spans.items())
    found = []
    for old, (_first, stopped) in spans.items():
        first = bisect_left(begun, (stopped - overlap_days * DAY, -1))
        last = bisect_right(begun, (stopped + gap_days * DAY, math.inf))
        for started, new in begun[first:last]:
            one, other = contacts[old] - {new}, contacts[new] - {old}
            if new == old or spans[new][1] <= stopped or not one | other:
                continue
            alike = len(one & other) / len(one | other)
            if alike > likeness:
                ids = tuple(sorted({call.id for call in (*own[old], *own[new])}))
                pause = (started - stopped) / DAY
                found.append(Succession(old, new, alike, tuple(sorted(one & other)), stopped, started, pause, ids))
    return sorted(found, key=lambda one: (-one.likeness, abs(one.pause), one.old, one.new))
