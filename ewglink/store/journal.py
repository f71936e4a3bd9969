"""The journal of a case: append-only, chained by hashes, and what can be undone or redone is found by folding it."""

from __future__ import annotations

import base64
import getpass
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from ewglink.model.changes import Change, Changeset, PackedMove
from ewglink.store import tables

GENESIS = "0" * 64


@dataclass(frozen=True)
class Entry:
    """One line of the journal, without its payload."""

    seq: int
    at: str
    actor: str
    kind: str
    of_seq: int | None
    label: str
    args: dict[str, Any]
    hash: str

    @property
    def turned(self) -> int:
        """The entry whose payload this one does or takes back."""
        return self.seq if self.kind == "change" or self.of_seq is None else self.of_seq


@dataclass(frozen=True)
class Stacks:
    """What can be undone and redone: the sequence numbers of steps, the next one last. `head` is the last entry
    folded; `parts` are the changes that belong to a step besides its first, in order.
    """

    undo: tuple[int, ...] = ()
    redo: tuple[int, ...] = ()
    head: int = 0
    parts: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def whole(self, step: int) -> tuple[int, ...]:
        """The changes of a step, in order."""
        return step, *self.parts.get(step, ())


def canonical_json(value: Any) -> str:
    """JSON with sorted keys and no white space: the same text for the same value, everywhere."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def now() -> str:
    """The instant, UTC, as the journal writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def actor() -> str:
    """Who is at this machine."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def pack(changeset: Changeset) -> bytes:
    """A changeset as a journal payload."""
    body = {
        "changes": [[c.table, c.before, c.after] for c in changeset.changes],
        "moves": [
            [m.chart_id, *(base64.b64encode(part).decode("ascii") for part in (m.items, m.old, m.new))]
            for m in changeset.moves
        ],
        "added": {table: list(ids) for table, ids in changeset.added.items()},
    }
    return zlib.compress(canonical_json(body).encode("utf-8"), 3)


def unpack(payload: bytes, label: str, args: dict[str, Any]) -> Changeset:
    """The changeset of a journal payload."""
    body = json.loads(zlib.decompress(payload))
    return Changeset(
        label,
        args,
        tuple(Change(*row) for row in body["changes"]),
        tuple(PackedMove(chart, *(base64.b64decode(part) for part in parts)) for chart, *parts in body["moves"]),
        {table: (first, last) for table, (first, last) in body["added"].items()},
    )


def _chain(prev: str, columns: dict[str, Any]) -> str:
    return hashlib.sha256((prev + canonical_json(columns)).encode("utf-8")).hexdigest()


def append(
    connection: Connection,
    kind: str,
    label: str,
    args: dict[str, Any],
    payload: bytes | None,
    of_seq: int | None = None,
) -> int:
    """Write the next entry and return its sequence number."""
    last = connection.execute(
        select(tables.journal.c.seq, tables.journal.c.hash).order_by(tables.journal.c.seq.desc()).limit(1)
    ).first()
    seq, prev = (last.seq + 1, last.hash) if last else (1, GENESIS)
    columns: dict[str, Any] = {
        "seq": seq,
        "at": now(),
        "actor": actor(),
        "kind": kind,
        "of_seq": of_seq,
        "label_key": label,
        "label_args": canonical_json(args),
        "payload_sha256": hashlib.sha256(payload or b"").hexdigest(),
        "prev_hash": prev,
    }
    columns["hash"] = _chain(prev, columns)
    connection.execute(tables.journal.insert(), [columns | {"payload": payload}])
    return seq


def fold(connection: Connection, stacks: Stacks = Stacks()) -> Stacks:
    """What can be undone and redone after the entries later than `stacks.head`. A change that names another by
    `of_seq` belongs to the step of that; the entry that turns a step's first change turns the step."""
    undo, redo, head, parts = list(stacks.undo), list(stacks.redo), stacks.head, dict(stacks.parts)
    journal = tables.journal.c
    for seq, kind, of_seq in connection.execute(
        select(journal.seq, journal.kind, journal.of_seq).where(journal.seq > head).order_by(journal.seq)
    ):
        head = seq
        if kind == "change":
            redo.clear()
            if of_seq is None:
                undo.append(seq)
            else:
                parts[of_seq] = (*parts.get(of_seq, ()), seq)
        elif kind == "undo" and of_seq in undo:
            undo.remove(of_seq)
            redo.append(of_seq)
        elif kind == "redo" and of_seq in redo:
            redo.remove(of_seq)
            undo.append(of_seq)
    return Stacks(tuple(undo), tuple(redo), head, parts)


def load(connection: Connection, seq: int) -> Changeset | None:
    """The changeset of entry `seq`; None where its payload was purged."""
    journal = tables.journal.c
    row = connection.execute(
        select(journal.label_key, journal.label_args, journal.payload).where(journal.seq == seq)
    ).one()
    return None if row.payload is None else unpack(row.payload, row.label_key, json.loads(row.label_args))


_COLUMNS = (
    tables.journal.c.seq,
    tables.journal.c.at,
    tables.journal.c.actor,
    tables.journal.c.kind,
    tables.journal.c.of_seq,
    tables.journal.c.label_key,
    tables.journal.c.label_args,
    tables.journal.c.hash,
)


def _entry(row: Any) -> Entry:
    return Entry(row.seq, row.at, row.actor, row.kind, row.of_seq, row.label_key, json.loads(row.label_args), row.hash)


def entry(connection: Connection, seq: int) -> Entry:
    """Entry `seq`; NoResultFound where there is none."""
    return _entry(connection.execute(select(*_COLUMNS).where(tables.journal.c.seq == seq)).one())


def last_change(connection: Connection) -> Entry:
    """The last entry that changed the case; the one that made it, where nothing has changed since. Events (an export, a
    printing) do not count, so that a picture of the same state always names the same entry."""
    changes = select(*_COLUMNS).where(tables.journal.c.kind != "event").order_by(tables.journal.c.seq.desc()).limit(1)
    found = connection.execute(changes).first()
    return _entry(found) if found is not None else entry(connection, 1)


def entries(connection: Connection, *, limit: int | None = None, newest_first: bool = True) -> Iterator[Entry]:
    """The entries of the journal."""
    order = tables.journal.c.seq.desc() if newest_first else tables.journal.c.seq
    for row in connection.execute(select(*_COLUMNS).order_by(order).limit(limit)):
        yield _entry(row)


def first_broken(connection: Connection) -> int | None:
    """The sequence number of the first entry whose hash, chain or payload does not hold; None where all hold.

    A purged payload (NULL) does not break the chain."""
    prev, expected = GENESIS, 1
    for row in connection.execute(select(tables.journal).order_by(tables.journal.c.seq)).mappings():
        columns = {key: value for key, value in row.items() if key not in ("payload", "hash")}
        payload_holds = row["payload"] is None or hashlib.sha256(row["payload"]).hexdigest() == row["payload_sha256"]
        if (
            row["seq"] != expected
            or row["prev_hash"] != prev
            or _chain(prev, columns) != row["hash"]
            or not payload_holds
        ):
            return int(row["seq"])
        prev, expected = row["hash"], expected + 1
    return None
