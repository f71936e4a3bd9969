"""Grouped: communities, types or values of a property, each close together, linked groups side by side."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph.adjacency import simple_pairs
from ewglink.graph.communities import community_labels
from ewglink.graph.components import members
from ewglink.graph.network import Network
from ewglink.layouts.contract import UNITS_PER_MM, Positions, Subject
from ewglink.layouts.fixing import keep_pinned
from ewglink.layouts.gathering import gather
from ewglink.layouts.many_groups import arrange_groups
from ewglink.layouts.neighbourhood import place_groups, turn_groups
from ewglink.layouts.overlap import LARGEST
from ewglink.layouts.packing import pack
from ewglink.layouts.parts import arrange
from ewglink.model.progress import Job, Progress
from ewglink.plugins.options import option
from ewglink.text import N_

Rows = npt.NDArray[np.int64]
_MANY = 20_000
"""In larger charts communities are found, and laid out, the quicker way."""


@dataclass(frozen=True)
class GroupedOptions:
    """What makes a group, and how close its members are."""

    by: str = option("community", N_("Groups"), choices=("community", "type", "attribute"),
                     choice_labels=(N_("Communities"), N_("Types"), N_("Values of a property")))
    attribute: str = option("", N_("Property whose values are the groups"))
    spacing: float = option(140.0, N_("Length of a link"), per_millimetre=UNITS_PER_MM, minimum=20, maximum=2000)
    gap: float = option(120.0, N_("Space between groups"), per_millimetre=UNITS_PER_MM, minimum=0, maximum=2000)


class Grouped:
    """Every group laid out by itself; groups that share many links next to each other, turned towards each other."""

    key = "grouped"
    name = N_("Grouped")
    options = GroupedOptions

    def run(self, subject: Subject, options: GroupedOptions) -> Job[Positions]:
        """Group by group, the largest first; until its turn comes, a group stands in a square."""
        n = subject.n
        if not n:
            yield Progress(1.0, best=np.empty((0, 2)))
            return
        begun, labels = 0.0, np.zeros(n, np.int64)
        if options.by != "community":
            labels = _from_largest(subject.groups)
        elif n <= _MANY:
            labels = _from_largest(_communities(subject))
        else:
            begun = 0.3
            best = np.asarray(_square(subject.sizes), np.float64)
            finding = gather(n, simple_pairs(n, subject.ends), subject.seed)
            labels = _from_largest((yield from _told(finding, begun, keep_pinned(subject, best))))
        groups = members(labels)
        local = np.zeros((n, 2))
        for rows in groups:
            local[rows] = _square(subject.sizes[rows])
        best = _packed(subject, local, labels, groups, options)
        yield Progress(begun, best=best)
        work = arrange_groups(subject, labels, local, options.spacing) if n > _MANY else \
            _one_by_one(subject, local, groups, options.spacing)
        shown = 0.0
        for share in work:
            if share - shown > 0.05:
                shown = share
                best = _packed(subject, local, labels, groups, options)
            yield Progress(begun + (0.95 - begun) * share, best=best)
        extents = _centred(subject, local, groups)
        between = np.asarray(labels[subject.ends], np.int64).reshape(-1, 2)
        centres = place_groups(extents, between, options.gap, subject.seed)
        turn_groups(subject, local, labels, centres)
        yield Progress(1.0, best=keep_pinned(subject, np.asarray(local + centres[labels], np.float64)))


def _communities(subject: Subject) -> Rows:
    m = len(subject.ends)
    plain = np.zeros(m, np.int32)
    network = Network(np.arange(subject.n), subject.groups, subject.group_names, np.arange(m), subject.ends, plain,
                      ("",), subject.directions, plain.astype(np.int8), np.ones(m))
    return community_labels(network, "leiden", seed=subject.seed)


def _told(work: Generator[float, None, Rows], whole: float,
          best: Positions) -> Generator[Progress[Positions], None, Rows]:
    """What `work` returns; its progress is told as this much of the whole."""
    while True:
        try:
            yield Progress(whole * next(work), best=best)
        except StopIteration as end:
            found: Rows = end.value
            return found


def _from_largest(found: npt.NDArray[Any]) -> Rows:
    """The group of each row, (n,), numbered from the largest."""
    _names, first, which, counts = np.unique(found, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(counts), np.int64)
    rank[np.lexsort((first, -counts))] = np.arange(len(counts))
    labels: Rows = rank[which.ravel()]
    return labels


def _one_by_one(subject: Subject, local: Positions, groups: list[Rows], spacing: float) -> Iterator[float]:
    """Every group in `local` (in place) laid out on its own; the share of work done."""
    done = 0
    for rows in groups:
        part = subject.part(rows)
        if len(part.ends):
            for step in arrange(part, spacing, large=subject.n > LARGEST):
                local[rows] = local[rows] if step.best is None else step.best
                yield (done + (step.done or 0.0) * len(rows)) / subject.n
        done += len(rows)


def _square(sizes: Positions) -> Positions:
    cell = sizes.max(axis=0) + 24.0
    columns = max(1, round(float(np.sqrt(len(sizes) * cell[1] / cell[0] * 1.3))))
    line, column = np.divmod(np.arange(len(sizes)), columns)
    return np.asarray(np.stack((column, line), axis=1) * cell, np.float64)


def _centred(subject: Subject, local: Positions, groups: list[Rows]) -> Positions:
    """Brings every group around its origin (in place); how wide and high each is, (groups, 2)."""
    order, count = np.concatenate(groups), [len(rows) for rows in groups]
    begins = np.cumsum([0, *count[:-1]])
    half = subject.sizes / 2
    low = np.minimum.reduceat((local - half)[order], begins, axis=0)
    high = np.maximum.reduceat((local + half)[order], begins, axis=0)
    local[order] -= np.repeat((low + high) / 2, count, axis=0)
    return np.asarray(high - low, np.float64)


def _packed(subject: Subject, local: Positions, labels: Rows, groups: list[Rows], options: GroupedOptions) -> Positions:
    """A picture of the work under way: groups packed by size alone."""
    centres = pack(_centred(subject, local, groups), options.gap)
    return keep_pinned(subject, np.asarray(local + centres[labels], np.float64))


MEMBER = Grouped()
