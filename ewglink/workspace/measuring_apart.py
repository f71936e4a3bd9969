"""Measuring in a process of its own, at low priority, where it would keep the interpreter from the window."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Any

from ewglink.analysis.contract import Answer, Measure
from ewglink.graph.network import Network
from ewglink.importers.spawning import undisturbed
from ewglink.model.progress import Job, Progress
from ewglink.model.refusal import Refusal
from ewglink.text import N_, message

LARGE = 40_000
"""Entities and links from which a measure that keeps the interpreter's lock is run apart."""
LARGE_WEIGHTED = 3_000
"""The same for those that free it only where links weigh nothing: all ways from everywhere are walked then."""
_WAIT = 0.05
_NICE = 5


def runs_apart(measure: Measure, network: Network) -> bool:
    """Whether the measure of this network is better run apart."""
    if getattr(measure, "quick", False):
        return False
    frees = getattr(measure, "frees_lock", False)
    if frees and not network.weighted:
        return False
    return network.n + network.m >= (LARGE_WEIGHTED if frees else LARGE)


def apart(key: str, network: Network, options: Any) -> Job[Answer]:
    """The measure `key` as a job of another process; leaving it early ends the process."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), name="ewglink-measure", daemon=True)
    with undisturbed():
        process.start()
    theirs.close()
    try:
        ours.send((key, replace(network), options))  # the arrays alone, not what was computed from them
        last: Progress[Answer] = Progress(None)
        while last.done != 1.0:
            last = _next(ours, last)
            yield last
    finally:
        ours.close()
        process.kill()
        process.join(5)
        with contextlib.suppress(ValueError):
            process.close()


def _next(pipe: Connection, last: Progress[Answer]) -> Progress[Answer]:
    """The next step, or the last one again where there is none yet."""
    if not pipe.poll(_WAIT):
        return last
    try:
        found = pipe.recv()
    except (EOFError, OSError):
        raise Refusal("measure_stopped", message(N_("The measure broke off before it was done; perhaps memory is "
                                                    "short. Measure a smaller part of the network."))) from None
    if isinstance(found, Exception):
        raise found
    step: Progress[Answer] = found
    return step


def _serve(pipe: Connection) -> None:
    """The life of the process: one order, steps back, an end."""
    import signal

    from ewglink.analysis.contract import MEASURES

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _be_modest()
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionError):
        key, network, options = pipe.recv()
        try:
            for step in MEASURES.get(key).run(network, options):
                pipe.send(step)
        except (ValueError, MemoryError, Refusal) as error:
            pipe.send(error)


def _be_modest() -> None:
    if sys.platform == "win32":
        import psutil

        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(_NICE)
