"""A source row is shown under the headings its table had."""

from __future__ import annotations

from pathlib import Path

import pytest

from ewglink.model.progress import finish
from ewglink.workspace.commands.importing import ImportRequest, import_files
from ewglink.workspace.workspace import Workspace


def test_a_source_row_keeps_the_headings_of_its_table(tmp_path: Path) -> None:
    table = tmp_path / "parties.csv"
    table.write_text(
        "party_id,name,country,roles,epa_id,tax_id,nra,address,phone\nP01,Ana SA,MX,broker,,,,Calle 1,\n",
        encoding="utf-8",
    )
    with Workspace.create(tmp_path / "case.ewg", "T") as workspace:
        finish(import_files(workspace, [ImportRequest(table)], in_process=True))
        (statement, *_more) = workspace.case.items.statements([1])
        assert statement.record is not None
        record = workspace.case.sources.record(statement.record)
        assert record is not None
        assert record.columns[:3] == ("party_id", "name", "country")
        assert workspace.case.sources.around(statement.record)[0].columns == record.columns


@pytest.mark.parametrize("raw", ['["P01", "Ana SA"]', '{"a": 1, "b": null}', '"alone"', "no json"])
def test_the_window_shows_headings_and_cells_of_any_record(raw: str) -> None:
    from ewglink.ui.dialogs.source_row import _cells

    columns = ("party_id", "name") if raw.startswith("[") else ()
    expected = {
        "[": [("party_id", "P01"), ("name", "Ana SA")],
        "{": [("a", "1"), ("b", "null")],
        '"': [("", "alone")],
        "n": [("", "no json")],
    }
    assert _cells(raw, columns) == expected[raw[0]]
