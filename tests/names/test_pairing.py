"""Names compared: legal forms, words of trade, scripts, order, slips; many at once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewglink.names.companies import prepare_companies
from ewglink.names.pairing import pair_names
from ewglink.names.people import fits_initials, prepare_people

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"


@pytest.mark.parametrize(("text", "words", "form"), [
    ("Recicladora del Norte, S.A. de C.V.", ("recycling", "north"), "sa_de_cv"),
    ("Recicladora del Norte S A DE C V", ("recycling", "north"), "sa_de_cv"),
    ("Sol, S. de R.L. de C.V.", ("sol",), "srl"), ("Bodegas Otay, S.C.", ("bodegas", "otay"), "sc"),
    ("Transports Gagné Ltée", ("transport", "gagne"), "ltd"), ("Acme Co., Ltd.", ("acme",), "ltd"),
    ("Acme L.L.C.", ("acme",), "llc"), ("Müller GmbH & Co. KG", ("muller",), "gmbh_kg"),
    ("深圳市华鑫贸易有限公司", ("shenzhen", "huaxin", "trading"), "ltd"), ("GmbH", ("gmbh",), ""), ("", (), ""),
    ("S.A. Metales", ("sa", "metals"), ""), ("A.B.C. Metals Inc", ("abc", "metals"), "inc"),
])
def test_words_and_legal_form(text: str, words: tuple[str, ...], form: str) -> None:
    found = prepare_companies([text])
    assert (found.words, found.forms) == ([words], [form])


@given(st.lists(st.text(max_size=30), max_size=12))
def test_any_text_is_taken(names: list[str]) -> None:
    found = prepare_companies(names)
    assert len(found.words) == len(found.forms) == len(names)
    assert found.words == [prepare_companies([name]).words[0] for name in names]
    pairs = pair_names(names)
    assert all(a < b for a, b in pairs.pairs.tolist())


@pytest.mark.parametrize(("one", "other", "fit"), [
    ("Juan Pérez", "J. Pérez", True), ("John A. Smith", "John Albert Smith", True), ("J. Pérez", "K. Pérez", False),
    ("Juan Pérez", "Juan Pérez", False), ("J. P.", "Juan Pérez", False), ("J. Pérez", "Maria Pérez", False),
])
def test_initials(one: str, other: str, fit: bool) -> None:
    assert fits_initials(*prepare_people([one, other])) is fit


def test_persons_without_titles_and_particles() -> None:
    assert prepare_people(["Dr. José de la Cruz Hernández", "Smith, William", "李伟"]) == [
        ("jose", "cruz", "hernandez"), ("william", "smith"), ("li", "wei")]


def test_generated_names_are_told_apart() -> None:
    """On names with known truth, better than any of them alone could be by chance: what the benchmark measures."""
    sys.path.insert(0, str(BENCHMARKS))
    try:
        from name_files import generate, true_pairs
    finally:
        sys.path.remove(str(BENCHMARKS))
    names, companies = generate(4_000, seed=11)
    truth = true_pairs(companies)
    found = pair_names(names)
    chosen = {(a, b) for a, b in found.pairs[found.scores() >= 0.5].tolist()}
    right = len(chosen & truth)
    assert right / len(chosen) > 0.85
    assert right / len(truth) > 0.85
    assert len(found.pairs) < 60 * len(names)
