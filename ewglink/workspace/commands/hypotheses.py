"""What can be done to a matrix of hypotheses: verdicts become links, the rest is kept with the case; all can be undone.

A verdict for or against is a link `supports` or `contradicts` from the evidence to the hypothesis with its
`consistency`; what is neutral, relevance, grades given by hand, assumptions and the order stand in the case's settings.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from ewglink.model.changes import Change, Changeset
from ewglink.model.grading import Grade
from ewglink.model.items import ENTITY, LINK, Direction, Strength
from ewglink.model.refusal import Refusal
from ewglink.store.case_file import CaseFile
from ewglink.store.journal import actor, now
from ewglink.store.shown import shown_values
from ewglink.store.ties import Tie, sayings, ties
from ewglink.text import N_, message
from ewglink.workspace.commands.items import add_entity, delete_items, set_property
from ewglink.workspace.hypotheses import RELEVANCE, VERDICTS, Board, Evidence, Hypothesis, credibility

SETTING = "hypotheses"
FOR, AGAINST = "supports", "contradicts"
LINKS = (FOR, AGAINST)
_USUAL = {FOR: "C", AGAINST: "I"}


def kept(case: CaseFile) -> dict[str, Any]:
    """What the case keeps beside the links: `order`, `assumptions`, `evidence` (item → relevance, grade, neutral)."""
    text = case.meta(SETTING)
    found = json.loads(text) if text else {}
    return {"order": found.get("order", []), "assumptions": found.get("assumptions", []),
            "evidence": {str(item): dict(body) for item, body in found.get("evidence", {}).items()}}


def board(case: CaseFile) -> Board:
    """The matrix as the case has it: every hypothesis, and whatever was put against any or is linked with one."""
    said, hypotheses = kept(case), {ref.id: ref for ref in case.items.listed(ENTITY, "hypothesis")}
    standing = {row["id"]: row["canonical_id"] for row in case.items.rows("item", "id", hypotheses)}
    order = [item for item in said["order"] if item in hypotheses]
    ids = [item for item in dict.fromkeys([*order, *hypotheses]) if standing.get(item) is None]
    values = shown_values(case, items=ids) if ids else {}
    made = tuple(Hypothesis(item, hypotheses[item].label, str(values.get(item, {}).get("note") or "")) for item in ids)
    verdicts = _verdicts(case, said, set(ids))
    refs = case.items.refs(verdicts)
    grades: dict[int, list[str]] = {}
    for one in sayings(case, refs):
        grades.setdefault(one.item, []).append(one.grade)
    evidence = [_evidence(item, refs[item], verdicts[item], said["evidence"].get(str(item), {}), grades.get(item, []))
                for item in verdicts if item in refs]
    return Board(made, tuple(evidence), tuple(map(str, said["assumptions"])))


def _evidence(item: int, ref: Any, verdicts: dict[int, str], body: dict[str, Any], grades: list[str]) -> Evidence:
    given = str(body.get("grade") or "")
    factor, grade = credibility([given] if given else grades)
    relevance = str(body.get("relevance") or "M")
    return Evidence(item, ref.label, verdicts, factor, grade, relevance if relevance in RELEVANCE else "M", ref.type)


def _verdicts(case: CaseFile, said: dict[str, Any], hypotheses: set[int]) -> dict[int, dict[int, str]]:
    """Evidence → hypothesis → verdict: in the order it was put up, then as linked. Of several links the last counts."""
    found: dict[int, dict[int, str]] = {}
    for item, body in said["evidence"].items():
        found[int(item)] = {one: "N" for one in body.get("neutral", []) if one in hypotheses}
    linked = [tie for tie in ties(case, LINKS) if tie.b in hypotheses]
    values = shown_values(case, items=[tie.id for tie in linked]) if linked else {}
    for tie in linked:
        word = str(values.get(tie.id, {}).get("consistency") or _USUAL[tie.type]).upper()
        found.setdefault(tie.a, {})[tie.b] = word if word in VERDICTS else _USUAL[tie.type]
    return found


def _keep(case: CaseFile, said: dict[str, Any]) -> tuple[Change, ...]:
    old = case.items.row("meta", key=SETTING)
    new = {"key": SETTING, "value": json.dumps(said, ensure_ascii=False, sort_keys=True)}
    return (Change("meta", old, new),) if old != new else ()


# hypotheses

def add_hypothesis(case: CaseFile, title: str) -> tuple[Changeset, int]:
    """A new hypothesis, last in the matrix."""
    made, item = add_entity(case, "hypothesis", title, {"title": " ".join(title.split())})
    said = kept(case)
    said["order"] = [*(one.id for one in board(case).hypotheses), item]
    return replace(made, changes=(*made.changes, *_keep(case, said))), item


def remove_hypothesis(case: CaseFile, item: int) -> Changeset:
    """A hypothesis taken out of the case, with the verdicts on it."""
    said = kept(case)
    said["order"] = [one for one in said["order"] if one != item]
    for body in said["evidence"].values():
        body["neutral"] = [one for one in body.get("neutral", []) if one != item]
    made = delete_items(case, [item])
    return replace(made, changes=(*made.changes, *_keep(case, said)))


def set_change(case: CaseFile, item: int, text: str) -> Changeset:
    """What would change one's mind of a hypothesis."""
    return set_property(case, item, "note", text.strip())


