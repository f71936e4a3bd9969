"""Why a column is read as it is, in words a person can check against the column."""

from __future__ import annotations

import pytest

from ewglink.workspace.column_evidence import of_dates, of_numbers


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            ["03/04/2021", "23/04/2021", "24/05/2021"],
            "Day first, because more than 12 stands in first place in 2 rows (23/04/2021).",
        ),
        (
            ["03/04/2021", "04/23/2021"],
            "Month first, because more than 12 stands in second place in 1 row (04/23/2021).",
        ),
        (
            ["23/04/2021", "04/23/2021"],
            "The dates contradict each other: 23/04/2021 can only be read day first, 04/23/2021 only month first.",
        ),
        (["03/04/2021"], "No row tells day from month; they are read month first until you say otherwise."),
        (["03.04.2021"], "Day first, as dates with points are written; no row tells otherwise."),
        (["03/03/2021"], "Day and month are the same in every row: nothing is open."),
        (["2021-03-04"], "The year comes first: nothing is open."),
        (["3 March 2021"], "The months are written as words: nothing is open."),
    ],
)
def test_dates(cells: list[str], said: str) -> None:
    assert str(of_dates(cells)) == said


def test_a_choice_is_a_choice() -> None:
    assert str(of_dates(["04/23/2021"], "dmy")) == "Day first, as you have chosen."


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["1,5", "2"], "A comma is the decimal mark: every cell fits that."),
        (["1.5"], "A point is the decimal mark: every cell fits that."),
        (["1,234"], "No row tells a thousands mark from a decimal one; a point is taken for the decimal mark."),
        (["1", "x"], "Not all cells are numbers; they are kept as text."),
    ],
)
def test_numbers(cells: list[str], said: str) -> None:
    assert str(of_numbers(cells)) == said
