"""Why a value does not hold, said where it is shown."""

from __future__ import annotations

import pytest

from ewglink.reference.schema_files import builtin_schema
from ewglink.workspace.validity import scheme_of, why


def test_the_scheme_of_a_property() -> None:
    schema = builtin_schema()
    assert scheme_of(schema, "vessel", "imo_ship") == "imo_ship"
    assert scheme_of(schema, "vessel", "name") is None
    assert scheme_of(schema, "no_such_type", "name") is None


@pytest.mark.parametrize(
    ("code", "scheme", "text", "said"),
    [
        ("check_digit", "iso6346", "CSQU3054384", "check digit"),
        ("not_a_date", None, "soon", "not a date"),
        (None, "iso6346", "CSQU3054383", "valid"),
    ],
)
def test_a_code_becomes_a_sentence(code: str | None, scheme: str | None, text: str, said: str) -> None:
    assert said in str(why(code, scheme, text))


def test_a_code_that_nobody_knows_says_nothing() -> None:
    assert why("something", None, "x") is None
