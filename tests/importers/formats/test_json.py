"""JSON as tables: where the records are, exact values, own text, lines, and a word about everything odd."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewglink.importers import guard
from ewglink.importers.contract import Problem, Row
from ewglink.importers.formats.json import MEMBER, JsonOptions
from ewglink.model.refusal import Refusal


def written(tmp_path: Path, content: Any, name: str = "data.json") -> Path:
    path = tmp_path / name
    if not isinstance(content, (str, bytes)):
        content = json.dumps(content)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path: Path, part: str | None = None, **options: Any) -> tuple[list[Row], list[Problem]]:
    found = list(MEMBER.read(path, JsonOptions(**options), part))
    return [one for one in found if isinstance(one, Row)], [one for one in found if isinstance(one, Problem)]


def table(path: Path, part: str | None = None, **options: Any) -> list[dict[str, Any]]:
    """The filled cells of each row of a part (None: the first)."""
    parts = {one.name: one.columns for one in MEMBER.parts(path, JsonOptions(**options))}
    name = part or next(iter(parts))
    rows, _problems = read(path, name, **options)
    return [{key: cell for key, cell in zip(parts[name], row.cells, strict=True) if cell is not None} for row in rows]


def names(path: Path) -> list[str]:
    return [part.name for part in MEMBER.parts(path, JsonOptions())]


def test_csv_spectrum_says_the_same_as_its_csv(samples: Path) -> None:
    for path in sorted((samples / "nasty/csv-spectrum/json").glob("*.json")):
        wanted = [{key: cell for key, cell in row.items()} for row in json.loads(path.read_text("utf-8"))]
        rows, problems = read(path, "$[*]")
        columns = MEMBER.parts(path, JsonOptions())[0].columns
        assert [dict(zip(columns, row.cells, strict=True)) for row in rows] == wanted, path.name
        assert problems == []


def test_the_samples_give_as_many_records_as_they_hold(samples: Path) -> None:
    wanted = {"codes/ports/ports.json": 1634, "codes/waste/ewc-codes.json": 842, "emanifest/18f/method-codes.json": 19,
              "i2/schemas/people.json": 1000, "ftm/donations.ijson": 474}  # fmt: skip
    for name, count in wanted.items():
        assert len(table(samples / name)) == count, name


def test_tables_lie_at_any_depth_and_rows_carry_what_stands_around_them(tmp_path: Path) -> None:
    path = written(tmp_path, {
        "version": "2", "data": {"orders": [
            {"id": "0017", "buyer": {"name": "Ana", "address": {"zip": "00501"}},
             "lines": [{"sku": "x", "parts": [{"p": 1}, {"p": 2}]}, {"sku": "y"}], "notes": ["late", "paid"]},
            {"id": "0018", "lines": []},
        ]},
    })  # fmt: skip
    assert names(path) == ["$.data.orders[*]", "$.data.orders[*].lines[*]", "$.data.orders[*].lines[*].parts[*]", "$"]
    assert table(path) == [
        {"id": "0017", "buyer.name": "Ana", "buyer.address.zip": "00501", "notes": "late;paid", "parent.version": "2"},
        {"id": "0018", "parent.version": "2"},
    ]
    assert table(path, "$.data.orders[*].lines[*]") == [
        {"sku": "x", "parent.id": "0017", "parent.parent.version": "2"},
        {"sku": "y", "parent.id": "0017", "parent.parent.version": "2"},
    ]
    assert [one["p"] for one in table(path, "$.data.orders[*].lines[*].parts[*]")] == [1, 2]
    assert table(path, "$.data.orders[*].lines[*].parts[*]")[1]["parent.parent.id"] == "0017"
    assert table(path, "$") == [{"version": "2"}]


def test_records_under_names_of_their_own_are_a_table_with_the_name_as_key(tmp_path: Path) -> None:
    ports = {f"P{n}": {"name": f"Port {n}", "codes": [n, n + 1]} for n in range(20)}
    path = written(tmp_path, ports)
    assert names(path) == ["$.*"]
    assert table(path)[3] == {"key": "P3", "name": "Port 3", "codes": "3;4"}
    one = written(tmp_path, {"generator": {"id": 1}, "carrier": {"id": 2}}, "one.json")
    assert table(one) == [{"generator.id": 1, "carrier.id": 2}]


def test_values_are_as_the_file_has_them(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '[{"text": "007", "big": 9007199254740993, "exact": 0.1000000000000000055511151231257827, "price": 12.50,'
        ' "small": 5, "yes": true, "none": null, "long": 123456789012345678901234567890, "tiny": 1e-7}]',
    )
    assert table(path) == [
        {"text": "007", "big": "9007199254740993", "exact": "0.1000000000000000055511151231257827", "price": 12.5,
         "small": 5, "yes": True, "long": "123456789012345678901234567890", "tiny": 1e-7}
    ]  # fmt: skip


def test_each_row_has_its_own_text_and_line(tmp_path: Path) -> None:
    text = '{"a": 1,\n "items": [\n {"id": 1.50,  "in": [{"k" : "v"},\n{"k":"w"}]},\n\n {"id": 2}\n]}'
    path = written(tmp_path, text)
    rows, _problems = read(path, "$.items[*]")
    assert [(row.no, row.line, row.raw) for row in rows] == [
        (1, 3, '{"id": 1.50,  "in": [{"k" : "v"},\n{"k":"w"}]}'),
        (2, 6, '{"id": 2}'),
    ]
    inner, _problems = read(path, "$.items[*].in[*]")
    assert [(row.no, row.line, row.raw) for row in inner] == [(1, 3, '{"k" : "v"}'), (2, 4, '{"k":"w"}')]


def test_a_line_each_and_a_broken_line_is_set_aside(tmp_path: Path) -> None:
    path = written(tmp_path, '{"id": 1}\n{"id": 2, \n\n{"id": 3}\n', "data.jsonl")
    rows, problems = read(path, "$[*]")
    assert [(row.line, row.cells) for row in rows] == [(1, (1,)), (4, (3,))]
    assert [(one.line, one.code, one.rejected, one.raw) for one in problems] == [
        (2, "malformed_json", True, '{"id": 2,')
    ]
    assert MEMBER.recognise(path, path.read_bytes()).confidence == 0.4


def test_lines_are_seen_without_their_suffix(tmp_path: Path) -> None:
    path = written(tmp_path, '{"id": 1}\n{"id": 2}\n')
    assert [row["id"] for row in table(path)] == [1, 2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_are_found(tmp_path: Path, encoding: str) -> None:
    text = json.dumps([{"name": "Peña", "city": "León"}, {"name": "Gagné", "city": "Québec"}], ensure_ascii=False)
    path = written(tmp_path, text.encode(encoding))
    assert MEMBER.recognise(path, path.read_bytes()).confidence == 0.4
    assert [row["name"] for row in table(path)] == ["Peña", "Gagné"]


def test_what_is_odd_is_said(tmp_path: Path) -> None:
    records = ['{"a": 1, "a": 2}', '{"a": NaN}', '{"a": ["x;y", "z"]}', '{"a": "b\\u0000c"}', '{"a": "\\ud800"}']
    path = written(tmp_path, "[" + ", ".join(records) + "]")
    rows, problems = read(path)
    assert [(one.row, one.code) for one in problems] == [
        (1, "duplicate_field"), (2, "not_a_number"), (3, "separator_inside"), (4, "nul"), (5, "undecodable"),
    ]  # fmt: skip
    assert [row.cells[0] for row in rows] == ["1;2", "NaN", "x;y;z", "b\0c", "\ufffd"]
    assert table(path, separator="|")[2] == {"a": "x;y|z"}


def test_a_text_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    path = written(tmp_path, '{"items": [{"id": 1}, {"id": 2}, {"id": 3, "na')
    rows, problems = read(path, "$.items[*]")
    assert [row.cells[0] for row in rows] == [1, 2]
    assert [(one.code, one.rejected, one.raw) for one in problems] == [
        ("malformed_json", True, '{"id": 3, "na')
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('{"a": ', "malformed_json"),
        ("[" * 200_000, "nested_too_deep"),
        ('[{"a":' * 5_000, "nested_too_deep"),
        ('[{"a": "' + "x" * (65 << 20) + '"}]', "record_too_large"),
        ("{}", "empty_file"),
        ("[]", "empty_file"),
        ('{"a":' * 150 + "1" + "}" * 150, "nested_too_deep"),
        ("[" + '{"a":' * 150 + "1" + "}" * 150 + "]", "nested_too_deep"),
        ("{" + ",".join(f'"k{n}":[{{}}]' for n in range(300)) + "}", "too_many_parts"),
    ],
    ids=["cut", "lists", "objects", "large", "object", "list", "deep document", "deep record", "tables"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path, content: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        MEMBER.parts(written(tmp_path, content), JsonOptions())
    assert refused.value.code == code


def test_a_million_fields_are_bounded(tmp_path: Path) -> None:
    record = {f"field {n}": n for n in range(100_000)}
    path = written(tmp_path, [record])
    rows, problems = read(path)
    assert len(rows[0].cells) == guard.LIMITS.columns
    assert [one.code for one in problems] == ["too_many_columns"]
    assert json.loads(rows[0].raw) == record


@pytest.mark.parametrize("head", ["not json", "a,b\n[1],2\n", "{\\rtf1 hello}", "[section]\nkey=value\n", "{{{"])
def test_other_text_is_not_taken_for_json(tmp_path: Path, head: str) -> None:
    path = written(tmp_path, head, "x.txt")
    assert MEMBER.recognise(path, head.encode()).confidence < 0.25


def test_a_part_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        read(written(tmp_path, [{"a": 1}]), "$.b[*]")
    assert refused.value.code == "unknown_part"


_names = st.text(min_size=1, max_size=8).filter(lambda name: "." not in name and name not in ("value", "key"))
_scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=12),
)  # fmt: skip


@given(st.lists(st.dictionaries(_names, _scalars, min_size=1, max_size=5), min_size=1, max_size=12), st.booleans())
def test_flat_records_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]], lines: bool
) -> None:
    path = tmp_path_factory.mktemp("json") / ("x.ndjson" if lines else "x.json")
    dumped = [json.dumps(one) for one in records]
    path.write_text("\n".join(dumped) if lines else "[" + ",\n".join(dumped) + "]", "utf-8")
    found = table(path, "$[*]")
    assert len(found) == len(records)
    for row, record in zip(found, records, strict=True):
        wanted = {name: value for name, value in record.items() if value is not None}
        assert row.keys() == wanted.keys()
        for name, value in wanted.items():
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                assert Decimal(str(row[name])) == Decimal(str(value))
            else:
                assert row[name] == value
    assert [json.loads(row.raw) for row in read(path, "$[*]")[0]] == records


@given(st.recursive(_scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
    st.text(max_size=5), inner, max_size=4), max_leaves=30))  # fmt: skip
def test_any_json_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, value: Any) -> None:
    path = tmp_path_factory.mktemp("json") / "x.json"
    path.write_text(json.dumps(value), "utf-8")
    try:
        parts = MEMBER.parts(path, JsonOptions())
    except Refusal as refused:
        parts = []
        code = refused.code
    for part in parts:
        assert all(len(row.cells) == len(part.columns) for row in read(path, part.name)[0])
    assert parts or code == "empty_file"
