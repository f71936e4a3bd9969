"""Column by column, rows say what they say one by one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewglink.importers.column_mapping import ColumnMapping
from ewglink.importers.contract import Part, Problem, Row
from ewglink.importers.flat_drafts import Flat, flat_of
from ewglink.importers.mapping import Mapping
from ewglink.importers.specification import Specification
from ewglink.reference.schema_files import builtin_schema
from ewglink.text import message

SCHEMA = builtin_schema()
COLUMNS = ("a", "b", "country", "date", "amount", "note")
PAID = {"amount": "amount", "reference": "note"}
SPEC: dict[str, Any] = {
    "ewglink_spec": 1,
    "name": "payments",
    "namespace": "case",
    "entities": {
        "a": {"type": "organization", "key": ["a"], "properties": {"name": "a", "country": "country"}},
        "b": {"type": "person", "key": ["b"], "properties": {"name": "b", "note": "note"}},
    },
    "links": [
        {"type": "paid", "from": "a", "to": "b", "start": "date", "properties": PAID},
        {"type": "paid", "from": "b", "to": "a", "properties": {"reference": "country"}},
    ],
}
GRAPH: dict[str, Any] = SPEC | {
    "entities": {
        "a": {"type": "organization", "key": [{"column": "a", "exact": True}], "reference": True},
        "b": {
            "type": "person",
            "key": [{"column": "b", "exact": True}],
            "label": [{"column": "note", "exact": True}],
            "properties": {"name": {"column": "b", "exact": True}},
        },
    },
    "links": [
        {
            "type": "paid",
            "from": "a",
            "to": "b",
            "key": [{"column": "amount", "exact": True}],
            "directed": "country",
            "label": {"column": "note", "exact": True},
            "properties": {"reference": {"column": "note", "exact": True}},
        }
    ],
}
NAMES = st.sampled_from(["Ana", " Ana ", "B & C", "x", "0", "Łódź \"quoted\"", "a\\b", "日本", "n\tt"])
TEXTS = st.sampled_from(["", " ", "MX", " MX", "tab\there", "\"", "N/A", "2024", "é"])
DATES = st.sampled_from(["2024-01-02", "2024-01", "", "2023-12-31"])
AMOUNTS = st.sampled_from(["1", "12.50", "1,200", "", " 7 "])
ROWS = st.lists(st.tuples(NAMES, NAMES, TEXTS, DATES, AMOUNTS, TEXTS), min_size=1, max_size=12)


def _rows(cells: list[tuple[Any, ...]]) -> list[Row]:
    return [Row("table", no, no, row, repr(row)) for no, row in enumerate(cells, 2)]


def _both(rows: list[Row | Problem], spec: dict[str, Any]) -> tuple[Flat | None, Flat | None]:
    sample = tuple(one for one in rows if isinstance(one, Row))
    made = Specification.from_json(spec)
    mapping = Mapping(made, Part("table", COLUMNS, 1, sample=sample), SCHEMA)
    columns = ColumnMapping.of(mapping)
    by_row = flat_of([mapping.draft(one) if isinstance(one, Row) else one for one in rows])
    return columns.flat(rows) if columns else None, by_row


def _plain(flat: Flat | None) -> Any:
    assert flat is not None
    return [
        [list(one) for one in part] if hasattr(part, "_fields") else part if isinstance(part, str | int) else list(part)
        for part in flat
    ]


@given(ROWS)
def test_plain_rows_are_the_same_either_way(cells: list[tuple[Any, ...]]) -> None:
    quick, plain = _both(list(_rows(cells)), SPEC)
    assert _plain(quick) == _plain(plain)


@given(ROWS)
def test_rows_of_a_graph_are_the_same_either_way(cells: list[tuple[Any, ...]]) -> None:
    cells = [(*row[:2], "true" if row[2] else "false", *row[3:]) for row in cells]
    quick, plain = _both(list(_rows(cells)), GRAPH)
    assert _plain(quick) == _plain(plain)


@given(ROWS, st.sampled_from([None, 5, 2.5, True]), st.integers(0, 5))
def test_cells_of_a_workbook_are_the_same_either_way(cells: list[tuple[Any, ...]], cell: Any, at: int) -> None:
    cells[0] = (*cells[0][:at], cell, *cells[0][at + 1 :])
    quick, plain = _both(list(_rows(cells)), SPEC)
    if quick is not None:
        assert _plain(quick) == _plain(plain)


def test_a_problem_between_rows_is_told() -> None:
    rows: list[Row | Problem] = [*_rows([("A", "B", "", "", "", "")])]
    rows.append(Problem("table", 3, 3, None, "too_many_cells", message("x"), True, "[]"))
    quick, plain = _both(rows, SPEC)
    assert quick is not None
    assert quick.rows == 2 and [one.code for one in quick.problems] == ["too_many_cells"]
    assert _plain(quick) == _plain(plain)


@pytest.mark.parametrize(
    "cells",
    [
        ("", "B", "", "", "", ""),
        ("N/A", "B", "", "", "", ""),
        ("A", "B", "", "not a date", "", ""),
        ("A", "B", "", "", "many", ""),
    ],
)
def test_what_is_not_plain_is_left_to_the_rows(cells: tuple[str, ...]) -> None:
    assert _both(list(_rows([("A", "B", "MX", "2024-01-01", "1", "x")] * 3 + [cells])), SPEC)[0] is None


@pytest.mark.parametrize(
    "change",
    [
        {"if": {"column": "a", "is": "A"}},
        {"start": "date"},
        {"split": ";"},
        {"key": ["a", "b"]},
        {"properties": {"rfc": "note"}},
    ],
)
def test_a_specification_that_asks_for_more_is_left_to_the_rows(change: dict[str, Any]) -> None:
    entities = SPEC["entities"] | {"a": SPEC["entities"]["a"] | change}
    assert _both(list(_rows([("A", "B", "MX", "2024-01-01", "1", "x")])), SPEC | {"entities": entities})[0] is None
