"""Degree: how many links an entity has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ewglink.analysis.answers import ranking
from ewglink.analysis.contract import SAMPLE_BIAS, Answer
from ewglink.graph.network import Network
from ewglink.model.items import Direction
from ewglink.model.progress import Job, Progress
from ewglink.plugins.options import option
from ewglink.text import N_


@dataclass(frozen=True)
class DegreeOptions:
    """Which links are counted."""

    direction: str = option("both", N_("Links counted"), choices=("both", "in", "out"),
                            choice_labels=(N_("Incoming and outgoing"), N_("Incoming"), N_("Outgoing")))


class Degree:
    """Counts links, parallel ones each; a link from an entity to itself counts twice."""

    key = "degree"
    name = N_("Degree")
    definition = N_("The number of links of an entity, or their weight. Parallel links each count; a link to itself "
                    "counts twice.")
    kind = "ranking"
    quick = True
    caution = SAMPLE_BIAS
    options = DegreeOptions

    def run(self, network: Network, options: DegreeOptions) -> Job[Answer]:
        """Count (or, in a weighted network, weigh) by arrows: a link without arrows, or with two, is in and out."""
        weights = network.weights
        a, b = network.ends[:, 0], network.ends[:, 1]
        if options.direction == "both":
            counted, weights = network.ends.ravel(), np.repeat(weights, 2) if network.weighted else weights
        else:
            towards_b = network.directions != Direction.BACKWARD
            towards_a = network.directions != Direction.FORWARD
            heads, tails = (b, a) if options.direction == "in" else (a, b)
            counted = np.concatenate((heads[towards_b], tails[towards_a]))
            weights = np.concatenate((weights[towards_b], weights[towards_a]))
        yield Progress(1.0, best=ranking(np.bincount(counted, weights if network.weighted else None, network.n)))


MEMBER = Degree()
