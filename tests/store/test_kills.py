"""A process killed at any moment loses nothing committed, and the case opens cleanly."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ewglink.store.case_file import CaseFile
from ewglink.workspace.commands import items

WRITER = """
import sys
from pathlib import Path
from ewglink.model.changes import Changeset
from ewglink.store.case_file import CaseFile
from ewglink.workspace.commands import items

case = CaseFile.open(Path(sys.argv[1]))
step = int(sys.argv[2])
while True:
    step += 1
    if step % 7 == 0:
        with case.bulk() as writer:
            first = writer.next_id("item")
            writer.insert("item", [(first + n, "entity", "account", f"bulk {step}", 2, None) for n in range(3000)])
            seq = writer.finish(Changeset("imported", {"files": [str(step)]}, (), (), {"item": (first, first + 2999)}))
    elif step % 5 == 0:
        seq = case.undo().seq
    elif step % 11 == 0:
        seq = case.redo().seq if case.stacks().redo else case.apply(items.add_entity(case, "person", f"P{step}")[0]).seq
    else:
        seq = case.apply(items.add_entity(case, "person", f"P{step}")[0]).seq
    print(seq, flush=True)
"""

KILLS = 200


def _replayed(case: CaseFile) -> tuple[set[str], int]:
    """What the journal says must be there: the labels of single persons, and how many accounts of bulk adds."""
    people: dict[int, str] = {}
    bulks: dict[int, int] = {}
    out: set[int] = set()
    for entry in case.journal_entries(newest_first=False):
        if entry.label == "entity_added" and entry.kind == "change":
            people[entry.seq] = entry.args["label"]
        elif entry.label == "imported" and entry.kind == "change":
            bulks[entry.seq] = 3000
        if entry.kind == "undo":
            out.add(entry.of_seq or 0)
        elif entry.kind == "redo":
            out.discard(entry.of_seq or 0)
    standing = {label for seq, label in people.items() if seq not in out}
    return standing, sum(n for seq, n in bulks.items() if seq not in out)


def _kill_once(path: Path, step: int, wait: float) -> int:
    """Let a process write for a while after its first commit, kill it; the last entry it said was committed."""
    command = [sys.executable, "-c", WRITER, str(path), str(step)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(wait)
        process.kill()
        rest = process.stdout.read()
    whole = [line for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]
    return int(whole[-1])


@pytest.mark.long
def test_nothing_committed_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    rng = random.Random(20261121)
    path = tmp_path / "case.ewg"
    CaseFile.create(path, "T").close()
    for kill in range(KILLS):
        if kill % 20 == 0 and kill:
            path = tmp_path / f"case{kill}.ewg"
            CaseFile.create(path, "T").close()
        told = _kill_once(path, kill * 1000, rng.random() * 0.25)
        with CaseFile.open(path) as case:
            problems, broken = case.verify()
            assert (problems, broken) == ([], None), kill
            assert case.journal_entries(limit=1)[0].seq >= told, kill
            people, accounts = _replayed(case)
            assert {ref.label for ref in case.items.listed("entity", "person")} == people
            assert case.items.counts("entity").get("account", 0) == accounts
            case.apply(items.add_entity(case, "person", f"after kill {kill}")[0])
