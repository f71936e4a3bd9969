"""Answers in their order: rankings by value and then by id, groups by size and then by smallest id."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.analysis.contract import Groups, Ranking

_DIGITS = 12
_SMALL = 1 << 16


def ranking(values: npt.NDArray[Any], rows: npt.NDArray[Any] | None = None,
            errors: npt.NDArray[np.float64] | None = None) -> Ranking:
    """The ranking of `values` (of `rows`, else of all rows), with their standard errors where they are estimates.

    Values are rounded to twelve digits of the largest: what differs only by the order of a sum ranks as equal, by id.
    """
    values = np.asarray(values)
    rounded = values.astype(np.float64) if values.dtype.kind in "iu" else _rounded(np.asarray(values, np.float64))
    if rows is None:
        order = _falling(values if values.dtype.kind in "iu" else rounded)
        ordered = order.astype(np.int64, copy=False)
    else:
        order = np.lexsort((np.asarray(rows), -rounded))
        ordered = np.asarray(rows)[order].astype(np.int64)
    return Ranking(ordered, rounded[order], None if errors is None else errors[order])


def _falling(values: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """The rows by value, the largest first, equal ones in their order."""
    if values.dtype.kind in "iu" and len(values) and 0 <= values.max() - values.min() < _SMALL:
        # Numbers of 16 bits are sorted by counting.
        return np.argsort((values.max() - values).astype(np.uint16), kind="stable")
    order = np.argsort(-values)  # twice as fast as a sort that keeps the order of equal ones
    falling = values[order]
    starts = np.ones(len(values), np.bool_)
    starts[1:] = falling[1:] != falling[:-1]
    alone = starts & np.append(starts[1:], True)
    tied = np.flatnonzero(~alone)
    keys = np.cumsum(starts)[tied] * len(values) + order[tied]
    order[tied] = np.sort(keys) % max(len(values), 1)
    return order


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
