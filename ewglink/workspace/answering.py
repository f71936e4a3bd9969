"""Questions whose answers are tables and figures, by name: asked in the window and the terminal, and handed out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ewglink.drawing.answers import AnswerSheet, ReleasedAnswer
from ewglink.exporters.gate import Written
from ewglink.model.progress import Job, Progress, finish
from ewglink.model.refusal import Refusal
from ewglink.release.view import released
from ewglink.text import N_, Message, _, language, message
from ewglink.workspace.association import AssociationOptions
from ewglink.workspace.flows import FlowOptions
from ewglink.workspace.toll import TollOptions
from ewglink.workspace.workspace import Workspace


@dataclass(frozen=True)
class NoOptions:
    """Nothing to choose."""


@dataclass(frozen=True)
class Question:
    """A question: its key, its name (marked with `N_`), the dataclass of its options, and what answers it."""

    key: str
    name: str
    options: type
    answer: Callable[[Workspace, Any], AnswerSheet] = field(repr=False)


def _association(workspace: Workspace, options: Any) -> AnswerSheet:
    from ewglink.workspace.association_sheet import association_sheet

    return association_sheet(workspace, options)


def _toll(workspace: Workspace, options: Any) -> AnswerSheet:
    from ewglink.workspace.toll_sheet import toll_sheet

    return toll_sheet(workspace, options)


def _flow(workspace: Workspace, options: Any) -> AnswerSheet:
    from ewglink.workspace.flow_sheet import flow_sheet

    return flow_sheet(workspace, options)


def _hypotheses(workspace: Workspace, options: Any) -> AnswerSheet:
    from ewglink.workspace.hypotheses_sheet import hypotheses_sheet

    return hypotheses_sheet(workspace)


QUESTIONS: dict[str, Question] = {one.key: one for one in (
    Question("association", N_("Association matrix"), AssociationOptions, _association),
    Question("toll", N_("Telephone toll analysis"), TollOptions, _toll),
    Question("flow", N_("Flow chart"), FlowOptions, _flow),
    Question("hypotheses", N_("Competing hypotheses"), NoOptions, _hypotheses),
)}


def question(key: str) -> Question:
    """The question with that key; a `Refusal` lists them where there is none."""
    if key not in QUESTIONS:
        raise Refusal("no_question", message(N_("There is no table named “{name}”. There are: {names}."), name=key,
                                             names=", ".join(QUESTIONS)))
    return QUESTIONS[key]


def ask(workspace: Workspace, key: str, options: Any = None) -> Job[AnswerSheet]:
    """Answer a question, as a job of one step."""
    wanted = question(key)
    yield Progress(None, Message(wanted.name))
    yield Progress(1.0, Message(wanted.name), wanted.answer(workspace, options or wanted.options()))


def hand_out(workspace: Workspace, sheet: AnswerSheet, path: Path) -> Written:
    """`hand_out_job`, run to its end."""
    written = finish(hand_out_job(workspace, sheet, path))
    assert written is not None
    return written


def hand_out_job(workspace: Workspace, sheet: AnswerSheet, path: Path, begin: float = 0.0) -> Job[Written]:
    """Write an answer through the one door, under the marking of what it names; an event of the journal. The last
    progress carries what was written; stopped before, no file is left. `begin` is how far a longer job is already."""
    from ewglink.exporters.answers import write_answer

    said = message(N_("Writing {file}"), file=path.name)
    yield Progress(begin, said)
    items = workspace.case.items
    handlings = [text for text in items.handlings(sheet.named) if text] if sheet.named else []
    foot = _foot(workspace)
    view = released(
        title=workspace.title, language=language(), chart=sheet.title, handlings=handlings,
        picture=lambda banner: ReleasedAnswer(sheet, banner, foot), default_handling=workspace.case.meta("handling"),
        case_uid=workspace.case.meta("uid") or "")
    with closing(write_answer(view, path)) as steps:
        written = None
        while written is None:
            try:
                yield Progress(begin + (1.0 - begin) * next(steps), said)
            except StopIteration as ended:
                written = ended.value
    if not workspace.case.read_only:
        workspace.case.record_event("exported", {
            "file": path.name, "format": written.format, "marking": written.marking, "chart": sheet.title,
            "sha256": [file.sha256 for file in written.files]})
    yield Progress(1.0, message(N_("Written: {file}"), file=path.name), written)


def _foot(workspace: Workspace) -> str:
    entries = workspace.case.journal_entries(limit=1)
    head = entries[0].hash[:16] if entries else ""
    return _("{case} – {date} – journal {head}", case=workspace.title, date=date.today().isoformat(), head=head)


def all_items(rows: Iterable[Iterable[int]]) -> frozenset[int]:
    """Every item that rows name."""
    return frozenset(item for row in rows for item in row)
