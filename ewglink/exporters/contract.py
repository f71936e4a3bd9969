"""What an export format is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, Protocol

from ewglink.plugins.registry import Registry
from ewglink.release.view import ReleasedView
from ewglink.text import Message


class ExportFormat(Protocol):
    """An export format. `takes` says what it needs: `records` (rows of tables), a `graph` or `marks` (a chart's scene).

    `name` is marked with `N_`; `options` is a dataclass whose fields are made with `plugins.options.option`.
    """

    key: str
    name: str
    suffixes: tuple[str, ...]
    takes: Literal["records", "graph", "marks"]
    options: type

    def write(self, view: ReleasedView, path: Path, options: Any) -> Iterable[Message]:
        """Write `view` to `path`, which does not exist, and say what a person must know about it (what was cut or shown
        otherwise). A format that needs more files writes them beside `path`, their names beginning with its stem."""
        ...


EXPORTS: Registry[ExportFormat] = Registry("ewglink.exporters.formats", "ewglink.exporters")
