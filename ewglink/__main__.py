"""The way in: a verb works in the terminal, no verb opens the window."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run EWGLink and return its exit status."""
    multiprocessing.freeze_support()
    from ewglink.cli.main import main as terminal

    return terminal(sys.argv[1:] if arguments is None else list(arguments), window)


def window(case: Path | str | None = None) -> int:
    """Open the window, on `case` if one is named, in the language in force; its exit status once it is closed."""
    from ewglink.text import language
    from ewglink.ui.application import main as opened

    return int(opened(case, language()) or 0)


if __name__ == "__main__":
    sys.exit(main())
