"""A process that gives damaged files to one reader after the other and writes down what should not have happened.

`python -m tests.importers.fuzz.worker FOLDER SECONDS SEED KEY…`: the input under way is kept in FOLDER, so that it is
still there when the process dies; findings are lines of JSON in FOLDER/findings.
"""

from __future__ import annotations

import json
import random
import sys
import time
import traceback
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from ewglink.importers import guard, wire, wire_drafts
from ewglink.importers.contract import FORMATS, Drafted, Part, Problem, Recognised, Row
from ewglink.model.refusal import Refusal
from tests.importers.fuzz import mutations, seeds

HANG = 20.0
"""Seconds of processor after which a small file is taken to hang its reader."""

GROWTH = 600 << 20
_AT_ONCE = 5_000
_LIKELY = 0.25


class Hang(BaseException):
    """A reader takes too long."""


def _watch() -> None:
    """Raise `Hang` where the processor has worked too long on one file; nothing where the system has no such timer."""
    import signal

    if not hasattr(signal, "setitimer"):
        return

    def rung(*_given: object) -> None:
        raise Hang

    signal.signal(signal.SIGPROF, rung)


def _bound() -> None:
    """No more memory than a reader process may address: what asks for more dies here, and not the machine."""
    try:
        import resource
    except ImportError:  # Windows
        return
    most = 2 * guard.LIMITS.memory + (1 << 30)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _set(seconds: float) -> None:
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def read(key: str, path: Path, data: bytes) -> None:
    """Give a file to a reader; AssertionError where it answers with anything but rows, problems or a refusal."""
    path.write_bytes(data or b" ")
    member: Any = FORMATS.get(key)
    try:
        said = member.recognise(path, data[: 1 << 16])
        assert isinstance(said, Recognised) and 0 <= said.confidence <= 1 and str(said.reason)
        guard.check_file(path)
        parts = member.parts(path, member.options())
        assert all(isinstance(one, Part) for one in parts)
        held: list[Any] = []
        for one in member.read(path, member.options()):
            assert isinstance(one, (Row, Problem)), type(one)
            held.append(one)
            if len(held) >= _AT_ONCE:
                _travel(member, held)
                held = []
        _travel(member, held)
    except Refusal as refused:
        _check_sentence(str(refused))


def _check_sentence(said: str) -> None:
    assert said and "\n" not in said


def _travel(member: Any, held: list[Any]) -> None:
    """What was read goes to the writer as it would."""
    for one in held:
        if isinstance(one, Problem):
            assert str(one.message) and one.code
    kind, body = wire.unpack(wire.pack_batch(held))
    assert len(wire.unpack_batch(kind, body)) == len(held)
    if member.kind == "records":
        drafts = [member.draft(one) if isinstance(one, Row) else one for one in held]
        assert all(isinstance(one, (Drafted, Problem)) for one in drafts)
        wire.unpack(wire_drafts.pack(wire_drafts.batch_of(drafts)))


def main(folder: Path, seconds: float, seed: str, keys: list[str]) -> int:
    """Fuzz until the time is over; how many files were tried goes to FOLDER/tried."""
    dice, process = random.Random(seed), psutil.Process()
    own = seeds.written()
    everything = own + seeds.sampled()
    known = {key: _known(key, everything, folder) for key in keys}
    _watch()
    _bound()
    tried: Counter[str] = Counter()
    found: set[tuple[str, ...]] = set()
    for key in keys:  # the files as they are: every reader meets every one
        for data in own:
            _try(key, data, folder, found, process)
            tried[key] += 1
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for key in keys:
            seed_file = dice.choice(known[key] if known[key] and dice.random() < 0.8 else everything)
            for data in (mutations.damaged(seed_file, everything, dice) for _turn in range(5)):
                _try(key, data, folder, found, process)
                tried[key] += 1
        (folder / "tried").write_text(json.dumps(tried), encoding="utf-8")
    return 0


def _known(key: str, files: tuple[bytes, ...], folder: Path) -> list[bytes]:
    """The files that a reader takes for its own; those are damaged most."""
    path = folder / f"known{FORMATS.get(key).suffixes[0]}"
    found = []
    for data in files:
        path.write_bytes(data)
        with suppress(Refusal):
            if FORMATS.get(key).recognise(path, data[: 1 << 16]).confidence >= _LIKELY:
                found.append(data)
    return found


def _try(key: str, data: bytes, folder: Path, found: set[tuple[str, ...]], process: psutil.Process) -> None:
    (folder / "under_way").write_text(key, encoding="utf-8")
    path = folder / f"input{FORMATS.get(key).suffixes[0]}"
    before = process.memory_info().rss
    what = ""
    _set(HANG)
    try:
        read(key, path, data)
    except Hang:
        what = f"takes more than {HANG:.0f} seconds\n{traceback.format_exc()}"
    except MemoryError:
        what = "takes all memory"
    except KeyboardInterrupt:
        raise
    except BaseException:  # a panic of a library is no Exception
        what = traceback.format_exc()
    finally:
        _set(0)
    if not what and process.memory_info().rss - before > GROWTH:
        what = "takes more than 600 MB"
    if what:
        lines = what.splitlines()
        place = (key, *[line for line in lines if line.startswith("  File ")][-1:], lines[-1][:80])
        if place not in found:
            found.add(place)
            name = f"{key}-{len(found)}.bin"
            (folder / name).write_bytes(data)
            with (folder / "findings").open("a", encoding="utf-8") as stream:
                stream.write(json.dumps({"key": key, "input": name, "what": what}) + "\n")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3], sys.argv[4:]))
