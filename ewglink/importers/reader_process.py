"""The reader process: foreign files are parsed apart, at low priority, within caps of memory, silence and output.

It has neither case nor key. What it finds, rows for a preview or what they say under a specification, comes over a pipe
as plain values; whatever goes wrong in it, its parent gets a `Refusal`. `Reader` speaks to such a process,
`InProcessReader` does the same in the caller (tests, and small files that were written here).
"""

from __future__ import annotations

import contextlib
import dataclasses
import multiprocessing
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType
from typing import Any

import psutil

from ewglink.importers import archives, guard, wire, wire_drafts, wire_pictures
from ewglink.importers.contract import FOLDERS, Part
from ewglink.importers.graph_file import Picture
from ewglink.importers.reader_service import InProcessReader, SourceReader, asked_out, serve, too_much_memory
from ewglink.importers.sniff import Found
from ewglink.importers.spawning import undisturbed
from ewglink.importers.specification import Specification
from ewglink.importers.wire_pictures import Proposal
from ewglink.model.refusal import Refusal
from ewglink.model.schema import Schema
from ewglink.text import N_, message

__all__ = ["InProcessReader", "Reader", "SourceReader"]

_POLL = 0.1


class Reader:
    """A reader process, started when first asked and kept warm until closed.

    One request at a time, from one thread; `cancel` may come from any, and ends the process at once: the request under
    way then raises a `Refusal` with the code `cancelled`. Leaving a `rows` iteration early ends the process too.
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

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
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
            self._process = context.Process(
                target=serve, args=(theirs, self._limits.memory), name="ewglink-reader", daemon=True
            )
            with undisturbed():
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
        for kind, body in self._stream(path, "rows", (str(path), format, _plain(options), part)):
            yield wire.unpack_batch(kind, body)

    def drafts(
        self, path: Path, format: str, options: Any, part: Part, spec: Specification | None, schema: Schema
    ) -> Iterator[wire_drafts.Batch]:
        """What the rows of one part say as `spec` reads them (None: the format drafts by itself), in batches of some
        thousands, without the cells; what is asked for is read and mapped apart while the caller works on the last."""
        asked = (str(path), format, _plain(options), asked_out(part, spec, schema))
        for kind, body in self._stream(path, "drafts", asked):
            try:
                batch = wire_drafts.unpack(kind, body, schema)
            except (ValueError, TypeError, IndexError):
                raise self._stopped(path) from None
            yield batch

    def proposal(self, path: Path, format: str, options: Any = None) -> Proposal:
        """What the file needs of the case: types, and specifications of its tables."""
        body = self._ask(path, "proposal", (str(path), format, _plain(options)))
        try:
            return wire_pictures.proposal_in(body)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise self._stopped(path) from None

    def pictures(self, path: Path, format: str, options: Any = None) -> Iterator[Picture]:
        """The charts that the file holds."""
        frames = self._stream(path, "pictures", (str(path), format, _plain(options)))
        try:
            yield from wire_pictures.pictures_in(frames)
        except (ValueError, TypeError):
            raise self._stopped(path) from None

    def companions(self, path: Path, format: str, options: Any = None) -> list[Path]:
        """The other files of its folder that are read with this one."""
        named = self._ask(path, "companions", (str(path), format, _plain(options)))
        found = [Path(one) for one in named if isinstance(one, str)]
        elsewhere = str((_plain(options) or {}).get("nodes_in") or "")
        folders = {path.parent, *(Path(folder) for folder in elsewhere.split(FOLDERS) if folder)}
        return [one for one in found if one.parent in folders and one != path]

    def unpacked(self, path: Path) -> Iterator[tuple[str, Any]]:
        """The files of an archive, as `archives.unpacked` gives them; nothing where the file is none."""
        for kind, body in self._stream(path, "unpacked", (str(path),)):
            try:
                yield kind, (str(body[0]), wire.refusal_in(body[1])) if kind == archives.LEFT else body
            except (ValueError, TypeError, IndexError):
                raise self._stopped(path) from None

    def _stream(self, path: Path, verb: str, args: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
        """The frames of a long answer."""
        self._send(path, verb, args)
        received, done = 0, False
        allowed = self._limits.output_base + self._limits.output_ratio * _size(path)
        try:
            while True:
                frame = self._receive(path)
                received += len(frame)
                if received > allowed:
                    raise guard.refuse(
                        "too_much_output",
                        message(
                            N_("{file} gives more rows than a file of its size can hold; it is not read."),
                            file=path.name,
                        ),
                        path,
                    )
                kind, body = self._answer(path, frame)
                if kind == "end":
                    done = True
                    return
                yield kind, body
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
        allowed = self._limits.silence + self._limits.silence_mb * _size(path) / guard.MB
        began = busy = self._worked()
        idle = time.monotonic()
        try:
            while not pipe.poll(0):
                wait([pipe, process.sentinel], _POLL)
                if self._memory() > self._limits.memory:
                    raise too_much_memory(path, self._limits.memory)
                if (worked := self._worked()) > busy:
                    busy, idle = worked, time.monotonic()
                if max(busy - began, time.monotonic() - idle) > allowed:
                    raise guard.refuse(
                        "too_slow",
                        message(
                            N_("{file} takes longer than {n} seconds to be read; it is not imported."),
                            file=path.name,
                            n=round(allowed),
                        ),
                        path,
                    )
                if not pipe.poll(0) and not process.is_alive():
                    raise self._stopped(path)
            return pipe.recv_bytes()
        except (EOFError, OSError):
            raise self._stopped(path) from None

    def _worked(self) -> float:
        """Seconds of processor that the process has used: on a busy machine it gets few, and is not to blame."""
        if self._watched is None:
            return 0.0
        try:
            return float(sum(self._watched.cpu_times()[:2]))
        except psutil.Error:
            return 0.0

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
        return guard.refuse(
            "reader_stopped",
            message(
                N_(
                    "{file} made its reader break off; it is damaged, or needs more memory "
                    "than a file may. It is not read."
                ),
                file=path.name,
            ),
            path,
        )


_FATAL = frozenset({"too_much_memory", "too_slow", "reader_stopped", "cancelled", "too_much_output"})


def _plain(options: Any) -> Any:
    return (
        dataclasses.asdict(options) if dataclasses.is_dataclass(options) and not isinstance(options, type) else options
    )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
