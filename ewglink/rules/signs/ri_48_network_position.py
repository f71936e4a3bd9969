"""RI-48: a party that holds the regulated trade together, and is no public carrier or agent."""

from __future__ import annotations

from ewglink.rules.contract import Missing, Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle
from ewglink.rules.scoring import PEERS
from ewglink.rules.surroundings import ROLES, Surroundings
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_

_TOP = 3
_HUBS = frozenset({"carrier", "broker", "customs_broker", "freight_forwarder", "forwarder", "nvocc", "agent",
                   "authority", "courier", "port", "terminal"})
_ACTS = frozenset({"carrier_of", "broker_of", "customs_broker_of", "forwarder_of", "notify_party_of"})
_WHOLE = 3_000
"""Up to how many parties every path counts; of more, paths of up to four steps."""


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    if party.id not in around.regulated_loads:
        return idle(party, around, "exporter_of", "receiver_of")
    cut, ranked = around.kept("RI-48", lambda: _positions(around))
    if not ranked:
        return Missing(party.id, ("peers",))
    if party.acts & _ACTS or party.roles & _HUBS:
        return None
    rank = ranked.get(party.id)
    if party.id not in cut and rank is None:
        return None
    return Sign(1.0, {"cut_point": party.id in cut, "rank": rank or 0})


def _positions(around: Surroundings) -> tuple[frozenset[int], dict[int, int]]:
    """The cut points among parties that share regulated loads, and the three that lie on most shortest paths with
    their rank; nothing for fewer than eight parties."""
    import igraph

    pairs = set()
    loads = {load.id: load for every in around.regulated_loads.values() for load in every}
    for load in loads.values():
        every = sorted({one for role in ROLES for one in getattr(load, role)})
        pairs |= {(one, other) for at, one in enumerate(every) for other in every[at + 1:]}
    names = sorted({one for pair in pairs for one in pair})
    if len(names) < PEERS:
        return frozenset(), {}
    at = {name: row for row, name in enumerate(names)}
    graph = igraph.Graph(len(names), sorted((at[one], at[other]) for one, other in pairs))
    cut = frozenset(names[row] for row in graph.articulation_points())
    between = graph.betweenness(directed=False, cutoff=None if len(names) <= _WHOLE else 4)
    best = sorted(range(len(names)), key=lambda row: (-between[row], names[row]))[:_TOP]
    return cut, {names[row]: rank for rank, row in enumerate(best, 1) if between[row] > 0}


MEMBER = PlainIndicator(
    "RI-48",
    "conduct",
    0.25,
    N_("Position in the network"),
    N_("A cut point of the network of parties that share regulated loads (eight or more), or one of the "
       "three on most shortest paths between others, that is no carrier, broker or agent; s = 1."),
    (N_("A large and licensed operator that serves a whole region."),
     N_("A case that was collected around this party."),),
    ("exporter_of", "importer_of", "receiver_of", "carrier_of", "broker_of", "roles",),
    _test,
)
