"""Options are shown in a person's words; the terminal keeps their keys."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from ewglink.analysis.contract import MEASURES
from ewglink.exporters.contract import EXPORTS
from ewglink.importers.contract import FORMATS
from ewglink.layouts.contract import LAYOUTS
from ewglink.plugins.options import option, options_of
from ewglink.text import speaking

MEMBERS = [*LAYOUTS, *EXPORTS, *FORMATS, *MEASURES]


@pytest.mark.parametrize("member", MEMBERS, ids=lambda one: one.key)
def test_choices_have_names(member: Any) -> None:
    for one in options_of(member.options):
        keys = [choice for choice in one.choices if isinstance(choice, str) and choice]
        assert not keys or len(one.choice_labels) == len(one.choices), one.name


def test_a_choice_is_said_in_the_language() -> None:
    direction = next(one for one in options_of(LAYOUTS.get("hierarchy").options) if one.name == "direction")
    assert direction.choices == ("down", "up", "right", "left")
    with speaking("fr"):
        assert direction.said("up") == "Vers le haut"
    assert direction.said("up") == "Upwards"


def test_a_label_for_each_choice_or_none() -> None:
    with pytest.raises(ValueError, match="2 choices"):
        option("a", "A", choices=("a", "b"), choice_labels=("A",))


def test_lengths_name_no_unit_a_person_does_not_use() -> None:
    folder = Path(__file__).resolve().parents[2] / "ewglink" / "layouts"
    texts = [node.value for path in folder.rglob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8")))
             if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert not [text for text in texts if "quarter milli" in text]
