"""Several files in one `ewglink import`: every file given is reported, also those that another takes along."""

from __future__ import annotations

from pathlib import Path

from tests.cli.terminal import Terminal
from tests.workspace.test_import_together import NEO4J, put


def test_every_file_given_is_reported(ewglink: Terminal, tmp_path: Path) -> None:
    folder, case = put(tmp_path / "in", NEO4J), tmp_path / "case.ewg"
    assert ewglink("new", case).code == 0
    asked = ("import", case, folder / "persons.csv", folder / "knows.csv", folder / "works.csv",
             folder / "companies.csv")  # fmt: skip
    said = ewglink(*asked)
    assert said.code == 0
    assert "persons.csv: taken along with knows.csv" in said.out
    assert "persons.csv: 2 rows; entities 2 new" in said.out
    again = ewglink(*asked, "--json").data["sources"]
    assert {one["file"]: (one["known"], one["along_with"]) for one in again} == {
        "companies.csv": (True, "knows.csv"), "persons.csv": (True, "knows.csv"), "knows.csv": (True, None),
        "works.csv": (True, None)}  # fmt: skip
    assert ewglink("info", case, "--json").data["journal"] == 2
