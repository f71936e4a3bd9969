"""Key players by fragmentation: the few without whom a network falls apart."""

from __future__ import annotations

from dataclasses import dataclass

from ewglink.analysis.contract import SAMPLE_BIAS, Answer, Table
from ewglink.graph.key_players import fragmenting
from ewglink.graph.network import Network
from ewglink.model.progress import Job, Progress
from ewglink.plugins.options import option
from ewglink.text import N_


@dataclass(frozen=True)
class FragmentationOptions:
    """How many are chosen."""

    count: int = option(5, N_("Key players"), minimum=1, maximum=100)


class Fragmentation:
    """Key players, one after another: each adds most to 1 − Σ s(s − 1) / (n(n − 1)) over the parts s that are left.

    n counts all entities of the projection. Chosen greedily: a set found at once may do slightly better.
    """

    key = "fragmentation"
    name = N_("Key players: fragmentation")
    definition = N_("Entities whose removal, one after another, leaves the fewest pairs linked; the value is the share "
                    "of pairs of entities that are then not linked, however indirectly.")
    kind = "table"
    caution = SAMPLE_BIAS
    options = FragmentationOptions

    def run(self, network: Network, options: FragmentationOptions) -> Job[Answer]:
        """One walk of the network for each."""
        headings = (N_("Place"), N_("Entity"), N_("Fragmentation"), N_("Added"))
        rows: list[tuple[int, int, float, float]] = []
        for place, one in enumerate(fragmenting(network, options.count), 1):
            rows.append((place, one.row, round(one.value, 12), round(one.gain, 12)))
            yield Progress(place / options.count, best=Table(headings, tuple(rows), items=(1,)))
        yield Progress(1.0, best=Table(headings, tuple(rows), items=(1,)))


MEMBER = Fragmentation()
