"""Roles, countries and schemes by their names, in the language in force."""

from __future__ import annotations

import pytest

from ewglink.reference.countries import country_name
from ewglink.reference.schema_files import builtin_schema
from ewglink.text import set_language
from ewglink.workspace.finding_words import input_text
from ewglink.workspace.trade_words import country_text, role_name, role_names, scheme_name


def test_roles_of_several_words_and_of_several_roles() -> None:
    assert role_name("recycler/smelter") == "recycler/smelter"
    assert role_name("carrier/transporter") == "carrier"
    assert role_name("freight_forwarder") == "freight forwarder" == role_name("Forwarder")
    assert role_name("Chief of Something") == "Chief of Something"
    assert role_names({"importer", "customs_broker"}) == "customs broker, importer"


@pytest.mark.parametrize(("language", "name"), [("en", "Mexico"), ("fr", "Mexique"), ("es", "México"),
                                                  ("zh", "墨西哥")])
def test_countries_in_each_language(language: str, name: str) -> None:
    assert country_name("mx", language) == name
    set_language(language)
    try:
        assert country_text("MX") == name
        assert input_text("goes", "MX") == f"{name} (MX)"
        assert country_text("Ruritania") == "Ruritania" and country_text("") == ""
    finally:
        set_language("en")


def test_values_that_rules_read_are_written_as_the_language_writes_them() -> None:
    assert input_text("quantity", 20160) == "20,160"
    set_language("fr")
    try:
        assert input_text("quantity", 20160.0).replace("\u202f", " ").replace("\xa0", " ") == "20 160"
    finally:
        set_language("en")
    assert input_text("roles", ["customs_broker", "x"]) == "customs broker, x"
    assert input_text("waste_codes", ["D002", "D008"]) == "D002, D008"
    assert input_text("any", None) == ""


def test_schemes_have_the_name_of_their_property() -> None:
    schema = builtin_schema()
    assert scheme_name(schema, "rfc") == "RFC"
    assert scheme_name(schema, "case") == "Number in the file"
    assert scheme_name(schema, "of_somebody_else") == "of_somebody_else"
