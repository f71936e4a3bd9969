"""Peacock: the entities that hold a network together close to each other, their leaves spread outward like a tail."""

from __future__ import annotations

from dataclasses import dataclass

from ewglink.layouts.contract import UNITS_PER_MM, Positions, Subject
from ewglink.layouts.parts import arrange
from ewglink.model.progress import Job
from ewglink.plugins.options import option
from ewglink.text import N_


@dataclass(frozen=True)
class PeacockOptions:
    """How close."""

    spacing: float = option(120.0, N_("Length of a link"), per_millimetre=UNITS_PER_MM, minimum=20, maximum=2000)
    quality: float = option(1.0, N_("Refinement (1: normal)"), minimum=0.1, maximum=10)


class Peacock:
    """As the force layout, but closer together, and every fan opens into the widest gap between the other links."""

    key = "peacock"
    name = N_("Compact peacock")
    options = PeacockOptions

    def run(self, subject: Subject, options: PeacockOptions) -> Job[Positions]:
        """Part by part, the largest first; then boxes apart and parts packed."""
        return arrange(subject, options.spacing, options.quality, tails=True)


MEMBER = Peacock()
