"""A declared projection: which entities and links count, how much each weighs, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph import moments
from ewglink.graph.network import Ints, Network, Values
from ewglink.graph.projection import part
from ewglink.model.grading import UNGRADED, Grade
from ewglink.model.items import Strength

Mask = npt.NDArray[np.bool_]
WEIGHTS = ("none", "count", "influence", "property")
"""How links can weigh: not at all, each one, by what their kind, grade, age and number say, by a number they carry."""
STRENGTH_FACTORS = (0.8, 0.6, 0.4)
"""What an ungraded link counts by its strength: as the weakest grades drawn so, B2, C3 and D4."""
HALF_LIFE = 730.0


@dataclass(frozen=True)
class Declaration:
    """What is asked for. None means all.

    `start` and `end` are ISO dates: links count that held at any time between them; those without a date only where
    `undated`. `min_grade` ("C3"): links of which some statement has a source and information at least as good.
    `weights` is one of `WEIGHTS`; `weight_property` names the number where it is "property". `half_life` in days (0:
    age does not count), `as_of` the ISO date from which age is counted, else the last date among the links.
    """

    types: tuple[str, ...] | None = None
    link_types: tuple[str, ...] | None = None
    strengths: tuple[str, ...] | None = None
    subset: tuple[int, ...] | None = None
    start: str | None = None
    end: str | None = None
    undated: bool = True
    min_grade: str | None = None
    weights: str = "none"
    weight_property: str | None = None
    half_life: float = HALF_LIFE
    as_of: str | None = None
    directed: bool = False

    @property
    def needs_facts(self) -> bool:
        """Whether the arrays of the projection do not suffice."""
        return bool(self.start or self.end or self.min_grade or self.weights in ("influence", "property"))


@dataclass(frozen=True)
class LinkFacts:
    """What is known of the links of a network beyond their ends, link by link.

    `starts`, `stops` (m,) int64 as `Network` has them; `graded` (k,) rows of links and `grades` (k,) index into
    `grade_keys`, one for each grade that a link's statements have; `values` (m,) numbers of one property, NaN where
    there is none.
    """

    starts: Ints
    stops: Ints
    graded: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    grades: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    grade_keys: tuple[str, ...] = ()
    values: Values | None = None


def declared(whole: Network, asked: Declaration, facts: LinkFacts | None = None,
             base: Mapping[str, float] | None = None) -> Network:
    """The network that `asked` declares: a part of `whole`, with its weights.

    `facts` are needed where `asked.needs_facts`, `base` (link type → 0 to 1) where links weigh by influence. Its
    `described` says all of it, with the number of entities and links left out and why.
    """
    keep = _entities(whole, asked)
    kept_links, left_out = _links(whole, asked, facts, keep)
    described = dict(whole.described) | described_as(asked)
    if facts is not None:
        whole = replace(whole, starts=facts.starts, stops=facts.stops)
    if asked.weights != "none":
        weights = _weights(whole, asked, facts, base or {}, kept_links, described)
        whole = replace(whole, weights=weights)
        light = kept_links & ~(weights > 0)
        if light.any():
            left_out["weight"] = int(light.sum())
            kept_links &= ~light
    entities = int((~keep).sum())
    described["left_out"] = {"entities": entities, "links": {key: n for key, n in left_out.items() if n}}
    found = part(whole, keep, kept_links, described)
    return replace(found, directed=asked.directed, weighted=asked.weights != "none")


def _entities(whole: Network, asked: Declaration) -> Mask:
    keep = np.ones(whole.n, np.bool_)
    if asked.types is not None:
        keep &= np.array([key in asked.types for key in whole.type_keys] or [False], np.bool_)[whole.types]
    if asked.subset is not None:
        inside = np.zeros(whole.n, np.bool_)
        inside[whole.rows_of(asked.subset)] = True
        keep &= inside
    return keep


def _links(whole: Network, asked: Declaration, facts: LinkFacts | None, keep: Mask) -> tuple[Mask, dict[str, int]]:
    """Which links count, and how many do not, by the first reason that says so."""
    inside: Mask = keep[whole.ends[:, 0]] & keep[whole.ends[:, 1]]
    reasons = [("ends", inside)]
    if asked.link_types is not None:
        wanted = np.array([key in asked.link_types for key in whole.link_type_keys] or [False], np.bool_)
        reasons.append(("link_types", wanted[whole.link_types]))
    if asked.strengths is not None:
        codes = np.array([int(Strength[name.upper()]) for name in asked.strengths], np.int8)
        reasons.append(("strengths", np.isin(whole.strengths, codes)))
    if facts is not None and (asked.start or asked.end):
        reasons += _by_date(asked, facts)
    if facts is not None and asked.min_grade:
        reasons.append(("grade", _by_grade(Grade.parse(asked.min_grade), facts, whole.m)))
    kept = np.ones(whole.m, np.bool_)
    left_out = {}
    for key, fits in reasons:
        left_out[key] = int((kept & ~fits).sum())
        kept &= fits
    return kept, left_out


def _by_date(asked: Declaration, facts: LinkFacts) -> list[tuple[str, Mask]]:
    first = moments.first_moment(asked.start) if asked.start else moments.FIRST
    last = moments.last_moment(asked.end) if asked.end else moments.LAST
    known = facts.starts != moments.UNKNOWN
    within = ~known | ((facts.starts <= last) & (facts.stops >= first))
    return [("dates", within)] + ([] if asked.undated else [("undated", known)])


def _by_grade(weakest: Grade, facts: LinkFacts, m: int) -> Mask:
    source, information = weakest.sort_key

    def good(text: str) -> bool:
        ours = _grade(text).sort_key
        return ours[0] <= source and ours[1] <= information

    fits = np.zeros(m, np.bool_)
    if good(str(UNGRADED)):
        fits[:] = True
        fits[facts.graded] = False
    passes = np.array([good(key) for key in facts.grade_keys] or [False], np.bool_)
    fits[facts.graded[passes[facts.grades]]] = True
    return fits


def _grade(text: str) -> Grade:
    try:
        return Grade.parse(text)
    except ValueError:
        return UNGRADED


def _weights(whole: Network, asked: Declaration, facts: LinkFacts | None, base: Mapping[str, float], kept: Mask,
             described: dict[str, Any]) -> Values:
    if asked.weights == "count" or facts is None:
        return np.ones(whole.m)
    if asked.weights == "property":
        values = np.full(whole.m, np.nan) if facts.values is None else facts.values
        return np.where(np.isfinite(values) & (values > 0), values, 0.0)
    as_of = _as_of(asked, facts, kept)
    described["as_of"] = moments.iso_day(as_of)
    influence = np.array([base.get(key, 0.5) for key in whole.link_type_keys] or [0.5])[whole.link_types]
    one_by_one = influence * _grade_factors(whole, facts) * _recency(asked.half_life, as_of, facts)
    return one_by_one * _share_of_count(whole, kept)


def _as_of(asked: Declaration, facts: LinkFacts, kept: Mask) -> int:
    if asked.as_of:
        return moments.last_moment(asked.as_of)
    ends = np.where(facts.stops < moments.LAST, facts.stops, facts.starts)[kept]
    known = ends[(ends != moments.UNKNOWN) & (ends > moments.FIRST)]
    return int(known.max()) if len(known) else moments.UNKNOWN


def _grade_factors(whole: Network, facts: LinkFacts) -> Values:
    """The best grade's factor of each link (3.2 of the trade's grading: the root of source times information)."""
    factors = np.array([STRENGTH_FACTORS[item] for item in Strength])[whole.strengths]
    factors[facts.graded] = 0.0
    marks = np.array([_grade(key).factor for key in facts.grade_keys] or [0.0])
    np.maximum.at(factors, facts.graded, marks[facts.grades])
    return factors


def _recency(half_life: float, as_of: int, facts: LinkFacts) -> Values:
    """0.5 ^ (days since the link last held / half-life); 1 where that is unknown, or still the case."""
    known = (facts.starts != moments.UNKNOWN) & (facts.stops < as_of)
    if half_life <= 0 or as_of == moments.UNKNOWN:
        return np.ones(len(facts.starts))
    last = np.where(facts.stops == moments.UNKNOWN, facts.starts, facts.stops)
    days = np.where(known, (as_of - np.where(known, last, as_of)) / moments.DAY, 0.0)
    recency: Values = np.power(0.5, np.maximum(days, 0.0) / half_life)
    return recency


def _share_of_count(whole: Network, kept: Mask) -> Values:
    """log1p(count) / count of the links of one type between one pair: so that they sum up to mean × log1p(count)."""
    low = whole.ends.min(axis=1, initial=whole.n).astype(np.int64)
    high = whole.ends.max(axis=1, initial=0).astype(np.int64)
    keys = (low * max(whole.n, 1) + high) * max(len(whole.link_type_keys), 1) + whole.link_types
    share = np.zeros(whole.m)
    _each, place, counts = np.unique(keys[kept], return_inverse=True, return_counts=True)
    share[kept] = (np.log1p(counts) / counts)[place] if len(place) else 0.0
    return share


def described_as(asked: Declaration) -> dict[str, Any]:
    """What was asked for as `Network.described` says it, without what is as usual."""
    said: dict[str, Any] = {"directed": asked.directed, "weights": asked.weights}
    for key in ("types", "link_types", "strengths"):
        if (value := getattr(asked, key)) is not None:
            said[key] = sorted(value) if key != "strengths" else [one.name.lower() for one in Strength
                                                                  if one.name.lower() in value]
    if asked.subset is not None:
        said["subset"] = len(asked.subset)
    if asked.start or asked.end:
        said |= {"from": asked.start, "to": asked.end, "undated": asked.undated}
    if asked.min_grade:
        said["min_grade"] = asked.min_grade
    if asked.weights == "property":
        said["weight_property"] = asked.weight_property
    if asked.weights == "influence":
        said["half_life"] = asked.half_life
    return said
