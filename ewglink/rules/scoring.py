"""Scores of parties and vessels: contributions of indicators, capped by group and put together; a lead, no evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from ewglink.model.progress import Job, Progress
from ewglink.rules.contract import Missing, Setting
from ewglink.rules.indicators import CAPS, INDICATORS, Group, Indicator, Scored, Sign
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Trade
from ewglink.text import N_, message

OUTLIER = 3.5
"""From which robust z on (either side) a value is an outlier."""
PEERS = 8
"""How many values there must be, at least."""


@dataclass(frozen=True)
class Contribution:
    """What one indicator contributes: `points` is weight × s, before the cap of its group."""

    indicator: str
    group: Group
    weight: float
    s: float
    values: Mapping[str, Any]
    objects: tuple[int, ...]

    @property
    def points(self) -> float:
        """Weight × s: what it would add to its group alone."""
        return self.weight * self.s


@dataclass
class Score:
    """The score of one item: 0 to 100. `coverage` is the share (0 to 1) of the indicators for its kind that could be
    evaluated; `missing`: indicator → the inputs it lacks; `why`: indicator → why what there is proves nothing,
    marked with `N_`."""

    item: int
    over: Scored
    contributions: list[Contribution] = field(default_factory=list)
    missing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    asked: int = 0

    @property
    def groups(self) -> dict[Group, float]:
        """Group → its score (0 to its cap), of groups that have any."""
        by_group: dict[Group, list[float]] = defaultdict(list)
        for one in self.contributions:
            by_group[one.group].append(one.points)
        return {group: group_score(group, points) for group, points in by_group.items()}

    @property
    def score(self) -> float:
        """100 · (1 − Π(1 − G))."""
        return 100.0 * noisy_or(self.groups.values())

    @property
    def coverage(self) -> float:
        """The share of indicators that could be evaluated."""
        return (self.asked - len(self.missing)) / self.asked if self.asked else 0.0


def noisy_or(parts: Iterable[float]) -> float:
    """1 − Π(1 − part)."""
    left = 1.0
    for part in parts:
        left *= 1.0 - part
    return 1.0 - left


def group_score(group: Group, points: Iterable[float]) -> float:
    """The score of a group from its indicators' weight × s, capped."""
    return min(CAPS[group], noisy_or(points))


class Spread:
    """The middle and the spread of eight values or more, worked out once; `known` is False where there are fewer, or
    more than half of them are equal."""

    def __init__(self, peers: Sequence[float]) -> None:
        self.middle = median(peers) if peers else 0.0
        self._spread = median(abs(one - self.middle) for one in peers) if peers else 0.0
        self.known = len(peers) >= PEERS and self._spread > 0

    def z(self, value: float) -> float | None:
        """The robust z of a value: 0.6745 · (x − median) / MAD; None where nothing is known."""
        return 0.6745 * (value - self.middle) / self._spread if self.known else None


def robust_z(value: float, peers: Sequence[float]) -> float | None:
    """How far a value lies from the middle of its peers (itself among them); see `Spread`."""
    return Spread(peers).z(value)


def score(
    trade: Trade, around: Surroundings, setting: Setting, *, items: Iterable[int] | None = None,
    indicators: Iterable[Indicator] | None = None
) -> Job[dict[int, Score]]:
    """Score parties and vessels (`items` None: all). The same trade gives the same scores."""
    chosen = sorted(INDICATORS if indicators is None else indicators, key=lambda one: one.key)
    wanted = None if items is None else set(items)
    found: dict[int, Score] = {}
    for at, indicator in enumerate(chosen):
        known: Mapping[int, Any] = trade.parties if indicator.over == "party" else around.vessels
        for item in sorted(known):
            if wanted is None or item in wanted:
                one = found.setdefault(item, Score(item, indicator.over))
                _take(one, indicator, indicator.of(known[item], trade, around, setting))
        yield Progress((at + 1) / len(chosen), message(N_("Indicator {key}"), key=indicator.key), found)
    if not chosen:
        yield Progress(1.0, message(N_("Done")), found)


def _take(one: Score, indicator: Indicator, seen: Sign | Missing | None) -> None:
    one.asked += 1
    if isinstance(seen, Missing):
        one.missing[indicator.key] = seen.inputs
        if seen.why:
            one.why[indicator.key] = seen.why
    elif seen is not None and seen.s > 0:
        one.contributions.append(Contribution(indicator.key, indicator.group, indicator.weight,
                                              min(1.0, float(seen.s)), dict(seen.values), seen.objects))
