"""A specification over rows: keys, types, dates, conditions, split cells, and what is complained of."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewglink.importers import ordinals, suggesting
from ewglink.importers.contract import Drafted, Part, Row
from ewglink.importers.mapping import Mapping
from ewglink.importers.specification import Specification
from ewglink.model.refusal import Refusal
from ewglink.reference.schema_files import builtin_schema


def _drafts(spec: dict[str, Any], columns: tuple[str, ...], *rows: tuple[Any, ...]) -> list[Drafted]:
    sample = tuple(Row("t", n, n, cells, "[]") for n, cells in enumerate(rows, 2))
    body = {"ewglink_spec": 1, "name": "s", "namespace": "n"} | spec
    mapping = Mapping(Specification.from_json(body), Part("t", columns, 1, sample=sample), builtin_schema())
    return [mapping.draft(row) for row in sample]


def _person(**more: Any) -> dict[str, Any]:
    return {"entities": {"p": {"type": "person", "key": ["name"]} | more}}


def test_a_key_is_trimmed_and_keeps_its_case() -> None:
    first, second = _drafts(_person(), ("name",), ("  Ana ",), ("ana",))
    assert first.entities[0].keys == (("n", "Ana"),)
    assert second.entities[0].keys == (("n", "ana"),)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", "empty_key"),
        ("   ", "empty_key"),
        ("N/A", "placeholder_key"),
        ("NULL", "placeholder_key"),
        (None, "empty_key"),
    ],
)
def test_no_key_no_entity(cell: str | None, code: str) -> None:
    (drafted,) = _drafts(_person(), ("name",), (cell,))
    assert drafted.entities == ()
    assert [(one.code, one.rejected) for one in drafted.problems] == [(code, False), ("nothing_in_row", True)]


def test_a_placeholder_is_named_where_it_stands() -> None:
    (drafted,) = _drafts(_person(key=["a", "b"]), ("a", "b"), ("CHANGE ME", "x"))
    assert "“CHANGE ME x” is a placeholder" in str(drafted.problems[0].message)


def test_a_row_number_from_zero_is_a_key() -> None:
    assert _drafts(_person(), ("name",), ("0",), ("x",))[0].entities[0].keys == (("n", "0"),)


def test_two_columns_make_one_key() -> None:
    one, two = _drafts(_person(key=["a", "b"]), ("a", "b"), ("x|y", "z"), ("x", "y|z"))
    assert one.entities[0].keys != two.entities[0].keys


def test_types_from_a_column() -> None:
    spec = _person(type={"column": "kind", "map": {"F": "organization", "I": "person"}})
    firm, man, odd = _drafts(spec, ("name", "kind"), ("A", "F"), ("B", "I"), ("C", "?"))
    assert (firm.entities[0].type, man.entities[0].type) == ("organization", "person")
    assert [one.code for one in odd.problems] == ["unknown_type", "nothing_in_row"]


def test_split_cells_conditions_and_places() -> None:
    spec = {
        "entities": {
            "m": {"type": "movement", "key": ["id"]},
            "c": {"type": "organization", "key": ["carriers"], "split": ";", "reference": True},
        },
        "links": [
            {
                "type": "carrier_of",
                "from": "c",
                "to": "m",
                "if": {"column": "sure", "is": ["yes"]},
                "properties": {"order": {"position": True}},
            }
        ],
    }
    first, second = _drafts(spec, ("id", "carriers", "sure"), ("M1", "A; B;A", "yes"), ("M2", "A", "no"))
    assert [entity.keys[0][1] for entity in first.entities] == ["M1", "A", "B"]
    assert [link.vals for link in first.links] == ['{"order":[1]}', '{"order":[2]}']
    assert second.links == ()


def test_dates_keep_their_precision_and_the_text() -> None:
    spec = _person(properties={"birth_date": "born"})
    day, year, odd = _drafts(spec, ("name", "born"), ("A", "31/01/1980"), ("B", "1980"), ("C", "long ago"))
    assert day.entities[0].vals == '{"birth_date":["1980-01-31","31/01/1980",null,null,3]}'
    assert year.entities[0].vals == '{"birth_date":["1980",null,null,null,1]}'
    assert odd.entities[0].vals == '{"birth_date":["long ago",null,null,null,null,"warn","not_a_date"]}'
    assert [one.code for one in odd.problems] == ["not_a_date"]


def test_identifiers_are_judged_and_only_sound_ones_join() -> None:
    spec = {"entities": {"c": {"type": "container", "key": ["id"], "properties": {"iso6346": "box"}}}}
    good, bad = _drafts(spec, ("id", "box"), ("1", "csqu 305438-3"), ("2", "CSQU3054384"))
    assert good.entities[0].keys == (("n", "1"), ("iso6346", "CSQU3054383"))
    assert bad.entities[0].keys == (("n", "2"),)
    assert bad.entities[0].other == (("iso6346", "CSQU3054384", "fail"),)
    assert [one.field for one in bad.problems] == ["box"]


def test_what_a_link_is_known_by_does_not_depend_on_how_it_is_written() -> None:
    spec = {
        "entities": {"a": {"type": "person", "key": ["a"]}, "b": {"type": "person", "key": ["b"]}},
        "links": [{"type": "paid", "from": "a", "to": "b", "start": "on", "properties": {"amount": "sum"}}],
    }
    columns = ("a", "b", "on", "sum")
    text, typed, other = _drafts(
        spec, columns, ("X", "Y", "2024-01-31", " 5 "), (" X", "Y ", "2024-01-31", 5.0), ("X", "Y", "2024-01-31", "6")
    )
    assert text.links[0].key == typed.links[0].key
    assert text.links[0].key != other.links[0].key


@pytest.mark.parametrize("word", ["entites", "colour"])
def test_an_unknown_word_is_named(word: str) -> None:
    with pytest.raises(Refusal) as refused:
        Specification.from_json(
            {
                "ewglink_spec": 1,
                "name": "s",
                "namespace": "n",
                "entities": {"p": {"type": "person", "key": ["name"], word: 1}},
            }
        )
    assert word in str(refused.value)


def test_a_first_mapping_of_an_unknown_table() -> None:
    rows = tuple(
        Row("t", n, n, (f"2024-01-{n:02}", f"Ana {n}", f"Firm {n} SA", str(n * 100)), "[]") for n in range(2, 9)
    )
    part = Part("t", ("Date", "Supplier", "Buyer", "Amount"), 1, sample=rows)
    spec = suggesting.suggest(part, builtin_schema())
    assert {role.key[0].column for role in spec.entities} == {"Supplier", "Buyer"}
    drafted = [Mapping(spec, part, builtin_schema()).draft(row) for row in rows]
    assert all(len(one.entities) == 2 and len(one.links) == 1 for one in drafted)


@given(st.lists(st.integers(min_value=0, max_value=40), max_size=300))
def test_ordinals_count_as_a_counter_does(numbers: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ordinals, "_RECENT", 7)
        counted, seen = ordinals.Ordinals(), Counter[str]()
        for number in numbers:
            digest = f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}" + "0" * 16
            assert counted.next(digest) == seen[digest]
            seen[digest] += 1
