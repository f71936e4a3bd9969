"""A drawn pattern of entities and links, and every place of the case where it is found."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ewglink.graph import moments
from ewglink.graph.network import Ints, Network
from ewglink.model.items import Strength
from ewglink.model.progress import Job, Progress, finish
from ewglink.model.refusal import Refusal
from ewglink.store import querying as asked
from ewglink.text import N_, counted, message
from ewglink.workspace.conditions import Condition, Group, written
from ewglink.workspace.item_query import parse
from ewglink.workspace.pattern_matching import Mask, Matcher, Wanted
from ewglink.workspace.querying import entities_where, links_within
from ewglink.workspace.workspace import Workspace

MOST_NODES = 12
MOST_LINKS = 30
MOST_MATCHES = 1_000


@dataclass(frozen=True)
class PatternNode:
    """An entity of the pattern: what it must be like (None: anything), and where it is drawn."""

    where: Condition | None = None
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True)
class PatternLink:
    """A link of the pattern between two nodes, by number; `directed`: it leads from `a` to `b`.

    `types` and `strengths`: one of these (none named: any). `start` and `end`: it held at some time between these.
    """

    a: int
    b: int
    types: tuple[str, ...] = ()
    directed: bool = False
    strengths: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True)
class Pattern:
    """What was drawn. `before`: pairs of links, by number, of which the first starts no later than the second."""

    nodes: tuple[PatternNode, ...] = ()
    links: tuple[PatternLink, ...] = ()
    before: tuple[tuple[int, int], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """What is kept in a case."""
        return {"nodes": [{"where": written(one.where) if one.where is not None else "", "x": one.x, "y": one.y}
                          for one in self.nodes],
                "links": [{"a": one.a, "b": one.b, "by": list(one.types), "directed": one.directed,
                           "strength": list(one.strengths), "from": one.start, "until": one.end}
                          for one in self.links],
                "before": [list(pair) for pair in self.before]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Pattern:
        """What `to_json` wrote."""
        return cls(
            tuple(PatternNode(parse(one["where"]) if one.get("where") else None, float(one.get("x", 0)),
                              float(one.get("y", 0))) for one in data.get("nodes", ())),
            tuple(PatternLink(int(one["a"]), int(one["b"]), tuple(one.get("by", ())), bool(one.get("directed")),
                              tuple(one.get("strength", ())), one.get("from"), one.get("until"))
                  for one in data.get("links", ())),
            tuple((int(one), int(two)) for one, two in data.get("before", ())))


@dataclass(frozen=True)
class Match:
    """One place where the pattern is found: entity ids node by node, and for each link the ids of those that are it."""

    items: tuple[int, ...]
    links: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Matches:
    """The places found; `truncated` where there are more."""

    found: tuple[Match, ...]
    truncated: bool = False


def find_matches(workspace: Workspace, pattern: Pattern, most: int = MOST_MATCHES) -> Job[Matches]:
    """Every place where `pattern` is found, at most `most`; each once, however symmetric the pattern is."""
    _check(pattern)
    network = workspace.network()
    matcher = yield from _matcher(workspace, network, pattern)
    found: list[Match] = []
    truncated = False
    for done, match in matcher.found():
        if match is not None:
            if len(found) == most:
                truncated = True
                break
            rows, links = match
            found.append(Match(tuple(network.ids[list(rows)].tolist()),
                               tuple(tuple(network.link_ids[list(some)].tolist()) for some in links)))
        if match is None or len(found) % 50 == 0:
            yield Progress(done, counted("{n} match so far", "{n} matches so far", len(found)),
                           Matches(tuple(found), True))
    yield Progress(1.0, None, Matches(tuple(found), truncated))


def _check(pattern: Pattern) -> None:
    if not pattern.nodes:
        raise Refusal("pattern_empty", message(N_("Draw at least one entity first.")))
    if len(pattern.nodes) > MOST_NODES or len(pattern.links) > MOST_LINKS:
        raise Refusal("pattern_large", message(N_("A pattern has at most {nodes} entities and {links} links."),
                                               nodes=MOST_NODES, links=MOST_LINKS))
    for link in pattern.links:
        if link.a == link.b or not {link.a, link.b} <= set(range(len(pattern.nodes))):
            raise Refusal("pattern_loop", message(N_("A link of a pattern joins two different entities of it.")))


def _matcher(workspace: Workspace, network: Network, pattern: Pattern) -> Generator[Progress[Matches], None, Matcher]:
    masks: list[Mask] = []
    for node in pattern.nodes:
        mask = np.zeros(network.n, np.bool_)
        ids: Ints = np.empty(0, np.int64)
        for step in entities_where(workspace, node.where if node.where is not None else Group()):
            ids = step.best if step.best is not None else ids
            yield Progress[Matches](None)
        mask[np.searchsorted(network.ids, ids)] = True
        masks.append(mask)
    wanted = []
    for link in pattern.links:
        fits = np.ones(network.m, np.bool_)
        if link.types:
            fits &= np.array([key in link.types for key in network.link_type_keys] or [False],
                             np.bool_)[network.link_types]
        if link.strengths:
            codes = [int(Strength[name.upper()]) for name in link.strengths]
            fits &= np.isin(network.strengths, np.array(codes, np.int8))
        if link.start or link.end:
            fits &= yield from links_within(workspace, network, link.start, link.end)
        alike = (frozenset(link.types), frozenset(link.strengths), link.start, link.end)
        wanted.append(Wanted(link.a, link.b, fits, link.directed, alike))
    starts = (yield from _starts(workspace, network)) if pattern.before else None
    return Matcher(network, masks, wanted, pattern.before, starts, [one.where for one in pattern.nodes])


def _starts(workspace: Workspace, network: Network) -> Generator[Progress[Matches], None, Ints]:
    found = np.full(network.m, moments.UNKNOWN, np.int64)
    order = np.argsort(network.link_ids)
    ordered = network.link_ids[order]
    for batch in asked.link_dates(workspace.case):
        ids = np.array([row[0] for row in batch], np.int64)
        begun = np.array([moments.first_moment(row[1] or row[2]) for row in batch], np.int64)
        at = np.minimum(np.searchsorted(ordered, ids), max(0, len(ordered) - 1))
        there = ordered[at] == ids if len(ordered) else np.zeros(len(ids), np.bool_)
        found[order[at[there]]] = begun[there]
        yield Progress[Matches](None)
    return found


def items_matched(workspace: Workspace, pattern: Pattern, most: int = MOST_MATCHES) -> list[int]:
    """The entities of all matches, ascending."""
    matches = finish(find_matches(workspace, pattern, most))
    assert matches is not None
    return sorted({item for match in matches.found for item in match.items})
