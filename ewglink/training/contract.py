"""What a workshop case is, and where those that exist are found."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from ewglink.plugins.registry import Registry


@dataclass(frozen=True)
class WorkshopCase:
    """A made-up case as ordinary import files, and the answers that were computed from them.

    `files` is name → text (UTF-8, lines ending in a line feed) in the order of import. The same seed gives the same
    texts everywhere.
    """

    key: str
    files: dict[str, str]
    answers: dict[str, Any] = field(default_factory=dict)

    def write(self, folder: Path) -> list[Path]:
        """Write the import files into `folder`, which exists, and return their paths."""
        paths = []
        for name, text in self.files.items():
            path = folder / name
            path.write_bytes(text.encode("utf-8"))
            paths.append(path)
        return paths


class Generator(Protocol):
    """A seeded generator of one workshop case. `key` is its name in the terminal."""

    key: str

    def generate(self, seed: int = 1, messy: bool = True) -> WorkshopCase:
        """The case; `messy` adds what the cleaning exercise needs: variants of names, the same party recorded twice."""
        ...


GENERATORS: Registry[Generator] = Registry("ewglink.training.generators", "ewglink.training")
