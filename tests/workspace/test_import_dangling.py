"""Entities to which rows refer and which nothing describes: kept under their key, and reported where that is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ewglink.importers.specification import Specification
from ewglink.model.progress import finish
from ewglink.model.refusal import Refusal
from ewglink.workspace.commands.importing import ImportReport, ImportRequest, import_files
from ewglink.workspace.workspace import Workspace
from tests.workspace.test_import_together import put

_END = {"type": "person", "reference": True}
LINKS = {"ewglink_spec": 1, "name": "links", "namespace": "people", "dangling": "report",
         "entities": {"a": {**_END, "key": ["from"]}, "b": {**_END, "key": ["to"]}},
         "links": [{"type": "associate_of", "from": "a", "to": "b"}]}  # fmt: skip
PEOPLE = {"ewglink_spec": 1, "name": "people", "namespace": "people", "links": [], "entities": {
    "p": {"type": "person", "key": ["id"], "label": ["name"], "properties": {"name": "name"}}}}  # fmt: skip
REFERRING = {"links.csv": "from,to\n1,2\n1,99\n2,99\n", "people.csv": "id,name\n1,Ana\n2,Bo\n",
             "links.json": json.dumps(LINKS)}  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "case.ewg", "T") as found:
        yield found


def bring(workspace: Workspace, folder: Path, names: list[str], dangling: str, dry_run: bool = False) -> ImportReport:
    specs: dict[str, dict[str, Any]] = {"links.csv": LINKS | {"dangling": dangling}, "people.csv": PEOPLE}
    asked = [ImportRequest(folder / name, spec=specs[name]) for name in names]
    report = finish(import_files(workspace, asked, in_process=True, dry_run=dry_run))
    assert report is not None
    return report


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.parametrize("names", [["links.csv", "people.csv"], ["people.csv", "links.csv"]])
@pytest.mark.parametrize("dangling", ["keep", "report"])
def test_only_what_nothing_in_the_import_describes(
    workspace: Workspace, tmp_path: Path, dangling: str, names: list[str], dry_run: bool
) -> None:
    report = bring(workspace, put(tmp_path / "in", REFERRING), names, dangling, dry_run)
    told = [(one.row, one.field, one.code) for source in report.sources for one in source.warnings]
    assert told == ([(3, "to", "dangling_reference")] if dangling == "report" else [])
    labels = {ref.label for ref in workspace.case.items.listed("entity")}
    assert labels == (set() if dry_run else {"Ana", "Bo", "99"})


def test_what_the_case_knows_does_not_dangle(workspace: Workspace, tmp_path: Path) -> None:
    folder = put(tmp_path / "in", REFERRING | {"people.csv": "id,name\n1,Ana\n2,Bo\n99,Cy\n"})
    bring(workspace, folder, ["people.csv"], "report")
    assert not bring(workspace, folder, ["links.csv"], "report").sources[0].warnings


def test_another_word_is_refused() -> None:
    with pytest.raises(Refusal, match="keep, or report"):
        Specification.from_json(LINKS | {"dangling": "forget"})
