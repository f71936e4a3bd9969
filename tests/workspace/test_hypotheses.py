"""Competing hypotheses: scores by hand, sensitivity, and a matrix kept in the case whose every step can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ewglink.model.refusal import Refusal
from ewglink.workspace import hypotheses as ach
from ewglink.workspace.commands import hypotheses as commands
from ewglink.workspace.commands.items import add_entity
from ewglink.workspace.hypotheses import Board, Evidence, Hypothesis
from ewglink.workspace.hypotheses_sheet import hypotheses_sheet
from ewglink.workspace.workspace import Workspace

BOARD = Board((Hypothesis(1, "fraud"), Hypothesis(2, "error"), Hypothesis(3, "theft")), (
    Evidence(11, "manifest", {1: "CC", 2: "I", 3: "C"}, 0.8, "B2", "H"),
    Evidence(12, "witness", {1: "C", 2: "C", 3: "C"}, 0.5),
    Evidence(13, "payment", {1: "N", 2: "II", 3: "I"}, 1.0, "A1", "L"),
    Evidence(14, "call", {1: "I"}, 0.5, "", "M")))


def test_scores_are_the_sum_of_what_speaks_against() -> None:
    """I 1, II 2, by credibility, by relevance; the least first."""
    found = {one.hypothesis: one for one in ach.standings(BOARD)}
    assert found[1].score == pytest.approx(1 * 0.5 * 1)
    assert found[2].score == pytest.approx(1 * 0.8 * 2 + 2 * 1.0 * 0.5)
    assert found[3].score == pytest.approx(1 * 1.0 * 0.5)
    assert (found[1].rank, found[3].rank, found[2].rank) == (1, 1, 3)
    assert (found[1].for_it, found[1].against, found[1].unjudged) == (2, 1, 0)
    assert found[2].unjudged == 1


def test_evidence_that_says_the_same_of_all_does_not_discriminate() -> None:
    """The witness fits everything; the call was held against one only."""
    flat = [row.label for row in BOARD.evidence if not ach.diagnostic(row, BOARD)]
    assert flat == ["witness", "call"]
    assert ach.discrimination(BOARD.evidence[0], BOARD) == pytest.approx(3 * 0.8 * 2)


def test_leaving_one_out_says_who_would_be_first() -> None:
    """Without the call only fraud is first; without the payment theft is."""
    found = {one.evidence: one.leaders for one in ach.drops(BOARD) if one.changes}
    assert found == {13: (3,), 14: (1,)}


def test_the_best_grade_counts() -> None:
    """Ungraded is F6; the best of several is taken."""
    assert ach.credibility([]) == (0.5, "")
    assert ach.credibility(["", "nonsense", "C3", "b-2"]) == (pytest.approx(0.8), "B2")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A case with two documents."""
    with Workspace.create(tmp_path / "case.ewg", "Hypotheses") as made:
        for name in ("Manifest 7", "Invoice 9"):
            made.do(lambda found, name=name: add_entity(found.case, "document", name)[0])
        yield made


def hypothesis(workspace: Workspace, title: str) -> int:
    """Add one, and give its id."""
    made, item = commands.add_hypothesis(workspace.case, title)
    workspace.do(made)
    return item


def test_a_matrix_is_kept_in_the_case_and_every_step_is_undone(workspace: Workspace) -> None:
    """Hypotheses, evidence, verdicts, notes; undo to the beginning, redo to the end."""
    begin = commands.board(workspace.case)
    fraud, error = hypothesis(workspace, "fraud"), hypothesis(workspace, "error")
    manifest, invoice = (workspace.case.items.named(name)[0].id for name in ("Manifest 7", "Invoice 9"))
    case, steps = workspace.case, 2
    for make in (
        lambda: commands.add_evidence(case, [manifest, invoice]), lambda: commands.judge(case, manifest, fraud, "CC"),
        lambda: commands.judge(case, manifest, error, "II"), lambda: commands.judge(case, invoice, fraud, "N"),
        lambda: commands.judge(case, manifest, error, "C"), lambda: commands.judge(case, manifest, fraud, ""),
        lambda: commands.weigh(case, manifest, relevance="H", grade="b2"),
        lambda: commands.set_assumptions(case, ["  the papers are real ", ""]),
        lambda: commands.set_change(case, fraud, "a second set of papers"),
    ):
        workspace.do(make())
        steps += 1
    now = commands.board(case)
    assert [one.title for one in now.hypotheses] == ["fraud", "error"]
    assert now.hypotheses[0].change == "a second set of papers" and now.assumptions == ("the papers are real",)
    rows = {one.id: one for one in now.evidence}
    assert rows[manifest].verdicts == {error: "C"} and rows[invoice].verdicts == {fraud: "N"}
    assert (rows[manifest].grade, rows[manifest].relevance) == ("B2", "H")
    assert case.items.counts("link") == {"supports": 1}
    for _step in range(steps):
        workspace.undo()
    assert commands.board(case) == begin and not case.items.counts("link")
    for _step in range(steps):
        workspace.redo()
    assert commands.board(case) == now


def test_a_link_drawn_on_a_chart_counts_as_a_verdict(workspace: Workspace) -> None:
    """Supports is C and contradicts is I until someone says otherwise."""
    from ewglink.workspace.commands.items import add_link

    fraud = hypothesis(workspace, "fraud")
    manifest = workspace.case.items.named("Manifest 7")[0].id
    workspace.do(add_link(workspace.case, "contradicts", manifest, fraud)[0])
    assert commands.board(workspace.case).evidence[0].verdicts == {fraud: "I"}
    workspace.do(commands.judge(workspace.case, manifest, fraud, "CC"))
    assert commands.board(workspace.case).evidence[0].verdicts == {fraud: "CC"}
    assert workspace.case.items.counts("link") == {"supports": 1}


def test_removing_takes_what_belongs_and_leaves_the_item(workspace: Workspace) -> None:
    """Evidence goes with its verdicts, a hypothesis with what was said of it; the document stays."""
    fraud, error = hypothesis(workspace, "fraud"), hypothesis(workspace, "error")
    manifest = workspace.case.items.named("Manifest 7")[0].id
    for one, verdict in ((fraud, "I"), (error, "N")):
        workspace.do(commands.judge(workspace.case, manifest, one, verdict))
    workspace.do(commands.remove_hypothesis(workspace.case, error))
    assert commands.board(workspace.case).evidence[0].verdicts == {fraud: "I"}
    workspace.do(commands.remove_evidence(workspace.case, manifest))
    found = commands.board(workspace.case)
    assert not found.evidence and workspace.case.items.named("Manifest 7") and not workspace.case.items.counts("link")


def test_wrong_words_are_refused_and_an_empty_case_says_so(workspace: Workspace) -> None:
    """One sentence each."""
    with pytest.raises(Refusal, match="no hypotheses"):
        hypotheses_sheet(workspace)
    fraud = hypothesis(workspace, "fraud")
    manifest = workspace.case.items.named("Manifest 7")[0].id
    with pytest.raises(Refusal, match="CC, C, N, I or II"):
        commands.judge(workspace.case, manifest, fraud, "X")
    with pytest.raises(Refusal, match="no grade"):
        commands.weigh(workspace.case, manifest, grade="Z9")
    with pytest.raises(Refusal, match="Select entities"):
        commands.add_evidence(workspace.case, [fraud])
    assert [table.key for table in hypotheses_sheet(workspace).tables] == ["ranking", "matrix", "sensitivity", "notes"]
