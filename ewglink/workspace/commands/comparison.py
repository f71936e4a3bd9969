"""A comparison made a chart: everything of both sides, with what differs told by frame, badge and colour."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ewglink.drawing.content import GREYED, HIDDEN
from ewglink.model.changes import Change, Changeset
from ewglink.model.items import ENTITY
from ewglink.store.case_file import CaseFile
from ewglink.text import N_, _
from ewglink.workspace.commands.charts import create_chart
from ewglink.workspace.commands.formatting import EMPTY, Styles
from ewglink.workspace.comparing import OF_THE_CHART, Comparison, Difference, State

COLOURS = {"added": "#009E73", "removed": "#D55E00", "changed": "#E69F00"}
SIGNS = {"added": "+", "removed": "−", "changed": "≠"}
_EXPLAINED = N_("{added} added (+, green), {removed} removed (−, vermilion, grey), {changed} changed (≠, orange)")
_ABOVE = 60.0
_ACROSS = 55.0
"""How many sizes of its type the explanation is wide."""


def comparison_chart(case: CaseFile, name: str, compared: Comparison) -> tuple[Changeset, int]:
    """A new chart of all that either side shows and the case still has, and the id it will have. What stands in both
    stands where it stands after; links that neither side shows are hidden. Mere moves and formats are not marked."""
    made, chart = create_chart(case, name)
    shown = compared.before | compared.after
    known = set(case.items.refs(shown))
    changes = {one.item: one.change for one in compared.found
               if one.item in known and (one.change != "changed" or _of_substance(one))}
    styles = Styles(case)
    rows = [_placed(chart, state, changes.get(item), styles) for item, state in sorted(shown.items())
            if item in known and (state.kind == ENTITY or item in changes)]
    entities = {item for item, state in shown.items() if state.kind == ENTITY and item in known}
    rows += [Change("placement", None, {"chart_id": chart, "item_id": link.id, **EMPTY, "flags": HIDDEN})
             for link in case.items.links(entities) if link.id not in shown and {link.a, link.b} <= entities]
    note = _explained(case, chart, changes, [shown[item] for item in entities])
    return Changeset("compared", {"name": name}, (*made.changes, *styles.new, *rows, note)), chart


def _of_substance(one: Difference) -> bool:
    return any(what not in OF_THE_CHART for what, _old, _new in one.what)


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


def _explained(case: CaseFile, chart: int, changes: Mapping[int, str], shown: Sequence[State]) -> Change:
    """The annotation above the chart that says what the signs mean."""
    places = [state.place for state in shown if state.place] or [(0.0, 0.0)]
    counts = {key: sum(change == key for change in changes.values()) for key in COLOURS}
    left, right = min(x for x, _y in places), max(x for x, _y in places)
    size = max(16.0, round((right - left) / _ACROSS))
    body = {"x": left, "y": min(y for _x, y in places) - _ABOVE - 2 * size, "size": size, "width": _ACROSS * size,
            "bold": True, "text": _(_EXPLAINED, **counts)}
    return Change("annotation", None, {"id": case.next_id("annotation"), "chart_id": chart, "kind": "text",
                                       "body": json.dumps(body, ensure_ascii=False, sort_keys=True)})
