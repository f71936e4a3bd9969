"""Snapshots of a chart: a name for where everything stands and which part is looked at, to go back to."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.model.changes import Changeset
from ewglink.model.refusal import Refusal
from ewglink.store.case_file import CaseFile
from ewglink.text import N_, message
from ewglink.workspace.commands import charts

SETTING = "snapshots"


@dataclass(frozen=True)
class Snapshot:
    """A snapshot as kept: `items` (n,) and where they stood, `xy` (n, 2); the middle of the view and its zoom."""

    name: str
    centre: tuple[float, float]
    zoom: float
    items: npt.NDArray[np.int64]
    xy: npt.NDArray[np.float64]


def _packed(values: npt.NDArray[Any]) -> str:
    return base64.b64encode(zlib.compress(np.ascontiguousarray(values).tobytes(), 6)).decode("ascii")


def _unpacked(text: str, kind: Any) -> npt.NDArray[Any]:
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), kind)


def _kept(case: CaseFile, chart: int) -> list[dict[str, Any]]:
    found = case.charts.get(chart)
    if found is None:
        raise Refusal("no_chart", message(N_("This chart is not in the case any more.")))
    return list(found.settings.get(SETTING, ()))


def listed(case: CaseFile, chart: int) -> list[str]:
    """The names of a chart's snapshots, in the order they were kept."""
    return [one["name"] for one in _kept(case, chart)]


def snapshot(case: CaseFile, chart: int, name: str) -> Snapshot:
    """The snapshot of that name; refuses where there is none."""
    for one in _kept(case, chart):
        if one["name"] == name:
            xy = _unpacked(one["xy"], np.float64).reshape(-1, 2)
            return Snapshot(name, (one["x"], one["y"]), one["zoom"], _unpacked(one["items"], np.int64), xy)
    raise Refusal("no_snapshot", message(N_("This chart has no snapshot named “{name}”."), name=name))


def _set(case: CaseFile, chart: int, kept: list[dict[str, Any]], label: str, name: str) -> Changeset:
    made = charts.set_up_chart(case, chart, {SETTING: kept or None})
    return replace(made, label=label, args={"name": name})


def keep_snapshot(case: CaseFile, chart: int, name: str, centre: tuple[float, float], zoom: float) -> Changeset:
    """Keep where everything stands, and the view, under a name; an earlier one of that name is replaced."""
    name = " ".join(name.split())
    if not name:
        raise Refusal("snapshot_name_empty", message(N_("A snapshot needs a name.")))
    placed = case.charts.placements(chart)
    one = {"name": name, "x": float(centre[0]), "y": float(centre[1]), "zoom": float(zoom),
           "items": _packed(placed.items), "xy": _packed(placed.xy)}
    return _set(case, chart, [*(old for old in _kept(case, chart) if old["name"] != name), one], "snapshot_kept", name)


def show_snapshot(case: CaseFile, chart: int, name: str) -> Changeset:
    """Everything that still stands on the chart back where it stood; what came since stays where it is."""
    found = snapshot(case, chart, name)
    there = np.isin(found.items, case.charts.placements(chart).items)
    made = charts.move(case, chart, found.items[there].tolist(), found.xy[there])
    return replace(made, label="snapshot_shown", args={"name": name})


def delete_snapshot(case: CaseFile, chart: int, name: str) -> Changeset:
    """Forget a snapshot."""
    snapshot(case, chart, name)
    return _set(case, chart, [old for old in _kept(case, chart) if old["name"] != name], "snapshot_deleted", name)
