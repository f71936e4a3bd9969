"""Components: the parts of a network that no link joins."""

from __future__ import annotations

from dataclasses import dataclass

from ewglink.analysis.answers import groups
from ewglink.analysis.contract import Answer
from ewglink.graph.components import component_labels, strong_labels
from ewglink.graph.network import Network
from ewglink.model.progress import Job, Progress
from ewglink.plugins.options import option
from ewglink.text import N_


@dataclass(frozen=True)
class ComponentsOptions:
    """Which components are listed."""

    connection: str = option("weak", N_("Linked"), choices=("weak", "strong"),
                             choice_labels=(N_("Either way"), N_("Along arrows, there and back")))
    smallest: int = option(1, N_("Smallest group listed"), minimum=1)


class Components:
    """Connected components, arrows disregarded; or strong ones, where each can be reached from each along arrows."""

    key = "components"
    name = N_("Components")
    definition = N_("Entities linked to each other, directly or through others, and not to the rest.")
    kind = "groups"
    quick = True
    options = ComponentsOptions

    def run(self, network: Network, options: ComponentsOptions) -> Job[Answer]:
        """One pass."""
        strong = options.connection == "strong"
        labels = strong_labels(network) if strong else component_labels(network.n, network.ends)
        yield Progress(1.0, best=groups(labels, options.smallest))


MEMBER = Components()
