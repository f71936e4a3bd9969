"""Findings drawn on a chart: the load, the consent, and the gap between them with the rule and what it says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from ewglink.drawing.content import HIDDEN
from ewglink.drawing.measure import LINE_HEIGHT, RoughMeasure
from ewglink.drawing.wrapping import in_paragraphs
from ewglink.model.changes import Change, Changeset
from ewglink.model.items import ENTITY
from ewglink.model.refusal import Refusal
from ewglink.rules.saying import sentence, title
from ewglink.store.findings import KeptFinding
from ewglink.text import N_, _, message, speaking
from ewglink.workspace.arranging import add_to_chart
from ewglink.workspace.commands.charts import move
from ewglink.workspace.commands.formatting import Styles
from ewglink.workspace.workspace import Workspace

COLOUR = "#B3261E"
SIGN = "!"
WIDTH, SIZE, PAD, UNDER = 340.0, 15.0, 8.0, 14.0
FAR, BESIDE, MOST_APART = 260.0, 220.0, 40
_A_ROW = 5
BELOW = 92.0
"""How far below a load that has no consent its note stands."""
AROUND = frozenset({"organization", "facility", "person", "location", "notice"})
"""Types of what is seen with a load and a consent on a chart of their own."""


def ends_of(workspace: Workspace, kept: KeptFinding) -> list[int]:
    """The items between which the gap is: the load and the consent; two loads that contradict each other; or one."""
    stands = workspace.projection.stands_for
    objects = [stands(item) for item in kept.objects]
    about = [stands(item) for item in kept.about]
    refs = workspace.case.items.refs([*objects, *about])
    named = [item for item in dict.fromkeys((*objects[:1], *about, *objects[1:]))
             if item in refs and refs[item].kind == ENTITY]
    consents = [item for item in named if refs[item].type in ("consent_stream", "consent", "notice")]
    return list(dict.fromkeys((*named[:1], *consents, *named[1:])))[:2]


def items_around(workspace: Workspace, findings: Sequence[KeptFinding]) -> list[int]:
    """What a chart of these findings holds: their items, and the parties and places these are linked to."""
    own = {item for kept in findings for item in ends_of(workspace, kept)}
    stands = workspace.projection.stands_for
    own |= {stands(item) for kept in findings for item in (*kept.objects, *kept.about)}
    near = {stands(end) for link in workspace.case.items.links(own) for end in (link.a, link.b)}
    refs = workspace.case.items.refs(near | own)
    return sorted(item for item, ref in refs.items()
                  if ref.kind == ENTITY and (item in own or ref.type in AROUND))


def apart(workspace: Workspace, chart: int, findings: Sequence[KeptFinding]) -> Changeset:
    """Where the items of a chart of one finding stand: the load left, the consent right, the gap between them, and what
    is linked to one beside it, to both above: the note has the room below. Where there is no consent, all stands
    above. Nothing for findings of several loads."""
    pairs = {tuple(ends_of(workspace, kept)) for kept in findings}
    there = workspace.case.charts.placements(chart).items.tolist()
    if len(pairs) != 1 or len(there) > MOST_APART:
        return Changeset("moved")
    ends = next(iter(pairs))
    stands = workspace.projection.stands_for
    near: dict[int, set[int]] = {item: set() for item in there}
    for link in workspace.case.items.links(ends):
        for one, other in ((stands(link.a), stands(link.b)), (stands(link.b), stands(link.a))):
            if one in near and other in ends:
                near[one].add(other)
    far = FAR if len(ends) > 1 else 0.0
    at: dict[int, tuple[float, float]] = {item: (far * (2 * n - 1), 0.0) for n, item in enumerate(ends)}
    sides: dict[str, list[int]] = {"left": [], "right": [], "both": []}
    for item in there:
        if item not in at:
            alone = len(ends) > 1 and len(near[item]) == 1
            side = "both" if not alone else "left" if ends[0] in near[item] else "right"
            sides[side].append(item)
    for side, x in (("left", -FAR - BESIDE), ("right", FAR + BESIDE)):
        at |= {item: (x, 150.0 * (n - (len(sides[side]) - 1) / 2)) for n, item in enumerate(sides[side])}
    for n, item in enumerate(sides["both"]):
        row = sides["both"][n // _A_ROW * _A_ROW:][:_A_ROW]
        at[item] = (230.0 * (row.index(item) - (len(row) - 1) / 2), -BESIDE - 150.0 * (n // _A_ROW))
    return move(workspace.case, chart, there, np.array([at[item] for item in there]))


def mark_findings(workspace: Workspace, chart: int, findings: Sequence[KeptFinding]) -> Changeset:
    """Put the items of findings on a chart, frame the loads, and draw each gap with the rules it breaks, as one step.

    Notes and lines stand between their items wherever these are moved, and have a row in the legend. What is drawn
    already is brought up to date.
    """
    found = workspace.case.charts.get(chart)
    if found is None:
        raise Refusal("no_chart", message(N_("This chart is not in the case any more.")))
    groups: dict[tuple[int, ...], list[KeptFinding]] = {}
    for kept in findings:
        ends = tuple(ends_of(workspace, kept))
        if ends:
            groups.setdefault(ends, []).append(kept)
    with speaking(str(found.settings.get("language") or "") or None):
        changes = [*_placed(workspace, chart, groups), *_annotated(workspace, chart, groups)]
    return Changeset("findings_shown", {"n": len(findings), "chart": found.name}, tuple(changes))


def _placed(workspace: Workspace, chart: int, groups: dict[tuple[int, ...], list[KeptFinding]]) -> list[Change]:
    """The items put where room is, those that findings are about with a frame and a badge."""
    case = workspace.case
    wanted = sorted({item for ends in groups for item in ends})
    framed = {ends[0] for ends in groups} | {ends[1] for ends in groups if len(ends) > 1 and _is_load(workspace, ends)}
    styles = Styles(case)
    rows = {row["item_id"]: row for row in case.items.rows("placement", "item_id", wanted) if row["chart_id"] == chart}
    changes = []
    for item, row in rows.items():
        body = styles.bodies.get(row["style_id"], {}) if row["style_id"] is not None else {}
        after = row | {"flags": row["flags"] & ~HIDDEN}
        if item in framed:
            after |= {"style_id": styles.of(_framed(body))}
        if after != row:
            changes.append(Change("placement", row, after))
    for packed in add_to_chart(workspace, chart, [item for item in wanted if item not in rows]).moves:
        at = np.array(packed.positions(), np.float64).reshape(-1, 2)
        for item, (x, y) in zip(packed.item_ids(), at.tolist(), strict=True):
            style = styles.of(_framed({})) if item in framed else None
            changes.append(Change("placement", None, {"chart_id": chart, "item_id": item, "x": x, "y": y, "flags": 0,
                                                      "representation": None, "style_id": style}))
    return [*styles.new, *changes]


def _is_load(workspace: Workspace, ends: tuple[int, ...]) -> bool:
    refs = workspace.case.items.refs(ends)
    return ends[1] in refs and refs[ends[1]].type == "movement"


def _framed(body: dict[str, Any]) -> dict[str, Any]:
    badges = {"upper_right": {"text": SIGN, "colour": COLOUR}} | body.get("badges", {})
    return body | {"frame": COLOUR, "badges": badges}


def _annotated(workspace: Workspace, chart: int, groups: dict[tuple[int, ...], list[KeptFinding]]) -> list[Change]:
    case = workspace.case
    there = {(row["kind"], tuple(body.get("ends", ()))): (row, body)
             for row in case.items.rows("annotation", "chart_id", [chart])
             if isinstance(body := json.loads(row["body"]), dict) and body.get("findings")}
    number, changes = case.next_id("annotation"), []
    for ends, kept in groups.items():
        for kind, body in _bodies(ends, kept, there.get(("rectangle", ends), (None, {}))[1]):
            row, old = there.get((kind, ends), (None, {}))
            text = json.dumps(old | body, ensure_ascii=False, sort_keys=True)
            if row is None:
                after = {"id": number, "chart_id": chart, "kind": kind, "body": text}
                changes.append(Change("annotation", None, after))
                number += 1
            elif row["body"] != text:
                changes.append(Change("annotation", row, row | {"body": text}))
    return changes


def _bodies(
    ends: tuple[int, ...], kept: Sequence[KeptFinding], old: dict[str, Any]
) -> list[tuple[str, dict[str, Any]]]:
    """The dashed line of the gap where there are two ends, and the note on it."""
    said = dict(zip(old.get("findings", ()), str(old.get("text", "")).split("\n"), strict=False))
    said |= {one.objects_hash: f"{one.rule} {title(one.rule)} ({', '.join(one.refs)}): "
             f"{sentence(one.rule, one.values)}" for one in kept}
    text = "\n".join(said.values())
    lines = in_paragraphs(text, SIZE, WIDTH - 2 * PAD, RoughMeasure(), bold=False, most=20)
    high = len(lines) * SIZE * LINE_HEIGHT + 2 * PAD + SIZE
    note = {"ends": list(ends), "findings": list(said), "text": text, "width": WIDTH, "height": high, "size": SIZE,
            "colour": COLOUR, "fill": True, "legend": _("Rule that is broken"), "x": 0.0, "y": 0.0}
    if len(ends) < 2:
        return [("rectangle", {"dx": 0.0, "dy": BELOW + high / 2} | note)]
    line = {"ends": list(ends), "findings": list(said), "colour": COLOUR, "dash": 1, "line": 2.0,
            "legend": _("Gap that a rule found"), "x": 0.0, "y": 0.0, "x2": 0.0, "y2": 0.0}
    return [("line", line), ("rectangle", {"dy": high / 2 + UNDER} | note)]
