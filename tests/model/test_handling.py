"""Markings: the most restrictive wins, and nothing is lost on the way."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewglink.model.handling import FLAGS, OPEN, SYSTEMS, TLP, Handling, combined, label, least_ewg
from ewglink.text import LANGUAGES, speaking

SETS = st.frozensets(st.sampled_from(["US", "CA", "MX", "Agency"]))
HANDLINGS = st.builds(
    Handling, ewg=st.sampled_from(SYSTEMS["ewg"]),
    **{name: st.none() | st.sampled_from(values) for name, values in SYSTEMS.items() if name != "ewg"},
    flags=st.frozensets(st.sampled_from(FLAGS)), releasable_to=st.none() | SETS, originators=SETS,
    expires_on=st.none() | st.sampled_from(["2026-01-01", "2027-06-30"]),
    conditions=st.lists(st.sampled_from(["a", "b"]), unique=True).map(tuple))


def test_the_most_restrictive_wins() -> None:
    one = Handling(tlp="GREEN", canada="PROTECTED_B", releasable_to=frozenset({"US", "CA"}), expires_on="2027-01-01")
    other = Handling("SENSITIVE_PROTECTED", tlp="AMBER+STRICT", releasable_to=frozenset({"CA", "MX"}), onward="ask",
                     expires_on="2026-12-01")
    both = one.combine(other)
    assert (both.ewg, both.tlp, both.canada, both.onward) == ("SENSITIVE_PROTECTED", "AMBER+STRICT", "PROTECTED_B",
                                                              "ask")
    assert both.releasable_to == frozenset({"CA"}) and both.expires_on == "2026-12-01"


@given(HANDLINGS, HANDLINGS)
def test_combining_is_never_freer_than_either(one: Handling, other: Handling) -> None:
    both = one.combine(other)
    for system, values in SYSTEMS.items():
        for single in (one, other):
            value = getattr(single, system)
            assert value is None or values.index(getattr(both, system)) >= values.index(value)
    assert both.flags == one.flags | other.flags
    for single in (one, other):
        if single.releasable_to is not None:
            assert both.releasable_to is not None and both.releasable_to <= single.releasable_to
    assert one.combine(one) == one
    assert OPEN.combine(one).ewg == one.ewg


@given(HANDLINGS)
def test_json_keeps_everything(one: Handling) -> None:
    assert Handling.from_json(json.loads(json.dumps(one.to_json()))) == one


def test_nobody_listed_is_not_everybody() -> None:
    nobody = Handling(releasable_to=frozenset())
    assert Handling.from_json(nobody.to_json()).releasable_to == frozenset()
    assert nobody.combine(OPEN).releasable_to == frozenset()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tlp_labels_are_the_same_in_every_language(lang: str) -> None:
    with speaking(lang):
        assert [str(label("tlp", value)) for value in TLP] == [
            "TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]


def test_every_value_has_a_label() -> None:
    for system, values in SYSTEMS.items():
        assert all(str(label(system, value)) for value in values)
    assert all(str(label("flag", flag)) for flag in FLAGS)
    shown = Handling("SENSITIVE_PROTECTED", tlp="RED", flags=frozenset({"minor"})).labels()
    assert [str(one) for one in shown] == ["Sensitive and protected", "TLP:RED", "Minor"]


def test_a_value_its_system_has_not_is_refused() -> None:
    with pytest.raises(ValueError, match="WHITE"):
        Handling(tlp="WHITE")
    with pytest.raises(ValueError, match="secret"):
        Handling(flags=frozenset({"secret"}))


def test_hard_stops_and_the_suggested_class() -> None:
    assert Handling(flags=frozenset({"informant"})).hard_stop
    assert not Handling(flags=frozenset({"cbi"})).hard_stop
    assert least_ewg(Handling(tlp="GREEN")) == "NON_SENSITIVE"
    assert least_ewg(Handling(tlp="AMBER")) == "SENSITIVE_PROTECTED"
    assert least_ewg(Handling(mexico="RESERVADA")) == "SENSITIVE_PROTECTED"
    assert combined([]) == OPEN
