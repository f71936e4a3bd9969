"""Which format a file is: no format that stumbles over a file keeps it from another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ewglink.importers import sniff
from ewglink.importers.contract import FORMATS, Row
from ewglink.model.refusal import Refusal
from ewglink.text import N_, message


@pytest.mark.parametrize("trouble", [ValueError("a library"), Refusal("damaged", message(N_("It is damaged.")))])
def test_a_format_that_stumbles_does_not_take_the_file_from_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    def stumble(path: Path, head: bytes) -> Any:
        raise trouble

    monkeypatch.setattr(FORMATS.get("neo4j"), "recognise", stumble)
    table = tmp_path / "table.csv"
    table.write_text("name,country\nAnn,CA\nBo,MX\n", encoding="utf-8")
    assert sniff.recognise(table).format == "csv"


def test_an_entry_that_is_not_whole_is_rejected_and_kept() -> None:
    raw = "<INDIVIDUAL><DATAID>1</DATAID>"
    drafted = FORMATS.get("un_list").draft(Row("INDIVIDUAL", 1, 1, (), raw))  # type: ignore[attr-defined]
    assert [(one.code, one.rejected, one.raw) for one in drafted.problems] == [("malformed_entry", True, raw)]
