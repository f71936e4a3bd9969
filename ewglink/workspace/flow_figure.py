"""A flow chart as a figure: parties in the order goods go through them, bands as wide as what flows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ewglink.drawing.figure import Area, Figure, Stroke, Words, box, ribbon
from ewglink.drawing.marks import Align, Dash
from ewglink.drawing.measure import RoughMeasure
from ewglink.drawing.style import Palette
from ewglink.drawing.wrapping import wrapped
from ewglink.text import _, ngettext, number
from ewglink.workspace.flows import LAYERS, MONEY, ROLES, TOLERANCE, Arrow, Balance, Flows

WIDTH = 1180.0
_COLOURS = {"source": 0xFF0072B2, "broker": 0xFFE69F00, "carrier": 0xFF56B4E9, "facility": 0xFF009E73,
            "market": 0xFFCC79A7}
_LOSS = 0xFFD55E00
_NODE, _GAP, _TOP = 16.0, 40.0, 64.0
_LEAST = 1.2
_SIZE, _ROOM = 11.0, 225.0
"""The size of names, and how wide they may be."""
MOST = 12
"""Parties of a role that are drawn each for itself; where there are more, the smaller ones are drawn as one."""


@dataclass
class _Node:
    party: int
    role: str
    balance: Balance
    x: float = 0.0
    y: float = 0.0
    high: float = 0.0
    out_at: float = 0.0
    in_at: float = 0.0
    stands_for: tuple[int, ...] = ()
    """The parties drawn as one; empty where it is one party."""

    @property
    def parties(self) -> tuple[int, ...]:
        """The items that the node stands for."""
        return self.stands_for or (self.party,)


@dataclass
class _Plan:
    nodes: dict[int, _Node] = field(default_factory=dict)
    columns: list[list[_Node]] = field(default_factory=list)
    scale: float = 1.0
    height: float = 0.0


def said_amount(value: float, unit: str) -> str:
    """An amount as a figure says it: tonnes from ten thousand kilograms on."""
    if unit != "kg":
        return f"{number(value, 0)} {unit}".strip()
    return f"{number(value / 1000, 1)} t" if abs(value) >= 10_000 else f"{number(value, 0)} kg"


def _nodes(flows: Flows, layer: str) -> list[_Node]:
    """The parties, the busiest first; of a role with too many, the smaller ones as one node with a number below 0."""
    by_role: dict[str, list[_Node]] = defaultdict(list)
    for balance in flows.balances(layer):
        role = flows.roles.get(balance.party, "source")
        by_role[role].append(_Node(balance.party, role, balance))
    made: list[_Node] = []
    for at, (role, nodes) in enumerate(by_role.items(), 1):
        alone = nodes if len(nodes) <= MOST else nodes[:MOST - 1]
        made += alone
        rest = [node.balance for node in nodes[len(alone):]]
        if rest:
            whole = Balance(-at, layer, sum(one.into for one in rest), sum(one.out for one in rest),
                            [item for one in rest for item in one.items])
            made.append(_Node(-at, role, whole, stands_for=tuple(one.party for one in rest)))
    return made


def _gathered(arrows: Sequence[Arrow], nodes: Sequence[_Node]) -> list[Arrow]:
    """The arrows between the nodes, the widest first; what stays within one node is not drawn."""
    stands = {party: node.party for node in nodes for party in node.parties}
    found: dict[tuple[int, int], list[Arrow]] = defaultdict(list)
    for arrow in arrows:
        ends = stands[arrow.giver], stands[arrow.taker]
        if ends[0] != ends[1] or ends[0] >= 0:
            found[ends].append(arrow)
    made = [own[0] if len(own) == 1 and min(ends) >= 0 else Arrow(
        own[0].layer, *ends, sum(one.amount for one in own), tuple(sorted({i for one in own for i in one.items})))
        for ends, own in found.items()]
    return sorted(made, key=lambda one: (-one.amount, one.giver, one.taker))


def _planned(layer: str, nodes: Sequence[_Node], arrows: Sequence[Arrow]) -> _Plan:
    plan = _Plan({node.party: node for node in nodes})
    by_role: dict[str, list[_Node]] = defaultdict(list)
    for node in nodes:
        by_role[node.role].append(node)
    order = list(ROLES)[::-1] if layer == MONEY else list(ROLES)  # money comes from where the goods go
    plan.columns = [by_role[role] for role in order if by_role.get(role)]
    for _sweep in range(3):
        _untangle(plan, arrows)
    most = max((len(column) for column in plan.columns), default=1)
    room = max(240.0, 46.0 * most)
    totals = [sum(max(node.balance.into, node.balance.out) for node in column) for column in plan.columns]
    plan.scale = min((room / total for total in totals if total > 0), default=1.0)
    plan.height = room + _GAP * most
    for at, column in enumerate(plan.columns):
        _stand(plan, column, at)
    return plan


def _untangle(plan: _Plan, arrows: Sequence[Arrow]) -> None:
    """Each column in the order of the middle of what its parties are linked with."""
    place = {node.party: at / max(1, len(column)) for column in plan.columns for at, node in enumerate(column)}
    for column in plan.columns:
        pull: dict[int, list[tuple[float, float]]] = defaultdict(list)
        for arrow in arrows:
            pull[arrow.giver].append((place[arrow.taker], arrow.amount))
            pull[arrow.taker].append((place[arrow.giver], arrow.amount))
        middle = {node.party: sum(at * weight for at, weight in pull[node.party])
                  / max(1e-12, sum(weight for _at, weight in pull[node.party])) for node in column}
        column.sort(key=lambda node: (middle[node.party], node.party))


def _stand(plan: _Plan, column: list[_Node], at: int) -> None:
    across = (WIDTH - 300.0) / max(1, len(plan.columns) - 1)
    high = [max(_LEAST * 3, max(node.balance.into, node.balance.out) * plan.scale) for node in column]
    gap = (plan.height - sum(high)) / (len(column) + 1)
    y = _TOP + gap
    for node, tall in zip(column, high, strict=True):
        node.x, node.y, node.high = 40.0 + at * across, y, tall
        node.in_at = node.out_at = y
        y += tall + gap


def flow_figure(flows: Flows, layer: str, labels: Mapping[int, str], palette: Palette) -> Figure:
    """One layer: nodes by role from left to right, bands, what stays behind in vermilion, and the figures."""
    nodes = _nodes(flows, layer)
    arrows = _gathered(flows.arrows(layer), nodes)
    plan = _planned(layer, nodes, arrows)
    labels = {**labels, **{node.party: ngettext("{n} other", "{n} others", len(node.stands_for))
                           for node in nodes if node.stands_for}}
    out = Figure(WIDTH, plan.height + _TOP + 16, palette.background)
    unit = flows.counted_in(layer)
    title = _(LAYERS[layer]) + (f" ({unit})" if unit not in ("", "kg") else "")
    out.parts.append(Words(16, 18, title, 15.0, palette.text, bold=True))
    if any(node.stands_for for node in nodes):
        said = _("The {n} busiest of each role; the others together. The tables have each.", n=MOST - 1)
        out.parts.append(Words(WIDTH - 16, 18, said, 10.0, palette.quiet_text, Align.RIGHT))
    if not plan.nodes:
        out.parts.append(Words(16, 44, _("Nothing to show"), 12.0, palette.quiet_text))
    for column in plan.columns:
        out.parts.append(Words(column[0].x, 44, _(ROLES[column[0].role]), 12.0, palette.quiet_text, bold=True))
    order = sorted(arrows, key=lambda one: (plan.nodes[one.giver].y, plan.nodes[one.taker].y))
    starts = {id(arrow): _taken(plan, arrow) for arrow in order}
    back: list[Words] = []
    for arrow in sorted(order, key=lambda one: -one.amount):
        back += _band(out, plan, arrow, starts[id(arrow)], flows, labels, palette)
    for node in plan.nodes.values():
        _draw_node(out, node, plan, flows, layer, labels, palette)
    out.parts += back  # what flows back goes over nodes: its figure stands on top
    return out


def _taken(plan: _Plan, arrow: Arrow) -> tuple[float, float]:
    """Where a band leaves and arrives; the next one stands below."""
    giver, taker = plan.nodes[arrow.giver], plan.nodes[arrow.taker]
    found = giver.out_at, taker.in_at
    giver.out_at += arrow.amount * plan.scale
    taker.in_at += arrow.amount * plan.scale
    return found


def _band(out: Figure, plan: _Plan, arrow: Arrow, at: tuple[float, float], flows: Flows, labels: Mapping[int, str],
          palette: Palette) -> list[Words]:
    """Draw a band with its figure; the figure of one that flows back is given, for the end, beside nodes and names."""
    giver, taker = plan.nodes[arrow.giver], plan.nodes[arrow.taker]
    high = max(_LEAST, arrow.amount * plan.scale)
    says = said_amount(arrow.amount, flows.counted_in(arrow.layer))
    said = f"{labels.get(arrow.giver, '')} → {labels.get(arrow.taker, '')}: {says}"
    items = (*giver.parties, *taker.parties, *arrow.items)
    colour = _COLOURS[giver.role] & 0x00FFFFFF | 0x66000000
    x0, x1 = giver.x + _NODE, taker.x
    if x1 > x0:
        out.parts.append(Area((ribbon(x0, at[0], x1, at[1], high),), colour, items=items, said=said))
        middle = x1 - 34.0, at[1] + high / 2
    else:
        t = np.linspace(0, 1, 30)[:, None]
        bend = max(70.0, abs(giver.y - taker.y) / 2)
        p = np.array([[x0, at[0] + high / 2], [x0 + bend, at[0] + high / 2], [x1 - bend, at[1] + high / 2],
                      [x1, at[1] + high / 2]])
        points = ((1 - t) ** 3 * p[0] + 3 * t * (1 - t) ** 2 * p[1] + 3 * t**2 * (1 - t) * p[2] + t**3 * p[3])
        out.parts.append(Stroke(points, colour | 0xAA000000, min(high, 24.0), Dash.SOLID, 9.0, items, said))
        plate = palette.background & 0x00FFFFFF | 0xD0000000
        return [Words(*_free(plan, points), says, 9.5, palette.text, Align.CENTRE, plate=plate, items=items, said=said)]
    if high >= 13:
        out.parts.append(Words(*middle, says, 9.5, palette.text, Align.CENTRE, items=items, said=said))
    return []


def _free(plan: _Plan, points: np.ndarray) -> tuple[float, float]:
    """The point of a curve nearest its middle where a figure covers no node and no name; its middle where none is."""
    def covers(x: float, y: float) -> bool:
        return any(node.x - 30 < x < node.x + _NODE + _ROOM + 30 and (
            node.y - 10 < y < node.y + node.high + 10 and x < node.x + _NODE + 30
            or abs(y - node.y - node.high / 2) < 24) for node in plan.nodes.values())

    order = sorted(range(2, len(points) - 2), key=lambda at: abs(at - len(points) // 2))
    found = next((at for at in order if not covers(*points[at])), len(points) // 2)
    return float(points[found, 0]), float(points[found, 1])


def _draw_node(out: Figure, node: _Node, plan: _Plan, flows: Flows, layer: str, labels: Mapping[int, str],
               palette: Palette) -> None:
    balance, label = node.balance, labels.get(node.party, str(node.party))
    parts = [_("in {amount}", amount=said_amount(balance.into, flows.counted_in(layer))) if balance.into else "",
             _("out {amount}", amount=said_amount(balance.out, flows.counted_in(layer))) if balance.out else ""]
    odd = bool(balance.into and balance.out) and abs(balance.kept) > TOLERANCE * max(balance.into, balance.out)
    if odd:
        parts.append(f"Δ {said_amount(balance.kept, flows.counted_in(layer))}")
    figures = " · ".join(part for part in parts if part)
    items = (*node.parties, *sorted(set(balance.items)))
    out.parts.append(Area((box(node.x, node.y, node.x + _NODE, node.y + node.high),), _COLOURS[node.role],
                          palette.text, 0.8, items, f"{label}\n{figures}"))
    if odd:
        share = min(node.high, abs(balance.kept) * plan.scale)
        out.parts.append(Area((box(node.x, node.y + node.high - share, node.x + _NODE, node.y + node.high),), _LOSS,
                              palette.text, 0.8, items, f"{label}\n{figures}"))
    short = (wrapped(label, _SIZE, _ROOM, RoughMeasure(), most=1) or ("",))[0]
    y = node.y + node.high / 2
    plate = palette.background & 0x00FFFFFF | 0xB0000000
    out.parts.append(Words(node.x + _NODE + 6, y - 7, short, _SIZE, palette.text, bold=True, plate=plate,
                           items=node.parties, said=f"{label}\n{figures}"))
    out.parts.append(Words(node.x + _NODE + 6, y + 8, figures, 9.5, palette.text if odd else palette.quiet_text,
                           plate=plate, items=node.parties, said=f"{label}\n{figures}"))


def stacked(figures: Sequence[Figure]) -> Figure:
    """Figures one below the other."""
    out = Figure(max(one.width for one in figures), sum(one.height for one in figures), figures[0].background)
    y = 0.0
    for one in figures:
        for part in one.parts:
            if isinstance(part, Area):
                out.parts.append(Area(tuple(ring + np.array([0.0, y]) for ring in part.rings), part.fill, part.outline,
                                      part.width, part.items, part.said))
            elif isinstance(part, Stroke):
                out.parts.append(Stroke(part.points + np.array([0.0, y]), part.colour, part.width, part.dash,
                                        part.arrow, part.items, part.said))
            else:
                out.parts.append(Words(part.x, part.y + y, part.text, part.size, part.colour, part.align, part.bold,
                                       part.plate, part.angle, part.items, part.said))
        y += one.height
    return out
