"""Telephone toll analysis, each table recomputed in plain Python from generated calls."""

from __future__ import annotations

import math
import random
from collections import Counter
from datetime import UTC, datetime
from statistics import median

import pytest

from ewglink.workspace import toll, toll_patterns
from ewglink.workspace.toll import DAY, Call

BEGIN = datetime(2025, 3, 3, tzinfo=UTC).timestamp()  # a Monday


def generated(seed: int, count: int = 900, numbers: int = 14) -> list[Call]:
    """Calls of `numbers` numbers over sixty days."""
    draw = random.Random(seed)
    calls = []
    for one in range(count):
        a, b = draw.sample(range(1, numbers + 1), 2)
        calls.append(Call(1000 + one, a, b, BEGIN + draw.randrange(60 * 86400), float(draw.randrange(1, 900))))
    return calls


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_frequency_table_is_what_counting_by_hand_gives(seed: int) -> None:
    """Out, in, first, last, median and contacts of every number."""
    calls = generated(seed)
    lines = {line.number: line for line in toll.frequency(calls)}
    for number in {end for call in calls for end in (call.a, call.b)}:
        own = [call for call in calls if number in (call.a, call.b)]
        line = lines[number]
        assert (line.out, line.into) == (sum(c.a == number for c in own), sum(c.b == number for c in own))
        assert line.total == len(own) == len(line.calls)
        assert (line.first, line.last) == (min(c.at or 0 for c in own), max(c.at or 0 for c in own))
        assert line.median_s == median([c.seconds or 0 for c in own])
        assert line.contacts == len({c.a + c.b - number for c in own})
    totals = [line.total for line in toll.frequency(calls)]
    assert totals == sorted(totals, reverse=True)


def test_pairs_count_each_way() -> None:
    """Both directions of each pair, and every call once."""
    calls = generated(4)
    ways = Counter((call.a, call.b) for call in calls)
    found = toll.pairs(calls)
    assert all((one.forth, one.back) == (ways[one.a, one.b], ways[one.b, one.a]) for one in found)
    assert sorted(link for one in found for link in one.calls) == sorted(call.id for call in calls)


def test_common_numbers_are_those_that_two_targets_are_in_contact_with() -> None:
    """Recomputed with sets; a number that one target calls often is not common."""
    calls = [*generated(5, count=40), Call(1, 1, 99, BEGIN, 3.0), Call(2, 1, 99, BEGIN, 3.0)]
    targets = {1, 2, 3}
    found = {one.number: set(one.targets) for one in toll.common(calls, targets)}
    expected: dict[int, set[int]] = {}
    for call in calls:
        for target, other in ((call.a, call.b), (call.b, call.a)):
            if target in targets:
                expected.setdefault(other, set()).add(target)
    assert found == {number: by for number, by in expected.items() if len(by) >= 2}
    assert 99 not in found


def test_the_week_counts_local_hours() -> None:
    """A Monday 02:30 UTC is a Sunday evening five hours west; a time without a zone is left as written."""
    calls = [Call(1, 1, 2, BEGIN + 2.5 * 3600, None, True), Call(2, 1, 2, BEGIN + 2.5 * 3600, None, False)]
    assert toll.week(calls, -5.0) == {(6, 21): [1], (0, 2): [2]}
    for call in generated(6, count=50):
        told = datetime.fromtimestamp(call.at or 0, UTC)
        assert toll.hour_and_weekday(call.at or 0) == (told.hour, told.weekday())


@pytest.mark.parametrize(("least", "mean"), [(0, 1.0), (1, 0.2), (5, 1.5), (12, 3.0), (3, 8.0), (80, 20.0), (40, 60.0)])
def test_poisson_and_chi_square_tails_are_those_of_the_textbook(least: int, mean: float) -> None:
    """Summed by hand to the left, and with SciPy where it is there."""
    below = math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(least))
    assert toll_patterns.poisson_tail(least, mean) == pytest.approx(1 - below, abs=1e-12)
    stats = pytest.importorskip("scipy.stats")
    assert toll_patterns.poisson_tail(least, mean) == pytest.approx(stats.poisson.sf(least - 1, mean), rel=1e-9)
    assert toll_patterns.chi2_tail_3(mean) == pytest.approx(stats.chi2.sf(mean, 3), rel=1e-9)


