"""A ranking beside another of the same entities: what changes when some links are left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ewglink.analysis.contract import Ranking
from ewglink.graph.network import Ints, Network

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Comparison:
    """Entities in the order of the first ranking: their ids, and in both their values and places (1 is highest).

    Equal values share a place. NaN and 0 stand for what is not in that ranking. `agreement` is Kendall's tau-b of the
    values of those in both, 1 where nothing changes; NaN for fewer than two.
    """

    ids: Ints
    before: Values
    after: Values
    place_before: Ints
    place_after: Ints
    agreement: float

    @property
    def shift(self) -> Ints:
        """How many places each goes up (positive) or down; 0 where one of them is missing."""
        both = (self.place_before > 0) & (self.place_after > 0)
        return np.where(both, self.place_before - self.place_after, 0)


def compared(network: Network, before: Ranking, other: Network, after: Ranking) -> Comparison:
    """`before`, of `network`, beside `after`, of `other`: a network of other links among entities of the same ids."""
    ids = np.concatenate((network.ids[before.rows], np.setdiff1d(other.ids[after.rows], network.ids[before.rows])))
    values = [_by_id(ids, net.ids[answer.rows], answer.values) for net, answer in ((network, before), (other, after))]
    both = np.isfinite(values[0]) & np.isfinite(values[1])
    return Comparison(ids, values[0], values[1], _places(values[0]), _places(values[1]),
                      _tau(values[0][both], values[1][both]))


def _by_id(ids: Ints, known: Ints, values: Values) -> Values:
    found = np.full(len(ids), np.nan)
    if len(known):
        order = np.argsort(known)
        at = np.minimum(np.searchsorted(known[order], ids), len(known) - 1)
        fits = known[order][at] == ids
        found[fits] = values[order][at[fits]]
    return found


def _places(values: Values) -> Ints:
    ordered = np.sort(-values[np.isfinite(values)])
    places: Ints = np.where(np.isfinite(values), np.searchsorted(ordered, -values, "left") + 1, 0).astype(np.int64)
    return places


def _tau(one: Values, other: Values) -> float:
    from scipy.stats import kendalltau

    if len(one) < 2:
        return float("nan")
    if np.array_equal(one, other):
        return 1.0
    return float(kendalltau(one, other).statistic)
