"""A connection to a case file: the engine, its settings, and what is wrong when it cannot be opened."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from ewglink.model.refusal import Refusal
from ewglink.store.tables import APPLICATION_ID, VERSION
from ewglink.text import N_, message

SETTINGS = (
    "cipher_log_level = NONE",
    "foreign_keys = ON",
    "synchronous = FULL",
    "temp_store = MEMORY",
    "secure_delete = ON",
    "trusted_schema = OFF",
    "busy_timeout = 10000",
)
NETWORK_SYSTEMS = {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "fuse.sshfs", "afpfs", "webdav", "9p"}


def make_engine(path: Path, *, read_only: bool, cache_mb: int = 256) -> Engine:
    """An engine on the case file at `path`. Opens nothing yet."""
    uri = "file:" + quote(str(path.resolve()))
    if read_only:
        uri += "?mode=ro&immutable=1" if not os.access(path.parent, os.W_OK) else "?mode=ro"

    def connect() -> Any:
        from sqlcipher3 import dbapi2

        connection = dbapi2.connect(uri, uri=True, check_same_thread=False, isolation_level=None, timeout=10)
        for setting in (*SETTINGS, f"cache_size = -{cache_mb * 1000}"):
            connection.execute(f"PRAGMA {setting}").fetchall()
        return connection

    from sqlcipher3 import dbapi2

    engine = create_engine(
        "sqlite://", module=dbapi2, creator=connect, poolclass=QueuePool, pool_size=4, max_overflow=8
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        mode = "IMMEDIATE" if connection.get_execution_options().get("writes") else "DEFERRED"
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


def is_network_drive(path: Path) -> bool:
    """Whether `path` is on a drive of another machine, where the write-ahead log is not safe."""
    import psutil

    text = str(path.resolve())
    if text.startswith(("\\\\", "//")):
        return True
    best = max(
        (p for p in psutil.disk_partitions(all=True) if text.startswith(p.mountpoint)),
        key=lambda p: len(p.mountpoint),
        default=None,
    )
    return best is not None and best.fstype.lower() in NETWORK_SYSTEMS


def check_is_case(path: Path) -> None:
    """Refuse what is no case file, with the reason; newer cases are refused by `check_version`."""
    name = str(path)
    if not path.exists():
        raise Refusal("case_missing", message(N_("There is no case file {file}."), file=name), file=name)
    if path.is_dir():
        raise Refusal("case_is_folder", message(N_("{file} is a folder, not a case file."), file=name), file=name)
    try:
        with path.open("rb") as stream:
            head = stream.read(72)
    except OSError as error:
        raise Refusal(
            "case_unreadable",
            message(
                N_("The case file {file} cannot be read: {reason}."), file=name, reason=error.strerror or str(error)
            ),
            file=name,
        ) from error
    if not head.startswith(b"SQLite format 3\0"):
        raise Refusal(
            "not_a_case",
            message(N_("{file} is not an EWGLink case, or it is encrypted and needs its passphrase."), file=name),
            file=name,
        )
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise Refusal(
            "not_a_case",
            message(N_("{file} is a database of another program, not an EWGLink case."), file=name),
            file=name,
        )


def check_version(path: Path, version: int) -> None:
    """Refuse a case that a newer EWGLink has written."""
    if version > VERSION:
        raise Refusal(
            "case_newer",
            message(
                N_(
                    "{file} was written by a newer EWGLink (case version {found}; this one reads up to {known}). "
                    "Update EWGLink to open it."
                ),
                file=str(path),
                found=version,
                known=VERSION,
            ),
            file=str(path),
        )


def refusal_of(error: DBAPIError, path: Path) -> Exception:
    """What a person is told of a database error; the error itself where it is none of theirs."""
    text = str(error.orig).lower()
    name = str(path)
    if "disk is full" in text or "disk i/o error" in text:
        return Refusal(
            "disk_full",
            message(
                N_(
                    "The disk that holds {file} is full or cannot be written; nothing of this step was saved. "
                    "Free some space and "
                    "try again."
                ),
                file=name,
            ),
            file=name,
        )
    if "locked" in text or "busy" in text:
        return Refusal(
            "case_busy",
            message(N_("{file} is being written by another program; try again in a moment."), file=name),
            file=name,
        )
    if "not a database" in text or "malformed" in text:
        return Refusal(
            "case_damaged",
            message(
                N_(
                    "{file} is not an EWGLink case or is damaged. Open a backup, or run “ewglink verify” to see "
                    "how far it can be "
                    "read."
                ),
                file=name,
            ),
            file=name,
        )
    if "unable to open" in text or "readonly" in text or "read-only" in text:
        return Refusal(
            "case_not_writable",
            message(N_("{file} cannot be written here. Choose a folder you can write to."), file=name),
            file=name,
        )
    return error
