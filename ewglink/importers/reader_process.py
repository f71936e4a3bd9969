"""The reader process: foreign files are parsed apart, at low priority, within caps of memory, silence and output.

It has neither case nor key. What it finds comes over a pipe as plain values; whatever goes wrong in it, its parent gets a
`Refusal`. `Reader` speaks to such a process, `InProcessReader` does the same in the caller (tests, and small files that
were written here).
"""

from __future__ import annotations

import contextlib
import dataclasses
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import psutil

from ewglink.importers import guard, sniff, wire
from ewglink.importers.contract import FORMATS, Part
from ewglink.importers.sniff import Found
from ewglink.model.refusal import Refusal
from ewglink.text import N_, message

_ROWS_A_BATCH = 2_000
_POLL = 0.1


class SourceReader(Protocol):
    """What reads foreign files: a process of its own, or the caller."""

    def recognise(self, path: Path) -> Found:
        """The format of the file; a `Refusal` where none fits."""
        ...

    def parts(self, path: Path, format: str, options: Any = None) -> list[Part]:
        """The tables of the file with their columns and first rows."""
        ...

    def rows(self, path: Path, format: str, options: Any = None, part: str | None = None) -> Iterator[wire.Batch]:
        """The rows and problems of one part (or all visible ones), in batches."""
        ...


def options_for(format: str, chosen: Any) -> Any:
    """The options of a format: as given, from a mapping of the fields it knows, or its defaults."""
    kind = FORMATS.get(format).options
    if chosen is None:
        return kind()
    if not isinstance(chosen, dict):
        return chosen
    known = {one.name for one in dataclasses.fields(kind)}
    return kind(**{name: value for name, value in chosen.items() if name in known})


class InProcessReader:
    """Reads in the caller's own process, without caps of memory: for tests and for files that were written here."""

    def __enter__(self) -> InProcessReader:
        return self

    def __exit__(self, *_rest: object) -> None:
        pass

    def recognise(self, path: Path) -> Found:
        """The format of the file."""
        return sniff.recognise(path)

    def parts(self, path: Path, format: str, options: Any = None) -> list[Part]:
        """The tables of the file with their columns and first rows."""
        guard.check_file(path)
        return FORMATS.get(format).parts(path, options_for(format, options))

    def rows(self, path: Path, format: str, options: Any = None, part: str | None = None) -> Iterator[wire.Batch]:
        """The rows and problems, in batches of at most 2,000."""
        guard.check_file(path)
        member, chosen = FORMATS.get(format), options_for(format, options)
        batches = getattr(member, "batches", None)
        if batches is not None:
            for batch in batches(path, chosen, part):
                for start in range(0, len(batch), _ROWS_A_BATCH):
                    yield batch[start:start + _ROWS_A_BATCH]
            return
        held: wire.Batch = []
        size = 0
        for one in member.read(path, chosen, part):
            held.append(one)
            size += len(one.raw or "")
            if len(held) >= _ROWS_A_BATCH or size > guard.MB:
                yield held
                held, size = [], 0
        if held:
            yield held


