"""Grades: read, weighed, and turned into what partners use."""

from __future__ import annotations

import math

import pytest

from ewglink.model.grading import ADMIRALTY, SCHEMES, UNGRADED, Grade, from_scheme


@pytest.mark.parametrize(("text", "source", "information"), [("B2", "B", "2"), (" b 2 ", "B", "2"), ("f-6", "F", "6"),
                                                            ("A/1", "A", "1")])
def test_parse(text: str, source: str, information: str) -> None:
    grade = Grade.parse(text)
    assert (grade.source, grade.information, str(grade)) == (source, information, source + information)


@pytest.mark.parametrize("text", ["", "G1", "A7", "2B", "B", "B22", "A0"])
def test_what_is_no_grade(text: str) -> None:
    with pytest.raises(ValueError, match="^" + text):
        Grade.parse(text)


def test_the_factor_is_the_geometric_mean() -> None:
    assert Grade.parse("A1").factor == 1
    assert math.isclose(Grade.parse("B2").factor, .8)
    assert math.isclose(Grade.parse("E5").factor, math.sqrt(.2 * .1))
    assert math.isclose(UNGRADED.factor, .5)


@pytest.mark.parametrize(("text", "strength"), [("A1", "confirmed"), ("B2", "confirmed"), ("A3", "unconfirmed"),
                                                ("C3", "unconfirmed"), ("F6", "unconfirmed"), ("C4", "tentative"),
                                                ("D2", "tentative"), ("E5", "tentative")])
def test_how_a_link_is_drawn(text: str, strength: str) -> None:
    assert Grade.parse(text).strength == strength


@pytest.mark.parametrize(("grade", "uk_555", "uk_352", "europol_44"), [
    ("A1", "A1", "1A", "A1"), ("B2", "B2", "1B", "B2"), ("C3", "C3", "2C", "B3"), ("D4", "D4", "3D", "C4"),
    ("E5", "D5", "3E", "C4"), ("F6", "E4", "2D", "X4")])
def test_what_a_grade_is_elsewhere(grade: str, uk_555: str, uk_352: str, europol_44: str) -> None:
    own = Grade.parse(grade)
    assert "".join(own.in_scheme("uk_555")) == uk_555
    assert "".join(own.in_scheme("uk_352")) == uk_352
    assert "".join(own.in_scheme("europol_44")) == europol_44
    assert "".join(own.in_scheme("admiralty")) == grade


def test_every_sign_of_every_scheme_comes_in_and_goes_out_unchanged() -> None:
    for key, scheme in SCHEMES.items():
        for source in scheme.sources:
            for info in scheme.information:
                grade = from_scheme(key, source.sign.lower(), info.sign)
                assert grade.in_scheme(key) == (source.sign, info.sign)
                assert (grade.converted_from is None) == (key == "admiralty")


def test_a_sign_the_scheme_has_not() -> None:
    with pytest.raises(KeyError):
        from_scheme("europol_44", "D", "1")
    with pytest.raises(KeyError):
        Grade("Z", "1")


def test_sorting_puts_the_best_first() -> None:
    grades = [Grade(mark.sign, "1") for mark in ADMIRALTY.sources]
    assert "".join(grade.source for grade in sorted(grades, key=lambda grade: grade.sort_key)) == "ABCFDE"
