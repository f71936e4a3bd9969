"""Counted sentences and numbers in the language in force."""

from __future__ import annotations

import pickle

import pytest

from ewglink.drawing import figures
from ewglink.importers.wire import message_in, message_out
from ewglink.text import counted, number, speaking
from ewglink.workspace.history import label_of


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("value", [0, 999, 1234, 1234567, -4321])
def test_numbers_are_those_of_the_charts(language: str, value: int) -> None:
    with speaking(language):
        assert number(value) == figures.number(value, language)
        assert number(value + 0.5) == figures.number(value + 0.5, language)


def test_decimals_are_as_many_as_asked() -> None:
    with speaking("fr"):
        assert number(7.25, 1) == "7,2"
    assert number(1234.5, 2) == "1,234.50"


@pytest.mark.parametrize(("language", "n", "said"), [
    ("en", 1, "Move 1 item"), ("en", 0, "Move 0 items"), ("en", 1200, "Move 1,200 items"),
    ("fr", 1, "Déplacer 1 élément"), ("fr", 2, "Déplacer 2 éléments"), ("es", 1, "Mover 1 elemento")])
def test_a_step_of_the_journal_counts(language: str, n: int, said: str) -> None:
    with speaking(language):
        assert str(label_of("moved", {"n": n})) == said


def test_a_counted_sentence_goes_to_another_process() -> None:
    said = counted("{n} more row has the same problem.", "{n} more rows have the same problem.", 3)
    assert pickle.loads(pickle.dumps(said)) == message_in(message_out(said)) == said
    assert str(said) == "3 more rows have the same problem."


def test_a_step_names_properties_and_layouts_as_a_person_does() -> None:
    step = label_of("property_set", {"property": "tax_id", "label": "Acme"})
    laid = label_of("laid_out", {"chart": "One", "layout": "minimise_crossings"})
    assert "tax_id" not in str(step)
    with speaking("fr"):
        assert "tax_id" not in str(step)
        assert "minimise" not in str(laid).lower()
    assert label_of("laid_out", {"chart": "One", "layout": "Force"}).values["layout"] == "Force"
