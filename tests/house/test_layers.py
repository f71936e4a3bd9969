"""Walls of the house: what each room may import."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "ewglink"
FAMILIES = ("importers/formats", "exporters/formats", "analysis/measures", "layouts/arrangements",
            "drawing/representations", "identifiers/schemes")
SLOW_TO_IMPORT = {"PySide6", "openpyxl", "python_calamine", "igraph", "scipy", "numba", "networkx", "pikepdf", "PIL",
                  "pyqtgraph", "sqlalchemy", "msoffcrypto", "phonenumbers"}
UNWELCOME_FOLDERS = {"utils", "util", "core", "helpers", "helper", "common", "manager", "managers", "misc", "lib"}


def imports(tree: ast.AST) -> Iterator[str]:
    """Dotted names that `tree` imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            yield node.module or ""


def at_import_time(tree: ast.Module) -> Iterator[str]:
    """Dotted names imported when the module is, type checking aside."""
    for node in tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from imports(node)


def members() -> list[Path]:
    """Modules of families, by path."""
    found = (path for family in FAMILIES for path in (PACKAGE / family).rglob("*.py"))
    return sorted(path for path in found if not path.name.startswith("_"))


def test_rooms_import_only_what_stands_below_them() -> None:
    ask = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    answer = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300,
                            env={**os.environ, "PYTHONUTF8": "1"})
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_the_model_stands_on_the_standard_library_alone() -> None:
    for path in sorted((PACKAGE / "model").rglob("*.py")):
        for name in imports(ast.parse(path.read_text("utf-8"))):
            top = name.split(".")[0]
            own = name == "ewglink" or name.startswith(("ewglink.model", "ewglink.text"))
            assert own or top in sys.stdlib_module_names, f"{path.relative_to(ROOT)} imports {name}"


def test_members_of_a_family_do_not_import_each_other() -> None:
    for path in members():
        family = next(f for f in FAMILIES if path.is_relative_to(PACKAGE / f))
        package = "ewglink." + family.replace("/", ".")
        own = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for name in imports(ast.parse(path.read_text("utf-8"))):
            private = name.rsplit(".", 1)[-1].startswith("_")
            assert not (name.startswith(package + ".") and name != own and not private), f"{own} imports {name}"


def test_reading_a_members_name_and_options_loads_nothing_slow() -> None:
    for path in members():
        slow = {name.split(".")[0] for name in at_import_time(ast.parse(path.read_text("utf-8")))} & SLOW_TO_IMPORT
        assert not slow, f"{path.relative_to(ROOT)} imports {', '.join(sorted(slow))} before it is used"


def test_folders_are_named_for_the_trade() -> None:
    named = [path for path in PACKAGE.rglob("*") if path.is_dir() and path.name in UNWELCOME_FOLDERS]
    assert not named


@pytest.mark.parametrize("package", sorted(p.parent for p in PACKAGE.rglob("__init__.py")), ids=lambda p: p.name)
def test_every_folder_says_what_it_is(package: Path) -> None:
    assert ast.get_docstring(ast.parse((package / "__init__.py").read_text("utf-8"))), f"{package} has no docstring"
