"""Tables as an Excel workbook: entities, links, statements and sources, a sheet each."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ewglink.exporters.characters import Visible
from ewglink.exporters.tables import TABLES, Table
from ewglink.plugins.options import option
from ewglink.release.view import ReleasedView, Value
from ewglink.text import N_, Message, _, counted, speaking

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
_EXACT = 10**15
_WIDTHS = {"id": 9, "item": 9, "from": 9, "to": 9, "label": 34, "from_label": 34, "to_label": 34, "item_label": 34,
           "identity": 34, "sources": 28, "source": 28, "name": 34, "sha256": 66, "address": 34, "value": 34, "raw": 34}


@dataclass(frozen=True)
class XlsxOptions:
    """What headings hold: `keys`, by which the table can be imported again, or `names` in the view's language."""

    headings: str = option("keys", N_("Headings"), choices=("keys", "names"),
                           choice_labels=(N_("Keys, for another program"), N_("Names, for a person")))
    statements: bool = option(True, N_("With statements and sources"))


class Xlsx:
    """The format. Every text is written as text, never as a formula; the marking is in each page's head and foot."""

    key = "xlsx"
    name = N_("Excel workbook (XLSX)")
    suffixes = (".xlsx",)
    takes = "records"
    options = XlsxOptions

    def write(self, view: ReleasedView, path: Path, options: XlsxOptions) -> Iterator[Message]:
        """A workbook; a table longer than a sheet goes on in another."""
        from openpyxl import Workbook

        book = Workbook(write_only=True)
        cells = _Cells()
        book.properties.title = cells.visible(view.title)
        book.properties.keywords = cells.visible(view.marking.text)
        book.properties.creator = "EWGLink"
        with _closing(book):
            for key, make in TABLES.items():
                if options.statements or key in ("entities", "links"):
                    _sheets(book, make(view), view, options.headings == "keys", cells)
            book.save(path)
        yield from cells.notes()


@contextlib.contextmanager
def _closing(book: Any) -> Iterator[None]:
    """Where writing breaks off, the sheets that are open are ended: they would complain when they are forgotten."""
    try:
        yield
    except BaseException:
        for sheet in book.worksheets:
            with contextlib.suppress(Exception):
                sheet.close()
        raise


def _sheets(book: Any, table: Table, view: ReleasedView, keys: bool, cells: _Cells) -> None:
    sheet, count = _new_sheet(book, table, view, keys, cells, 1), 1
    for row in table.rows():
        if count == MOST_ROWS:
            sheet, count = _new_sheet(book, table, view, keys, cells, len(book.worksheets) + 1), 1
        sheet.append([cells.cell(sheet, value) for value in row])
        count += 1


def _new_sheet(book: Any, table: Table, view: ReleasedView, keys: bool, cells: _Cells, number: int) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(table.name if number == 1 else f"{table.name} ({number})")
    sheet.freeze_panes = "A2"
    for at, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(column.key, 16)
    banner = cells.visible(view.banner).replace("&", "&&")[:120]
    sheet.oddHeader.center.text = banner
    sheet.oddFooter.center.text = banner
    with speaking(view.language):
        sheet.oddFooter.right.text = _("Page {page} of {pages}", page="&P", pages="&N")
    heading = []
    for text in table.heading(keys):
        cell = WriteOnlyCell(sheet, cells.visible(text))
        cell.data_type, cell.font = "s", Font(bold=True)
        heading.append(cell)
    sheet.append(heading)
    return sheet


class _Cells:
    """Values as cells that show what they are."""

    def __init__(self) -> None:
        self.visible = Visible()
        self.cut = 0

    def cell(self, sheet: Any, value: Value) -> Any:
        if isinstance(value, str):
            return self._text(sheet, value)
        if isinstance(value, float) and not math.isfinite(value):
            return str(value)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= _EXACT:
            return str(value)
        return value

    def _text(self, sheet: Any, value: str) -> Any:
        from openpyxl.cell import WriteOnlyCell

        fit = self.visible(value)
        if len(fit.encode("utf-16-le", "surrogatepass")) // 2 > MOST_CHARACTERS:
            fit = self._shortened(fit)
        if fit[:1] not in ("=", "#"):
            return fit
        cell = WriteOnlyCell(sheet, fit)
        cell.data_type = "s"
        return cell

    def _shortened(self, text: str) -> str:
        self.cut += 1
        end = f" […{len(text)}]"
        units = text.encode("utf-16-le")[: (MOST_CHARACTERS - len(end)) * 2]
        return units.decode("utf-16-le", "ignore") + end

    def notes(self) -> list[Message]:
        found = self.visible.notes()
        if self.cut:
            found.append(counted(
                "{n} text is longer than the {most} characters a cell holds; it is cut there and ends with […length].",
                "{n} texts are longer than the {most} characters a cell holds; they are cut there and end with "
                "[…length].", self.cut, most=MOST_CHARACTERS))
        return found


MEMBER = Xlsx()
