"""How single items of a chart look: style settings of their own, greyed or not, and the looks new items begin with."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from ewglink.drawing.content import GREYED
from ewglink.model.changes import Change, Changeset, Row
from ewglink.store.case_file import CaseFile

EMPTY = {"x": 0.0, "y": 0.0, "flags": 0, "representation": None, "style_id": None}
"""The placement of a link, which has no place of its own and needs a row only once it looks like no other."""


def _body(style: Mapping[str, Any]) -> str:
    return json.dumps(dict(style), ensure_ascii=False, sort_keys=True)


class Styles:
    """The styles of a case by what they say; those that are new are gathered as changes."""

    def __init__(self, case: CaseFile) -> None:
        self.bodies = case.charts.styles()
        self._number = {_body(style): number for number, style in sorted(self.bodies.items(), reverse=True)}
        self._next = case.next_id("style")
        self.new: list[Change] = []

    def of(self, style: Mapping[str, Any]) -> int | None:
        """The number of a style, None for the empty one."""
        if not style:
            return None
        body = _body(style)
        if body not in self._number:
            self._number[body] = self._next
            self.new.append(Change("style", None, {"id": self._next, "body": body}))
            self._next += 1
        return self._number[body]


def _rows(case: CaseFile, chart: int, items: Collection[int]) -> dict[int, Row | None]:
    """The placement of each item on the chart; None for a link that has none yet. Other items are left out."""
    there: dict[int, Row | None] = {
        row["item_id"]: row
        for row in case.items.rows("placement", "item_id", items)
        if row["chart_id"] == chart
    }
    missing = set(items) - set(there)
    links = [ref.id for ref in case.items.refs(missing).values() if ref.kind == "link"]
    return dict(sorted((there | dict.fromkeys(links)).items()))


def _change(chart: int, item: int, old: Row | None, new: Mapping[str, Any], link: bool) -> Change | None:
    after: Row | None = (old or {"chart_id": chart, "item_id": item, **EMPTY}) | dict(new)
    if link and after is not None and all(after[key] == value for key, value in EMPTY.items()):
        after = None
    return Change("placement", old, after) if old != after else None


def _links(case: CaseFile, items: Collection[int]) -> set[int]:
    return {ref.id for ref in case.items.refs(items).values() if ref.kind == "link"}


def format_items(case: CaseFile, chart: int, items: Collection[int], settings: Mapping[str, Any]) -> Changeset:
    """Give items these style settings beside those they have (see `drawing.content`); None takes a setting away."""
    styles, rows = Styles(case), _rows(case, chart, items)
    links = _links(case, rows)
    changes = []
    for item, old in rows.items():
        had = styles.bodies.get(old["style_id"], {}) if old and old["style_id"] is not None else {}
        wanted = {key: value for key, value in (had | dict(settings)).items() if value is not None}
        change = _change(chart, item, old, {"style_id": styles.of(wanted)}, item in links)
        if change is not None:
            changes.append(change)
    return Changeset("styled", {"n": len(changes)}, (*styles.new, *changes)) if changes else Changeset("styled")


def clear_format(case: CaseFile, chart: int, items: Collection[int]) -> Changeset:
    """Let items look as their type does: no style and no representation of their own."""
    rows = _rows(case, chart, items)
    links = _links(case, rows)
    plain = {"style_id": None, "representation": None}
    changes = [made for item, old in rows.items()
               if old is not None and (made := _change(chart, item, old, plain, item in links)) is not None]
    return Changeset("styled", {"n": len(changes)}, tuple(changes))


def own_styles(case: CaseFile, chart: int) -> dict[int, dict[str, Any]]:
    """The style that each item of a chart was given by hand; what rules give is not in it."""
    placed, styles = case.charts.placements(chart), case.charts.styles()
    return {int(placed.items[row]): styles[number] for row, number in placed.styles.items()}


def copy_format(case: CaseFile, chart: int, item: int, items: Collection[int]) -> Changeset:
    """Let `items` look on the chart as `item` does: its representation and its style, or neither."""
    rows = _rows(case, chart, [item, *items])
    pattern = rows.get(item) or {}
    look = {key: pattern.get(key) for key in ("representation", "style_id")}
    changes = [made for one, old in rows.items()
               if old is not None and (made := _change(chart, one, old, look, False)) is not None]
    return Changeset("styled", {"n": len(changes)}, tuple(changes))


def grey(case: CaseFile, chart: int, items: Collection[int], on: bool = True) -> Changeset:
    """Draw entities (and so their links) in grey, or in their colours again."""
    changes = []
    for row in case.items.rows("placement", "item_id", items):
        flags = row["flags"] | GREYED if on else row["flags"] & ~GREYED
        if row["chart_id"] == chart and flags != row["flags"]:
            changes.append(Change("placement", row, row | {"flags": flags}))
    return Changeset("greyed" if on else "ungreyed", {"n": len(changes)}, tuple(changes))


def ungrey_all(case: CaseFile, chart: int) -> Changeset:
    """Give everything that is grey on a chart its colours again."""
    placed = case.charts.placements(chart)
    return grey(case, chart, placed.items[(placed.flags & GREYED) > 0].tolist(), False)
