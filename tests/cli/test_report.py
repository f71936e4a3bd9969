"""`report` as a script uses it."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.cli.terminal import Terminal


@pytest.fixture
def grey(grey_cell: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(grey_cell, tmp_path / "grey.ewg"))


@pytest.mark.parametrize(("suffix", "begins"), [("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_report(ewglink: Terminal, grey: Path, tmp_path: Path, suffix: str, begins: bytes) -> None:
    said = ewglink("report", grey, tmp_path / f"out.{suffix}", "--json")
    assert said.code == 0 and said.data["format"] == suffix and said.data["marking"]
    assert (tmp_path / f"out.{suffix}").read_bytes().startswith(begins)
    last = ewglink("list", grey, "journal", "--json").data
    assert "exported" in str(last)


def test_report_as_of_a_day(ewglink: Terminal, grey: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    assert ewglink("report", grey, out, "--as-of", "2024-12-31").code == 0
    rows = list(openpyxl.load_workbook(out).worksheets[0].iter_rows(values_only=True))
    assert next(row for row in rows if row[0] == "240117E00001")[13] == 181


@pytest.mark.parametrize("wrong", [("out.doc",), ("out.pdf", "--as-of", "yesterday")])
def test_report_refuses(ewglink: Terminal, grey: Path, tmp_path: Path, wrong: tuple[str, ...]) -> None:
    said = ewglink("report", grey, tmp_path / wrong[0], *wrong[1:], "--json")
    assert said.code in (1, 2) and not list(tmp_path.glob("out.*"))
