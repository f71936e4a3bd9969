"""A case file: opened, read, changed by changesets, closed."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from ewglink.model.changes import Changed, Changeset, together
from ewglink.model.refusal import Refusal
from ewglink.store import applying, journal, search, tables, versions, word_search
from ewglink.store.bulk import BulkWriter, index_changeset
from ewglink.store.charts import Charts
from ewglink.store.engine import check_is_case, check_version, is_network_drive, make_engine, refusal_of
from ewglink.store.items import Items
from ewglink.store.sources import Sources
from ewglink.text import N_, message

SUFFIX = ".ewg"


class CaseFile:
    """One open case. Many threads may read; one writes at a time.

    `items`, `sources` and `charts` answer questions; `apply`, `undo`, `redo` and `record_event` are the only ways to
    change.
    """

    def __init__(self, path: Path, *, read_only: bool = False, cache_mb: int = 256) -> None:
        self.path = path
        self.read_only = read_only
        self.on_network = is_network_drive(path)
        self._engine = make_engine(path, read_only=read_only, cache_mb=cache_mb)
        self._stacks = journal.Stacks()
        self.items = Items(self.reading)
        self.sources = Sources(self.reading)
        self.charts = Charts(self.reading)

    @classmethod
    def create(cls, path: Path, title: str) -> CaseFile:
        """Make a new case file; never replaces a file that exists."""
        if path.exists():
            raise Refusal(
                "case_exists",
                message(N_("{file} exists already; choose another name."), file=str(path)),
                file=str(path),
            )
        if not path.parent.is_dir():
            raise Refusal(
                "folder_missing",
                message(N_("There is no folder {folder} to put the case in."), folder=str(path.parent)),
                file=str(path),
            )
        case = cls(path)
        try:
            with case._writing() as connection:
                tables.metadata.create_all(connection)
                for statement in tables.SEARCH:
                    connection.exec_driver_sql(statement)
                connection.execute(
                    tables.meta.insert(),
                    [
                        {"key": "uid", "value": str(uuid.uuid4())},
                        {"key": "title", "value": title},
                        {"key": "search", "value": search.EDITION},
                    ],
                )
                journal.append(connection, "event", "case_created", {"title": title}, None)
                connection.exec_driver_sql(f"PRAGMA application_id = {tables.APPLICATION_ID}")
                connection.exec_driver_sql(f"PRAGMA user_version = {tables.VERSION}")
            case._set_journal_mode()
        except BaseException:
            case._engine.dispose()
            path.unlink(missing_ok=True)
            raise
        return case

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, cache_mb: int = 256) -> CaseFile:
        """Open a case file; a place that cannot be written is opened read-only. Refuses what is no case or a
        newer one.
        """
        check_is_case(path)
        writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        case = cls(path, read_only=read_only or not writable, cache_mb=cache_mb)
        try:
            with case.reading() as connection:
                version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
                connection.execute(tables.meta.select().limit(1)).all()
            check_version(path, version)
            case._bring_up_to_date(version)
            if not case.read_only:
                case._set_journal_mode()
        except BaseException:
            case._engine.dispose()
            raise
        return case

    def _bring_up_to_date(self, version: int) -> None:
        if version < tables.VERSION and self.read_only:
            raise Refusal(
                "case_older_read_only",
                message(
                    N_(
                        "{file} was written by an older EWGLink and must be upgraded, but cannot be written "
                        "here. Copy it to a folder "
                        "you can write to."
                    ),
                    file=str(self.path),
                ),
                file=str(self.path),
            )
        if version < tables.VERSION:
            copy = self.path.with_name(f"{self.path.name}.version-{version}")
            if not copy.exists():
                self._outside_transaction("VACUUM INTO ?", str(copy))
            with self._writing() as connection:
                versions.upgrade(connection, version, tables.VERSION, versions.STEPS)
                journal.append(connection, "event", "case_upgraded", {"from": version, "to": tables.VERSION}, None)
        edition = self.meta("search")
        if not self.read_only and edition != search.EDITION:
            with self._writing() as connection:
                search.bring_up_to_date(connection, edition)

    def _set_journal_mode(self) -> None:
        self._outside_transaction(f"PRAGMA journal_mode = {'delete' if self.on_network else 'wal'}")

    def _outside_transaction(self, sql: str, *parameters: Any) -> None:
        raw = self._engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute(sql, parameters).fetchall()
            cursor.close()
        finally:
            raw.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the case throughout the block."""
        try:
            with self._engine.connect() as connection:
                yield connection
        except DBAPIError as error:
            raise refusal_of(error, self.path) from error

    @contextmanager
    def _writing(self, *, trusted: bool = False) -> Iterator[Connection]:
        """A connection in a transaction that writes; `trusted` rows refer to rows that are there by the way they are
        made, and the database does not look each of them up."""
        if self.read_only:
            raise Refusal(
                "case_read_only",
                message(N_("The case {file} is open for reading only and cannot be changed."), file=str(self.path)),
                file=str(self.path),
            )
        try:
            with self._engine.connect().execution_options(writes=True) as connection:
                if trusted:
                    connection.connection.execute("PRAGMA foreign_keys = OFF")
                try:
                    with connection.begin():
                        yield connection
                finally:
                    if trusted:
                        connection.connection.execute("PRAGMA foreign_keys = ON")
        except DBAPIError as error:
            raise refusal_of(error, self.path) from error

    @contextmanager
    def writing_derived(self) -> Iterator[Connection]:
        """A transaction for what is derived from the case and can be made again: an index, never anything a person or
        a file has said."""
        with self._writing() as connection:
            yield connection

    # what happens to the case

    def apply(self, changeset: Changeset, joins: int | None = None) -> Changed:
        """Apply `changeset` in one transaction with its journal entry.

        Where the step `joins` is the last that stands, the changeset belongs to it: both are undone as one."""
        with self._writing() as connection:
            last = journal.fold(connection, self._stacks).undo[-1:] if joins is not None else ()
            step = joins if joins in last else None
            applying.apply(connection, changeset)
            packed = journal.pack(changeset)
            seq = journal.append(connection, "change", changeset.label, dict(changeset.args), packed, step)
            index_changeset(connection, changeset)
            stacks = journal.fold(connection, self._stacks)
        self._stacks = stacks
        return self._changed(seq, changeset)

    @contextmanager
    def bulk(self) -> Iterator[BulkWriter]:
        """One transaction for a bulk add; what it has written is committed only if `finish` was called."""
        with self._writing(trusted=True) as connection:
            writer = BulkWriter(connection)
            yield writer
            if writer.changeset is None:
                connection.rollback()
        if writer.changeset is not None:
            self.refresh()

    def undo(self) -> Changed:
        """Take back the last change; a `Refusal` where there is none."""
        return self._turn("undo")

    def redo(self) -> Changed:
        """Do again what was undone last; a `Refusal` where there is none."""
        return self._turn("redo")

    def _turn(self, kind: str) -> Changed:
        with self._writing() as connection:
            stacks = journal.fold(connection, self._stacks)
            waiting = stacks.undo if kind == "undo" else stacks.redo
            if not waiting:
                text = N_("There is nothing to undo.") if kind == "undo" else N_("There is nothing to redo.")
                raise Refusal(f"nothing_to_{kind}", message(text))
            whole = stacks.whole(waiting[-1])
            turned = [self._turn_one(connection, kind, seq) for seq in (whole if kind == "redo" else reversed(whole))]
            stacks = journal.fold(connection, stacks)
        self._stacks = stacks
        return together(turned, turned[0] if kind == "redo" else turned[-1])

    def _turn_one(self, connection: Connection, kind: str, of_seq: int) -> Changed:
        """Take back, or do again, one change of a step."""
        changeset = journal.load(connection, of_seq)
        if changeset is None:
            raise Refusal(
                "purged", message(N_("The details of this step were purged; it cannot be undone or redone."))
            )
        if kind == "undo":
            applying.apply(connection, Changeset("", {}, changeset.inverse().changes, changeset.inverse().moves))
            if changeset.added:
                applying.keep_added(connection, changeset, of_seq)
                applying.remove_added(connection, changeset)
        else:
            applying.put_added(connection, of_seq)
            applying.apply(connection, changeset)
        done = changeset.inverse() if kind == "undo" else changeset
        seq = journal.append(connection, kind, changeset.label, dict(changeset.args), None, of_seq)
        index_changeset(connection, done, undone=kind == "undo")
        return self._changed(seq, done, kind)

    @staticmethod
    def _changed(seq: int, changeset: Changeset, kind: str = "change") -> Changed:
        names, items, charts = applying.touched(changeset)
        return Changed(seq, changeset.label, names, items, kind, charts, changeset.changes, changeset.moves)

    def record_event(self, label: str, args: dict[str, Any]) -> int:
        """Write an event (an export, an opening, a rule run) into the journal."""
        with self._writing() as connection:
            return journal.append(connection, "event", label, args, None)

    def refresh(self) -> None:
        """Take note of what another process has written."""
        with self.reading() as connection:
            self._stacks = journal.fold(connection, self._stacks)

    # what the case says of itself

    def stacks(self) -> journal.Stacks:
        """What can be undone and redone."""
        if not self._stacks.head:
            self.refresh()
        return self._stacks

    def journal_entries(self, limit: int | None = None, *, newest_first: bool = True) -> list[journal.Entry]:
        """The entries of the journal."""
        with self.reading() as connection:
            return list(journal.entries(connection, limit=limit, newest_first=newest_first))

    def journal_entry(self, seq: int) -> journal.Entry:
        """Entry `seq` of the journal."""
        with self.reading() as connection:
            return journal.entry(connection, seq)

    def last_change(self) -> journal.Entry:
        """The last entry that changed the case; exports and other events do not count."""
        with self.reading() as connection:
            return journal.last_change(connection)

    def journal_length(self) -> int:
        """How many entries the journal has."""
        with self.reading() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM journal").scalar_one())

    def verify(self) -> tuple[list[str], int | None]:
        """What the database itself finds wrong (empty: nothing), and the first broken journal entry (None: none)."""
        with self.reading() as connection:
            problems = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(20)")]
            problems = [] if problems == ["ok"] else problems
            problems += [
                f"foreign key: {row[0]} {row[1]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
            ]
            return problems, journal.first_broken(connection)

    def meta(self, key: str) -> str | None:
        """A fact about the case: `title`, `uid`, settings that belong to it."""
        with self.reading() as connection:
            value = connection.exec_driver_sql("SELECT value FROM meta WHERE key = ?", (key,)).scalar()
            return None if value is None else str(value)

    def next_id(self, table: str) -> int:
        """The id that the next row of `table` takes."""
        with self.reading() as connection:
            return int(connection.exec_driver_sql(f'SELECT coalesce(max(id), 0) + 1 FROM "{table}"').scalar_one())

    def search(self, text: str, limit: int = 100, count_to: int | None = None) -> tuple[int, list[int]]:
        """How many items hold `text` (counted no further than `count_to`), and the first of them."""
        with self.reading() as connection:
            return word_search.find(connection, text, limit, count_to)

    def holding_part(self, text: str) -> list[int] | None:
        """Every item whose label or identifiers may hold `text` within; None where the index cannot tell."""
        with self.reading() as connection:
            return word_search.holding_part(connection, text)

    def holding_words(self, text: str, most: int) -> list[int] | None:
        """Every item that may hold just the words of `text`; None where there are more than `most`, or it has none."""
        with self.reading() as connection:
            return word_search.holding_words(connection, text, most)

    def close(self) -> None:
        """Close the file; the last to close it brings the write-ahead log in and removes it."""
        self._engine.dispose()

    def __enter__(self) -> CaseFile:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()
