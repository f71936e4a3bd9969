"""Dated parameters: every value has a unit, a source and a name, and windows do not overlap."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from ewglink.reference.parameters import parameters
from ewglink.workspace.parameter_rows import PARAMETER_NAMES, UNIT_NAMES


def test_every_parameter_says_what_it_is() -> None:
    keys = {row.key for row in parameters().rows}
    assert keys == set(PARAMETER_NAMES)
    assert all(row.unit in UNIT_NAMES and row.source for row in parameters().rows)


def test_no_two_values_hold_at_once() -> None:
    for one, other in combinations(parameters().rows, 2):
        if (one.key, one.country) == (other.key, other.country):
            first, second = sorted((one, other), key=lambda row: row.valid_from or date.min)
            assert first.valid_to is not None and second.valid_from is not None, one
            assert first.valid_to < second.valid_from, one


def test_advance_filing_changed_on_a_day() -> None:
    asked = [parameters().value("filing_vessel_days", "US", on) for on in (date(2023, 9, 17), date(2023, 9, 18))]
    assert asked == [14, 10]


def test_canadian_periods_hold_since_their_regulations() -> None:
    assert parameters().value("part_a_working_days", "CA", date(2021, 10, 31)) == 3
    assert parameters().value("part_a_working_days", "CA", date(2021, 10, 30)) is None
