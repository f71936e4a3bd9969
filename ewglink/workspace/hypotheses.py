"""Competing hypotheses: evidence against hypotheses, weighed and ranked by what speaks against each.

Score of a hypothesis: Σ over its inconsistent evidence (I = 1, II = 2) × credibility (0 to 1, from the grade) ×
relevance (low 0.5, medium 1, high 2). The least inconsistent comes first; what supports it does not make it true.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ewglink.model.grading import UNGRADED, Grade
from ewglink.text import N_

VERDICTS: dict[str, str] = {
    "CC": N_("very consistent"), "C": N_("consistent"), "N": N_("neutral"), "I": N_("inconsistent"),
    "II": N_("very inconsistent")}
"""What evidence can say of a hypothesis; no verdict means that it was not judged yet."""
AGAINST = {"I": 1.0, "II": 2.0}
RELEVANCE: dict[str, float] = {"L": 0.5, "M": 1.0, "H": 2.0}
RELEVANCE_NAMES = {"L": N_("low"), "M": N_("medium"), "H": N_("high")}
_SCALE = {"CC": 2, "C": 1, "N": 0, "I": -1, "II": -2}


@dataclass(frozen=True)
class Hypothesis:
    """A hypothesis: an entity of the case. `change` is what would change one's mind of it."""

    id: int
    title: str
    change: str = ""


@dataclass(frozen=True)
class Evidence:
    """An item that is held against the hypotheses: its verdict on each (by hypothesis), how credible it is (0 to 1,
    with the grade it comes from) and how relevant."""

    id: int
    label: str
    verdicts: Mapping[int, str] = field(default_factory=dict)
    credibility: float = UNGRADED.factor
    grade: str = ""
    relevance: str = "M"
    type: str = ""


@dataclass(frozen=True)
class Board:
    """The matrix as it stands: hypotheses, evidence, and the assumptions that all of it rests on."""

    hypotheses: tuple[Hypothesis, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """How a hypothesis stands: rank from 1 (equals share one), its score, and how much evidence says what."""

    hypothesis: int
    rank: int
    score: float
    for_it: int
    against: int
    unjudged: int


@dataclass(frozen=True)
class Drop:
    """What leaving out one piece of evidence changes: whether other hypotheses would be first, and which."""

    evidence: int
    leaders: tuple[int, ...]
    changes: bool


def credibility(grades: Sequence[str]) -> tuple[float, str]:
    """The weight and the grade of the best of what is said of an item; ungraded is F6."""
    known = []
    for text in grades:
        try:
            known.append(Grade.parse(text))
        except ValueError:
            continue
    best = max(known, key=lambda one: (one.factor, str(one)), default=None)
    return (UNGRADED.factor, "") if best is None else (best.factor, str(best))


def weight(evidence: Evidence, hypothesis: int) -> float:
    """What a piece of evidence adds to the score of a hypothesis."""
    verdict = AGAINST.get(evidence.verdicts.get(hypothesis, ""), 0.0)
    return verdict * evidence.credibility * RELEVANCE[evidence.relevance]


def standings(board: Board) -> list[Standing]:
    """The hypotheses, least inconsistent first; ties keep their order in the matrix and share a rank."""
    scores = {one.id: sum(weight(row, one.id) for row in board.evidence) for one in board.hypotheses}
    found = []
    for one in sorted(board.hypotheses, key=lambda hypothesis: scores[hypothesis.id]):
        said = [row.verdicts.get(one.id, "") for row in board.evidence]
        rank = 1 + sum(score < scores[one.id] - 1e-9 for score in scores.values())
        found.append(Standing(one.id, rank, scores[one.id], sum(word in ("C", "CC") for word in said),
                              sum(word in AGAINST for word in said), said.count("")))
    return found


def diagnostic(evidence: Evidence, board: Board) -> bool:
    """Whether evidence tells hypotheses apart: it says different things of at least two that it was held against."""
    said = {evidence.verdicts[one.id] for one in board.hypotheses if evidence.verdicts.get(one.id)}
    return len(said) > 1


def discrimination(evidence: Evidence, board: Board) -> float:
    """How far evidence parts the hypotheses: the widest difference of its verdicts (0 to 4) by its weight."""
    said = [_SCALE[evidence.verdicts[one.id]] for one in board.hypotheses if evidence.verdicts.get(one.id)]
    return (max(said) - min(said)) * evidence.credibility * RELEVANCE[evidence.relevance] if said else 0.0


def leaders(board: Board) -> tuple[int, ...]:
    """The hypotheses that are first."""
    return tuple(sorted(one.hypothesis for one in standings(board) if one.rank == 1))


def drops(board: Board) -> list[Drop]:
    """For each piece of evidence: who would be first without it."""
    now = leaders(board)
    found = []
    for at, row in enumerate(board.evidence):
        without = replace(board, evidence=board.evidence[:at] + board.evidence[at + 1:])
        then = leaders(without)
        found.append(Drop(row.id, then, then != now))
    return found
