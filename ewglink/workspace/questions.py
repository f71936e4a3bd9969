"""Questions asked of a case: which item is meant, ways between items, measures, what is near."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ewglink.analysis.contract import MEASURES, Answer
from ewglink.graph import neighbours as near
from ewglink.graph import paths as ways
from ewglink.graph.network import Network
from ewglink.model.items import Ref
from ewglink.model.progress import Job
from ewglink.model.refusal import Refusal
from ewglink.text import N_, message
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
    network: Network | None = None,
    limit: int = 1000,
) -> ways.Paths:
    """Ways from `a` to `b`: the shortest, all shortest, or all up to `max_length` steps."""
    network = network or workspace.network()
    _known(network, a, b)
    if max_length is not None:
        return ways.paths_up_to(network, a, b, max_length, directed=directed, limit=limit)
    if all_shortest:
        return ways.all_shortest_paths(network, a, b, directed=directed, limit=limit)
    found = ways.shortest_path(network, a, b, directed=directed)
    return ways.Paths((found,) if found else ())


def measure(workspace: Workspace, key: str, options: Any = None, network: Network | None = None) -> Job[Answer]:
    """Run a measure over the network, as a job."""
    if key not in MEASURES:
        raise Refusal(
            "no_measure",
            message(
                N_("There is no measure named “{name}”. There are: {names}."),
                name=key,
                names=", ".join(MEASURES.keys()),
            ),
        )
    found = MEASURES.get(key)
    return found.run(network or workspace.network(), options if options is not None else found.options())


def neighbours(workspace: Workspace, items: Collection[int], hops: int = 1) -> list[int]:
    """The entities at most `hops` links away from `items`, and `items` themselves."""
    found: list[int] = near.around(workspace.network(), items, hops).tolist()
    return found
