"""A case as it was after an earlier entry of its journal: a copy of the file, on which later entries are taken back."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, select

from ewglink.model.changes import Changeset
from ewglink.model.refusal import Refusal
from ewglink.store import applying, journal, tables
from ewglink.store.case_file import CaseFile
from ewglink.text import N_, message


def copy_case(case: CaseFile, path: Path) -> None:
    """A copy of an open case at `path`, as it is now; the case itself is only read."""
    case._outside_transaction("VACUUM INTO ?", str(path))


def rewind(case: CaseFile, seq: int) -> None:
    """Take back, newest first, everything that the journal of `case` tells after entry `seq`.

    Only for a copy that is thrown away: the journal itself stays as it is. Refuses where details were purged.
    """
    entries = tables.journal.c
    with case._writing() as connection:
        later = connection.execute(
            select(entries.seq, entries.kind, entries.of_seq).where(entries.seq > seq).order_by(entries.seq.desc())
        ).all()
        for number, kind, of_seq in later:
            if kind == "change":
                _back(connection, _loaded(connection, number))
            elif kind == "redo":
                _back(connection, _loaded(connection, of_seq))
            elif kind == "undo":
                _forth(connection, _loaded(connection, of_seq), of_seq)


def _loaded(connection: Connection, seq: int) -> Changeset:
    found = journal.load(connection, seq)
    if found is None:
        raise Refusal("purged", message(N_("The details of a later step were purged; what was before it cannot be "
                                           "reconstructed.")))
    return found


def _back(connection: Connection, changeset: Changeset) -> None:
    inverse = changeset.inverse()
    applying.apply(connection, Changeset("", {}, inverse.changes, inverse.moves))
    if changeset.added:
        applying.remove_added(connection, changeset)


def _forth(connection: Connection, changeset: Changeset, seq: int) -> None:
    if changeset.added:
        applying.put_added(connection, seq)
    applying.apply(connection, changeset)
