"""Arranging a chart: layouts as jobs over what it holds, and places for what is new."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.drawing.content import HIDDEN, PINNED, ChartContent
from ewglink.drawing.extents import MARGIN, MEASURED_UP_TO, entity_boxes, entity_sizes, icon_sizes
from ewglink.layouts.contract import LAYOUTS, Layout, Subject
from ewglink.layouts.overlap import LARGEST, overlapping, remove_overlaps
from ewglink.layouts.placing import place_new
from ewglink.model.changes import Changeset
from ewglink.model.progress import Job, Progress
from ewglink.model.refusal import Refusal
from ewglink.text import N_, message
from ewglink.workspace.commands import charts
from ewglink.workspace.whereabouts import Whereabouts
from ewglink.workspace.workspace import Workspace

Arranged = tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]
"""Item ids and where they go, (n,) and (n, 2)."""


def _subject(
    content: ChartContent,
    rows: npt.NDArray[np.int64],
    xy: npt.NDArray[np.float64],
    pinned: npt.NDArray[np.bool_],
    seed: int,
    sizes: npt.NDArray[np.float64],
) -> Subject:
    number = np.full(len(content.entity_ids), -1)
    number[rows] = np.arange(len(rows))
    ends = number[content.ends]
    inside = (ends >= 0).all(axis=1) if len(ends) else np.zeros(0, bool)
    names = tuple(content.type_names.get(key, key) for key in content.type_keys)
    return Subject(
        ends[inside].astype(np.int32).reshape(-1, 2),
        content.directions[inside],
        sizes[rows] + MARGIN,
        content.types[rows].astype(np.int32),
        names,
        xy[rows],
        pinned[rows],
        seed,
    )


def _with_whereabouts(
    workspace: Workspace, subject: Subject, ids: npt.NDArray[np.int64], layout: Layout, options: Any
) -> Subject:
    """`subject` with the times, coordinates and groups that the layout asks for; they are read only where it does."""
    needs, attribute = getattr(layout, "needs", ()), getattr(options, "attribute", "")
    known = Whereabouts(workspace, ids)
    if "times" in needs:
        subject = replace(subject, times=known.times())
    if "coordinates" in needs:
        subject = replace(subject, coordinates=known.coordinates())
    if attribute:
        groups, names = known.groups(attribute)
        subject = replace(subject, groups=groups, group_names=names)
    return subject


def lay_out(
    workspace: Workspace, chart: int, key: str, options: Any = None, only: Collection[int] | None = None, seed: int = 1
) -> Job[Arranged]:
    """Lay out a chart, or `only` some of its entities. Pinned entities stay, hidden ones are left out.

    Yields progress whose `best` is complete; hand the last one to `arranged` to make it a step.
    """
    if key not in LAYOUTS:
        raise Refusal(
            "no_layout",
            message(
                N_("There is no layout named “{name}”. There are: {names}."), name=key, names=", ".join(LAYOUTS.keys())
            ),
        )
    layout = LAYOUTS.get(key)
    content = workspace.chart_content(chart)
    wanted = (content.flags & HIDDEN) == 0
    if only is not None:
        wanted &= np.isin(content.entity_ids, np.array(list(only), dtype=np.int64))
    rows = np.flatnonzero(wanted)
    options = options if options is not None else layout.options()
    sizes, drops = entity_boxes(content)
    subject = _subject(content, rows, content.xy, (content.flags & PINNED) != 0, seed, sizes)
    subject = _with_whereabouts(workspace, subject, content.entity_ids[rows], layout, options)
    centre = content.xy[rows].mean(axis=0) if only is not None and len(rows) else None
    ids = content.entity_ids[rows]
    for step in layout.run(subject, options):
        best = step.best
        if best is not None and centre is not None and not subject.pinned.any():
            best = best - best.mean(axis=0) + centre
        if best is not None and step.done == 1.0:
            best = _clear(best, sizes[rows], drops[rows], subject.pinned & np.isfinite(subject.xy).all(axis=1))
        yield Progress(step.done, step.message, None if best is None else (ids, best))


def _clear(
    xy: npt.NDArray[np.float64],
    sizes: npt.NDArray[np.float64],
    drops: npt.NDArray[np.float64],
    fixed: npt.NDArray[np.bool_],
) -> npt.NDArray[np.float64]:
    """`xy` with what is drawn apart: layouts see boxes around places, but labels of many lines hang far below them."""
    below = np.stack((np.zeros(len(xy)), drops), axis=1)
    if len(xy) > LARGEST or not len(overlapping(xy + below, sizes)[0]):
        return xy
    moved = remove_overlaps(xy + below, sizes, gap=MARGIN / 2, fixed=fixed) - below
    moved[fixed] = xy[fixed]
    return moved


def arranged(workspace: Workspace, chart: int, key: str, result: Arranged) -> Changeset:
    """The step that a finished layout is."""
    return charts.move(workspace.case, chart, result[0].tolist(), result[1], layout=key)


def add_to_chart(
    workspace: Workspace, chart: int, items: Collection[int], at: tuple[float, float] | None = None, seed: int = 1
) -> Changeset:
    """Put entities on a chart around what stands there, which does not move; with `at`, the first goes there."""
    network = workspace.network()
    placed = workspace.case.charts.placements(chart)
    there = placed.items
    new = np.setdiff1d(np.array(sorted(set(items)), dtype=np.int64), there)
    new = new[np.isin(new, network.ids)]
    if not len(new):
        return Changeset("placed")
    both = workspace.network(subset=np.union1d(there, new).tolist())
    xy = np.full((both.n, 2), np.nan)
    standing = np.isin(both.ids, there)
    xy[standing] = placed.xy[np.searchsorted(there, both.ids[standing])]
    if at is not None:
        xy[np.searchsorted(both.ids, new[0])] = at
    labels = workspace.case.items.labels(both.ids.tolist())
    names = tuple(both.type_keys)
    sizes = icon_sizes([labels.get(item, "") for item in both.ids.tolist()])
    if len(sizes) <= MEASURED_UP_TO:
        content = workspace.chart_content(chart)
        sizes[np.searchsorted(both.ids, content.entity_ids)] = entity_sizes(content)
    subject = Subject(
        both.ends,
        both.directions,
        sizes + MARGIN,
        both.types,
        names,
        xy,
        standing,
        seed,
    )
    found = place_new(subject)
    rows = np.searchsorted(both.ids, new)
    return charts.place(workspace.case, chart, new.tolist(), found[rows])
