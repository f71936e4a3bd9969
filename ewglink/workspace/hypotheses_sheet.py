"""A matrix of competing hypotheses as it is handed out: ranking, matrix, what each piece of evidence changes, notes."""

from __future__ import annotations

from ewglink.drawing.answers import AnswerSheet, AnswerTable, Cell
from ewglink.model.refusal import Refusal
from ewglink.text import N_, _, message, ngettext
from ewglink.workspace.commands.hypotheses import board
from ewglink.workspace.hypotheses import (
    RELEVANCE_NAMES,
    Board,
    diagnostic,
    discrimination,
    drops,
    standings,
)
from ewglink.workspace.workspace import Workspace


def hypotheses_sheet(workspace: Workspace) -> AnswerSheet:
    """The matrix; a `Refusal` where the case has no hypotheses."""
    found = board(workspace.case)
    if not found.hypotheses:
        raise Refusal("no_hypotheses", message(
            N_("The case has no hypotheses yet: add two or more, then evidence.")))
    named = frozenset([*(one.id for one in found.hypotheses), *(one.id for one in found.evidence)])
    tables = (_ranking(found), _matrix(found), _drops(found), _notes(found))
    return AnswerSheet("hypotheses", _("Competing hypotheses"), _about(found), tables, None, named, found)


def _about(found: Board) -> tuple[str, ...]:
    return (
        _("{hypotheses}, {evidence}", hypotheses=ngettext("{n} hypothesis", "{n} hypotheses", len(found.hypotheses)),
          evidence=ngettext("{n} piece of evidence", "{n} pieces of evidence", len(found.evidence))),
        _("Inconsistency: I = 1, II = 2, times credibility (from the grade) times relevance (low 0.5, medium 1, high "
          "2). The least inconsistent comes first; what supports a hypothesis does not make it true."))


def _ranking(found: Board) -> AnswerTable:
    titles = {one.id: one.title for one in found.hypotheses}
    rows = [(one.rank, titles[one.hypothesis], round(one.score, 3), one.for_it, one.against, one.unjudged)
            for one in standings(found)]
    return AnswerTable("ranking", _("Ranking"), (
        _("Rank"), _("Hypothesis"), _("Inconsistency"), _("For"), _("Against"), _("Not judged")), tuple(rows),
        tuple((one.hypothesis,) for one in standings(found)))


def _matrix(found: Board) -> AnswerTable:
    rows: list[tuple[Cell, ...]] = []
    order = sorted(found.evidence, key=lambda row: -discrimination(row, found))
    for one in order:
        verdicts = tuple(one.verdicts.get(hypothesis.id, "") for hypothesis in found.hypotheses)
        relevance = _(RELEVANCE_NAMES[one.relevance])
        rows.append((one.label, one.grade or _("ungraded"), round(one.credibility, 2), relevance, *verdicts,
                     "" if diagnostic(one, found) else _("does not discriminate")))
    headings = (_("Evidence"), _("Grade"), _("Credibility"), _("Relevance"),
                *(one.title for one in found.hypotheses), _("Diagnosticity"))
    return AnswerTable("matrix", _("Matrix"), headings, tuple(rows), tuple((one.id,) for one in order))


def _drops(found: Board) -> AnswerTable:
    titles = {one.id: one.title for one in found.hypotheses}
    labels = {one.id: one.label for one in found.evidence}
    rows = [(labels[one.evidence], "; ".join(titles[item] for item in one.leaders),
             _("changes the first place") if one.changes else "") for one in drops(found)]
    return AnswerTable("sensitivity", _("Sensitivity"), (
        _("Without this evidence"), _("First would be"), _("Effect")), tuple(rows),
        tuple((one.evidence,) for one in drops(found)))


def _notes(found: Board) -> AnswerTable:
    rows = [(_("Assumption"), "", text) for text in found.assumptions]
    rows += [(_("What would change my mind"), one.title, one.change) for one in found.hypotheses if one.change]
    return AnswerTable("notes", _("Assumptions and notes"), (_("Kind"), _("Hypothesis"), _("Text")), tuple(rows))
