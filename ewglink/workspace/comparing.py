"""Two charts, or one chart at two times, held against each other: what was added, what is gone, what has changed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ewglink.drawing.content import GREYED, HIDDEN, PINNED, ChartContent
from ewglink.drawing.wrapping import cleaned
from ewglink.model.items import ENTITY, LINK
from ewglink.model.refusal import Refusal
from ewglink.release.marking import banner
from ewglink.store.rewinding import copy_case, rewind
from ewglink.store.shown import shown_values
from ewglink.text import N_, message
from ewglink.workspace.commands.formatting import own_styles
from ewglink.workspace.workspace import Workspace

CHANGES: dict[str, str] = {"added": N_("Added"), "removed": N_("Removed"), "changed": N_("Changed"),
                           "moved": N_("Moved"), "formatted": N_("Formatted")}
"""How an item differs: what is known of it, else where it stands, else how it looks."""
ANNOTATION = "annotation"
FIELDS: dict[str, str] = {
    "label": N_("Label"), "type": N_("Type"), "ends": N_("Ends"), "direction": N_("Direction"),
    "strength": N_("Strength"), "place": N_("Place on the chart"), "pinned": N_("Pinned"), "hidden": N_("Hidden"),
    "greyed": N_("Grey"), "representation": N_("Representation"), "style": N_("Format"), "text": N_("Text")}
"""What is compared beside properties, with its name."""
OF_THE_CHART = ("place", "pinned", "hidden", "greyed", "representation", "style")
"""Fields that say how an item stands on the chart, not what is known of it."""
_MOVED = 0.5
_PLACED = ("x", "y", "x2", "y2")
_KINDS = (ENTITY, LINK, ANNOTATION)


@dataclass(frozen=True)
class State:
    """One item as a chart shows it: `fields` name → value, `values` property → value, `place` of an entity.

    An annotation is one too, of the kind `annotation`: its id is below 0, and `body` is what it is made of.
    """

    id: int
    kind: str
    type: str
    label: str
    fields: dict[str, Any]
    values: dict[str, Any]
    place: tuple[float, float] | None = None
    body: dict[str, Any] | None = None


def change_of(what: str) -> str:
    """What kind of change it is that a field has another value."""
    return "changed" if what not in OF_THE_CHART else "moved" if what == "place" else "formatted"


@dataclass(frozen=True)
class Difference:
    """One item that differs: `what` lists (field or `property:KEY`, before, after), empty for added and removed."""

    change: str
    item: int
    kind: str
    type: str
    label: str
    what: tuple[tuple[str, Any, Any], ...] = ()
    place: tuple[float, float] | None = field(default=None, compare=False)


@contextmanager
def at_point(workspace: Workspace, seq: int | None) -> Iterator[Workspace]:
    """The case as it was after entry `seq` of its journal, on a copy that is thrown away; None: the case itself.

    The open case is only read.
    """
    if seq is None:
        yield workspace
        return
    with tempfile.TemporaryDirectory(prefix="ewglink-") as folder:
        copy = Path(folder) / "then.ewg"
        copy_case(workspace.case, copy)
        with Workspace.open(copy) as then:
            rewind(then.case, seq)
            yield then


def states(workspace: Workspace, chart: int) -> dict[int, State]:
    """Every entity and link that a chart shows, as it is now in `workspace`."""
    content = workspace.chart_content(chart, filtered=False)
    values = shown_values(workspace.case, items=[*content.entity_ids.tolist(), *content.link_ids.tolist()])
    own = own_styles(workspace.case, chart)
    return _entities(content, values, own) | _links(content, values, own) | _annotations(content)


_ByItem = dict[int, dict[str, Any]]


def _entities(content: ChartContent, values: _ByItem, own: _ByItem) -> dict[int, State]:
    found = {}
    for row, item in enumerate(content.entity_ids.tolist()):
        x, y = content.xy[row].tolist()
        flags = int(content.flags[row])
        fields = {"label": content.labels[row], "pinned": bool(flags & PINNED), "hidden": bool(flags & HIDDEN),
                  "greyed": bool(flags & GREYED), "representation": content.representations.get(row, "icon"),
                  "style": own.get(item, {})}
        found[item] = State(item, ENTITY, content.type_keys[content.types[row]], content.labels[row], fields,
                            values.get(item, {}), (x, y))
    return found


def _links(content: ChartContent, values: _ByItem, own: _ByItem) -> dict[int, State]:
    found = {}
    for row, item in enumerate(content.link_ids.tolist()):
        a, b = (content.labels[end] for end in content.ends[row].tolist())
        fields = {"label": content.link_labels[row],
                  "ends": tuple(content.entity_ids[content.ends[row]].tolist()),
                  "direction": int(content.directions[row]), "strength": int(content.strengths[row]),
                  "style": own.get(item, {})}
        label = content.link_labels[row] or f"{a} – {b}"
        found[item] = State(item, LINK, content.link_type_keys[content.link_types[row]], label, fields,
                            values.get(item, {}))
    return found


def _annotations(content: ChartContent) -> dict[int, State]:
    found = {}
    for body in content.annotations:
        text = str(body.get("text", ""))
        look = {key: value for key, value in body.items() if key not in ("id", "kind", "text", *_PLACED)}
        if "x2" in body:
            look |= {"across": round(body["x2"] - body["x"], 1), "down": round(body["y2"] - body["y"], 1)}
        number = -int(body["id"])
        found[number] = State(number, ANNOTATION, body["kind"], cleaned(text), {"text": text, "style": look}, {},
                              (float(body["x"]), float(body["y"])), dict(body))
    return found


def differences(before: dict[int, State], after: dict[int, State]) -> list[Difference]:
    """What differs, in the order of `CHANGES`; entities before links before annotations, then by label."""
    order = list(CHANGES)
    found = [Difference("added", one.id, one.kind, one.type, one.label, (), one.place)
             for item, one in after.items() if item not in before]
    found += [Difference("removed", one.id, one.kind, one.type, one.label, (), one.place)
              for item, one in before.items() if item not in after]
    for item, new in after.items():
        what = _changed(before[item], new) if item in before else ()
        if what:
            change = min((change_of(field) for field, _old, _new in what), key=order.index)
            found.append(Difference(change, item, new.kind, new.type, new.label, what, new.place))
    return sorted(found, key=lambda one: (order.index(one.change), _KINDS.index(one.kind), one.label.casefold(),
                                          one.item))


def _changed(old: State, new: State) -> tuple[tuple[str, Any, Any], ...]:
    what: list[tuple[str, Any, Any]] = [("type", old.type, new.type)] if old.type != new.type else []
    for key in sorted({*old.values, *new.values}):
        if old.values.get(key) != new.values.get(key):
            what.append((f"property:{key}", old.values.get(key), new.values.get(key)))
    what += [(key, old.fields[key], new.fields[key]) for key in new.fields if old.fields[key] != new.fields[key]]
    if old.place and new.place and max(abs(a - b) for a, b in zip(old.place, new.place, strict=True)) > _MOVED:
        what.append(("place", old.place, new.place))
    return tuple(what)


@dataclass(frozen=True)
class Side:
    """One side of a comparison: a chart, and after which entry of the journal (None: now)."""

    chart: int
    seq: int | None = None


@dataclass(frozen=True)
class Comparison:
    """Two sides and what differs between them."""

    before: dict[int, State]
    after: dict[int, State]
    found: list[Difference]


def compare(workspace: Workspace, before: Side, after: Side) -> Comparison:
    """Hold two sides against each other; refuses where a chart was not there at that time."""
    old, new = _side(workspace, before), _side(workspace, after)
    return Comparison(old, new, differences(old, new))


def _side(workspace: Workspace, side: Side) -> dict[int, State]:
    with at_point(workspace, side.seq) as then:
        if then.case.charts.get(side.chart) is None:
            text = N_("The chart was not in the case at that time; choose a later one.")
            raise Refusal("no_chart_then", message(text))
        return states(then, side.chart)


def marking_of(workspace: Workspace, compared: Comparison) -> str:
    """The marking of a comparison: that of all its items, of the whole case where some are not in it any more."""
    items = {item for item in (*compared.before, *compared.after) if item > 0}
    gone = items - set(workspace.case.items.refs(items))
    return banner(workspace.case.items.handlings(None if gone else items), workspace.case.meta("handling"))
