"""Help lists the options of every member of the family a verb works with, with their units."""

from __future__ import annotations

import subprocess
import sys

import pytest


def _help(verb: str) -> str:
    return subprocess.run([sys.executable, "-m", "ewglink", verb, "--help"], capture_output=True, text=True,
                          encoding="utf-8", check=True).stdout


def test_lengths_of_a_layout_say_their_unit() -> None:
    said = _help("chart")
    assert "--layer-gap" in said and "in 1/4 mm; unless given: 110 (27.5 mm)" in said
    assert "on unless given" in said


@pytest.mark.parametrize(("verb", "option"),
                         [("analyse", "--damping"), ("export", "--key-map"), ("import", "--delimiter")])
def test_other_verbs_list_their_families_options(verb: str, option: str) -> None:
    assert option in _help(verb)
