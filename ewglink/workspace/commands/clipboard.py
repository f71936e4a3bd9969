"""What was copied from one chart, put on another of the same case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ewglink.model.changes import Change, Changeset
from ewglink.model.refusal import Refusal
from ewglink.store.case_file import CaseFile
from ewglink.text import N_, message
from ewglink.workspace.commands.formatting import EMPTY, Styles


def paste(case: CaseFile, chart: int, items: Sequence[Mapping[str, Any]], at: tuple[float, float]) -> Changeset:
    """Entities put on a chart about `at`, in the places they had to each other. Each of `items` has `id`, `x`, `y`,
    and may have `representation` and `style`; those that are on the chart, or not in the case, are passed over."""
    found = case.charts.get(chart)
    if found is None:
        raise Refusal("no_chart", message(N_("This chart is not in the case any more.")))
    known = {ref.id for ref in case.items.refs([one["id"] for one in items]).values() if ref.kind == "entity"}
    there = set(case.charts.placements(chart).items.tolist())
    new = {int(one["id"]): one for one in items if one["id"] in known - there}
    if not new:
        return Changeset("pasted")
    xy = np.array([(one["x"], one["y"]) for one in new.values()], np.float64)
    xy += np.array(at) - (xy.min(axis=0) + xy.max(axis=0)) / 2
    styles = Styles(case)
    rows = []
    for (item, one), (x, y) in zip(new.items(), xy.tolist(), strict=True):
        look = {"representation": one.get("representation"), "style_id": styles.of(one.get("style") or {})}
        rows.append(Change("placement", None, {"chart_id": chart, "item_id": item, **EMPTY, "x": x, "y": y, **look}))
    return Changeset("pasted", {"n": len(rows), "chart": found.name}, (*styles.new, *rows))
