"""A sheet that calamine cannot read, read by openpyxl instead: slower, and more forgiving of how a file is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, time
from pathlib import Path
from typing import Any

from ewglink.importers import guard
from ewglink.importers.workbook_scan import SheetScan


class SlowSheet:
    """A sheet as calamine's own, as far as tables need one: its extent, and its rows from the first column on."""

    merged_cell_ranges: tuple[()] = ()
    start = (0, 0)

    def __init__(self, path: Path, name: str, size: SheetScan) -> None:
        self.path, self.name = path, name
        self.total_height, self.total_width = size.rows, size.columns
        self.end = (size.rows - 1, size.columns - 1)
        next(self.iter_rows(), None)  # what cannot be read at all is refused now

    def iter_rows(self) -> Iterator[list[Any]]:
        """The rows, each as wide as the sheet; a `Refusal` where the sheet is damaged."""
        import openpyxl

        given = 0
        try:
            with (
                self.path.open("rb") as stream,
                closing(openpyxl.load_workbook(stream, read_only=True, data_only=True)) as book,
            ):
                sheet: Any = book[self.name]
                sheet.reset_dimensions()
                for row in sheet.iter_rows(max_col=self.total_width):
                    cells = [_value(cell) for cell in row[: self.total_width]]
                    given += 1
                    if given > self.total_height:
                        return
                    yield cells + [""] * (self.total_width - len(cells))
        except Exception:  # whatever a damaged workbook makes of the library, the person needs the one sentence
            raise guard.damaged(self.path) from None


def _value(cell: Any) -> Any:
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    return value.date() if isinstance(value, datetime) and value.time() == time() else value
