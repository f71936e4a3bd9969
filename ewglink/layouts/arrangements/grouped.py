"""Grouped: communities, types or values of a property, each close together, linked groups side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ewglink.graph.communities import community_labels
from ewglink.graph.components import members
from ewglink.graph.network import Network
from ewglink.layouts.contract import Positions, Subject
from ewglink.layouts.fixing import keep_pinned
from ewglink.layouts.neighbourhood import place_groups, turn_groups
from ewglink.layouts.parts import arrange
from ewglink.model.progress import Job, Progress, finish
from ewglink.plugins.options import option
from ewglink.text import N_

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class GroupedOptions:
    """What makes a group, and how close its members are."""

    by: str = option("community", N_("Groups"), choices=("community", "type", "attribute"))
    attribute: str = option("", N_("Property whose values are the groups (attribute)"))
    spacing: float = option(140.0, N_("Length of a link (quarter millimetres)"), minimum=20, maximum=2000)
    gap: float = option(120.0, N_("Space between groups (quarter millimetres)"), minimum=0, maximum=2000)


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
        if len(groups) > 1:
            yield Progress(0.0, best=_assembled(subject, local, labels, groups, options))
        done, shown = 0, 0
        for rows in groups:
            part = subject.part(rows)
            if len(part.ends):
                found = finish(arrange(part, options.spacing))
                assert found is not None
                local[rows] = found
            done += len(rows)
            # A picture costs about as much as a group: one for every twentieth of the work is enough.
            if done - shown > n / 20 and done < n:
                shown = done
                yield Progress(done / n * 0.95, best=_assembled(subject, local, labels, groups, options))
        turn_groups(subject, local, labels, _centres(subject, local, labels, groups, options))
        yield Progress(1.0, best=_assembled(subject, local, labels, groups, options))


def _labels(subject: Subject, options: GroupedOptions) -> Rows:
    """The group of each row, (n,), numbered from the largest."""
    if options.by == "community":
        m = len(subject.ends)
        plain = np.zeros(m, np.int32)
        network = Network(np.arange(subject.n), subject.groups, subject.group_names, np.arange(m), subject.ends, plain,
                          ("",), subject.directions, plain.astype(np.int8), np.ones(m))
        found = community_labels(network, seed=subject.seed)
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


def _centres(subject: Subject, local: Positions, labels: Rows, groups: list[Rows],
             options: GroupedOptions) -> Positions:
    """Brings every group around its origin (in place), and finds the places of the groups, (groups, 2)."""
    extents = np.zeros((len(groups), 2))
    for group, rows in enumerate(groups):
        half = subject.sizes[rows] / 2
        low, high = (local[rows] - half).min(axis=0), (local[rows] + half).max(axis=0)
        local[rows] -= (low + high) / 2
        extents[group] = high - low
    return place_groups(extents, labels[subject.ends].reshape(-1, 2), options.gap, subject.seed)


def _assembled(subject: Subject, local: Positions, labels: Rows, groups: list[Rows],
               options: GroupedOptions) -> Positions:
    centres = _centres(subject, local, labels, groups, options)
    return keep_pinned(subject, np.asarray(local + centres[labels], np.float64))


MEMBER = Grouped()
