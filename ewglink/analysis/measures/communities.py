"""Communities: groups more closely linked among themselves than to the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ewglink.analysis.answers import groups
from ewglink.analysis.contract import Answer
from ewglink.graph.communities import community_labels, modularity
from ewglink.graph.network import Network
from ewglink.model.progress import Job, Progress
from ewglink.plugins.options import option
from ewglink.text import N_


@dataclass(frozen=True)
class CommunitiesOptions:
    """How communities are found."""

    method: str = option("leiden", N_("Method"), choices=("leiden", "louvain"), choice_labels=("Leiden", "Louvain"))
    resolution: float = option(1.0, N_("Resolution (higher: more, smaller groups)"), minimum=0.01, maximum=100)
    smallest: int = option(1, N_("Smallest group listed"), minimum=1)
    seed: int = option(1, N_("Seed"), minimum=0)


class Communities:
    """Communities by modularity; the same seed gives the same groups."""

    key = "communities"
    name = N_("Communities")
    definition = N_("Groups of entities with more links among themselves than chance would give (modularity).")
    kind = "groups"
    options = CommunitiesOptions

    def run(self, network: Network, options: CommunitiesOptions) -> Job[Answer]:
        """One optimisation."""
        yield Progress(None)
        labels = community_labels(network, options.method, options.resolution, options.seed)
        found = modularity(network, labels, options.resolution)
        yield Progress(1.0, best=replace(groups(labels, options.smallest), facts={"modularity": found}))


MEMBER = Communities()
