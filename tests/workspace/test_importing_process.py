"""Importing in the writer process: the same result, cancelled or killed without a trace, the case held meanwhile."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from ewglink.model.changes import Change, Changeset
from ewglink.model.progress import finish
from ewglink.model.refusal import Refusal
from ewglink.workspace.commands.importing import ImportRequest, import_files
from ewglink.workspace.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "case.ewg", "T") as found:
        yield found


def _people(path: Path, n: int) -> Path:
    path.write_text("person_id,name\n" + "".join(f"{i},Person {i}\n" for i in range(n)), encoding="utf-8")
    return path


def _writers() -> list[psutil.Process]:
    """The processes of an import; Python's own tracker of resources is none."""
    found = []
    for process in psutil.Process().children(recursive=True):
        try:
            if "spawn_main" in " ".join(process.cmdline()):
                found.append(process)
        except psutil.Error:
            continue
    return found


def test_the_process_gives_the_same_and_followers_hear_of_it(workspace: Workspace, tmp_path: Path) -> None:
    heard: list[int] = []
    workspace.follow(lambda changed: heard.append(changed.seq))
    path = _people(tmp_path / "people.csv", 300)
    report = finish(import_files(workspace, [ImportRequest(path)]))
    assert report is not None
    assert heard == [report.seq]
    with Workspace.create(tmp_path / "other.ewg", "T") as other:
        here = finish(import_files(other, [ImportRequest(path)], in_process=True))
        assert here is not None
        assert here.as_json() == report.as_json()
        assert other.case.items.listed("entity") == workspace.case.items.listed("entity")
    assert len(workspace.projection.network().ids) == 300
    workspace.undo()
    assert workspace.case.items.counts("entity") == {}
    assert not list(tmp_path.glob("case.ewg-journal"))


def _under_way(workspace: Workspace, path: Path) -> Iterator[object]:
    """A job that has written some rows already."""
    job = import_files(workspace, [ImportRequest(path)])
    for step in job:
        if step.done is not None and step.done > 0:
            return job
    raise AssertionError("the import ended before it was under way")


def _as_before(workspace: Workspace) -> None:
    assert workspace.case.items.counts("entity") == {}
    assert workspace.case.journal_length() == 1
    assert workspace.case.verify() == ([], None)


def test_a_cancelled_import_leaves_the_case_as_it_was(workspace: Workspace, tmp_path: Path) -> None:
    job = _under_way(workspace, _people(tmp_path / "people.csv", 60_000))
    began = time.monotonic()
    job.close()  # type: ignore[attr-defined]
    assert time.monotonic() - began < 5  # half a second on a machine of its own; tests share theirs
    assert not _writers()
    _as_before(workspace)
    workspace.do(
        Changeset("title_set", {}, (Change("meta", {"key": "title", "value": "T"}, {"key": "title", "value": "U"}),))
    )
    assert workspace.title == "U"


def test_a_killed_writer_leaves_the_case_as_it_was(workspace: Workspace, tmp_path: Path) -> None:
    job = _under_way(workspace, _people(tmp_path / "people.csv", 60_000))
    for process in multiprocessing.active_children():
        if process.name == "ewglink-writer":
            process.kill()
    with pytest.raises(Refusal) as refused:
        finish(job)  # type: ignore[arg-type]
    assert refused.value.code == "writer_stopped"
    _as_before(workspace)
    report = finish(import_files(workspace, [ImportRequest(_people(tmp_path / "few.csv", 3))]))
    assert report is not None
    assert report.sources[0].entities_new == 3


def test_a_refusal_comes_through(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(Refusal) as refused:
        finish(import_files(workspace, [ImportRequest(path)]))
    assert str(path.name) in str(refused.value)
    _as_before(workspace)


def test_edits_wait_while_the_writer_has_the_case(workspace: Workspace, tmp_path: Path) -> None:
    job = _under_way(workspace, _people(tmp_path / "people.csv", 20_000))
    assert workspace.case.items.counts("entity") == {}
    edit = Changeset("title_set", {}, (Change("meta", {"key": "title", "value": "T"}, {"key": "title", "value": "U"}),))
    assert workspace.do(edit) is None
    with pytest.raises(Refusal):
        workspace.undo()
    finish(job)  # type: ignore[arg-type]
    assert workspace.title == "U"
    assert workspace.case.items.counts("entity") == {"person": 20_000}


def test_a_path_will_do(tmp_path: Path) -> None:
    Workspace.create(tmp_path / "case.ewg", "T").close()
    report = finish(
        import_files(tmp_path / "case.ewg", [ImportRequest(_people(tmp_path / "people.csv", 2))], in_process=True)
    )
    assert report is not None
    assert report.sources[0].entities_new == 2
