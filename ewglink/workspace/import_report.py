"""What an import has done, file by file: counts, warnings, rejected rows."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ewglink.importers.contract import Problem
from ewglink.model.refusal import Refusal
from ewglink.text import counted

LISTED = 2_000
"""How many warnings of one kind are listed for a file; how many more there are is said."""


@dataclass
class SourceReport:
    """What one file brought; of one whose content is part of another's, that says it. `format` is empty for a file of
    a folder or an archive that is not read: a warning says why.

    `counted` counts all problems by code, listed or not."""

    file: str
    sha256: str
    format: str
    spec: str | None = None
    known: bool = False
    rows: int = 0
    entities_new: int = 0
    entities_known: int = 0
    links_new: int = 0
    links_known: int = 0
    merged: int = 0
    warnings: list[Problem] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    counted: dict[tuple[str, str | None], int] = field(default_factory=dict)
    along_with: str | None = None
    """The file with which this one was taken along."""

    def add(self, problem: Problem) -> None:
        """Take note of a problem. That a file is taken along is none: that file's own report says so."""
        if problem.code == "taken_along":
            return
        if problem.rejected:
            self.rejected.append(problem)
            return
        kind = problem.code, problem.field
        self.counted[kind] = seen = self.counted.get(kind, 0) + 1
        if seen <= LISTED:
            self.warnings.append(problem)

    def not_read(self, refusal: Refusal) -> None:
        """Take note that the file is not read, and why; its format is empty."""
        self.add(Problem("", refusal.row, None, refusal.field, refusal.code, refusal.message))

    def close(self) -> None:
        """All rows are read: say how many warnings are not listed."""
        for (code, column), seen in self.counted.items():
            if seen > LISTED:
                self.warnings.append(
                    Problem(
                        "",
                        None,
                        None,
                        column,
                        code,
                        counted("{n} more row has the same problem.",
                                "{n} more rows have the same problem.", seen - LISTED),
                    )
                )

    def as_json(self) -> dict[str, Any]:
        """The shape scripts read."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "format": self.format or None,
            "known": self.known,
            "along_with": self.along_with,
            "rows": self.rows,
            "entities_new": self.entities_new,
            "entities_known": self.entities_known,
            "links_new": self.links_new,
            "links_known": self.links_known,
            "warnings": [one.as_json() for one in self.warnings],
            "rejected": [one.as_json() for one in self.rejected],
        }


@dataclass
class ImportReport:
    """What an import command has done. `seq` is its journal entry, None where nothing was written."""

    sources: list[SourceReport] = field(default_factory=list)
    seq: int | None = None
    dry_run: bool = False

    @property
    def rejected(self) -> list[Problem]:
        """All rejected rows."""
        return [problem for source in self.sources for problem in source.rejected]

    def as_json(self) -> dict[str, Any]:
        """The shape scripts read."""
        return {"sources": [source.as_json() for source in self.sources]}


def write_rejected(report: ImportReport, path: Path) -> int:
    """Write the rejected rows of `report` to a CSV that can be mended and imported; returns how many there are.

    Each row: file, table, row, line, what is wrong, and its cells as the file had them."""
    width = max((len(_cells(problem)) for problem in report.rejected), default=0)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        columns = next((source.columns for source in report.sources if source.rejected), ())
        names = list(columns[:width]) + [""] * (width - len(columns))
        writer.writerow(["file", "table", "row", "line", "problem", *names])
        for source in report.sources:
            for problem in source.rejected:
                writer.writerow(
                    [
                        source.file,
                        problem.part,
                        problem.row,
                        problem.line,
                        str(problem.message),
                        *map(_safe, _cells(problem)),
                    ]
                )
    return len(report.rejected)


def _cells(problem: Problem) -> list[str]:
    """The cells of a rejected row, as text."""
    try:
        found = json.loads(problem.raw or "[]")
    except ValueError:
        return [problem.raw or ""]
    if not isinstance(found, list):
        return [problem.raw or ""]
    return [
        "" if cell is None else cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)
        for cell in found
    ]


def _safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    if text[:1] in "=+-@\t\r＝＋－＠" and text and not text.lstrip("+-").replace(".", "", 1).isdigit():
        return "'" + text
    return text
