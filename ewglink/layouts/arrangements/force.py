"""Force: linked entities near each other, the rest apart; the layout that shows how a network hangs together."""

from __future__ import annotations

from dataclasses import dataclass

from ewglink.layouts.contract import UNITS_PER_MM, Positions, Subject
from ewglink.layouts.parts import arrange
from ewglink.model.progress import Job
from ewglink.plugins.options import option
from ewglink.text import N_


@dataclass(frozen=True)
class ForceOptions:
    """How far apart, and how long to refine."""

    spacing: float = option(180.0, N_("Length of a link"), per_millimetre=UNITS_PER_MM, minimum=20, maximum=2000)
    quality: float = option(1.0, N_("Refinement (1: normal)"), minimum=0.1, maximum=10)


class Force:
    """Stress majorisation for parts of ordinary size, multilevel force for large ones; leaves are fanned out."""

    key = "force"
    name = N_("Force")
    options = ForceOptions

    def run(self, subject: Subject, options: ForceOptions) -> Job[Positions]:
        """Part by part, the largest first; then boxes apart and parts packed."""
        return arrange(subject, options.spacing, options.quality)


MEMBER = Force()
