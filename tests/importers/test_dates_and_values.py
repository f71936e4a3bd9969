"""Dates and numbers, read by the evidence of their own column."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewglink.importers import dates, preview, values
from ewglink.importers.contract import Part, Row
from ewglink.model.items import Precision


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("2024", "2024", Precision.YEAR),
        ("2024-03", "2024-03", Precision.MONTH),
        ("mars 2024", "2024-03", Precision.MONTH),
        ("03/2024", "2024-03", Precision.MONTH),
        ("2024-03-05", "2024-03-05", Precision.DAY),
        ("2024/3/5", "2024-03-05", Precision.DAY),
        ("20240305", "2024-03-05", Precision.DAY),
        ("14 mars 2024", "2024-03-14", Precision.DAY),
        ("3 ene 2025", "2025-01-03", Precision.DAY),
        ("3 de enero de 2025", "2025-01-03", Precision.DAY),
        ("1er août 2024", "2024-08-01", Precision.DAY),
        ("March 14, 2024", "2024-03-14", Precision.DAY),
        ("14-Mar-24", "2024-03-14", Precision.DAY),
        ("Mon, 2nd Dec 2024", "2024-12-02", Precision.DAY),
        ("2024-03-05 10:00", "2024-03-05T10:00:00", Precision.LOCAL),
        ("2024-03-05T10:00:00Z", "2024-03-05T10:00:00Z", Precision.INSTANT),
        ("2024-03-05T23:00:00-0500", "2024-03-06T04:00:00Z", Precision.INSTANT),
    ],
)
def test_dates_keep_their_precision(text: str, iso: str, precision: Precision) -> None:
    found = dates.parse(text)
    assert found is not None
    assert (found.iso, found.precision, found.raw) == (iso, precision, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2024-02-30",
        "13/13/2024",
        "2024-13",
        "99999999",
        "1.5",
        "may",
        "2024-03-05T25:00",
        "12:30",
        "D008",
        "0000-00-00",
        "3/4",
        "Building 5 May 2024 Ltd",
    ],
)
def test_what_is_no_date_stays_text(text: str) -> None:
    assert dates.parse(text) is None


def test_day_and_month_are_told_apart_by_the_column_or_flagged() -> None:
    assert dates.detect(["13/01/2024", "02/03/2024"]) == dates.DateStyle("dmy")
    assert dates.detect(["01/13/2024", "02/03/2024"]) == dates.DateStyle("mdy")
    assert dates.detect(["01/02/2024", "03/04/2024"]) == dates.DateStyle("mdy", ambiguous=True)
    assert dates.detect(["01/02/2024"], prefer="dmy") == dates.DateStyle("dmy", ambiguous=True)
    assert dates.detect(["01.02.2024"]) == dates.DateStyle("dmy")
    assert dates.detect(["05/05/2024"]) == dates.DateStyle("mdy")
    assert dates.detect(["13/01/2024", "01/13/2024"]) is None
    assert dates.detect(["2024-01-02", "hello"]) is None
    assert dates.detect(["2019", "2020"]) is None
    assert dates.detect(["2019", "2020"], wanted=True) == dates.DateStyle()
    parsed = dates.parse("02/03/2024", dates.DateStyle("dmy"))
    assert parsed is not None
    assert parsed.iso == "2024-03-02"


def test_spreadsheet_serials_are_days_since_1899() -> None:
    style = dates.detect([45000, 45000.5], wanted=True)
    assert style is not None
    assert style.serials
    assert [dates.parse(one, style) for one in (45000, 45000.5)] == [
        ("2023-03-15", Precision.DAY, None, "45000"),
        ("2023-03-15T12:00:00", Precision.LOCAL, None, "45000.5"),
    ]


def test_an_instant_keeps_its_offset_and_its_local_date() -> None:
    found = dates.parse("2024-03-05T23:00:00-05:00")
    assert found is not None
    assert found.offset == -300
    assert dates.local(found) == "2024-03-05"


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_iso_instants_are_those_of_the_standard_library(moment: datetime, minutes: int) -> None:
    written = moment.replace(tzinfo=timezone(timedelta(minutes=minutes))).isoformat()
    found = dates.parse(written)
    assert found is not None
    assert datetime.fromisoformat(found.iso) == datetime.fromisoformat(written)
    assert dates.local(found) == moment.date().isoformat()


@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 1, 1)),
    st.sampled_from("/-."),
    st.sampled_from(["dmy", "mdy"]),
)
def test_a_written_date_reads_back(day: date, mark: str, order: str) -> None:
    text = (
        f"{day.day}{mark}{day.month}{mark}{day.year}"
        if order == "dmy"
        else f"{day.month}{mark}{day.day}{mark}{day.year}"
    )
    found = dates.parse(text, dates.DateStyle(order))  # type: ignore[arg-type]
    assert found is not None
    assert found.iso == day.isoformat()


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    dates.parse(text)
    values.guess([text, "1"])


def test_numbers_are_read_by_the_mark_their_column_uses() -> None:
    comma = values.number_style(["1.234,5", "2,25", "10"])
    assert comma == values.NumberStyle(",")
    assert [values.number(one, comma) for one in ("1.234,5", "2,25", "10")] == [1234.5, 2.25, 10]
    point = values.number_style(["1,234.5", "1 000", "-3"])
    assert point == values.NumberStyle(".")
    assert values.number_style(["1.234", "2.500"]) == values.NumberStyle(".", ambiguous=True)
    assert values.number_style(["007"]) is None
    assert values.number("007") is None
    assert values.number("1e400") is None
    assert values.number(100000.0) == 100000


def test_cells_as_text_do_not_depend_on_their_format() -> None:
    pairs = [
        (100000.0, "100000"),
        (1.5, "1.5"),
        (None, ""),
        (True, "true"),
        (date(2024, 3, 5), "2024-03-05"),
        ("007 ", "007 "),
    ]
    assert [values.as_text(cell) for cell, _text in pairs] == [text for _cell, text in pairs]  # type: ignore[arg-type]


def test_the_preview_says_what_columns_hold() -> None:
    rows = [
        ("007", "1,5", "13/01/2024", "yes", "Laredo", ""),
        ("008", "2,25", "02/02/2024", "no", "El Paso", ""),
        ("009", "3,0", "03/02/2024", "yes", "Laredo", ""),
    ]
    part = Part(
        "t",
        ("id", "qty", "day", "flag", "city", "blank"),
        1,
        sample=tuple(Row("t", n, n, row, "") for n, row in enumerate(rows, 2)),
    )
    found = preview.columns(part)
    assert [one.guess.kind for one in found] == ["identifier", "number", "date", "boolean", "text", "empty"]
    assert [str(one.kind) for one in found] == [
        "identifiers",
        "numbers with a decimal comma",
        "dates, day first",
        "yes or no",
        "text",
        "empty",
    ]
    assert found[4].examples == ("Laredo", "El Paso")
    assert not any(one.needs_confirming for one in found)
