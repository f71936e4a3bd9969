"""The compiled kernels, fetched behind the window's back: importing numba takes a quarter of a second."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ewglink.graph.kernels import compiled
from ewglink.painting import kernel

_TURN = 0.0003
"""Seconds after which the loader gives the interpreter back to the window, instead of Python's 5 ms."""


@dataclass(frozen=True)
class Kernels:
    """The functions of `kernel`, compiled."""

    draw_lines: Callable[..., None]
    draw_squares: Callable[..., None]


class _Loading:
    def __init__(self) -> None:
        self.found: Kernels | None = None
        self.thread: threading.Thread | None = None
        self.over = False


_loading = _Loading()


def kernels() -> Kernels | None:
    """The kernels once they are there; None before, and where numba is not installed."""
    return _loading.found


def over() -> bool:
    """Whether loading has ended, well or not."""
    return _loading.over


def load() -> Kernels | None:
    """Load the kernels here and now; the first time on a machine this compiles them, which takes seconds."""
    if not _loading.over:
        lines, squares = compiled(kernel.draw_lines), compiled(kernel.draw_squares)
        if lines is not None and squares is not None:
            _try(lines, squares)
            _loading.found = Kernels(lines, squares)
        _loading.over = True
    return _loading.found


def _try(lines: Callable[..., Any], squares: Callable[..., Any]) -> None:
    """Call both once: that is when they are read from the disk, or compiled."""
    out, place, stop = np.zeros((2, 2), np.uint32), np.array([0.0, 0.0, 1.0]), np.zeros(1, np.int64)
    clip = np.array([0, 0, 2, 2])
    lines(out, np.zeros((1, 4)), np.array([[0, 1, 0, 0]]), 1, place, clip, stop)
    squares(out, np.zeros((1, 2)), np.ones(1), np.zeros(1, np.int32), np.zeros(1, np.uint32), 1.0, place, clip, stop)


def load_behind() -> None:
    """Begin to load the kernels in a thread that ends when they are there; once a process. A program that ends
    meanwhile waits for it."""
    if _loading.over or _loading.thread is not None:
        return
    _loading.thread = threading.Thread(target=_load_politely, name="kernels")
    _loading.thread.start()


def _load_politely() -> None:
    turn, collects = sys.getswitchinterval(), gc.isenabled()
    sys.setswitchinterval(_TURN)
    gc.disable()  # a collection in the middle of an import holds the interpreter for 30 ms
    try:
        load()
    except Exception:  # numba that does not work here is numba that is not here
        _loading.over = True
    finally:
        sys.setswitchinterval(turn)
        if collects:
            gc.freeze()  # else the first collection goes through all that was imported at once, 50 ms
            gc.enable()
