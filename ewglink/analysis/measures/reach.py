"""Key players by reach: the few who together are near most of the network."""

from __future__ import annotations

from dataclasses import dataclass

from ewglink.analysis.contract import SAMPLE_BIAS, Answer, Table
from ewglink.graph.key_players import reaching
from ewglink.graph.network import Network
from ewglink.model.progress import Job, Progress
from ewglink.plugins.options import option
from ewglink.text import N_


@dataclass(frozen=True)
class ReachOptions:
    """How many are chosen, and how far they reach."""

    count: int = option(5, N_("Key players"), minimum=1, maximum=100)
    steps: int = option(2, N_("Steps at most"), minimum=1, maximum=10)


class Reach:
    """Key players, one after another: each adds most to the entities within so many steps of any of them.

    Chosen greedily, which reaches at least 63 % of what the best set would. Arrows count in a directed network.
    """

    key = "reach"
    name = N_("Key players: reach")
    definition = N_("Entities that together, one after another, have most of the network within so many steps; the "
                    "value is the share of all entities that is, they themselves among them.")
    kind = "table"
    caution = SAMPLE_BIAS
    options = ReachOptions

    def run(self, network: Network, options: ReachOptions) -> Job[Answer]:
        """Greedy cover, looking again only at those that may still be best."""
        headings = (N_("Place"), N_("Entity"), N_("Reached"), N_("Added"))
        rows: list[tuple[int, int, float, float]] = []
        yield Progress(None)
        for place, one in enumerate(reaching(network, options.count, options.steps), 1):
            rows.append((place, one.row, round(one.value, 12), round(one.gain, 12)))
            yield Progress(place / options.count, best=Table(headings, tuple(rows), items=(1,)))
        yield Progress(1.0, best=Table(headings, tuple(rows), items=(1,)))


MEMBER = Reach()
