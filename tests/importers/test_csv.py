"""Text tables: the same cells as the file has, exact row and line numbers, and a word about everything odd."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewglink.importers.contract import Problem, Row
from ewglink.importers.formats.csv import MEMBER, CsvOptions
from ewglink.model.refusal import Refusal


def written(tmp_path: Path, content: str | bytes, name: str = "table.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path: Path, **options: object) -> tuple[list[Row], list[Problem]]:
    found = list(MEMBER.read(path, CsvOptions(**options)))  # type: ignore[arg-type]
    return [one for one in found if isinstance(one, Row)], [one for one in found if isinstance(one, Problem)]


def columns(path: Path, **options: object) -> tuple[str, ...]:
    return MEMBER.parts(path, CsvOptions(**options))[0].columns  # type: ignore[arg-type]


def test_csv_spectrum_equals_its_json(samples: Path) -> None:
    files = sorted((samples / "nasty/csv-spectrum/csvs").glob("*.csv"))
    assert len(files) == 6
    for path in files:
        wanted = json.loads((samples / "nasty/csv-spectrum/json" / f"{path.stem}.json").read_text("utf-8"))
        names = columns(path)
        assert [dict(zip(names, row.cells, strict=True)) for row in read(path)[0]] == wanted, path.name


def test_every_file_of_a_foreign_corpus_is_read_or_refused_in_a_sentence(samples: Path) -> None:
    files = sorted((samples / "nasty/frictionless").glob("*.csv"))
    assert files
    for path in files:
        try:
            rows, problems = read(path)
        except Refusal:
            assert not path.read_bytes().strip(), path.name
            continue
        told = {problem.row for problem in problems}
        with path.open("rb") as stream:
            given_rows = sum(1 for line in stream.read().replace(b"\r\n", b"\n").split(b"\n") if line.strip(b",; \t"))
        assert len(rows) + len(told) + 1 >= given_rows or b'"' in path.read_bytes(), path.name


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8-sig", "name,city\nPeña,León\n"),
        ("utf-16", "name,city\nPeña,León\n"),
        ("utf-16-le", "name,city\nPena,Leon\n"),
        ("utf-8", "name,city\nΠάτρα,東京\n"),
        ("cp1252", "name,city\nPeña – “SA”,León\nGagné,Québec\n"),
        ("utf-32", "name,city\nPeña,León\n"),
    ],
)
def test_encodings_are_found(tmp_path: Path, encoding: str, text: str) -> None:
    path = written(tmp_path, text.encode(encoding))
    assert columns(path) == ("name", "city")
    assert [list(row.cells) for row in read(path)[0]] == [line.split(",") for line in text.splitlines()[1:]]


def test_the_encoding_can_be_chosen_and_a_wrong_name_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "id,name\n1,Ελλάδα\n".encode("iso8859-7"))
    assert read(path, encoding="iso8859-7")[0][0].cells == ("1", "Ελλάδα")
    with pytest.raises(Refusal) as refused:
        read(path, encoding="klingon")
    assert refused.value.code == "unknown_encoding"


def test_one_broken_byte_in_a_utf8_file_is_reported_where_it_is(tmp_path: Path) -> None:
    lines = [f"{n},Peña {n}" for n in range(50)]
    body = ("id,name\n" + "\n".join(lines) + "\n").encode() + b"50,bad \xff byte\n51,fine\n"
    rows, problems = read(written(tmp_path, body))
    assert len(rows) == 52
    assert [(one.row, one.line, one.field, one.code, one.rejected) for one in problems] == [
        (52, 52, "name", "undecodable", False)
    ]
    assert rows[50].cells == ("50", "bad \ufffd byte")
    assert json.loads(rows[50].raw) == ["50", "bad \udcff byte"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found(tmp_path: Path, delimiter: str) -> None:
    rows = [["id", "name", "city"], ["1", "Smith, John; Co", "Laredo"], ["2", "Peña", "San Luis"]]
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    assert [list(row.cells) for row in read(written(tmp_path, stream.getvalue()))[0]] == rows[1:]


def test_row_and_line_numbers_count_the_heading_blank_lines_and_quoted_line_ends(tmp_path: Path) -> None:
    path = written(tmp_path, 'a,b\n1,"x\ny\nz"\n\n2,w\r\n3,"v\r\nu"\n4,t\n')
    assert [(row.no, row.line, row.cells) for row in read(path)[0]] == [
        (2, 2, ("1", "x\ny\nz")),
        (4, 6, ("2", "w")),
        (5, 7, ("3", "v\r\nu")),
        (6, 9, ("4", "t")),
    ]


def test_numbers_are_right_across_blocks_whether_read_quickly_or_carefully(tmp_path: Path) -> None:
    lines = ["id,name,note"]
    for n in range(20_000):
        lines.append(f'{n},"say ""{n}"" ",x' if n % 1000 == 7 else f"{n},plain {n},y")
        if n % 5000 == 17:
            lines[-1] = f'{n},"two\nlines",z'
    path = written(tmp_path, "\n".join(lines) + "\n")
    text = path.read_text().split("\n")
    rows, problems = read(path)
    assert not problems
    assert [row.no for row in rows] == list(range(2, 20_002))
    for row in rows[::333]:
        assert text[row.line - 1].startswith(f"{row.cells[0]},")  # type: ignore[operator]
    assert all(tuple(json.loads(row.raw)) == row.cells for row in rows)


def test_an_unclosed_quote_loses_one_line_and_says_which(tmp_path: Path) -> None:
    rows, problems = read(written(tmp_path, 'a,b\n1,x\n2,"y\n3,z\n4,w\n'))
    assert [row.cells for row in rows] == [("1", "x"), ("3", "z"), ("4", "w")]
    assert [(one.row, one.line, one.code, one.rejected) for one in problems] == [(3, 3, "unclosed_quote", True)]
    assert json.loads(problems[0].raw or "") == ['2,"y']


def test_a_stray_quote_loses_one_line_and_swallows_nothing(tmp_path: Path) -> None:
    rows, problems = read(written(tmp_path, 'a,b\n1,"x" y\n2,"z"\n3,5" pipe\n4,"w"\n'))
    assert [row.cells for row in rows] == [("2", "z"), ("3", '5" pipe'), ("4", "w")]
    assert [(one.row, one.line, one.code, one.rejected) for one in problems] == [(2, 2, "stray_quote", True)]


def test_a_quote_that_swallows_rows_of_another_width_is_taken_apart(tmp_path: Path) -> None:
    rows, problems = read(written(tmp_path, 'a,b,c\n1,"x,p\n2,y,q\n3,z,r\n4,w",s,t\n5,v,u\n'))
    assert [row.cells[0] for row in rows] == ["2", "3", "4", "5"] or [one.row for one in problems if one.rejected]
    assert {one.line for one in problems} >= {2}


def test_a_well_formed_cell_that_looks_like_rows_is_kept_and_warned_of(tmp_path: Path) -> None:
    rows, problems = read(written(tmp_path, 'a,b,c\n1,"x\n2,y,q\n3,z,r\n",s\n5,v,u\n'))
    assert [row.cells for row in rows] == [("1", "x\n2,y,q\n3,z,r\n", "s"), ("5", "v", "u")]
    assert [(one.code, one.row, one.rejected) for one in problems] == [("cell_spans_rows", 2, False)]


def test_rows_of_the_wrong_width_are_listed(tmp_path: Path) -> None:
    rows, problems = read(written(tmp_path, "a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12,,\n"))
    assert [row.cells for row in rows] == [("1", "2", "3"), ("4", "5", ""), ("10", "11", "12")]
    assert [(one.row, one.code, one.rejected) for one in problems] == [
        (3, "too_few_cells", False),
        (4, "too_many_cells", True),
    ]
    assert json.loads(problems[1].raw or "") == ["6", "7", "8", "9"]


def test_text_stays_text(tmp_path: Path) -> None:
    cells = ["007", "1e5", " padded ", "=1+1", "2024-03-05", "TRUE", "NULL", "0.10", "1,5"]
    stream = io.StringIO()
    csv.writer(stream).writerows([[f"c{n}" for n in range(len(cells))], cells])
    assert list(read(written(tmp_path, stream.getvalue()))[0][0].cells) == cells


def test_hidden_characters_are_reported_and_kept(tmp_path: Path) -> None:
    rows, problems = read(written(tmp_path, "a,b\n1,nul\x00\n2,\u202eevil\n3,zero\u200bwidth\n4,PeÃ±a\n5,fine\n"))
    assert [row.cells[1] for row in rows] == ["nul\x00", "\u202eevil", "zero\u200bwidth", "PeÃ±a", "fine"]
    assert [(one.row, one.field, one.code) for one in problems] == [
        (2, "b", "nul"),
        (3, "b", "direction_marks"),
        (4, "b", "invisible_characters"),
        (5, "b", "mojibake"),
    ]


def test_headings_below_a_banner_missing_blank_and_twice(tmp_path: Path) -> None:
    path = written(tmp_path, "Report of 2024\n\nname,,name,qty\nA,b,c,1\nB,d,e,2\n")
    assert columns(path) == ("name", "B", "name (2)", "qty")
    rows, problems = read(path)
    assert [row.no for row in rows] == [4, 5]
    assert {one.code for one in problems} == {"blank_heading", "duplicate_heading", "rows_above_headings"}
    bare = written(tmp_path, "1,Laredo\n2,El Paso\n", "bare.csv")
    assert columns(bare) == ("A", "B")
    assert [row.no for row in read(bare)[0]] == [1, 2]
    assert columns(bare, header=1) == ("1", "Laredo")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"\n\n", b"\xef\xbb\xbf", b" \r\n"):
        with pytest.raises(Refusal) as refused:
            read(written(tmp_path, content))
        assert refused.value.code == "empty_file"


def test_a_cell_of_ten_megabytes_is_read(tmp_path: Path) -> None:
    long = "x" * (10 << 20)
    assert read(written(tmp_path, f'a,b\n1,"{long}"\n2,{long}\n'))[0][1].cells == ("2", long)


CELL = st.text(
    st.one_of(
        st.sampled_from(list("\",;|\t\n\r\\'=+-@ \u00a0\u202e\u2028\u0085Éñ中")),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(2, 5))
    return [
        row
        for row in draw(st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=8))
        if any(row)
    ]


@given(tables(), st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_what_a_writer_wrote_comes_back(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]], always: bool, end: str
) -> None:
    width = len(table[0]) if table else 2
    lines = [",".join(f"c{n}" for n in range(width))]
    for row in table:
        lines.append(
            ",".join(
                '"' + cell.replace('"', '""') + '"' if always or set(cell) & set(',"\r\n') else cell for cell in row
            )
        )
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_bytes((end.join(lines) + end).encode())
    rows, problems = read(path, delimiter=",", quote="double", header=1, encoding="utf-8", asides=False)
    assert [list(row.cells) for row in rows] == table
    assert not [one for one in problems if one.rejected]
    assert [row.no for row in rows] == list(range(2, len(table) + 2))
