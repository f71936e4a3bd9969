"""What is near some entities, link by link, so that one can choose among it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from ewglink.drawing.content import HIDDEN
from ewglink.graph import moments
from ewglink.model.changes import Change, Changeset
from ewglink.model.items import Direction
from ewglink.text import _, language, ngettext, number
from ewglink.workspace.commands.annotations import add_annotation
from ewglink.workspace.workspace import Workspace


@dataclass(frozen=True)
class Near:
    """A neighbour by one link: which item, of which type, by a link of which type; `leaves` and `arrives` say whether
    the link leads away from the entities asked about, or towards them (neither: it has no direction); `link` is that
    link, `of` the entity asked about."""

    item: int
    type: str
    link_type: str
    leaves: bool
    arrives: bool
    link: int = 0
    of: int = 0

    def fits(self, way: str) -> bool:
        """Whether the link goes that way: `out`, `in` or `both`; one without a direction goes either way."""
        return way == "both" or not (self.leaves or self.arrives) or (self.leaves if way == "out" else self.arrives)


def near(workspace: Workspace, items: Collection[int]) -> list[Near]:
    """Every link from `items` to something else, as the neighbour it leads to; in the order of the links."""
    network = workspace.network()
    rows = np.unique(network.rows_of(sorted(items)))
    if not len(network.ends) or not len(rows):
        return []
    links = np.unique(network.incidence.spread(rows)).astype(np.int64)
    chosen = np.isin(network.ends[links], rows)
    a, b = network.ends[:, 0], network.ends[:, 1]
    found = []
    for at in np.flatnonzero(chosen[:, 0] != chosen[:, 1]).tolist():
        row = int(links[at])
        from_a = bool(chosen[at, 0])
        other = int(b[row] if from_a else a[row])
        heads = int(network.directions[row])
        forward, backward = bool(heads & Direction.FORWARD), bool(heads & Direction.BACKWARD)
        found.append(Near(int(network.ids[other]), network.type_keys[network.types[other]],
                          network.link_type_keys[network.link_types[row]], forward if from_a else backward,
                          backward if from_a else forward, int(network.link_ids[row]),
                          int(network.ids[a[row] if from_a else b[row]])))
    return found


HUB = 100
"""So many new neighbours of one entity are put on a chart without asking."""
_APART = 70.0
_KINDS_NAMED = 6


@dataclass(frozen=True)
class Wanted:
    """Which neighbours are wanted: by links of these types, to these types (None: all), this way, by links that held at
    some time from `start` to `end` (ISO dates), at most `most`, those with the most links first."""

    link_types: frozenset[str] | None = None
    types: frozenset[str] | None = None
    way: str = "both"
    start: str | None = None
    end: str | None = None
    most: int = 0
    dated: frozenset[int] | None = field(default=None, compare=False)

    def chosen(self, found: Sequence[Near]) -> list[int]:
        """The neighbours that fit, those with the most links first."""
        counts = Counter(
            one.item for one in found
            if (self.link_types is None or one.link_type in self.link_types)
            and (self.types is None or one.type in self.types) and one.fits(self.way)
            and (self.dated is None or one.link in self.dated))
        ordered = [item for item, _n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
        return ordered[:self.most] if self.most else ordered


def held_within(workspace: Workspace, links: Collection[int], start: str | None, end: str | None) -> frozenset[int]:
    """Which links held at some time from `start` to `end`; one without dates did not."""
    low = moments.first_moment(start) if start else moments.FIRST
    high = moments.last_moment(end) if end else moments.LAST
    found = []
    for row in workspace.case.items.rows("link", "item_id", links):
        begun, done = row["start"], row["end"] or row["start"]
        if (begun or done) and (moments.first_moment(begun) if begun else moments.FIRST) <= high \
                and moments.last_moment(done) >= low:
            found.append(int(row["item_id"]))
    return frozenset(found)


def hubs(found: Sequence[Near], limit: int = HUB) -> dict[int, int]:
    """The entities asked about that have more than `limit` of these neighbours: entity → how many."""
    each: dict[int, set[int]] = {}
    for one in found:
        each.setdefault(one.of, set()).add(one.item)
    return {item: len(some) for item, some in each.items() if len(some) > limit}


def summary(workspace: Workspace, hub: int, found: Sequence[Near]) -> str:
    """What is left out around a hub, in a few lines: how many, by which links, to what."""
    mine = [one for one in found if one.of == hub]
    schema = workspace.schema
    head = ngettext("{name}: {n} neighbour is not shown", "{name}: {n} neighbours are not shown",
                    len({one.item for one in mine}), name=workspace.case.items.labels([hub]).get(hub, str(hub)))
    kinds = Counter((one.link_type, one.type) for one in mine).most_common()
    lines = [f"{number(n)} × {schema.label(link, language())} · {schema.label(kind, language())}"
             for (link, kind), n in kinds[:_KINDS_NAMED]]
    if len(kinds) > _KINDS_NAMED:
        lines.append(_("and {n} more", n=number(sum(n for _kind, n in kinds[_KINDS_NAMED:]))))
    return "\n".join((head, *lines))


def summarise(workspace: Workspace, chart: int, found: Sequence[Near], which: Collection[int]) -> Changeset:
    """A text on the chart beside each hub, in one step, that says what is left out there."""
    placed = workspace.case.charts.placements(chart)
    rows = {int(item): at for at, item in enumerate(placed.items.tolist()) if not placed.flags[at] & HIDDEN}
    changes: list[Change] = []
    args = {}
    for hub in sorted(set(which) & set(rows)):
        x, y = placed.xy[rows[hub]].tolist()
        made, number_ = add_annotation(workspace.case, chart, "text", {
            "x": x + _APART, "y": y + _APART / 2, "text": summary(workspace, hub, found)})
        row = made.changes[0].row | {"id": number_ + len(changes)}
        changes.append(Change("annotation", None, row))
        args = dict(made.args)
    return Changeset("annotated", args, tuple(changes))
