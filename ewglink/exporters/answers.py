"""Answers as files: every table a sheet of an Excel workbook, or figure and tables on paper."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ewglink.drawing.answers import AnswerTable, Cell, ReleasedAnswer, Series
from ewglink.exporters.characters import Visible
from ewglink.exporters.gate import Steps, Written, write_by
from ewglink.model.refusal import Refusal
from ewglink.release.view import ReleasedView
from ewglink.text import N_, _, message, speaking

SUFFIXES = (".xlsx", ".pdf", ".png", ".svg")
_MOST_ROWS, _MOST_CHARACTERS, _MOST_NAME = 1_048_576, 32_767, 31
_MOST_CHARTS = 60
_TOLD_EACH = 200
_ROWS_SHARE = 0.8
"""The share of the work that the rows are; the rest is putting the workbook together."""
_UNFIT = str.maketrans({one: " " for one in "[]:*?/\\"})


def write_answer(view: ReleasedView, path: Path) -> Generator[float, None, Written]:
    """Write the answer that `view.scene` holds to `path`, in the format of its suffix: gives how far it is (0 to 1),
    and in the end what was written. Closed before, it leaves everything as it was."""
    answer: ReleasedAnswer = view.scene
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise Refusal("unknown_suffix", message(
            N_("The name {file} does not say which format to write; end it with one of {suffixes}."), file=path.name,
            suffixes=" ".join(SUFFIXES)), file=str(path))
    if suffix in (".png", ".svg") and answer.sheet.figure is None:
        raise Refusal("no_figure", message(
            N_("This answer is a table and has no picture; write it as XLSX or PDF.")), file=str(path))
    with speaking(view.language):
        return (yield from write_by(view, path, suffix[1:], lambda draft: _write(answer, draft)))


def _write(answer: ReleasedAnswer, path: Path) -> Steps:
    if path.suffix.lower() == ".xlsx":
        yield from _workbook(answer, path)
        return
    from ewglink.painting import answer_pages

    if path.suffix.lower() == ".pdf":
        yield from answer_pages.write_pdf(answer, path)
        return
    {".png": answer_pages.write_png, ".svg": answer_pages.write_svg}[path.suffix.lower()](answer, path)


def _workbook(answer: ReleasedAnswer, path: Path) -> Steps:
    from openpyxl import Workbook

    book, visible = Workbook(write_only=True), Visible()
    book.properties.title = visible(answer.sheet.title)
    book.properties.keywords = visible(answer.banner)
    book.properties.creator = "EWGLink"
    about = tuple((line,) for line in (answer.sheet.title, *answer.sheet.about, answer.foot) if line)
    taken = set[str]()
    every = sum(len(table.rows) for table in answer.sheet.tables) or 1
    begun = 0
    for table in (*answer.sheet.tables, AnswerTable("about", _("About"), (_("About"),), about)):
        for row in _sheet(book, table, answer.banner, _name(table.name, taken), visible):
            yield _ROWS_SHARE * (begun + row) / every
        begun += len(table.rows)
    book.save(path)
    yield from visible.notes()


def _name(name: str, taken: set[str]) -> str:
    """A name that a sheet can have and no other sheet has."""
    plain = name.translate(_UNFIT).strip(" '")[:_MOST_NAME] or "-"
    found, at = plain, 2
    while found.casefold() in taken:
        end = f" ({at})"
        found, at = plain[: _MOST_NAME - len(end)] + end, at + 1
    taken.add(found.casefold())
    return found


def _sheet(book: Any, table: AnswerTable, banner: str, name: str, visible: Visible) -> Iterator[int]:
    """Write a table as a sheet; the number of its rows now and then."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    shown = visible(banner).replace("&", "&&")[:120]
    sheet.oddHeader.center.text = sheet.oddFooter.center.text = shown
    sheet.oddFooter.right.text = _("Page {page} of {pages}", page="&P", pages="&N")
    for at, heading in enumerate(table.headings):
        longest = max([len(heading), *(len(str(row[at])) for row in table.rows[:300] if row[at] is not None)])
        sheet.column_dimensions[get_column_letter(at + 1)].width = min(60, max(4, longest + 2))
    cells = [WriteOnlyCell(sheet, visible(text)) for text in table.headings]
    for cell in cells:
        cell.data_type, cell.font = "s", Font(bold=True)
    sheet.append(cells)
    for at, row in enumerate(table.rows[: _MOST_ROWS - 3]):
        if at % _TOLD_EACH == 0:
            yield at
        sheet.append([_cell(sheet, value, visible) for value in row])
    if table.note:
        sheet.append([])
        sheet.append([_cell(sheet, table.note, visible)])
    for at, series in enumerate(table.series[:_MOST_CHARTS]):
        _chart(sheet, table, series, at)


def _chart(sheet: Any, table: AnswerTable, series: Series, at: int) -> None:
    """Rows of the table as a line over days, right of the table; the second and later lines are broken."""
    from openpyxl.chart import Reference, ScatterChart
    from openpyxl.chart import Series as Line
    from openpyxl.utils import get_column_letter

    chart = ScatterChart()
    chart.title, chart.style, chart.height, chart.width = series.title, 2, 8, 18
    chart.x_axis.number_format, chart.x_axis.delete, chart.y_axis.delete = "yyyy-mm-dd", False, False
    first, last = series.first + 2, series.last + 2
    for nth, column in enumerate(series.ys):
        line = Line(Reference(sheet, min_col=column + 1, min_row=first, max_row=last),
                    Reference(sheet, min_col=series.x + 1, min_row=first, max_row=last), title=table.headings[column])
        line.smooth = False
        line.graphicalProperties.line.dashStyle = "dash" if nth else "solid"
        chart.series.append(line)
    sheet.add_chart(chart, f"{get_column_letter(len(table.headings) + 2)}{2 + at * 17}")


def _cell(sheet: Any, value: Cell, visible: Visible) -> Any:
    """A text as text, never as a formula; a number as a number."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, date):
        day = WriteOnlyCell(sheet, datetime(value.year, value.month, value.day))
        day.number_format = "yyyy-mm-dd"
        return day
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, visible(value)[:_MOST_CHARACTERS])
    cell.data_type = "s"
    return cell
