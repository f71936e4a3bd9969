"""What can be done to a chart: made, named, set up, items placed, moved, pinned, hidden, styled, taken off."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.drawing.content import HIDDEN, PINNED
from ewglink.model.changes import Change, Changeset, PackedMove
from ewglink.model.refusal import Refusal
from ewglink.store.case_file import CaseFile
from ewglink.store.charts import Chart
from ewglink.text import N_, message

Positions = npt.NDArray[np.float64]
MOST_ARGUMENT = 60


def _chart(case: CaseFile, chart: int) -> Chart:
    found = case.charts.get(chart)
    if found is None:
        raise Refusal("no_chart", message(N_("This chart is not in the case any more.")))
    return found


def _free_name(case: CaseFile, name: str, but: int | None = None) -> str:
    name = name.strip()
    if not name:
        raise Refusal("chart_name_empty", message(N_("A chart needs a name.")))
    taken = case.charts.named(name)
    if taken is not None and taken.id != but:
        raise Refusal(
            "chart_name_taken", message(N_("There is a chart named “{name}” already; choose another name."), name=name)
        )
    return name


def create_chart(case: CaseFile, name: str, settings: Mapping[str, Any] | None = None) -> tuple[Changeset, int]:
    """A new empty chart: the changeset and the id the chart will have."""
    chart = case.next_id("chart")
    row = {
        "id": chart,
        "name": _free_name(case, name),
        "settings": json.dumps(dict(settings or {}), ensure_ascii=False),
    }
    return Changeset("chart_created", {"name": row["name"]}, (Change("chart", None, row),)), chart


def rename_chart(case: CaseFile, chart: int, name: str) -> Changeset:
    """Another name for a chart."""
    old = _row(case, chart)
    new = old | {"name": _free_name(case, name, chart)}
    return Changeset("chart_renamed", {"old": old["name"], "name": new["name"]}, _changed("chart", old, new))


def set_up_chart(case: CaseFile, chart: int, settings: Mapping[str, Any]) -> Changeset:
    """Other settings for a chart (language, title, what is shown); those not named stay, None takes one away."""
    old = _row(case, chart)
    merged = {key: value for key, value in (json.loads(old["settings"]) | dict(settings)).items() if value is not None}
    new = old | {"settings": json.dumps(merged, ensure_ascii=False)}
    return Changeset("chart_set_up", {"name": old["name"]}, _changed("chart", old, new))


def delete_chart(case: CaseFile, chart: int) -> Changeset:
    """A chart taken out of the case; its items stay in the case."""
    row = _row(case, chart)
    gone = [Change("annotation", old, None) for old in case.items.rows("annotation", "chart_id", [chart])]
    gone += [Change("placement", old, None) for old in case.items.rows("placement", "chart_id", [chart])]
    return Changeset("chart_deleted", {"name": row["name"]}, (*gone, Change("chart", row, None)))


def _row(case: CaseFile, chart: int) -> dict[str, Any]:
    found = case.items.row("chart", id=chart)
    if found is None:
        raise Refusal("no_chart", message(N_("This chart is not in the case any more.")))
    return found


def _changed(table: str, old: dict[str, Any], new: dict[str, Any]) -> tuple[Change, ...]:
    return (Change(table, old, new),) if old != new else ()


def place(case: CaseFile, chart: int, items: Collection[int], xy: Positions) -> Changeset:
    """Put entities on a chart at `xy` (n, 2); those that stand there already are left where they are."""
    name = _chart(case, chart).name
    there = set(case.charts.placements(chart).items.tolist())
    new = [row for row, item in enumerate(items) if item not in there]
    ids = np.array(list(items), dtype=np.int64)[new]
    if not len(ids):
        return Changeset("placed")
    order = np.argsort(ids)
    at = np.ascontiguousarray(np.asarray(xy, dtype=np.float64)[new][order])
    nowhere = np.full_like(at, np.nan)
    return Changeset("placed", {"n": len(ids), "chart": name}, (), (_packed(chart, ids[order], nowhere, at),))


def _packed(chart: int, ids: npt.NDArray[np.int64], old: Positions, new: Positions) -> PackedMove:
    return PackedMove.of(chart, np.ascontiguousarray(ids), np.ascontiguousarray(old), np.ascontiguousarray(new))  # type: ignore[arg-type]


def move(case: CaseFile, chart: int, items: Collection[int], xy: Positions, *, layout: str | None = None) -> Changeset:
    """Move items of a chart to `xy` (n, 2). With `layout` (its key) the step is named after the layout."""
    found = _chart(case, chart)
    placed = case.charts.placements(chart)
    ids = np.array(list(items), dtype=np.int64)
    order = np.argsort(ids)
    rows = np.searchsorted(placed.items, ids[order])
    old, new = placed.xy[rows], np.asarray(xy, dtype=np.float64)[order]
    differs = np.any(old != new, axis=1)
    if not differs.any():
        return Changeset("moved")
    moves = (_packed(chart, ids[order][differs], old[differs], new[differs]),)
    if layout is not None:
        return Changeset("laid_out", {"chart": found.name, "layout": layout}, (), moves)
    return Changeset("moved", {"n": int(differs.sum())}, (), moves)


def _flagged(case: CaseFile, chart: int, items: Collection[int], flag: int, on: bool, label: str) -> Changeset:
    rows = {row["item_id"]: row for row in case.items.rows("placement", "item_id", items) if row["chart_id"] == chart}
    changes = []
    for item in items:
        old = rows.get(item)
        if old is None:
            if on and flag == HIDDEN:  # a link has no place of its own until it is hidden
                changes.append(
                    Change(
                        "placement",
                        None,
                        {
                            "chart_id": chart,
                            "item_id": item,
                            "x": 0.0,
                            "y": 0.0,
                            "flags": flag,
                            "representation": None,
                            "style_id": None,
                        },
                    )
                )
            continue
        flags = old["flags"] | flag if on else old["flags"] & ~flag
        if flags != old["flags"]:
            changes.append(Change("placement", old, old | {"flags": flags}))
    return Changeset(label, {"n": len(changes)}, tuple(changes))


def pin(case: CaseFile, chart: int, items: Collection[int], on: bool = True) -> Changeset:
    """Pin items where they stand, or let them go: no layout moves what is pinned."""
    return _flagged(case, chart, items, PINNED, on, "pinned" if on else "unpinned")


def hide(case: CaseFile, chart: int, items: Collection[int]) -> Changeset:
    """Hide entities or links on one chart."""
    return _flagged(case, chart, items, HIDDEN, True, "hidden")


def reveal(case: CaseFile, chart: int, items: Collection[int] | None = None) -> Changeset:
    """Show hidden items again (None: all of the chart)."""
    if items is None:
        placed = case.charts.placements(chart)
        items = placed.items[(placed.flags & HIDDEN) != 0].tolist()
    return _flagged(case, chart, items, HIDDEN, False, "revealed")


def take_off(case: CaseFile, chart: int, items: Collection[int]) -> Changeset:
    """Take items off a chart; they stay in the case."""
    rows = [row for row in case.items.rows("placement", "item_id", items) if row["chart_id"] == chart]
    return Changeset(
        "taken_off",
        {"n": len(rows), "chart": _chart(case, chart).name},
        tuple(Change("placement", row, None) for row in rows),
    )


def represent(case: CaseFile, chart: int, items: Collection[int], representation: str | None) -> Changeset:
    """Draw items by another representation (None: the type's own)."""
    return _restyled(case, chart, items, {"representation": representation}, ())


def restyle(case: CaseFile, chart: int, items: Collection[int], style: Mapping[str, Any] | None) -> Changeset:
    """Give items a style of their own (None: the type's)."""
    if style is None:
        return _restyled(case, chart, items, {"style_id": None}, ())
    body = json.dumps(dict(style), ensure_ascii=False, sort_keys=True)
    known = next(
        (
            number
            for number, found in case.charts.styles().items()
            if json.dumps(found, ensure_ascii=False, sort_keys=True) == body
        ),
        None,
    )
    if known is not None:
        return _restyled(case, chart, items, {"style_id": known}, ())
    number = case.next_id("style")
    return _restyled(case, chart, items, {"style_id": number}, (Change("style", None, {"id": number, "body": body}),))


def _restyled(
    case: CaseFile, chart: int, items: Collection[int], values: dict[str, Any], before: tuple[Change, ...]
) -> Changeset:
    rows = [row for row in case.items.rows("placement", "item_id", items) if row["chart_id"] == chart]
    changes = tuple(Change("placement", row, row | values) for row in rows if row | values != row)
    return Changeset("styled", {"n": len(changes)}, before + changes if changes else ())