def set_assumptions(case: CaseFile, lines: Iterable[str]) -> Changeset:
    """The assumptions that the matrix rests on."""
    said = kept(case)
    said["assumptions"] = [text for line in lines if (text := " ".join(line.split()))]
    return Changeset("hypotheses_set", {}, _keep(case, said))


# evidence

def add_evidence(case: CaseFile, items: Collection[int]) -> Changeset:
    """Entities held against the hypotheses from now on; hypotheses and links cannot be."""
    said = kept(case)
    refs = case.items.refs(items)
    fit = [item for item in items if item in refs and refs[item].kind == ENTITY and refs[item].type != "hypothesis"]
    if not fit:
        raise Refusal("no_evidence", message(
            N_("Select entities that are to be held against the hypotheses: documents, events, findings of fact.")))
    for item in fit:
        said["evidence"].setdefault(str(item), {})
    return Changeset("hypotheses_set", {}, _keep(case, said))


def remove_evidence(case: CaseFile, item: int) -> Changeset:
    """Evidence no longer held against any hypothesis: its verdicts go, the item stays."""
    said = kept(case)
    said["evidence"].pop(str(item), None)
    hypotheses = {one.id for one in board(case).hypotheses}
    links = [tie.id for tie in ties(case, LINKS) if tie.a == item and tie.b in hypotheses]
    gone = delete_items(case, links).changes if links else ()
    return Changeset("hypotheses_set", {}, (*gone, *_keep(case, said)))


def weigh(case: CaseFile, item: int, *, relevance: str | None = None, grade: str | None = None) -> Changeset:
    """How relevant evidence is (L, M, H), and a grade given by hand (empty: that of its statements)."""
    said = kept(case)
    body = said["evidence"].setdefault(str(item), {})
    if relevance is not None:
        if relevance not in RELEVANCE:
            raise Refusal("no_relevance", message(N_("Relevance is L, M or H.")))
        body["relevance"] = relevance
    if grade is not None:
        body["grade"] = _grade(grade)
    return Changeset("hypotheses_set", {}, _keep(case, said))


def _grade(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return str(Grade.parse(text))
    except ValueError as error:
        said = message(N_("“{text}” is no grade; write a letter from A to F and a figure from 1 to 6, as B2."),
                       text=text)
        raise Refusal("no_grade", said) from error


def judge(case: CaseFile, evidence: int, hypothesis: int, verdict: str) -> Changeset:
    """What evidence says of a hypothesis: CC, C, N, I or II; empty takes the verdict back."""
    if verdict and verdict not in VERDICTS:
        raise Refusal("no_verdict", message(N_("A verdict is CC, C, N, I or II.")))
    said = kept(case)
    body = said["evidence"].setdefault(str(evidence), {})
    neutral = [one for one in body.get("neutral", []) if one != hypothesis]
    body["neutral"] = [*neutral, hypothesis] if verdict == "N" else neutral
    links = [tie for tie in ties(case, LINKS) if (tie.a, tie.b) == (evidence, hypothesis)]
    changes = list(_keep(case, said))
    if verdict in ("", "N"):
        changes = [*(delete_items(case, [tie.id for tie in links]).changes if links else ()), *changes]
    else:
        changes += _linked(case, evidence, hypothesis, verdict, links)
    labels = case.items.labels([evidence, hypothesis])
    return Changeset("evidence_judged", {"label": labels.get(evidence, ""), "hypothesis": labels.get(hypothesis, ""),
                                         "verdict": verdict or "–"}, tuple(changes))


def _linked(case: CaseFile, evidence: int, hypothesis: int, verdict: str, links: list[Tie]) -> list[Change]:
    """The link that says so: the last there is, turned if need be, or a new one."""
    kind = FOR if verdict in ("C", "CC") else AGAINST
    if links:
        row = case.items.row("item", id=links[-1].id)
        assert row is not None
        turned = [Change("item", row, row | {"type": kind})] if row["type"] != kind else []
        return [*turned, *set_property(case, links[-1].id, "consistency", verdict).changes]
    item, basis = case.next_id("item"), case.next_id("basis")
    return [
        Change("item", None, {"id": item, "kind": LINK, "type": kind, "label": "", "label_rank": 3,
                              "canonical_id": None}),
        Change("link", None, {"item_id": item, "a": evidence, "b": hypothesis, "direction": int(Direction.FORWARD),
                              "strength": int(Strength.UNCONFIRMED), "start": None, "end": None, "precision": None}),
        Change("basis", None, {"id": basis, "import_id": None, "note": "", "grade": None, "handling": None,
                               "recorded_by": actor(), "recorded_at": now()}),
        Change("statement", None, {"id": case.next_id("statement"), "item_id": item, "record_id": None,
                                   "basis_id": basis, "vals": json.dumps({"consistency": [verdict]})}),
    ]
