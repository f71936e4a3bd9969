"""Blocks taken in one go: the same cells as `csv.reader` gives, or none at all."""

from __future__ import annotations

import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewglink.importers import quick_rows
from ewglink.importers.dialect import Dialect, detect

LETTERS = st.sampled_from(list('ab",;|\t\\ \'éß中\u2028'))
CELL = st.text(LETTERS, max_size=6)


def _told(cell: str, delimiter: str, quote: str, always: bool) -> str:
    if always or set(cell) & {delimiter, quote}:
        return quote + cell.replace(quote, quote * 2) + quote
    return cell


@given(
    st.lists(st.lists(CELL, min_size=3, max_size=3).filter(any), min_size=1, max_size=6),
    st.lists(st.booleans(), min_size=18, max_size=18),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(['"', "'"]),
)
def test_what_a_writer_wrote_is_taken(
    table: list[list[str]], always: list[bool], end: str, delimiter: str, quote: str
) -> None:
    lines = [
        delimiter.join(_told(cell, delimiter, quote, always[3 * no + at]) for at, cell in enumerate(row))
        for no, row in enumerate(table)
    ]
    spoken = Dialect(delimiter, quote)
    block = end.join(lines) + end
    known = quick_rows.taken(block, spoken, 3)
    assert known is not None
    assert [list(row) for row in known[0]] == table
    assert [json.loads(raw) for raw in known[1]] == table


@given(st.text(st.sampled_from(list('ab",\n\\\té ')), min_size=1, max_size=40), st.sampled_from(["\n", "\r\n"]))
def test_any_text_is_taken_as_a_reader_would_or_not_at_all(text: str, end: str) -> None:
    spoken = Dialect(",", '"')
    known = quick_rows.taken(text.replace("\n", end), spoken, 2)
    if known is None:
        return
    wanted = list(csv.reader(text.removesuffix("\n").split("\n"), strict=True))
    assert [list(row) for row in known[0]] == wanted
    assert [json.loads(raw) for raw in known[1]] == wanted


@pytest.mark.parametrize(
    "block",
    ['"a,"b\n', 'a","b\n', '"a"x,b\n', '"a\nb",c\n', "a,b,c\n", "\x00a,b\n", "a\rb,c\n", "a,b\r\nc,d\n", ",\n"],
)
def test_what_is_not_plain_is_left_to_the_careful_reader(block: str) -> None:
    assert quick_rows.taken(block, Dialect(",", '"'), 2) is None


def test_a_quoted_word_behind_a_comma_inside_a_cell_is_no_space_between_cells() -> None:
    inside = "name,town\n" + 'Ana,"Porto, ""the port"", north"\n B, C\n' * 5
    assert not detect(inside).skip_space
    assert detect('name, town\n' + '"Ana", "Porto, north"\n' * 5).skip_space
    assert detect('name, town\n' + 'Ana, ""\nBo, "x, y"\n' * 5).skip_space
