"""Codes of two letters as keys: NA is Namibia where codes stand, and a placeholder everywhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ewglink.model.progress import finish
from ewglink.workspace.commands.importing import ImportReport, ImportRequest, import_files
from ewglink.workspace.workspace import Workspace


def bring(folder: Path, text: str, key: Any) -> tuple[ImportReport, set[str]]:
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8")
    spec = {"ewglink_spec": 1, "name": "s", "namespace": "n", "links": [],
            "entities": {"place": {"type": "location", "key": [key]}}}  # fmt: skip
    with Workspace.create(folder / "case.ewg", "T") as workspace:
        report = finish(import_files(workspace, [ImportRequest(path, spec=spec)], in_process=True))
        assert report is not None
        return report, {ref.label for ref in workspace.case.items.listed("entity")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Country,n\nMX,1\nNA,2\nUS,3\n", {"MX", "NA", "US"}),
        ("Country,n\nNA,1\nNA,2\n", {"NA"}),
        ("pays,n\nna,1\nsn,2\nN/A,3\n", {"na", "sn"}),
        ("where,n\nMX,1\nNA,2\nUS,3\n", {"MX", "NA", "US"}),
        ("country,n\nMX,1\nXX,2\n", {"MX"}),
        ("name,n\nAcme,1\nNA,2\nBolt,3\n", {"Acme", "Bolt"}),
        ("name,n\nNA,1\nNA,2\n", set()),
        ("id,n\nP1,1\nNA,2\nP3,3\n", {"P1", "P3"}),
    ],
)
def test_na_is_a_country_where_countries_stand(tmp_path: Path, text: str, expected: set[str]) -> None:
    heading, *rows = text.splitlines()
    report, found = bring(tmp_path, text, heading.split(",")[0])
    assert found == expected
    lost = sum(row.split(",")[0] not in expected for row in rows)
    assert sum(one.code == "placeholder_key" for one in report.sources[0].warnings) == lost


def test_a_key_of_a_scheme_that_knows_the_code_takes_it(tmp_path: Path) -> None:
    _report, found = bring(tmp_path, "what,n\nNA,1\n", {"column": "what", "scheme": "iso3166"})
    assert found == {"NA"}


def test_a_country_that_is_said_of_a_party_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("name,country\nAcme,NA\nBolt,MX\n", encoding="utf-8")
    spec = {"ewglink_spec": 1, "name": "s", "namespace": "n", "links": [],
            "entities": {"party": {"type": "organization", "key": ["name"],
                                   "properties": {"name": "name", "country": "country"}}}}  # fmt: skip
    with Workspace.create(tmp_path / "case.ewg", "T") as workspace:
        report = finish(import_files(workspace, [ImportRequest(path, spec=spec)], in_process=True))
        assert report is not None and not report.sources[0].warnings
        (ref,) = workspace.case.items.identified("n", "Acme")
        assert [one.vals["country"][0] for one in workspace.case.items.statements([ref.id])] == ["NA"]
