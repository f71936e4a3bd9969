"""Importing in the writer process: the same result, cancelled or killed without a trace, the case held meanwhile."""

from __future__ import annotations

import contextlib
import multiprocessing
import random
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from ewglink.model.changes import Change, Changeset
from ewglink.model.progress import finish
from ewglink.model.refusal import Refusal
from ewglink.workspace.commands import items
from ewglink.workspace.commands.importing import ImportRequest, import_files
from ewglink.workspace.workspace import Workspace
from ewglink.workspace.writer_process import WriterProcess


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


def _payments(path: Path, n: int) -> ImportRequest:
    """A table of `n` payments between some of as many firms."""
    lines = ["payer,payee,date,amount"]
    lines += [f"Firm {i * 7 % n},Works {i * 11 % n},2024-01-{1 + i % 28:02},{i}.50" for i in range(n)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    firm = {"type": "organization"}
    spec = {
        "ewglink_spec": 1,
        "name": "payments",
        "namespace": "case",
        "entities": {end: firm | {"key": [end], "properties": {"name": end}} for end in ("payer", "payee")},
        "links": [
            {"type": "paid", "from": "payer", "to": "payee", "start": "date", "properties": {"amount": "amount"}}
        ],
    }
    return ImportRequest(path, spec=spec)


@pytest.mark.parametrize("moment", [0.0, 0.3, 0.96, 0.97])
def test_an_import_can_be_cancelled_at_any_moment(workspace: Workspace, tmp_path: Path, moment: float) -> None:
    """While files are looked at, rows come in, indexes are built, words are gathered. On a busy machine word of the
    last steps can come after the commit: then all of it is there, and nothing less."""
    rows = 40_000 if moment else 5_000
    request = _payments(tmp_path / "payments.csv", rows)
    job = import_files(workspace, [request])
    for step in job:
        if (step.done or 0.0) >= moment:
            break
    job.close()
    assert not _writers()
    if moment > 0.9 and workspace.case.journal_length() == 2:
        assert workspace.case.items.counts("entity") == {"organization": 2 * rows}
        assert workspace.case.verify() == ([], None)
        workspace.undo()
        assert workspace.case.items.counts("entity") == {}
        return
    _as_before(workspace)
    assert workspace.case.search("Firm") == (0, [])


def test_an_import_saved_before_it_was_cancelled_is_heard_of(workspace: Workspace, tmp_path: Path) -> None:
    heard: list[int] = []
    workspace.follow(lambda changed: heard.append(changed.seq))
    job = import_files(workspace, [_payments(tmp_path / "payments.csv", 50)])
    for _step in job:
        if workspace.case.journal_length() > 1:
            break
    job.close()
    assert heard == [2]
    assert workspace.can_undo is not None
    assert workspace.case.items.counts("entity") == {"organization": 100}


def test_a_writer_that_takes_too_much_memory_is_ended(workspace: Workspace, tmp_path: Path) -> None:
    job = WriterProcess(workspace.path, workspace.schema, memory=50 << 20).run(
        [_payments(tmp_path / "payments.csv", 20_000)]
    )
    with pytest.raises(Refusal) as refused:
        finish(job)
    assert refused.value.code == "too_much_memory"
    assert not _writers()
    _as_before(workspace)


KILLS = 60


@pytest.mark.long
def test_nothing_is_half_imported_when_the_writer_is_killed(tmp_path: Path) -> None:
    """Killed at random moments of an import, from its first row to its commit: all of it is there, or nothing."""
    dice = random.Random(20261121)
    rows = 12_000
    request = _payments(tmp_path / "payments.csv", rows)
    whole, none = 0, 0
    for kill in range(KILLS):
        path = tmp_path / f"case-{kill}.ewg"
        with Workspace.create(path, "T") as workspace:
            moment, wait = dice.choice((0.0, 0.1, 0.5, 0.9, 0.96, 0.97, 0.99)), dice.random() * 0.3
            job = import_files(workspace, [request])
            finished = False
            with contextlib.suppress(Refusal):
                for step in job:
                    if (step.done or 0.0) >= moment:
                        time.sleep(wait)
                        for process in multiprocessing.active_children():
                            if process.name == "ewglink-writer":
                                process.kill()
                finished = True
        with Workspace.open(path) as workspace:
            assert workspace.case.verify() == ([], None), kill
            found = workspace.case.items.counts("entity").get("organization", 0)
            assert found in (0, 2 * rows), kill
            assert found or not finished, kill
            assert workspace.case.journal_length() == (2 if found else 1)
            assert workspace.case.items.counts("link") == ({"paid": rows} if found else {})
            assert (workspace.case.search("Firm", 1)[0] > 0) == bool(found)
            workspace.do(items.add_entity(workspace.case, "person", f"after kill {kill}")[0])
        whole, none = whole + bool(found), none + (not found)
        path.unlink()
    assert none > KILLS // 4, (whole, none)
