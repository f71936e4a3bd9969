"""Nothing that a window shows is taken for HTML.

Qt guesses: a label, a tooltip or a message box given `<img src="file:…">` opens that file. So these are made by
`ewglink/ui/widgets/plain_text.py` alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "ewglink" / "ui"
HELPER = UI / "widgets" / "plain_text.py"
GUESSING_CLASSES = {"QLabel", "QMessageBox", "QProgressDialog", "QInputDialog", "QErrorMessage", "QToolTip",
                    "QWhatsThis"}
GUESSING_METHODS = {"setToolTip", "setTabToolTip", "setWhatsThis", "setItemToolTip", "setHtml", "insertHtml"}


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def escaped(call: ast.Call) -> bool:
    """Whether what is shown went through the helper's `tooltip`."""
    inside = (node for given in call.args for node in ast.walk(given) if isinstance(node, ast.Call))
    return any(_name(node.func) == "tooltip" for node in inside)


def guesses(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Lines that let Qt guess: a guessing class made, asked or derived from, or a guessing method called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called, owner = _name(node.func), _name(node.func.value) if isinstance(node.func, ast.Attribute) else ""
            if called in GUESSING_CLASSES or called in GUESSING_METHODS and not escaped(node):
                yield node.lineno, called
            elif owner in GUESSING_CLASSES and not (owner == "QToolTip" and escaped(node)):
                yield node.lineno, f"{owner}.{called}"
        elif isinstance(node, ast.ClassDef):
            yield from ((node.lineno, f"class of {_name(b)}") for b in node.bases if _name(b) in GUESSING_CLASSES)


def through_helper(source: str) -> bool:
    """Whether the module takes something from the helper."""
    return "plain_text" in source


@pytest.mark.parametrize(("code", "wrong"), [
    ("QLabel(name)", 1), ("QtWidgets.QLabel()", 1), ("QMessageBox.warning(self, a, b)", 1), ("x.setToolTip(name)", 1),
    ("x.setToolTip(tooltip(name))", 0), ("QToolTip.showText(at, tooltip(name))", 0), ("QToolTip.showText(at, name)", 1),
    ("class Title(QLabel): pass", 1), ("label(name)", 0), ("isinstance(x, QLabel)", 0), ("QLineEdit(name)", 0),
])
def test_the_lint_sees_what_guesses(code: str, wrong: int) -> None:
    assert len(list(guesses(ast.parse(code)))) == wrong


def test_labels_tooltips_and_message_boxes_come_from_the_helper() -> None:
    found = [f"{path.relative_to(ROOT)}:{line}: {what}" for path in sorted(UI.rglob("*.py")) if path != HELPER
             for line, what in guesses(ast.parse(path.read_text("utf-8")))]
    assert found == []


def test_tooltips_of_tables_and_titles_of_wizards_do_too() -> None:
    for path in sorted(UI.rglob("*.py")):
        source = path.read_text("utf-8")
        if "ToolTipRole" in source:
            assert through_helper(source), f"{path.relative_to(ROOT)} gives a ToolTipRole without the helper"
        if "(QWizard)" in source or "QWizard(" in source:
            assert "setTitleFormat" in source or through_helper(source), f"{path.relative_to(ROOT)} lets QWizard guess"
