"""A comparison made a chart: everything of both sides, with what differs told by frame, badge and colour."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ewglink.drawing.content import GREYED, HIDDEN
from ewglink.model.changes import Change, Changeset
from ewglink.model.items import ENTITY
from ewglink.store.case_file import CaseFile
from ewglink.text import N_, _
from ewglink.workspace.commands.charts import create_chart
from ewglink.workspace.commands.formatting import EMPTY, Styles
from ewglink.workspace.comparing import ANNOTATION, Comparison, State

COLOURS = {"added": "#009E73", "removed": "#D55E00", "changed": "#E69F00", "moved": "#0072B2", "formatted": "#CC79A7"}
SIGNS = {"added": "+", "removed": "−", "changed": "≠", "moved": "→", "formatted": "*"}
_EXPLAINED = {"added": N_("{n} added: + and green"), "removed": N_("{n} removed: −, vermilion and grey"),
              "changed": N_("{n} changed: ≠ and orange"), "moved": N_("{n} moved: → and blue"),
              "formatted": N_("{n} formatted: * and purple")}
MOST_WAYS = 60
"""Of more moves than this the ways are not drawn: they would hide the chart."""
_ABOVE = 60.0
_ACROSS = 28.0
"""How many sizes of its type the explanation is wide."""


def comparison_chart(case: CaseFile, name: str, compared: Comparison) -> tuple[Changeset, int]:
    """A new chart of all that either side shows and the case still has, and the id it will have. What stands in both
    stands where it stands after; links that neither side shows are hidden; arrows lead from where things stood."""
    made, chart = create_chart(case, name)
    shown = compared.before | compared.after
    known = set(case.items.refs([item for item in shown if item > 0]))
    changes = {one.item: one.change for one in compared.found if one.item in known or one.kind == ANNOTATION}
    styles = Styles(case)
    rows = [_placed(chart, state, changes.get(item), styles) for item, state in sorted(shown.items())
            if item in known and (state.kind == ENTITY or item in changes)]
    entities = {item for item, state in shown.items() if state.kind == ENTITY and item in known}
    rows += [Change("placement", None, {"chart_id": chart, "item_id": link.id, **EMPTY, "flags": HIDDEN})
             for link in case.items.links(entities) if link.id not in shown and {link.a, link.b} <= entities]
    bodies = [_explained(changes, [shown[item] for item in entities]),
              *(_marked(state.body, changes.get(item)) for item, state in sorted(shown.items(), reverse=True)
                if state.body is not None), *_ways(compared)]
    first = case.next_id("annotation")
    notes = [Change("annotation", None, {"id": first + at, "chart_id": chart, "kind": body.pop("kind"),
                                         "body": json.dumps(body, ensure_ascii=False, sort_keys=True)})
             for at, body in enumerate(bodies)]
    return Changeset("compared", {"name": name}, (*made.changes, *styles.new, *rows, *notes)), chart


def _marked(body: Mapping[str, Any], change: str | None) -> dict[str, Any]:
    """An annotation of either side, in the colour of what became of it; one that is gone is dotted."""
    out = {key: value for key, value in body.items() if key not in ("id", "legend")}
    if change:
        out["colour"] = COLOURS[change]
        if out["kind"] == "text":
            out["text"] = f"{SIGNS[change]} {out.get('text', '')}"
    return out | ({"dash": 2} if change == "removed" else {})


def _ways(compared: Comparison) -> list[dict[str, Any]]:
    """An arrow from where each entity stood to where it stands."""
    ends = [(compared.before[one.item].place, one.place) for one in compared.found if one.kind == ENTITY
            and any(what == "place" for what, _old, _new in one.what)]
    if len(ends) > MOST_WAYS:
        return []
    return [{"kind": "arrow", "x": old[0], "y": old[1], "x2": new[0], "y2": new[1], "colour": COLOURS["moved"],
             "dash": 2, "line": 1.0} for old, new in ends if old is not None and new is not None]


def _placed(chart: int, state: State, change: str | None, styles: Styles) -> Change:
    row: dict[str, Any] = {"chart_id": chart, "item_id": state.id, **EMPTY}
    if state.place is not None:
        row["x"], row["y"] = state.place
        representation = state.fields.get("representation")
        row["representation"] = None if representation == "icon" else representation
        row["flags"] = GREYED if change == "removed" else 0
        if change:
            row["style_id"] = styles.of({"frame": COLOURS[change], "badges": {
                "upper_right": {"text": SIGNS[change], "colour": COLOURS[change]}}})
    elif change:
        row["style_id"] = styles.of({"colour": COLOURS[change], "width": 3.0})
    return Change("placement", None, row)


def _explained(changes: Mapping[int, str], shown: Sequence[State]) -> dict[str, Any]:
    """The annotation above the chart that says what the signs mean, a line each."""
    places = [state.place for state in shown if state.place] or [(0.0, 0.0)]
    counts = Counter(changes.values())
    lines = [_(words, n=counts[change]) for change, words in _EXPLAINED.items() if counts[change]]
    text = "\n".join(lines) or _("Nothing differs.")
    left, right = min(x for x, _y in places), max(x for x, _y in places)
    size = max(16.0, round((right - left) / _ACROSS))
    return {"kind": "text", "x": left, "y": min(y for _x, y in places) - _ABOVE - (2 + 1.3 * len(lines)) * size,
            "size": size, "width": _ACROSS * size, "bold": True, "text": text}
