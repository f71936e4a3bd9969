"""Cycles: goods, money or ownership that goes round and comes back to where it began."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from ewglink.analysis.contract import Answer, Table
from ewglink.graph.cycles import cycles
from ewglink.graph.moments import iso_day
from ewglink.graph.network import Network
from ewglink.model.progress import Job, Progress
from ewglink.plugins.options import option
from ewglink.text import N_


@dataclass(frozen=True)
class CyclesOptions:
    """Which cycles are listed."""

    longest: int = option(5, N_("Steps at most"), minimum=2, maximum=12)
    shortest: int = option(2, N_("Steps at least"), minimum=2, maximum=12)
    advancing: bool = option(False, N_("Dates must advance once round"))
    most: int = option(1000, N_("Cycles listed"), minimum=1)


class Cycles:
    """Simple cycles along arrows (links without arrows are no part of them), shortest first, then by ids."""

    key = "cycles"
    name = N_("Cycles")
    definition = N_("Ways along arrows that come back to where they began, such as circular trade; with the smallest "
                    "weight of a step, the sum of all, and the days of the first and last link.")
    kind = "table"
    needs_times = True
    options = CyclesOptions

    def run(self, network: Network, options: CyclesOptions) -> Job[Answer]:
        """A bounded search from each entity."""
        headings = (N_("Steps"), N_("Links"), N_("Smallest weight"), N_("Sum of weights"), N_("First day"),
                    N_("Last day"))
        yield Progress(None)
        search = cycles(network, options.longest, shortest=options.shortest, advancing=options.advancing)
        found = list(islice(search, options.most))
        rows = tuple((one.length, sum(map(len, one.links)), one.least, one.total, iso_day(one.first),
                      iso_day(one.last)) for one in found)
        yield Progress(1.0, best=Table(headings, rows, members=tuple(one.rows for one in found),
                                       truncated=next(search, None) is not None))


MEMBER = Cycles()
