"""What a person looks for between and around items, asked as one question and answered as ways to be read and shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, islice
from typing import Literal

from ewglink.graph.cycles import cycles
from ewglink.graph.declared import Declaration
from ewglink.graph.neighbourhood import Conditions
from ewglink.graph.network import Network
from ewglink.graph.paths import Path
from ewglink.model.progress import Job, Progress
from ewglink.model.refusal import Refusal
from ewglink.text import N_, Message, counted, message
from ewglink.workspace.declaring import declare
from ewglink.workspace.questions import connect, find_linked, find_paths, shared_neighbours
from ewglink.workspace.workspace import Workspace

What = Literal["paths", "connecting", "linked", "common", "cycles"]
WHATS: dict[str, str] = {
    "paths": N_("Paths between two"), "connecting": N_("What connects several"), "linked": N_("What is linked"),
    "common": N_("Common neighbours"), "cycles": N_("Cycles")}
WHICH: dict[str, str] = {
    "shortest": N_("the shortest path"), "all": N_("all shortest paths"), "up_to": N_("all paths up to a length"),
    "cheapest": N_("the strongest paths")}
LEAST = {"paths": 2, "connecting": 2, "linked": 1, "common": 2, "cycles": 0}
"""How many entities a question needs."""
MOST_PAIRS = 45


@dataclass(frozen=True)
class Asked:
    """A question. `items`: the ends of a path, or those asked about (cycles: that must be on it, if any).

    `which` of the paths (a key of `WHICH`), of at most `steps` steps, at most `most` of them; `direction` is `any`,
    `with` or `against` arrows; `advancing`: dates must advance; `min_grade` the weakest grade allowed; `strengths`,
    `link_types` and `types` that count (None: all); `through` and `avoid` items of paths; `tree`: as little as holds
    all together; `hub`: what has more links than this is named, not expanded (0: no guard).
    """

    what: What = "paths"
    items: tuple[int, ...] = ()
    which: str = "shortest"
    steps: int = 4
    most: int = 1000
    direction: str = "any"
    advancing: bool = False
    min_grade: str | None = None
    strengths: tuple[str, ...] | None = None
    link_types: tuple[str, ...] | None = None
    types: tuple[str, ...] | None = None
    through: tuple[int, ...] = ()
    avoid: tuple[int, ...] = ()
    tree: bool = False
    hub: int = 200


@dataclass(frozen=True)
class Way:
    """One answer: entities in order and the links of each step between them. `star`: the first is linked to each of
    the others; `round`: the last step leads back to the first. A single entity stands `away` steps off."""

    items: tuple[int, ...]
    links: tuple[tuple[int, ...], ...] = ()
    star: bool = False
    round: bool = False
    away: int = 0

    def every(self) -> tuple[int, ...]:
        """Its entities and links."""
        return (*self.items, *(link for step in self.links for link in step))


@dataclass(frozen=True)
class Answered:
    """The ways found; `items` and `links` of all of them; `remarks` on what was left out or does not hang together;
    `hubs`: what was not expanded, with its number of links."""

    asked: Asked
    ways: tuple[Way, ...] = ()
    items: tuple[int, ...] = ()
    links: tuple[int, ...] = ()
    truncated: bool = False
    remarks: tuple[Message, ...] = ()
    hubs: tuple[tuple[int, int], ...] = ()


def answer(workspace: Workspace, asked: Asked) -> Job[Answered]:
    """Answer a question; a `Refusal` where it cannot be asked so."""
    yield Progress(None)
    asked = replace(asked, items=tuple(dict.fromkeys(workspace.projection.stands_for(one) for one in asked.items)))
    _check(asked)
    network = _network(workspace, asked)
    yield Progress(None)
    if asked.what == "cycles":
        yield from _cycles(asked, network)
        return
    found = {"paths": _paths, "connecting": _connecting, "linked": _linked, "common": _common}[asked.what]
    yield Progress(1.0, best=found(workspace, asked, network))


def _check(asked: Asked) -> None:
    least = LEAST[asked.what]
    if len(asked.items) < least:
        raise Refusal("too_few_items", Message(
            "{text}", {"text": message(N_("Select two or more entities first."))
                       if least == 2 else message(N_("Select an entity first."))}))


def _network(workspace: Workspace, asked: Asked) -> Network:
    entities = asked.types if asked.what in ("paths", "connecting", "common", "cycles") else None
    declaration = Declaration(
        types=entities, link_types=asked.link_types, strengths=asked.strengths, min_grade=asked.min_grade,
        weights="influence" if asked.which == "cheapest" and asked.what == "paths" else "none")
    if declaration == Declaration() and not asked.advancing and asked.what != "cycles":
        return workspace.network()
    return declare(workspace, declaration, times=asked.advancing or asked.what == "cycles")


def _paths(workspace: Workspace, asked: Asked, network: Network) -> Answered:
    a, b = asked.items[:2]
    found = find_paths(
        workspace, a, b, all_shortest=asked.which in ("all", "cheapest"),
        max_length=asked.steps if asked.which == "up_to" else None, direction=asked.direction,
        weighted=asked.which == "cheapest", advancing=asked.advancing, through=asked.through, avoid=asked.avoid,
        network=network, limit=asked.most)
    more = found.truncated and asked.which != "cheapest"
    return _gathered(asked, tuple(_way(path) for path in found.paths), truncated=more)


def _way(path: Path) -> Way:
    return Way(path.items, path.links)


def _connecting(workspace: Workspace, asked: Asked, network: Network) -> Answered:
    found = connect(workspace, asked.items, within=asked.steps, tree=asked.tree, avoid=asked.avoid, network=network)
    remarks = []
    if len(found.parts) > 1:
        remarks.append(counted("They do not all hang together: there is {n} part.",
                               "They do not all hang together: there are {n} parts.", len(found.parts)))
    ways = []
    for a, b in islice(combinations(asked.items, 2), MOST_PAIRS):
        if 0 < found.steps.get((min(a, b), max(a, b)), 0) <= asked.steps:
            paths = find_paths(workspace, a, b, avoid=asked.avoid, network=network)
            ways += [_way(path) for path in paths.paths]
    return Answered(asked, tuple(sorted(ways, key=lambda way: len(way.links))), tuple(found.items.tolist()),
                    tuple(found.links.tolist()), remarks=tuple(remarks))


def _linked(workspace: Workspace, asked: Asked, network: Network) -> Answered:
    conditions = Conditions(asked.types, asked.link_types, asked.strengths, asked.direction, asked.advancing,
                            asked.hub, asked.most)
    found = find_linked(workspace, asked.items, asked.steps, conditions, network)
    away = sorted(zip(found.steps.tolist(), found.items.tolist(), strict=True))
    ways = tuple(Way((item,), away=steps) for steps, item in away if steps)
    hubs = tuple(sorted(found.hubs.items(), key=lambda pair: -pair[1]))
    return Answered(asked, ways, tuple(found.items.tolist()), tuple(found.links.tolist()), found.truncated, (), hubs)


def _common(workspace: Workspace, asked: Asked, network: Network) -> Answered:
    ways = []
    for item in shared_neighbours(workspace, asked.items, network)[:asked.most]:
        links = tuple(_links_between(network, item, other) for other in asked.items)
        ways.append(Way((item, *asked.items), links, star=True))
    return _gathered(asked, tuple(ways))


def _links_between(network: Network, a: int, b: int) -> tuple[int, ...]:
    one, other = network.rows_of([a]), network.rows_of([b])
    return tuple(network.link_ids[network.links_between(int(one[0]), int(other[0]))].tolist())


def _cycles(asked: Asked, network: Network) -> Job[Answered]:
    """Cycles as they are found, those only on which all of the items are."""
    must, ways = set(network.rows_of(asked.items).tolist()), list[Way]()
    if len(must) < len(asked.items):
        raise Refusal("not_in_network", message(N_("This item is no entity of the network that was asked for.")))
    for n, cycle in enumerate(cycles(network, asked.steps, advancing=asked.advancing)):
        if must <= set(cycle.rows):
            if len(ways) == asked.most:
                yield Progress(1.0, best=_gathered(asked, tuple(ways), truncated=True))
                return
            ways.append(Way(tuple(network.ids[list(cycle.rows)].tolist()),
                            cycle.links, round=True))
        if n % 50 == 0:
            yield Progress(None, counted("{n} cycle so far", "{n} cycles so far", len(ways)),
                           _gathered(asked, tuple(ways), truncated=True))
    yield Progress(1.0, best=_gathered(asked, tuple(ways)))


def _gathered(asked: Asked, ways: tuple[Way, ...], *, truncated: bool = False) -> Answered:
    items = {item for way in ways for item in way.items}
    links = {link for way in ways for step in way.links for link in step}
    return Answered(asked, ways, tuple(sorted(items)), tuple(sorted(links)), truncated)
