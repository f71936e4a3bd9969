"""Whether a file is whole that was written by something which does not say when the disk is full."""

from __future__ import annotations

import errno
import os
from pathlib import Path

_TAIL = 2048


def must_end_with(path: Path, mark: bytes) -> None:
    """OSError (no space left) where `mark` does not stand in the last bytes of the file at `path`."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - _TAIL))
        if mark not in stream.read():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
