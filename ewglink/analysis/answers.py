"""Answers in their order: rankings by value and then by id, groups by size and then by smallest id."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.analysis.contract import Groups, Ranking

_DIGITS = 12


def ranking(values: npt.NDArray[Any], rows: npt.NDArray[Any] | None = None,
            errors: npt.NDArray[np.float64] | None = None) -> Ranking:
    """The ranking of `values` (of `rows`, else of all rows), with their standard errors where they are estimates.

    Values are rounded to twelve digits of the largest: what differs only by the order of a sum ranks as equal, by id.
    """
    rows = np.arange(len(values)) if rows is None else np.asarray(rows)
    rounded = _rounded(np.asarray(values, np.float64))
    order = np.lexsort((rows, -rounded))
    return Ranking(rows[order].astype(np.int64), rounded[order], None if errors is None else errors[order])


def _rounded(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    largest = float(np.abs(values).max(initial=0.0))
    if largest == 0.0 or not np.isfinite(largest):
        return values
    return np.round(values, _DIGITS - 1 - int(np.floor(np.log10(largest)))) + 0.0


def groups(labels: npt.NDArray[Any], smallest: int = 1) -> Groups:
    """The rows of each label as groups of at least `smallest`."""
    if not len(labels):
        return Groups(())
    order = np.argsort(labels, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    kept = [part.astype(np.int64) for part in parts if len(part) >= smallest]
    return Groups(tuple(sorted(kept, key=lambda part: (-len(part), int(part[0])))))
