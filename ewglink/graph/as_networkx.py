"""A network as a NetworkX graph, for what is computed or written by NetworkX."""

from __future__ import annotations

from typing import Any

from ewglink.graph.network import Network
from ewglink.model.items import Direction


def as_networkx(network: Network, *, directed: bool = False, multi: bool = True) -> Any:
    """The NetworkX graph of `network`.

    Nodes are entity ids with `type`; links carry `type`, `direction`, `strength` and `weight`, and are keyed by link id
    in a multigraph. Directed, a link without arrows or with two becomes an edge each way.
    """
    import networkx as nx

    made = ((nx.MultiDiGraph if multi else nx.DiGraph) if directed else (nx.MultiGraph if multi else nx.Graph))()
    made.add_nodes_from((key, {"type": network.type_keys[code]})
                        for key, code in zip(network.ids.tolist(), network.types.tolist(), strict=True))
    columns = zip(network.link_ids.tolist(), network.ids[network.ends].tolist(), network.link_types.tolist(),
                  network.directions.tolist(), network.strengths.tolist(), network.weights.tolist(), strict=True)
    for link, (a, b), kind, direction, strength, weight in columns:
        facts = {"type": network.link_type_keys[kind], "direction": direction, "strength": strength, "weight": weight}
        ways = [(a, b)]
        if directed and direction == Direction.BACKWARD:
            ways = [(b, a)]
        elif directed and direction != Direction.FORWARD and a != b:
            ways = [(a, b), (b, a)]
        for tail, head in ways:
            if multi:
                made.add_edge(tail, head, key=link, **facts)
            else:
                made.add_edge(tail, head, **facts)
    return made