def test_a_planted_burst_is_found_and_an_even_life_has_none() -> None:
    """Two calls a day for forty days; on the 21st day twenty more."""
    even = [Call(n, 1, 2, BEGIN + n * DAY / 2 + 3600, 5.0) for n in range(80)]
    assert toll_patterns.bursts(even) == []
    burst = [Call(500 + n, 1, 3, BEGIN + 20 * DAY + 40000 + n * 60, 5.0) for n in range(20)]
    first = toll_patterns.bursts([*even, *burst])[0]
    assert (first.number, first.day, len(first.calls)) == (1, BEGIN + 20 * DAY, 22)
    assert first.usual == pytest.approx(78 / 39)
    assert set(first.calls) >= {call.id for call in burst}


def test_a_silence_and_a_change_of_hours_are_found() -> None:
    """Four calls a day, ten days of nothing; then daytime becomes night."""
    days = [*range(20), *range(30, 50)]
    calls = [Call(day * 10 + n, 1, 2 + n % 2, BEGIN + day * DAY + (9 + 2 * n) * 3600, 5.0) for day in days
             for n in range(4)]
    silent = toll_patterns.silences(calls)
    assert {(round((one.end - one.start) / DAY), one.number) for one in silent} >= {(11, 1)}
    assert {one for one in silent[0].calls} == {193, 300}
    night = [Call(5000 + n, 1, 2, BEGIN + (50 + n // 4) * DAY + 2 * 3600 + n, 5.0) for n in range(60)]
    changed = [one for one in toll_patterns.shifts([*calls, *night]) if one.number == 1]
    assert changed and changed[0].day == BEGIN + 50 * DAY
    assert changed[0].after == (60, 0, 0, 0) and changed[0].before[0] == 0


def test_chains_are_the_pairs_of_calls_within_ten_minutes() -> None:
    """Against every pair of calls; C is neither A nor B."""
    calls = generated(7, count=2000, numbers=10)
    expected = sorted((one.id, two.id) for one in calls for two in calls
                      if two.a == one.b and two.b not in (one.a, one.b) and 0 < (two.at or 0) - (one.at or 0) <= 600)
    found = sorted(times for chain in toll_patterns.chains(calls) for times in chain.times)
    assert found == expected and expected


def test_a_new_number_with_the_same_contacts_takes_over() -> None:
    """Number 1 stops, number 2 starts two days later with four of its five contacts; number 3 has others."""
    contacts = [11, 12, 13, 14, 15]
    calls = [Call(n, 1, contacts[n % 5], BEGIN + n * DAY, 5.0) for n in range(20)]
    calls += [Call(100 + n, 2, [11, 12, 13, 14][n % 4], BEGIN + (21 + n) * DAY, 5.0) for n in range(20)]
    calls += [Call(200 + n, 3, [21, 22, 13][n % 3], BEGIN + (21 + n) * DAY, 5.0) for n in range(20)]
    found = toll_patterns.successions(calls)
    assert [(one.old, one.new, one.likeness, one.pause) for one in found if one.old < 4 and one.new < 4] == [
        (1, 2, 0.8, pytest.approx(2.0))]
    assert found[0].shared == (11, 12, 13, 14)


def test_moments_are_read_as_the_case_writes_them() -> None:
    """UTC instants, local times, and days, which have no moment."""
    assert toll.moment("2025-03-03T00:00:00Z") == (BEGIN, True)
    assert toll.moment("2025-03-03T00:00:00") == (BEGIN, False)
    assert toll.moment("2025-03-02T19:00:00-05:00") == (BEGIN, True)
    assert toll.moment("2025-03-03") == (None, False) == toll.moment(None)
