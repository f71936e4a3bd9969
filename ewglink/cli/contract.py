"""What a verb of the terminal is, and where verbs are found."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from ewglink.cli.output import Output
from ewglink.plugins.registry import Registry

Window = Callable[[Path | str | None], int]
"""What opens the window on a case, or on none, and returns once it is closed. Verbs find it in `args.window`."""


class Verb(Protocol):
    """A verb: one file of `cli/verbs`. `summary` is marked with `N_`.

    Its module imports nothing heavy, so that `--help` is quick; `run` imports what it needs.
    """

    key: str
    summary: str

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the verb's arguments to its parser.

        Flags that depend on a member of a family (a measure's options) are left in `args.flags`;
        `parser.set_defaults(takes_flags=True)` allows them.
        """
        ...

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Do it and return the exit status; a `Refusal` says why not."""
        ...


VERBS: Registry[Verb] = Registry("ewglink.cli.verbs", "ewglink.cli")
