"""Markings: the most restrictive wins, in every system, and the banner says it in the language in force."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewglink.release.decide import Outcome, Record, decide
from ewglink.release.marking import SYSTEMS, banner, marking_of, parts_of
from ewglink.text import speaking

ALL = [value for values in SYSTEMS.values() for value in values]


@pytest.mark.parametrize("values", SYSTEMS.values())
def test_the_more_restrictive_of_two_wins(values: tuple[str, ...]) -> None:
    for low, high in itertools.combinations(values, 2):
        assert marking_of([low, high]).values == (high,)
        assert marking_of([high, None, "", low]).values == (high,)


def test_systems_stand_beside_one_another() -> None:
    found = marking_of(["TLP:GREEN; PROTECTED A", "TLP:AMBER+STRICT", "SENSITIVE_PROTECTED"])
    assert found.values == ("SENSITIVE_PROTECTED", "TLP:AMBER+STRICT", "PROTECTED_A")
    assert found.text == "SENSITIVE_PROTECTED; TLP:AMBER+STRICT; PROTECTED_A"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("tlp:amber", "TLP:AMBER"),
        ("TLP: Amber + Strict", "TLP:AMBER+STRICT"),
        ("PROTÉGÉ B", "PROTECTED_B"),
        ("protected b", "PROTECTED_B"),
        ("TLP:WHITE", "TLP:CLEAR"),
        ("Sensitive / Protected", "Sensitive / Protected"),
        ("sensitive_protected", "SENSITIVE_PROTECTED"),
        ("Non-sensitive", "NON_SENSITIVE"),
    ],
)
def test_ways_to_write_a_value(written: str, meant: str) -> None:
    assert parts_of(written) == [meant]


def test_caveats_are_never_lost() -> None:
    found = marking_of(["TLP:RED; not before trial", "ask RCMP first"])
    assert found.values == ("TLP:RED",)
    assert found.caveats == ("ask RCMP first", "not before trial")
    assert "ask RCMP first" in banner(["ask RCMP first"])


def test_unmarked_says_so_and_the_cases_own_marking_counts() -> None:
    assert banner([None, ""]) == "HANDLING NOT STATED"
    assert banner([None], "TLP:AMBER") == "TLP:AMBER"
    assert banner(["TLP:CLEAR"], "TLP:AMBER") == "TLP:AMBER"


def test_tlp_keeps_its_form_in_every_language() -> None:
    for code in ("en", "fr", "es"):
        with speaking(code):
            assert banner(["TLP:AMBER+STRICT"]) == "TLP:AMBER+STRICT"


@given(st.lists(st.sampled_from(ALL)), st.lists(st.sampled_from(ALL)))
def test_more_records_never_lower_a_marking(some: list[str], more: list[str]) -> None:
    def rank(values: tuple[str, ...]) -> dict[str, int]:
        return {system: order.index(value) for system, order in SYSTEMS.items() for value in values if value in order}

    before, after = rank(marking_of(some).values), rank(marking_of(some + more).values)
    assert all(after[system] >= place for system, place in before.items())
    assert marking_of(some + more) == marking_of(more + some)


def test_everything_may_go_for_now() -> None:
    assert decide(Record(("TLP:RED",))).outcome is Outcome.ALLOW
