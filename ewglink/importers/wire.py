"""How rows, problems and refusals travel between the reader process and its parent: plain values, nothing executable.

Pickle would let a reader process that a hostile file has taken over run code in the parent; these frames cannot.
"""

from __future__ import annotations

import marshal
from collections.abc import Sequence
from datetime import date, datetime
from itertools import repeat
from typing import Any

from ewglink.importers.contract import Part, Problem, Row
from ewglink.importers.sniff import Found
from ewglink.model.refusal import Refusal
from ewglink.text import Message

Batch = list[Row | Problem]


def pack(kind: str, body: Any) -> bytes:
    """A frame of one kind."""
    return marshal.dumps((kind, body))


def unpack(frame: bytes) -> tuple[str, Any]:
    """The kind and body of a frame; ValueError where it is none."""
    try:
        kind, body = marshal.loads(frame)
    except (EOFError, TypeError, ValueError) as error:
        raise ValueError("not a frame") from error
    if not isinstance(kind, str):
        raise ValueError("not a frame")
    return kind, body


def pack_batch(batch: Sequence[Row | Problem]) -> bytes:
    """A frame of rows and problems in order; rows of plain cells at next to no cost."""
    if all(type(one) is Row for one in batch):
        try:
            return marshal.dumps(("rows", list(map(tuple, batch))))  # type: ignore[arg-type]
        except ValueError:
            pass  # some cell is a date
    return marshal.dumps(("mixed", [_row(one) if isinstance(one, Row) else problem_out(one) for one in batch]))


def unpack_batch(kind: str, body: Any) -> Batch:
    """What `pack_batch` packed."""
    if kind == "rows":
        return list(map(tuple.__new__, repeat(Row), body))
    return [_as_row(one) if len(one) == 5 else problem_in(one) for one in body]


def _cell(cell: Any) -> Any:
    return ("t" if isinstance(cell, datetime) else "d", cell.isoformat()) if isinstance(cell, date) else cell


def _as_cell(cell: Any) -> Any:
    if type(cell) is not tuple:
        return cell
    return datetime.fromisoformat(cell[1]) if cell[0] == "t" else date.fromisoformat(cell[1])


def _row(row: Row) -> tuple[Any, ...]:
    return (row.part, row.no, row.line, tuple(map(_cell, row.cells)), row.raw)


def _as_row(body: Any) -> Row:
    part, no, line, cells, raw = body
    return Row(part, no, line, tuple(map(_as_cell, cells)), raw)


def problem_out(one: Problem) -> tuple[Any, ...]:
    """A problem as plain values, eight of them."""
    return (one.part, one.row, one.line, one.field, one.code, message_out(one.message), one.rejected, one.raw)


def problem_in(body: Any) -> Problem:
    """What `problem_out` made."""
    part, row, line, field, code, words, rejected, raw = body
    return Problem(part, row, line, field, code, message_in(words), rejected, raw)


def message_out(words: Message | None) -> Any:
    """A sentence as plain values."""
    if words is None:
        return None
    return (
        words.template,
        {
            key: message_out(value) if isinstance(value, Message) else _simple(value)
            for key, value in words.values.items()
        },
        words.plural,
    )


def _simple(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def message_in(body: Any) -> Message:
    """What `message_out` made."""
    template, values, plural = body
    return Message(
        template,
        {key: message_in(value) if isinstance(value, tuple) else value for key, value in values.items()},
        plural,
    )


def refusal_out(one: Refusal) -> Any:
    """A refusal as plain values."""
    return (one.code, message_out(one.message), one.file, one.row, one.field)


def refusal_in(body: Any) -> Refusal:
    """What `refusal_out` made."""
    code, words, file, row, field = body
    return Refusal(code, message_in(words), file=file, row=row, field=field)


def parts_out(parts: Sequence[Part]) -> Any:
    """Parts with their first rows as plain values."""
    return [(part.name, part.columns, part.header_row, part.hidden, tuple(map(_row, part.sample))) for part in parts]


def parts_in(body: Any) -> list[Part]:
    """What `parts_out` made."""
    return [
        Part(name, tuple(columns), header, hidden, tuple(map(_as_row, sample)))
        for name, columns, header, hidden, sample in body
    ]


def found_out(one: Found) -> Any:
    """A recognised format as plain values."""
    return (one.format, one.confidence, message_out(one.reason), one.options, message_out(one.note), one.others)


def found_in(body: Any) -> Found:
    """What `found_out` made."""
    key, confidence, reason, options, note, others = body
    return Found(key, confidence, message_in(reason), options, message_in(note) if note else None, others)
