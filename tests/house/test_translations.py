"""What a person reads can be translated, and is."""

from __future__ import annotations

import ast
import importlib.util
import re
import string
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
MARKERS = {"_": 1, "N_": 1, "ngettext": 2, "NN_": 2}
COMPLETE = ("fr", "es")


def sources() -> list[Path]:
    """Every module that may speak; text.py defines how."""
    return sorted(path for path in (ROOT / "ewglink").rglob("*.py") if path != ROOT / "ewglink" / "text.py")


def catalogues() -> ModuleType:
    """The module that keeps the catalogues, which is no part of the program."""
    spec = importlib.util.spec_from_file_location("catalogues", ROOT / "packaging" / "catalogues.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def literal(node: ast.expr) -> bool:
    """A text written in one piece (adjacent literals are one piece)."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def built(node: ast.expr) -> bool:
    """A text put together before it is looked up: no catalogue can hold it."""
    if isinstance(node, (ast.JoinedStr, ast.BinOp)):
        return True
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr in ("format", "join", "replace")


def complaints(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Lines where text is marked so that extraction, or the look-up, would miss it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "ewglink.text":
            yield from ((node.lineno, f"{a.name} as {a.asname}") for a in node.names if a.name in MARKERS and a.asname)
        elif isinstance(node, ast.JoinedStr):
            yield from ((inner.lineno, f"{inner.func.id}() within an f-string is not found before Python 3.12")
                        for inner in ast.walk(node) if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name)
                        and inner.func.id in MARKERS and inner.args and literal(inner.args[0]))
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and node.value.id in MARKERS:
            yield node.lineno, f"another name for {node.value.id}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS:
            name, texts = node.func.id, node.args[:MARKERS[node.func.id]]
            if any(built(text) for text in texts):
                yield node.lineno, f"{name}() of a text that is put together"
            elif name != "_" and not all(literal(text) for text in texts):
                yield node.lineno, f"{name}() of something else than a literal"


@pytest.mark.parametrize(("code", "wrong"), [
    ("_(f'Import {x}')", 1), ("_('a' + b)", 1), ("_('a %s' % b)", 1), ("_('{}'.format(x))", 1), ("N_(x)", 1),
    ("f'{_(\"in\")} {x}'", 1), ("f'{_(NAMES[x])} {x}'", 0),
    ("tr = _", 1), ("from ewglink.text import _ as tr", 1), ("ngettext('one', f'{n}', n)", 1),
    ("_('Import {file}', file=x)", 0), ("_(label)", 0), ("N_('a' 'b')", 0), ("ngettext('{n} row', '{n} rows', n)", 0),
])
def test_the_lint_sees_what_extraction_would_miss(code: str, wrong: int) -> None:
    assert len(list(complaints(ast.parse(code)))) == wrong


def test_texts_are_marked_so_that_they_are_found() -> None:
    found = [f"{path.relative_to(ROOT)}:{line}: {what}" for path in sources()
             for line, what in complaints(ast.parse(path.read_text("utf-8")))]
    assert found == []


def places(text: str) -> set[str]:
    """The `{names}` that a text fills in, and the `%(names)s` of texts that argparse fills in."""
    percent = re.findall(r"%(?:\([a-z_]+\))?[sdr]", text)
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None} | set(percent)


def forms(value: Any) -> tuple[str, ...]:
    """A message's texts: one, or one a plural form."""
    return tuple(value) if isinstance(value, (list, tuple)) else (value or "",)


@pytest.mark.parametrize("language", COMPLETE)
def test_every_text_is_translated(language: str) -> None:
    if not (ROOT / "i18n" / f"{language}.po").is_file():
        pytest.skip(f"there is no i18n/{language}.po yet")
    tool = catalogues()
    catalogue = tool.read(language)
    missing = [message.id for message in tool.extract()
               if message.id and (message.id not in catalogue or not all(forms(catalogue[message.id].string)))]
    fuzzy = [message.id for message in catalogue if message.id and message.fuzzy]
    assert (missing, fuzzy) == ([], []), "run `run.py i18n` and translate what it lists"


@pytest.mark.parametrize("language", ("en", *COMPLETE, "zh"))
def test_a_translation_fills_in_the_same_places(language: str) -> None:
    if not (ROOT / "i18n" / f"{language}.po").is_file():
        pytest.skip(f"there is no i18n/{language}.po yet")
    for message in catalogues().read(language):
        expected = places(forms(message.id)[-1])
        for text in forms(message.string):
            # A singular may say "one" instead of the number.
            assert not text or expected - {"n"} <= places(text) <= expected, message.id


def marks(text: str) -> tuple[list[str], int]:
    """What else must come through: argparse's `%s` and `%(name)s`, and the letter underlined in a menu."""
    return sorted(re.findall(r"%(?:\(\w+\))?[srd]", text)), len(re.findall(r"&\w", text))


@pytest.mark.parametrize("language", COMPLETE)
def test_a_translation_keeps_marks_and_outer_spaces(language: str) -> None:
    for message in catalogues().read(language):
        for text in filter(None, forms(message.string)):
            if message.id:
                english = forms(message.id)[-1]
                assert marks(text) == marks(english), text
                assert [text[at].isspace() for at in (0, -1)] == [english[at].isspace() for at in (0, -1)], text


def test_french_signs_do_not_leave_their_word() -> None:
    for message in catalogues().read("fr"):
        for text in filter(None, forms(message.string)) if message.id else ():
            assert not re.search(r"« | ([»:;?!]|%(?![\w(]))", text), text


def test_french_is_set_as_in_canada() -> None:
    """No space before ; ? and !, as the Office québécois de la langue française has it."""
    for message in catalogues().read("fr"):
        for text in filter(None, forms(message.string)) if message.id else ():
            assert not re.search(r"\s[;?!]", text), text


def labels(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping by language inside a YAML document."""
    if isinstance(value, dict):
        if "en" in value and isinstance(value["en"], (str, list)):
            yield value
        else:
            for inner in value.values():
                yield from labels(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from labels(inner)


@pytest.mark.parametrize("path", sorted((ROOT / "resources").rglob("*.yaml")), ids=lambda p: p.stem)
def test_labels_in_resources_speak_every_language(path: Path) -> None:
    for label in labels(yaml.safe_load(path.read_text("utf-8"))):
        assert all(label.get(language) for language in COMPLETE), label
