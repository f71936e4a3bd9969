"""What the reader process does: questions in, answers out, at low priority; and the same in the caller."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import sys
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

import psutil

from ewglink.importers import archives, guard, sniff, wire, wire_drafts, wire_pictures
from ewglink.importers.column_mapping import ColumnMapping
from ewglink.importers.contract import FORMATS, Part, Row
from ewglink.importers.graph_file import Picture
from ewglink.importers.mapping import Mapping
from ewglink.importers.sniff import Found
from ewglink.importers.specification import Specification
from ewglink.importers.wire_pictures import Proposal, proposal_of
from ewglink.model.refusal import Refusal
from ewglink.model.schema import Schema
from ewglink.text import N_, message

_ROWS_A_BATCH = 2_000
DRAFTS = 4_000
"""Drafts that are matched and written together."""

_RAW_A_BATCH = 4 * guard.MB


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

    def drafts(
        self, path: Path, format: str, options: Any, part: Part, spec: Specification | None, schema: Schema
    ) -> Iterator[wire_drafts.Batch]:
        """What the rows of one part say as `spec` reads them (None: its format drafts by itself), and what is wrong."""
        ...

    def proposal(self, path: Path, format: str, options: Any = None) -> Proposal:
        """What the file needs of the case: types, and specifications of its tables."""
        ...

    def pictures(self, path: Path, format: str, options: Any = None) -> Iterator[Picture]:
        """The charts that the file holds."""
        ...

    def companions(self, path: Path, format: str, options: Any = None) -> list[Path]:
        """The other files of its folder that are read with this one."""
        ...

    def unpacked(self, path: Path) -> Iterator[tuple[str, Any]]:
        """The files of an archive, as `archives.unpacked` gives them; nothing where the file is none."""
        ...

    def close(self) -> None:
        """Give up what reading takes, until the next question."""
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

    def close(self) -> None:
        """Nothing is held."""

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
                    yield batch[start : start + _ROWS_A_BATCH]
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

    def proposal(self, path: Path, format: str, options: Any = None) -> Proposal:
        """What the file needs of the case."""
        return proposal_of(FORMATS.get(format), path, options_for(format, options))

    def pictures(self, path: Path, format: str, options: Any = None) -> Iterator[Picture]:
        """The charts that the file holds."""
        made = getattr(FORMATS.get(format), "pictures", None)
        yield from made(path, options_for(format, options)) if made else ()

    def companions(self, path: Path, format: str, options: Any = None) -> list[Path]:
        """The other files of its folder that are read with this one."""
        asked = getattr(FORMATS.get(format), "companions", None)
        return asked(path, options_for(format, options)) if asked else []

    def unpacked(self, path: Path) -> Iterator[tuple[str, Any]]:
        """The files of an archive."""
        guard.check_file(path)
        yield from archives.unpacked(path)

    def drafts(
        self, path: Path, format: str, options: Any, part: Part, spec: Specification | None, schema: Schema
    ) -> Iterator[wire_drafts.Batch]:
        """What the rows say, in batches of some thousands; as columns where they are plain."""
        mapping = Mapping(spec, part, schema) if spec is not None else None
        draft = mapping.draft if mapping else FORMATS.get(format).draft  # type: ignore[attr-defined]
        columns = ColumnMapping.of(mapping) if mapping else None
        for held in _together(self.rows(path, format, options, part.name or None)):
            flat = columns.flat(held) if columns else None
            if flat is not None:
                yield wire_drafts.Batch([], {}, flat)
            else:
                yield wire_drafts.batch_of([draft(one) if isinstance(one, Row) else one for one in held])


def _together(batches: Iterator[wire.Batch]) -> Iterator[wire.Batch]:
    """Rows and problems, as many as are matched and written together."""
    held: wire.Batch = []
    size = 0
    for batch in batches:
        for one in batch:
            held.append(one)
            size += len(one.raw or "")
            if len(held) >= DRAFTS or size > _RAW_A_BATCH:
                yield held
                held, size = [], 0
    if held:
        yield held


def too_much_memory(path: Path, limit: int) -> Refusal:
    """The refusal of a file that needs more memory (bytes) than it may."""
    return guard.refuse(
        "too_much_memory",
        message(
            N_("{file} needs more than {limit} MB of memory to be read; it is not imported."),
            file=path.name,
            limit=limit // guard.MB,
        ),
        path,
    )


def serve(pipe: Connection, memory: int) -> None:
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
            pipe.send_bytes(wire.pack("refused", wire.refusal_out(too_much_memory(path, memory))))
        except (BrokenPipeError, ConnectionError):
            return
        except Exception as error:  # a library stumbled over a foreign file: the person gets one sentence
            pipe.send_bytes(
                wire.pack(
                    "refused",
                    wire.refusal_out(
                        guard.refuse(
                            "unreadable_file",
                            message(
                                N_("{file} cannot be read ({reason})."), file=path.name, reason=type(error).__name__
                            ),
                            path,
                        )
                    ),
                )
            )


def _answer_one(pipe: Connection, reader: InProcessReader, verb: str, path: Path, rest: tuple[Any, ...]) -> None:
    if verb == "recognise":
        pipe.send_bytes(wire.pack("found", wire.found_out(reader.recognise(path))))
    elif verb == "parts":
        pipe.send_bytes(wire.pack("parts", wire.parts_out(reader.parts(path, *rest))))
    elif verb == "proposal":
        pipe.send_bytes(wire.pack("proposal", wire_pictures.proposal_out(reader.proposal(path, *rest))))
    elif verb == "companions":
        pipe.send_bytes(wire.pack("companions", [str(one) for one in reader.companions(path, *rest)]))
    else:
        for frame in _frames(reader, verb, path, rest):
            pipe.send_bytes(frame)
        pipe.send_bytes(wire.pack("end", None))


def _frames(reader: InProcessReader, verb: str, path: Path, rest: tuple[Any, ...]) -> Iterator[bytes]:
    """The frames of a long answer, but for its end."""
    if verb == "pictures":
        for picture in reader.pictures(path, *rest):
            yield from (wire.pack(kind, body) for kind, body in wire_pictures.frames(picture))
    elif verb == "unpacked":
        for kind, body in reader.unpacked(path):
            yield wire.pack(kind, (body[0], wire.refusal_out(body[1])) if kind == archives.LEFT else body)
    elif verb == "rows":
        yield from map(wire.pack_batch, reader.rows(path, *rest))
    else:
        format, options, asked = rest
        yield from map(wire_drafts.pack, reader.drafts(path, format, options, *asked_in(asked)))


def asked_out(part: Part, spec: Specification | None, schema: Schema) -> Any:
    """What drafts are asked for, as plain values; the roles of a specification stay in order."""
    return wire.parts_out([part])[0], None if spec is None else json.dumps(spec.body), json.dumps(schema.to_json())


def asked_in(body: Any) -> tuple[Part, Specification | None, Schema]:
    """What `asked_out` made."""
    part, spec, schema = body
    said = None if spec is None else Specification.from_json(json.loads(spec))
    return wire.parts_in([part])[0], said, Schema.from_json(json.loads(schema))


def _be_modest(memory: int) -> None:
    """Low priority, no writing, no cores; a cap of address space where the system has one; errors of libraries
    unseen."""
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

    for what, limit in (
        (resource.RLIMIT_AS, 2 * memory + (1 << 30)),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (limit, limit))
