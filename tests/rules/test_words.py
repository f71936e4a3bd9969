"""Everything that rules and indicators say has words that can be translated."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ewglink.rules import reasons, saying
from ewglink.rules.contract import RULES

RULES_FOLDER = Path(__file__).resolve().parents[2] / "ewglink" / "rules"
WORD_KEYS = {"reason", "reasons", "role", "level", "shared", "features", "against", "status"}
"""Values of these are words of the program, not of the case."""
NO_WORDS = {"HS", "UN", "GWP", "", "net_kg", "date", "certificate_no", "reference", "applicant", "notifier",
            "notifier/applicant"}
"""Abbreviations, which read alike everywhere, and keys and roles that are looked up and never shown."""


def functions(folder: str) -> Iterator[ast.FunctionDef]:
    for path in sorted((RULES_FOLDER / folder).rglob("*.py")):
        yield from (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef))


def texts(nodes: list[ast.expr]) -> set[str]:
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def keys_of(function: ast.FunctionDef) -> set[str]:
    """The keys of every value that a rule or an indicator may give."""
    found: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Dict):
            found |= texts([key for key in node.keys if key is not None])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "broken":
            found |= {word.arg for word in node.keywords if word.arg and word.arg != "severity"}
    return found


def words_of(function: ast.FunctionDef) -> set[str]:
    """The words that are given as reasons."""
    found: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("add", "append"):
            found |= texts(node.args)
        elif isinstance(node, ast.Set):
            found |= texts(node.elts)
        elif isinstance(node, ast.Return) and node.value is not None:
            found |= texts([node.value, *(node.value.elts if isinstance(node.value, ast.Tuple) else [])])
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            found |= texts([node.value])
        elif isinstance(node, ast.Dict):
            found |= {word for key, value in zip(node.keys, node.values, strict=True) if key is not None
                      and texts([key]) & WORD_KEYS for word in texts([value])}
    return found


@pytest.mark.parametrize("folder", ["signs", "book"])
def test_every_value_has_a_name(folder: str) -> None:
    named = set(reasons.VALUE_NAMES) | set(saying.WORDS) | {"other_flag", "unallotted"}
    assert {key for function in functions(folder) for key in keys_of(function)} - named == set()


@pytest.mark.parametrize("folder", ["signs", "book"])
def test_every_reason_has_words(folder: str) -> None:
    said = {word for function in functions(folder) for word in words_of(function)}
    assert said - set(saying.WORDS) - NO_WORDS == set()


def test_every_place_of_a_sentence_is_a_value_with_a_name() -> None:
    import string

    for rule in RULES:
        for _text, key, _form, _conversion in string.Formatter().parse(rule.sentence):
            assert key is None or key in reasons.VALUE_NAMES, (rule.key, key)


def test_reasons_are_said_in_words() -> None:
    assert saying.value_text("reasons", ["phone", "weight of a container"]) == "telephone, weight of a container"
    assert saying.value_text("address", "phone") == "phone"  # what a case says stays as it is
    told = reasons.told({"loads": 2, "reason": "density", "each": 30.0})
    assert told == "loads: 2; reason: impossible density; each: 30"


def test_countries_and_ports_are_named_in_sentences() -> None:
    """Names with an arrow between need no article in any language; a port is told with its code."""
    from ewglink.rules.saying import sentence, value_text
    from ewglink.text import speaking

    values = {"codes": ["D008"], "un": "", "leaves": "US", "goes": "MX"}
    with speaking("fr"):
        assert "États-Unis → Mexique" in sentence("NC-01", values)
    assert "United States → Mexico" in sentence("NC-01", values)
    assert value_text("exit", ["USSAN", "Somewhere"]) == "San Diego (USSAN), Somewhere"
    assert value_text("what", "USSAN") == "USSAN"
