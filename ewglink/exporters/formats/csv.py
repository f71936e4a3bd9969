"""Tables as text: entities and, beside them, links; or one table of choice."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ewglink.exporters.characters import Visible
from ewglink.exporters.tables import TABLES, Table
from ewglink.plugins.options import option
from ewglink.release.view import ReleasedView, Value
from ewglink.text import N_, Message, counted, message

NETWORK = "network"
_FORMULA = re.compile("[=+\\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")
_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}


@dataclass(frozen=True)
class CsvOptions:
    """Which table, and how it is written.

    `network` writes the entities to the file named and the links to `NAME.links.csv` beside it. `delimiter` auto is a
    tab in a .tsv file and a comma elsewhere. `bom` marks the file as UTF-8, without which Excel shows accents wrongly.
    """

    table: str = option(NETWORK, N_("Table"), choices=(NETWORK, *TABLES), choice_labels=(
        N_("Entities and links, a file each"), N_("Entities"), N_("Links"), N_("Statements"), N_("Sources")))
    delimiter: str = option("auto", N_("Delimiter"), choices=("auto", *_DELIMITERS), choice_labels=(
        N_("From the file's name"), N_("Comma"), N_("Semicolon"), N_("Tab")))
    headings: str = option("keys", N_("Headings"), choices=("keys", "names"),
                           choice_labels=(N_("Keys, for another program"), N_("Names, for a person")))
    bom: bool = option(True, N_("Mark as UTF-8 (for Excel)"))


class Csv:
    """The format. A text that a spreadsheet would take for a formula is written with an apostrophe before it."""

    key = "csv"
    name = N_("Text tables (CSV, TSV)")
    suffixes = (".csv", ".tsv")
    takes = "records"
    options = CsvOptions

    def write(self, view: ReleasedView, path: Path, options: CsvOptions) -> Iterator[Message]:
        """One or two files, UTF-8."""
        cells = _Cells()
        if options.table == NETWORK:
            beside = path.with_name(f"{path.stem}.links{path.suffix}")
            _write(TABLES["entities"](view), path, options, cells)
            _write(TABLES["links"](view), beside, options, cells)
            yield message(N_("The entities are in {file}, the links in {beside}."), file=path.name, beside=beside.name)
        else:
            _write(TABLES[options.table](view), path, options, cells)
        yield from cells.notes()


def _write(table: Table, path: Path, options: CsvOptions, cells: _Cells) -> None:
    named = _DELIMITERS.get(options.delimiter)
    delimiter = named or ("\t" if path.suffix.lower() == ".tsv" else ",")
    with path.open("x", encoding="utf-8-sig" if options.bom else "utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow(map(cells.text, table.heading(options.headings == "keys")))
        writer.writerows(map(cells.text, row) for row in table.rows())


class _Cells:
    """Values as texts that are safe to open in a spreadsheet."""

    def __init__(self) -> None:
        self.visible = Visible()
        self.guarded = 0

    def text(self, value: Value) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if not isinstance(value, str):
            return repr(value)
        fit = self.visible(value)
        if _FORMULA.match(fit) and not _NUMBER.fullmatch(fit):
            self.guarded += 1
            return "'" + fit
        return fit

    def notes(self) -> list[Message]:
        found = self.visible.notes()
        if self.guarded:
            found.append(counted("{n} text that a spreadsheet would run as a formula begins with an apostrophe.",
                                 "{n} texts that a spreadsheet would run as formulas begin with an apostrophe.",
                                 self.guarded))
        return found


MEMBER = Csv()
