"""Questions asked of a case: which item is meant, ways between items, measures, what is near."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from ewglink.analysis.comparison import Comparison, compared
from ewglink.analysis.contract import MEASURES, Answer, Measure
from ewglink.graph import neighbours as near
from ewglink.graph import paths as ways
from ewglink.graph.advancing import advancing_paths
from ewglink.graph.cheapest import cheapest_paths
from ewglink.graph.connecting import Connecting, connecting_network
from ewglink.graph.declared import Declaration
from ewglink.graph.neighbourhood import Conditions, Neighbourhood, common_neighbours, neighbourhood
from ewglink.graph.network import Network
from ewglink.model.items import Ref, Strength
from ewglink.model.progress import Job, Progress
from ewglink.model.refusal import Refusal
from ewglink.text import N_, message
from ewglink.workspace.declaring import declare
from ewglink.workspace.measuring_apart import apart, runs_apart
from ewglink.workspace.workspace import Workspace


class Ambiguous(Refusal):
    """Several items carry the label that was asked for; `candidates` are they."""

    def __init__(self, text: str, candidates: list[Ref]) -> None:
        shown = "; ".join(
            f"{ref.id} ({ref.type}{', ' + ref.identity if ref.identity else ''})" for ref in candidates[:20]
        )
        super().__init__(
            "ambiguous_item",
            message(
                N_("{n} items are named “{text}”; name one by its number or identifier: {candidates}."),
                n=len(candidates),
                text=text,
                candidates=shown,
            ),
        )
        self.candidates = candidates

    def as_json(self) -> dict[str, Any]:
        """The refusal with its candidates."""
        out = super().as_json()
        out["error"]["candidates"] = [ref.as_json() for ref in self.candidates]
        return out


def find_item(workspace: Workspace, text: str) -> Ref:
    """The item that `text` names: an id, `namespace:value`, or an exact label. Refuses none and several."""
    items = workspace.case.items
    found: list[Ref] = []
    if text.isdigit():
        found = list(items.refs([int(text)]).values())
    if not found and ":" in text:
        found = items.identified(*text.split(":", 1))
    if not found:
        found = items.named(text)
    if not found:
        raise Refusal(
            "no_such_item",
            message(
                N_("There is no item “{text}” in the case; name it by number, identifier or exact label."), text=text
            ),
        )
    standing = {workspace.projection.stands_for(ref.id) for ref in found}
    if len(standing) == 1:
        return items.refs(standing)[standing.pop()]
    raise Ambiguous(text, found)


def _known(network: Network, *items: int) -> None:
    if len(network.rows_of(items)) < len(set(items)):
        raise Refusal("not_in_network", message(N_("This item is no entity of the network that was asked for.")))


def find_paths(
    workspace: Workspace,
    a: int,
    b: int,
    *,
    all_shortest: bool = False,
    max_length: int | None = None,
    directed: bool = False,
    direction: str | None = None,
    weighted: bool = False,
    advancing: bool = False,
    through: Collection[int] = (),
    avoid: Collection[int] = (),
    network: Network | None = None,
    limit: int = 1000,
) -> ways.Paths:
    """Ways from `a` to `b`: the shortest, all shortest, or all up to `max_length` steps.

    `direction` is `any`, `with` (as `directed`) or `against` arrows. `weighted`: the `limit` cheapest by weight instead
    (one unless `all_shortest`). `advancing`: dates must advance; a `network` given for it must know times. `through`
    and `avoid` are ids that must, or must not, be on the way.
    """
    if advancing and weighted:
        raise Refusal("no_such_paths", message(N_("Paths can be looked for by weight, or with dates that advance; not "
                                                  "both at once.")))
    if network is None:
        network = declare(workspace, Declaration(), times=True) if advancing else workspace.network()
    _known(network, a, b, *through)
    way = direction or ("with" if directed else "any")
    if weighted:
        return cheapest_paths(network, a, b, direction=way, through=through, avoid=avoid,
                              limit=limit if all_shortest else 1)
    if advancing:
        found = advancing_paths(network, a, b, direction=way, max_length=max_length, through=through, avoid=avoid,
                                limit=limit if all_shortest or max_length is not None else 1)
        return found if all_shortest or max_length is not None else ways.Paths(found.paths)
    if max_length is not None:
        return ways.paths_up_to(network, a, b, max_length, direction=way, through=through, avoid=avoid, limit=limit)
    if all_shortest:
        return ways.all_shortest_paths(network, a, b, direction=way, through=through, avoid=avoid, limit=limit)
    one = ways.shortest_path(network, a, b, direction=way, through=through, avoid=avoid)
    return ways.Paths((one,) if one else ())


def connect(workspace: Workspace, items: Collection[int], *, within: int | None = None, tree: bool = False,
            avoid: Collection[int] = (), network: Network | None = None) -> Connecting:
    """What connects two or more entities: all shortest ways of at most `within` steps between them, or a small tree."""
    network = network or workspace.network()
    _known(network, *items)
    return connecting_network(network, items, within=within, tree=tree, avoid=avoid)


def find_linked(workspace: Workspace, items: Collection[int], hops: int = 1, conditions: Conditions | None = None,
                network: Network | None = None) -> Neighbourhood:
    """What is within `hops` steps under conditions; hubs are listed, not expanded."""
    if network is None:
        times = conditions is not None and conditions.advancing
        network = declare(workspace, Declaration(), times=True) if times else workspace.network()
    _known(network, *items)
    return neighbourhood(network, items, hops, conditions)


def shared_neighbours(workspace: Workspace, items: Collection[int], network: Network | None = None) -> list[int]:
    """The entities linked to every one of `items`, by id."""
    network = network or workspace.network()
    _known(network, *items)
    found: list[int] = common_neighbours(network, items).tolist()
    return found


def measure(workspace: Workspace, key: str, options: Any = None, network: Network | None = None) -> Job[Answer]:
    """Run a measure over the network, as a job; a large one in a process of its own where it would hold up the rest."""
    found = measure_named(key)
    network = network or workspace.network()
    options = options if options is not None else found.options()
    if runs_apart(found, network):
        return apart(key, network, options)
    return found.run(network, options)


def measure_named(key: str) -> Measure:
    """The measure of that key; refuses where there is none."""
    if key not in MEASURES:
        raise Refusal(
            "no_measure",
            message(
                N_("There is no measure named “{name}”. There are: {names}."),
                name=key,
                names=", ".join(MEASURES.keys()),
            ),
        )
    return MEASURES.get(key)


def compare(workspace: Workspace, key: str, options: Any, network: Network, other: Network) -> Job[Comparison]:
    """A ranking of `network` beside that of `other`, as a job; refuses a measure that gives none."""
    if measure_named(key).kind != "ranking":
        raise Refusal("no_ranking", message(N_("Only rankings can be compared; “{name}” gives none."), name=key))
    answers: list[Any] = [None, None]
    for turn, net in enumerate((network, other)):
        for step in measure(workspace, key, options, net):
            answers[turn] = step.best if step.best is not None else answers[turn]
            yield Progress(None if step.done is None else (turn + step.done) / 2)
    yield Progress(1.0, best=compared(network, answers[0], other, answers[1]))


def without_tentative(asked: Declaration) -> Declaration:
    """The same projection with tentative links left out."""
    strengths = asked.strengths or tuple(one.name.lower() for one in Strength)
    return replace(asked, strengths=tuple(one for one in strengths if one != "tentative"))


def neighbours(workspace: Workspace, items: Collection[int], hops: int = 1) -> list[int]:
    """The entities at most `hops` links away from `items`, and `items` themselves."""
    found: list[int] = near.around(workspace.network(), items, hops).tolist()
    return found
