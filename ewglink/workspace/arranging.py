"""Arranging a chart: layouts as jobs over what it holds, and places for what is new."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.drawing.content import HIDDEN, PINNED, ChartContent
from ewglink.drawing.labels import WRAP_WIDTH
from ewglink.drawing.measure import LINE_HEIGHT, RoughMeasure
from ewglink.drawing.style import ICON_SIZE, LABEL_SIZE
from ewglink.drawing.wrapping import wrapped
from ewglink.layouts.contract import LAYOUTS, Layout, Subject
from ewglink.layouts.placing import place_new
from ewglink.model.changes import Changeset
from ewglink.model.progress import Job, Progress
from ewglink.model.refusal import Refusal
from ewglink.text import N_, message
from ewglink.workspace.commands import charts
from ewglink.workspace.whereabouts import Whereabouts
from ewglink.workspace.workspace import Workspace

MARGIN = 10.0
MOST_MEASURED = 5000

Arranged = tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]
"""Item ids and where they go, (n,) and (n, 2)."""


def sizes_of(labels: list[str]) -> npt.NDArray[np.float64]:
    """The width and height of each entity drawn with its label, chart units (n, 2)."""
    if len(labels) > MOST_MEASURED:
        return np.tile((ICON_SIZE * 1.6, ICON_SIZE * 1.6), (len(labels), 1))
    measure = RoughMeasure()
    out = np.empty((len(labels), 2))
    for row, label in enumerate(labels):
        lines = wrapped(label, LABEL_SIZE, WRAP_WIDTH, measure)
        width = max((measure.width(line, LABEL_SIZE) for line in lines), default=0.0)
        out[row] = max(ICON_SIZE, width) + MARGIN, ICON_SIZE + len(lines) * LABEL_SIZE * LINE_HEIGHT + MARGIN
    return out


def _subject(
    content: ChartContent,
    rows: npt.NDArray[np.int64],
    xy: npt.NDArray[np.float64],
    pinned: npt.NDArray[np.bool_],
    seed: int,
) -> Subject:
    number = np.full(len(content.entity_ids), -1)
    number[rows] = np.arange(len(rows))
    ends = number[content.ends]
    inside = (ends >= 0).all(axis=1) if len(ends) else np.zeros(0, bool)
    names = tuple(content.type_names.get(key, key) for key in content.type_keys)
    return Subject(
        ends[inside].astype(np.int32).reshape(-1, 2),
        content.directions[inside],
        sizes_of([content.labels[row] for row in rows]),
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
    subject = _subject(content, rows, content.xy, (content.flags & PINNED) != 0, seed)
    subject = _with_whereabouts(workspace, subject, content.entity_ids[rows], layout, options)
    centre = content.xy[rows].mean(axis=0) if only is not None and len(rows) else None
    ids = content.entity_ids[rows]
    for step in layout.run(subject, options):
        best = step.best
        if best is not None and centre is not None and not subject.pinned.any():
            best = best - best.mean(axis=0) + centre
        yield Progress(step.done, step.message, None if best is None else (ids, best))


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
    subject = Subject(
        both.ends,
        both.directions,
        sizes_of([labels.get(item, "") for item in both.ids.tolist()]),
        both.types,
        names,
        xy,
        standing,
        seed,
    )
    found = place_new(subject)
    rows = np.searchsorted(both.ids, new)
    return charts.place(workspace.case, chart, new.tolist(), found[rows])
