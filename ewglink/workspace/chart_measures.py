"""Measures that rules of appearance look at: computed once for a network, kept until it changes."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph.network import Network
from ewglink.model.progress import Job, Progress
from ewglink.text import N_, Message, _

Values = npt.NDArray[np.float64]
AT_ONCE = 500
"""Networks of so many entities are measured where they stand: sooner than a job would begin."""
_KEPT = 24
_kept: dict[tuple[str, bytes], Values] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class Pending:
    """Measures that rules of a chart wait for: their keys, and the network they are of."""

    keys: tuple[str, ...]
    network: Network
    state: bytes


def state_of(network: Network) -> bytes:
    """A digest of a network: equal for equal entities, links and directions."""
    parts = (network.ids, network.link_ids, network.ends, network.directions)
    return hashlib.blake2b(b"".join(part.tobytes() for part in parts), digest_size=16).digest()


def measure_name(key: str) -> str:
    """A measure in words, its key where there is none of that key."""
    from ewglink.analysis.contract import MEASURES

    wanted = _measure_of(key)
    return _(MEASURES.get(wanted).name) if wanted in MEASURES else key


def _measure_of(key: str) -> str:
    return "communities" if key == "community" else key


def known(keys: Iterable[str], network: Network, *, wait: bool) -> tuple[dict[str, Values], Pending | None]:
    """The values (n,) of measures for each entity of a network, and what is still to be measured.

    What is kept, small or nothing at all is answered at once; the rest too where `wait` is said. There is nothing
    pending then.
    """
    state, found, missing = state_of(network), {}, []
    for key in sorted(keys):
        values = _recall(key, state)
        if values is None and (wait or network.n <= AT_ONCE):
            values = _computed(key, network)
            remember({key: values}, state)
        if values is None:
            missing.append(key)
        else:
            found[key] = values
    return found, Pending(tuple(missing), network, state) if missing else None


def _recall(key: str, state: bytes) -> Values | None:
    with _lock:
        return _kept.get((_measure_of(key), state))


def remember(found: Mapping[str, Values], state: bytes) -> None:
    """Keep what was measured; the oldest goes where there is much."""
    with _lock:
        for key, values in found.items():
            _kept.pop((_measure_of(key), state), None)
            _kept[_measure_of(key), state] = values
        while len(_kept) > _KEPT:
            del _kept[next(iter(_kept))]


def forget() -> None:
    """Keep nothing any more."""
    with _lock:
        _kept.clear()


def measure(pending: Pending) -> Job[dict[str, Values]]:
    """Measure what is pending, as a job; its best are the measures that are whole."""
    whole: dict[str, Values] = {}
    for at, key in enumerate(pending.keys):
        answer, said = None, Message(N_("Measuring: {name}"), {"name": measure_name(key)})
        yield Progress(at / len(pending.keys), said, dict(whole))
        for step in _steps(key, pending.network, may_run_apart=True):
            answer = step.best if step.best is not None else answer
            done = None if step.done is None else (at + step.done) / len(pending.keys)
            yield Progress(done, said, dict(whole))
        whole[key] = _as_values(answer, pending.network)
        yield Progress((at + 1) / len(pending.keys), said, dict(whole))


def _steps(key: str, network: Network, *, may_run_apart: bool = False) -> Job[Any]:
    from ewglink.analysis.contract import MEASURES
    from ewglink.workspace.measuring_apart import apart, runs_apart

    if _measure_of(key) in MEASURES:
        found = MEASURES.get(_measure_of(key))
        if may_run_apart and runs_apart(found, network):
            yield from apart(found.key, network, found.options())
        else:
            yield from found.run(network, found.options())


def _computed(key: str, network: Network) -> Values:
    answer = None
    for step in _steps(key, network):
        answer = step.best if step.best is not None else answer
    return _as_values(answer, network)


def _as_values(answer: Any, network: Network) -> Values:
    from ewglink.analysis.contract import Groups, Ranking

    values = np.full(network.n, np.nan)
    if isinstance(answer, Ranking):
        values[answer.rows] = answer.values
    elif isinstance(answer, Groups):
        for group, members in enumerate(answer.groups):
            values[members] = group
    return values
