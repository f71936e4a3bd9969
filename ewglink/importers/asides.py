"""Rows of a table that are about the table: sums below it and remarks, which are no data and are listed instead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ewglink.importers.contract import Cell
from ewglink.text import N_, Message, message

_SUM = re.compile(
    r"(?:grand |sub-?\s?)?totals?(?: g[eé]n[eé]ral)?|sous-total|sums?|sumas?|suma total|somme|gesamt(?:summe)?"
    r"|合计|总计|小计",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"(?:sources?|notes?|fuentes?|notas?|remarques?|printed|generated|exported|impreso|page|página)\b.*[:\d].*"
    r"|\*+\s?[^\W\d_]\S*\s.*|[-=_*·.\s]{3,}"
    r"|end of (?:report|file|list|data)\W*|fin (?:du rapport|del informe|del reporte)\W*",
    re.IGNORECASE | re.DOTALL,
)
_FIGURE = re.compile(r"[-+(]?[$€£]?\s?\d[\d.,\s]*\)?%?")


def judged(cells: Sequence[Cell]) -> tuple[str, Message] | None:
    """A code and a sentence where the row is a row of sums (a word for it, figures, and mostly nothing) or a remark
    (its first cell, and nothing else); None for a row of data. Tables of two columns are left alone."""
    width = len(cells)
    full = [cell for cell in cells if cell is not None and cell != ""]
    if width < 3 or len(full) * 2 > width or not full or not isinstance(full[0], str):
        return None
    first = full[0].strip().rstrip(":").strip()
    if len(full) > 1 and _SUM.fullmatch(first) and all(map(_is_figure, full[1:])):
        return "total_row", message(N_("The row holds sums (“{text}”) and is not imported."), text=first)
    if len(full) == 1 and cells[0] == full[0] and _REMARK.fullmatch(full[0].strip()):
        words = N_("The row is a remark (“{text}”) and is not imported.")
        return "remark_row", message(words, text=first if len(first) <= 60 else first[:60] + "…")
    return None


def _is_figure(cell: Cell) -> bool:
    return _FIGURE.fullmatch(cell.strip()) is not None if isinstance(cell, str) else isinstance(cell, (int, float))