class Reader:
    """A reader process, started when first asked and kept warm until closed.

    One request at a time, from one thread; `cancel` may come from any, and ends the process at once: the request under way
    then raises a `Refusal` with the code `cancelled`. Leaving a `rows` iteration early ends the process too.
    """

    def __init__(self, limits: guard.Limits = guard.LIMITS) -> None:
        self._limits = limits
        self._process: Any = None
        self._pipe: Connection | None = None
        self._watched: psutil.Process | None = None
        self._cancelled = False
        self._lock = threading.Lock()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def start(self) -> None:
        """Start the process before it is needed, so that the first question is answered at once."""
        with self._lock:
            if self._process is not None and self._process.is_alive():
                return
            self._end()
            self._cancelled = False
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs, self._limits.memory), name="ewglink-reader", daemon=True)
            self._process.start()
            theirs.close()
            self._pipe = ours
            with contextlib.suppress(psutil.Error):
                self._watched = psutil.Process(self._process.pid)

    def recognise(self, path: Path) -> Found:
        """The format of the file; a `Refusal` that names what it seems to be where none fits."""
        return wire.found_in(self._ask(path, "recognise", (str(path),)))

    def parts(self, path: Path, format: str, options: Any = None) -> list[Part]:
        """The tables of the file with their columns and first rows."""
        return wire.parts_in(self._ask(path, "parts", (str(path), format, _plain(options))))

    def rows(self, path: Path, format: str, options: Any = None, part: str | None = None) -> Iterator[wire.Batch]:
        """The rows and problems of one part (None: all visible ones), in batches of at most 2,000."""
        self._send(path, "rows", (str(path), format, _plain(options), part))
        received, done = 0, False
        allowed = self._limits.output_base + self._limits.output_ratio * _size(path)
        try:
            while True:
                frame = self._receive(path)
                received += len(frame)
                if received > allowed:
                    raise guard.refuse("too_much_output", message(N_("{file} gives more rows than a file of its size can hold; "
                                                                     "it is not read."), file=path.name), path)
                kind, body = self._answer(path, frame)
                if kind == "end":
                    done = True
                    return
                yield wire.unpack_batch(kind, body)
        finally:
            if not done:
                self.close()

    def cancel(self) -> None:
        """End the process at once, from any thread."""
        self._cancelled = True
        process = self._process
        if process is not None:
            with contextlib.suppress(ValueError, OSError):
                process.kill()

    def close(self) -> None:
        """End the process; a later question starts another."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._process is not None:
            with contextlib.suppress(ValueError, OSError):
                self._process.kill()
                self._process.join(5)
                self._process.close()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = self._watched = None

    def _ask(self, path: Path, verb: str, args: tuple[Any, ...]) -> Any:
        self._send(path, verb, args)
        try:
            return self._answer(path, self._receive(path))[1]
        except Refusal as refused:
            if refused.code in _FATAL:
                self.close()
            raise

    def _send(self, path: Path, verb: str, args: tuple[Any, ...]) -> None:
        self.start()
        assert self._pipe is not None
        try:
            self._pipe.send_bytes(wire.pack(verb, args))
        except OSError:
            raise self._stopped(path) from None

    def _receive(self, path: Path) -> bytes:
        pipe, process = self._pipe, self._process
        if pipe is None or process is None:
            raise self._stopped(path)
        quiet = time.monotonic()
        try:
            while not pipe.poll(0):
                wait([pipe, process.sentinel], _POLL)
                if self._memory() > self._limits.memory:
                    raise _too_much_memory(path, self._limits.memory)
                if time.monotonic() - quiet > self._limits.silence:
                    raise guard.refuse("too_slow", message(N_("{file} takes longer than {n} seconds to be read; it is not "
                                                              "imported."), file=path.name, n=round(self._limits.silence)), path)
                if not pipe.poll(0) and not process.is_alive():
                    raise self._stopped(path)
            return pipe.recv_bytes()
        except (EOFError, OSError):
            raise self._stopped(path) from None

    def _memory(self) -> int:
        if self._watched is None:
            return 0
        try:
            return int(self._watched.memory_info().rss)
        except psutil.Error:
            return 0

    def _answer(self, path: Path, frame: bytes) -> tuple[str, Any]:
        try:
            kind, body = wire.unpack(frame)
        except ValueError:
            raise self._stopped(path) from None
        if kind == "refused":
            raise wire.refusal_in(body)
        return kind, body

    def _stopped(self, path: Path) -> Refusal:
        if self._cancelled:
            return guard.refuse("cancelled", message(N_("Reading {file} was cancelled."), file=path.name), path)
        return guard.refuse("reader_stopped", message(N_("{file} made its reader break off; it is damaged, or needs more memory "
                                                         "than a file may. It is not read."), file=path.name), path)


_FATAL = frozenset({"too_much_memory", "too_slow", "reader_stopped", "cancelled", "too_much_output"})


def _too_much_memory(path: Path, limit: int) -> Refusal:
    return guard.refuse("too_much_memory", message(N_("{file} needs more than {limit} MB of memory to be read; it is not "
                                                      "imported."), file=path.name, limit=limit // guard.MB), path)


def _plain(options: Any) -> Any:
    return dataclasses.asdict(options) if dataclasses.is_dataclass(options) and not isinstance(options, type) else options


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _serve(pipe: Connection, memory: int) -> None:
    """The life of the process: questions in, answers out, until the pipe closes."""
    _be_modest(memory)
    reader = InProcessReader()
    while True:
        try:
            verb, args = wire.unpack(pipe.recv_bytes())
        except (EOFError, OSError):
            return
        path = Path(args[0])
        try:
            _answer_one(pipe, reader, verb, path, args[1:])
        except Refusal as refused:
            pipe.send_bytes(wire.pack("refused", wire.refusal_out(refused)))
        except MemoryError:
            pipe.send_bytes(wire.pack("refused", wire.refusal_out(_too_much_memory(path, memory))))
        except (BrokenPipeError, ConnectionError):
            return
        except Exception as error:  # a library stumbled over a foreign file: the person gets one sentence
            pipe.send_bytes(wire.pack("refused", wire.refusal_out(guard.refuse("unreadable_file", message(
                N_("{file} cannot be read ({reason})."), file=path.name, reason=type(error).__name__), path))))


def _answer_one(pipe: Connection, reader: InProcessReader, verb: str, path: Path, rest: tuple[Any, ...]) -> None:
    if verb == "recognise":
        pipe.send_bytes(wire.pack("found", wire.found_out(reader.recognise(path))))
    elif verb == "parts":
        pipe.send_bytes(wire.pack("parts", wire.parts_out(reader.parts(path, *rest))))
    else:
        for batch in reader.rows(path, *rest):
            pipe.send_bytes(wire.pack_batch(batch))
        pipe.send_bytes(wire.pack("end", None))


def _be_modest(memory: int) -> None:
    """Low priority, no writing, no cores; a cap of address space where the system has one; errors of libraries unseen."""
    import gc

    len(FORMATS)  # import the formats before files can no longer be written
    sys.dont_write_bytecode = True
    gc.set_threshold(200_000, 50, 100)  # rows are made and gone by the thousand, and hold no cycles
    with contextlib.suppress(OSError):
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 2)
        os.dup2(quiet, 1)
        os.close(quiet)
    if sys.platform == "win32":
        with contextlib.suppress(psutil.Error):
            psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        return
    with contextlib.suppress(OSError):
        os.nice(10)
    import resource

    for what, limit in ((resource.RLIMIT_AS, 2 * memory + (1 << 30)), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (limit, limit))
