"""Grouped: communities, types or values of a property, each close together, linked groups side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ewglink.graph.communities import community_labels
from ewglink.graph.components import members
from ewglink.graph.network import Network
from ewglink.layouts.contract import UNITS_PER_MM, Positions, Subject
from ewglink.layouts.fixing import keep_pinned
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
        labels = _labels(subject, options)
        groups = members(labels)
        local = np.zeros((n, 2))
        for rows in groups:
            local[rows] = _square(subject.sizes[rows])
        best = _packed(subject, local, labels, groups, options)
        yield Progress(0.0, best=best)
        done, shown = 0, 0
        for rows in groups:
            part = subject.part(rows)
            if len(part.ends):
                for step in arrange(part, options.spacing, 1.0 if n <= _MANY else 0.4, large=n > LARGEST):
                    local[rows] = local[rows] if step.best is None else step.best
                    yield Progress(0.95 * (done + (step.done or 0.0) * len(rows)) / n, best=best)
            done += len(rows)
            if done - shown > n / 20 and done < n:
                shown = done
                best = _packed(subject, local, labels, groups, options)
                yield Progress(0.95 * done / n, best=best)
        extents = _centred(subject, local, groups)
        between = np.asarray(labels[subject.ends], np.int64).reshape(-1, 2)
        centres = place_groups(extents, between, options.gap, subject.seed)
        turn_groups(subject, local, labels, centres)
        yield Progress(1.0, best=keep_pinned(subject, np.asarray(local + centres[labels], np.float64)))


def _labels(subject: Subject, options: GroupedOptions) -> Rows:
    """The group of each row, (n,), numbered from the largest."""
    if options.by == "community":
        m = len(subject.ends)
        plain = np.zeros(m, np.int32)
        network = Network(np.arange(subject.n), subject.groups, subject.group_names, np.arange(m), subject.ends, plain,
                          ("",), subject.directions, plain.astype(np.int8), np.ones(m))
        found = community_labels(network, "leiden" if subject.n <= _MANY else "louvain", seed=subject.seed)
    else:
        found = subject.groups.astype(np.int64)
    _names, first, which, counts = np.unique(found, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(counts), np.int64)
    rank[np.lexsort((first, -counts))] = np.arange(len(counts))
    labels: Rows = rank[which.ravel()]
    return labels


def _square(sizes: Positions) -> Positions:
    cell = sizes.max(axis=0) + 24.0
    columns = max(1, round(float(np.sqrt(len(sizes) * cell[1] / cell[0] * 1.3))))
    line, column = np.divmod(np.arange(len(sizes)), columns)
    return np.asarray(np.stack((column, line), axis=1) * cell, np.float64)


def _centred(subject: Subject, local: Positions, groups: list[Rows]) -> Positions:
    """Brings every group around its origin (in place); how wide and high each is, (groups, 2)."""
    extents = np.zeros((len(groups), 2))
    for group, rows in enumerate(groups):
        half = subject.sizes[rows] / 2
        low, high = (local[rows] - half).min(axis=0), (local[rows] + half).max(axis=0)
        local[rows] -= (low + high) / 2
        extents[group] = high - low
    return extents


def _packed(subject: Subject, local: Positions, labels: Rows, groups: list[Rows], options: GroupedOptions) -> Positions:
    """A picture of the work under way: groups packed by size alone."""
    centres = pack(_centred(subject, local, groups), options.gap)
    return keep_pinned(subject, np.asarray(local + centres[labels], np.float64))


MEMBER = Grouped()
