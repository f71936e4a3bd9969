"""What an analyst writes and draws on a chart: texts, rectangles, ellipses, lines and arrows that belong to no item."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from ewglink.model.changes import Change, Changeset
from ewglink.model.refusal import Refusal
from ewglink.store.case_file import CaseFile
from ewglink.text import N_, message

KINDS: dict[str, str] = {"text": N_("Text"), "rectangle": N_("Rectangle"), "ellipse": N_("Ellipse"),
                         "line": N_("Line"), "arrow": N_("Arrow")}
"""What can be drawn, with its name. A text, rectangle or ellipse has its upper left at `x`, `y` and a `width` and
`height`; a line or an arrow goes from `x`, `y` to `x2`, `y2`."""
SPANNING = ("line", "arrow")
_LEAST = 8.0


def _named(case: CaseFile, chart: int) -> str:
    found = case.charts.get(chart)
    if found is None:
        raise Refusal("no_chart", message(N_("This chart is not in the case any more.")))
    return found.name


def _checked(kind: str, body: Mapping[str, Any]) -> str:
    text = {key: value for key, value in body.items() if value is not None and key not in ("id", "kind")}
    if kind not in KINDS:
        raise Refusal("annotation_kind", message(N_("There is no annotation of the kind “{kind}”."), kind=kind))
    if kind == "text" and not str(text.get("text", "")).strip():
        raise Refusal("annotation_empty", message(N_("A text on the chart needs some words.")))
    return json.dumps(text, ensure_ascii=False, sort_keys=True)


def _row(case: CaseFile, annotation: int) -> dict[str, Any]:
    row = case.items.row("annotation", id=annotation)
    if row is None:
        raise Refusal("no_annotation", message(N_("This annotation is not on the chart any more.")))
    return row


def add_annotation(case: CaseFile, chart: int, kind: str, body: Mapping[str, Any]) -> tuple[Changeset, int]:
    """A new annotation: the changeset and the id it will have."""
    name, number = _named(case, chart), case.next_id("annotation")
    row = {"id": number, "chart_id": chart, "kind": kind, "body": _checked(kind, body)}
    return Changeset("annotated", {"chart": name}, (Change("annotation", None, row),)), number


def change_annotation(case: CaseFile, annotation: int, settings: Mapping[str, Any]) -> Changeset:
    """Other settings for an annotation; those not named stay, None takes one away."""
    old = _row(case, annotation)
    new = old | {"body": _checked(old["kind"], json.loads(old["body"]) | dict(settings))}
    label = {"chart": _named(case, old["chart_id"])}
    return Changeset("annotation_changed", label, (Change("annotation", old, new),) if old != new else ())


def move_annotation(case: CaseFile, annotation: int, dx: float, dy: float) -> Changeset:
    """An annotation elsewhere."""
    body = json.loads(_row(case, annotation)["body"])
    if body.get("ends"):  # it follows its items; how far aside it stands is its own
        if _row(case, annotation)["kind"] in SPANNING:
            return Changeset("annotation_changed")
        aside = {"dx": float(body.get("dx", 0.0)) + dx, "dy": float(body.get("dy", 0.0)) + dy}
        return change_annotation(case, annotation, aside)
    moved = {key: float(body[key]) + by for key, by in (("x", dx), ("y", dy), ("x2", dx), ("y2", dy)) if key in body}
    return change_annotation(case, annotation, moved)


def resize_annotation(case: CaseFile, annotation: int, box: tuple[float, float, float, float]) -> Changeset:
    """An annotation drawn from (x0, y0) to (x1, y1): its ends where it is a line, else its corners."""
    row = _row(case, annotation)
    return change_annotation(case, annotation, body_of(row["kind"], box))


def body_of(kind: str, box: tuple[float, float, float, float]) -> dict[str, float]:
    """What an annotation drawn from (x0, y0) to (x1, y1) says of its place."""
    x0, y0, x1, y1 = box
    if kind in SPANNING:
        return {"x": x0, "y": y0, "x2": x1, "y2": y1}
    return {"x": min(x0, x1), "y": min(y0, y1), "width": max(_LEAST, abs(x1 - x0)),
            "height": max(_LEAST, abs(y1 - y0))}


def delete_annotations(case: CaseFile, annotations: Collection[int]) -> Changeset:
    """Annotations taken off their chart."""
    rows = case.items.rows("annotation", "id", annotations)
    return Changeset("annotations_deleted", {"n": len(rows)}, tuple(Change("annotation", row, None) for row in rows))
