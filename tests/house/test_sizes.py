"""How long files and functions may get."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE_LINES, FUNCTION_LINES = 500, 60
TABLES: frozenset[str] = frozenset()
"""Files that are a table or generated, as paths below the checkout: their length says nothing."""


def sources() -> list[Path]:
    """The program's Python files, but for tables."""
    found = [*(ROOT / "ewglink").rglob("*.py"), *(ROOT / "packaging").glob("*.py"), ROOT / "run.py"]
    return sorted(path for path in found if path.relative_to(ROOT).as_posix() not in TABLES)


def test_files_are_short() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in sources()}
    assert {name: lines for name, lines in lengths.items() if lines > FILE_LINES} == {}


def test_functions_are_short() -> None:
    long = {}
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    long[f"{path.relative_to(ROOT).as_posix()}:{node.name}"] = lines
    assert long == {}


def test_every_module_says_what_it_is() -> None:
    silent = [path for path in sources() if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert silent == []
