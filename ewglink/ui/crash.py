"""What happens when something unexpected fails: a sentence in the window, details in the log, never a silent exit."""

from __future__ import annotations

import logging
import logging.handlers
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from ewglink import places

log = logging.getLogger("ewglink")


def log_file() -> Path:
    """Where failures are written."""
    return places.cache_folder().parent / "ewglink.log"


def keep_log() -> None:
    """Write the program's log to its file (at most 1 MB, and the one before)."""
    try:
        handler = logging.handlers.RotatingFileHandler(
            log_file(), maxBytes=1_000_000, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)


def watch(tell: Callable[[BaseException], None]) -> None:
    """Have every exception that nothing catches told by `tell`, which logs it, in whatever slot it happens."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        try:
            tell(error.with_traceback(trace))
        except Exception:
            log.critical("failure while telling of a failure", exc_info=True)
            sys.__excepthook__(kind, error, trace)

    sys.excepthook = hook
