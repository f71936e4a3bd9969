"""`ewglink table`: shapes, sums against the records themselves, files, refusals."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import openpyxl
import pytest

from tests.cli.terminal import Terminal


def test_the_flow_chart_sums_what_the_movements_say(ewglink: Terminal, case: Path, made: Path) -> None:
    """What each source sent, added up from the file; every quantity that is not in kilograms left out."""
    said = ewglink("table", case, "flow", "--json")
    assert said.code == 0 and set(said.data["tables"]) == {
        "balance", "codes", "discrepancies", "periods", "steps", "not_evaluable"}
    sent: dict[str, float] = defaultdict(float)
    named = {}
    for name in made.glob("*.csv"):
        with name.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                if "qty_shipped" in row and row["uom"].casefold() in ("kg", "k"):
                    sent[row["exporter"]] += float(row["qty_shipped"])
                named |= {row["party_id"]: row["name"]} if "party_id" in row and "name" in row else {}
    cells = [row["cells"] for row in said.data["tables"]["balance"]["rows"]]
    out = {cell[1]: cell[4] for cell in cells if cell[2] == "Source"}
    whole = [party for party in sent if party in named and out.get(named[party]) == pytest.approx(sent[party])]
    assert whole, (sent, out)


def test_a_matrix_goes_into_a_workbook_and_onto_paper(ewglink: Terminal, case: Path, tmp_path: Path) -> None:
    """The same cells in XLSX; PDF, PNG and SVG are files of their kind; the export is in the journal."""
    begun = ewglink("info", case, "--json").data["journal"]
    heads = {"pdf": b"%PDF", "png": b"\x89PNG", "svg": b"<?xml"}
    for suffix, head in heads.items():
        path = tmp_path / f"matrix.{suffix}"
        assert ewglink("table", case, "association", "--out", path).code == 0
        assert path.read_bytes().startswith(head)
    path = tmp_path / "matrix.xlsx"
    axes = "--rows", "person", "--columns", "organization"
    said = ewglink("table", case, "association", *axes, "--out", path, "--json")
    book = openpyxl.load_workbook(path)
    rows = list(book.worksheets[1].iter_rows(min_row=2, values_only=True))
    assert [list(row)[:4] for row in rows] == [
        row["cells"][:4] for row in said.data["tables"]["cells"]["rows"]]
    assert ("Héctor Villalobos Ruán", "Frontera Metals Brokerage, LLC", "●", 1) in [row[:4] for row in rows]
    assert ewglink("info", case, "--json").data["journal"] == begun + 4


def test_what_cannot_be_answered_or_written_is_refused_in_a_sentence(
    ewglink: Terminal, case: Path, tmp_path: Path
) -> None:
    """No calls, no hypotheses, no such table, no such format, a table that has no picture."""
    for words, code in ((("toll",), "no_calls"), (("hypotheses",), "no_hypotheses"), (("tolls",), "no_question"),
                        (("flow", "--out", tmp_path / "x.doc"), "unknown_suffix")):
        said = ewglink("table", case, *words, "--json")
        assert said.code == 1 and said.data["error"]["code"] == code
    assert not list(tmp_path.glob("x.*"))
