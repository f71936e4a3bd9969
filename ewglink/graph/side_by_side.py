"""Compiled kernels side by side: work without the interpreter's lock, in as many shares as there are cores."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt

MOST = 4
"""Threads at most: a laptop has other things to do."""


def shares(items: npt.NDArray[Any], smallest: int = 1) -> list[npt.NDArray[Any]]:
    """`items` in equal parts, one for each core to be used, none smaller than `smallest` where that can be."""
    count = max(1, min(MOST, os.cpu_count() or 1, len(items) // max(1, smallest)))
    return np.array_split(items, count)


def together(work: Callable[[npt.NDArray[Any]], Any], items: npt.NDArray[Any], smallest: int = 1) -> list[Any]:
    """What `work` gives for each share of `items`, in order."""
    parts = shares(items, smallest)
    if len(parts) == 1:
        return [work(parts[0])]
    with ThreadPoolExecutor(len(parts), thread_name_prefix="kernel") as pool:
        return list(pool.map(work, parts))
