"""The heat matrix: dated items by hour and weekday or by month and year, links by pair of entities or of types."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout

from ewglink.text import N_, _, language, ngettext, number
from ewglink.ui.panels.beside import Beside
from ewglink.ui.session import Session
from ewglink.ui.widgets.heat_grid import HeatGrid
from ewglink.ui.widgets.plain_text import muted, plain

CLOCKS = (("local", N_("local time of the record")), ("utc", N_("UTC")))


class HeatMatrixPanel(Beside):
    """One matrix at a time; a cell tells what it counts and selects it on the chart."""

    def __init__(self, session: Session, charts: Any, parent: Any = None) -> None:
        super().__init__(session, charts, parent)
        self.kind = QComboBox()
        self.clock = QComboBox()
        self.copy_button = QPushButton()
        self.save_button = QPushButton()
        self.about = muted()
        self.grid = HeatGrid()
        self.matrix: Any = None
        self._names: dict[int, str] = {}
        self._moments: Any = None
        self._set_out()
        self._say()
        self.kind.currentIndexChanged.connect(self._regroup)
        self.clock.currentIndexChanged.connect(self._regroup)
        self.grid.chosen.connect(lambda cells, how: self.select(self.matrix.members(cells), how))
        self.grid.summary = self._summary
        self.copy_button.clicked.connect(self.copy)
        self.save_button.clicked.connect(self._save)
        self.setFocusProxy(self.grid)

    def _set_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.grid)
        row = QHBoxLayout()
        for widget in (self.kind, self.clock, self.scope, self.copy_button, self.save_button):
            row.addWidget(widget)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 6, 8, 4)
        box.addLayout(row)
        box.addWidget(self.about)
        box.addWidget(scroll, 1)

    def _say(self) -> None:
        from ewglink.workspace.rhythms import MATRICES

        self.words.say(self.kind.setAccessibleName, N_("Matrix"))
        self.words.say(self.clock.setAccessibleName, N_("Clock"))
        self.words.say(self.grid.setAccessibleName, N_("Heat matrix"))
        self.words.say(self.copy_button.setText, N_("&Copy"))
        self.words.say(self.save_button.setText, N_("Save as &XLSX…"))
        for box, entries in ((self.kind, tuple(MATRICES.items())), (self.clock, CLOCKS)):
            kept = box.currentData()
            box.blockSignals(True)
            box.clear()
            for key, name in entries:
                box.addItem(_(name), key)
            box.setCurrentIndex(max(0, box.findData(kept)))
            box.blockSignals(False)

    # asking

    def job(self, workspace: Any, chart: int | None) -> Any:
        """The dated items, the network, and the names of its busiest entities."""
        from ewglink.model.progress import Progress
        from ewglink.workspace.facets import scope_of
        from ewglink.workspace.moments import moments_of
        from ewglink.workspace.rhythms import pairs, types

        def asked() -> Any:
            network = scope_of(workspace, chart).network
            squares = {"pairs": pairs(network), "types": types(network)}
            for step in moments_of(workspace, chart):
                yield Progress(step.done, step.message, (step.best, squares) if step.best is not None else None)

        return asked()

    def take(self, answer: Any) -> None:
        """Show the matrix in hand."""
        self._moments, self._squares = answer
        self._regroup()

    def _made(self) -> Any:
        from ewglink.workspace.rhythms import hour_weekday, month_year

        kind = self.kind.currentData()
        if kind == "hour_weekday":
            return hour_weekday(self._moments, self.clock.currentData() == "utc")
        return month_year(self._moments) if kind == "month_year" else self._squares[kind]

    def _regroup(self, *_at: Any) -> None:
        self.clock.setVisible(self.kind.currentData() == "hour_weekday")
        if self._moments is None or self.session.workspace is None:
            return
        self.matrix = found = self._made()
        self.grid.show_counts(*self.words_of_lines(), found.counts)
        self._tell()
        self._mark()

    def words_of_lines(self) -> tuple[list[str], list[str]]:
        """Rows and columns in words."""
        from babel.dates import get_day_names, get_month_names

        found, code = self.matrix, language() if language() in ("en", "fr", "es") else "en"
        if found.kind == "hour_weekday":
            days = get_day_names("abbreviated", locale=code)
            return [str(days[day]) for day in found.rows], [str(hour) for hour in found.columns]
        if found.kind == "month_year":
            months = get_month_names("abbreviated", locale=code)
            return [str(year) for year in found.rows], [str(months[month]) for month in found.columns]
        if found.kind == "types":
            names = [self.session.schema.label(key, language()) for key in found.rows]
        else:
            labels = self._moments.labels
            names = [labels.get(item, str(item)) for item in found.rows]
        return names, names

    def _summary(self, row: int, column: int) -> str:
        rows, columns = self.grid.rows, self.grid.columns
        if self.matrix.kind == "hour_weekday":
            return _("{day}, {hour}:00 to {hour}:59", day=rows[row], hour=columns[column])
        if self.matrix.kind == "month_year":
            return f"{columns[column]} {rows[row]}"
        return f"{rows[row]} – {columns[column]}"

    def _tell(self) -> None:
        found = self.matrix
        if not len(found.items) and found.kind in ("hour_weekday", "month_year") and not found.left_out:
            self.about.setText(self.nothing_dated())
            return
        said = [ngettext("{n} counted", "{n} counted", len(np.unique(found.items)))]
        if found.left_out and found.kind in ("hour_weekday", "month_year"):
            said.append(_("{n} left out: their date does not say so much", n=number(found.left_out)))
        elif found.left_out:
            said.append(_("{n} links among others", n=number(found.left_out)))
        if found.unknown_zone:
            said.append(_("{n} with an unknown time zone, as written", n=number(found.unknown_zone)))
        self.about.setText(plain(" · ".join(said)))

    def mark(self, chosen: np.ndarray) -> None:
        """Which cells hold what is selected."""
        if self.matrix is not None:
            self.grid.show_shares(self.matrix.shares(chosen))

    # handing out

    def table(self) -> list[list[str | int]]:
        """The matrix as rows with headings."""
        head: list[str | int] = ["", *self.grid.columns]
        lines = zip(self.grid.rows, self.grid.counts.tolist(), strict=True)
        return [head, *([words, *counts] for words, counts in lines)]

    def copy(self) -> None:
        """The matrix as text, tabs between cells: it can be pasted into a spreadsheet."""
        if self.matrix is not None:
            text = "\n".join("\t".join(str(cell) for cell in row) for row in self.table())
            QApplication.clipboard().setText(plain(text))

    def _save(self) -> None:
        if self.matrix is None:
            return
        name, _kind = QFileDialog.getSaveFileName(self, _("Save as XLSX"), self.kind.currentText() + ".xlsx",
                                                  "Excel (*.xlsx)")
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """The matrix as a workbook, through the door that everything leaves by, written in a thread."""
        from ewglink.drawing.answers import AnswerSheet, AnswerTable
        from ewglink.ui.panels.answer_panel import write_sheet

        head, *rows = self.table()
        items = frozenset(np.unique(self.matrix.items).tolist())
        table = AnswerTable("matrix", self.kind.currentText(), tuple(map(str, head)), tuple(map(tuple, rows)))
        sheet = AnswerSheet("heat_matrix", self.kind.currentText(), (self.about.text(),), (table,), named=items)
        write_sheet(self.session, sheet, path)

    def emptied(self) -> None:
        """Nothing to count."""
        super().emptied()
        self.matrix = self._moments = None
        self.grid.show_counts([], [], np.zeros((0, 0)))
        self.about.clear()

    def retranslate(self) -> None:
        """Say everything again."""
        self._say()
        super().retranslate()
        self._regroup()
