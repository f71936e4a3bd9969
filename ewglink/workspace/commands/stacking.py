"""What brings items and annotations of a chart to the front, sends them to the back, or puts them among the others."""

from __future__ import annotations

from collections.abc import Collection

from ewglink.drawing.stacking import LEVEL, level_of
from ewglink.model.changes import Changeset
from ewglink.store.case_file import CaseFile
from ewglink.workspace.commands.annotations import change_annotation
from ewglink.workspace.commands.formatting import format_items, own_styles

LABELS = {1: "to_front", -1: "to_back", 0: "restacked"}


def restack(case: CaseFile, chart: int, items: Collection[int], annotations: Collection[int], way: int) -> Changeset:
    """Put items and annotations in front of all others (`way` 1), behind all others (-1), or among them again (0)."""
    chosen, noted = set(items), set(annotations)
    others = [level_of(style) for item, style in own_styles(case, chart).items() if item not in chosen]
    others += [level_of(body) for body in case.charts.annotations(chart) if body["id"] not in noted]
    level = max(0, *others, 0) + 1 if way > 0 else min(0, *others, 0) - 1 if way < 0 else None
    changes = list(format_items(case, chart, chosen, {LEVEL: level}).changes) if chosen else []
    touched = sum(change.table == "placement" for change in changes)
    for number in sorted(noted):
        made = change_annotation(case, number, {LEVEL: level}).changes
        touched += len(made)
        changes += made
    return Changeset(LABELS[way], {"n": touched}, tuple(changes))
