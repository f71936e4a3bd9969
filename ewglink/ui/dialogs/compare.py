"""Two charts, or one chart at two times: what was added, removed and changed, as a table, a file, and a chart."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import N_, Message, _, language, number
from ewglink.ui import theme
from ewglink.ui.widgets.elided_combo import ElidedCombo
from ewglink.ui.widgets.plain_text import ask_text, hint, label, muted, plain
from ewglink.workspace.commands.comparison import comparison_chart
from ewglink.workspace.comparing import CHANGES, Comparison, Side, compare, marking_of
from ewglink.workspace.comparison_table import HEADINGS, rows, write_csv
from ewglink.workspace.history import label_of

MOST_MOMENTS = 400
MOST_ROWS = 5000
_KINDS = ("change", "undo", "redo")
_COUNTED = N_("{added} added, {removed} removed, {changed} changed, {moved} moved, {formatted} formatted")


class CompareDialog(QDialog):
    """Choose two sides and see what differs. `made` is the chart that was made of it, if any."""

    item_wanted = Signal(int)

    def __init__(self, session: Any, charts: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Compare charts"))
        self.resize(940, 620)
        self.session, self._charts = session, charts
        self.made: int | None = None
        self.compared: Comparison | None = None
        self._moments = self._listed_moments()
        self.chart = [self._chart_box(), self._chart_box()]
        self.moment = [self._moment_box(), self._moment_box()]
        self.go = QPushButton(_("&Compare"))
        self.go.setProperty("primary", True)
        self.filter = QLineEdit(placeholderText=_("Filter"), clearButtonEnabled=True)
        self.filter.setAccessibleName(_("Filter"))
        self.table = QTableWidget(0, len(HEADINGS))
        self.count = muted()
        self.export = QPushButton(_("&Save as CSV…"))
        self.chart_button = QPushButton(_("&Make a chart of it…"))
        self._set_out()
        self._connect()
        self.moment[0].setCurrentIndex(min(2, len(self._moments) - 1))
        self._able()

    # the sides

    def _listed_moments(self) -> list[tuple[int | None, str]]:
        out: list[tuple[int | None, str]] = [(None, _("Now"))]
        for entry in self.session.case.journal_entries(limit=MOST_MOMENTS):
            if entry.kind in _KINDS:
                at = datetime.fromisoformat(entry.at).astimezone()
                what = str(label_of(entry.label, entry.args, self.session.schema))
                what = _("Undo: {what}", what=what) if entry.kind == "undo" else what
                out.append((entry.seq, _("{time} after: {what}", time=f"{at:%Y-%m-%d %H:%M:%S}", what=what)))
        return out

    def _chart_box(self) -> QComboBox:
        made = ElidedCombo(14)
        for chart in self.session.case.charts.listed():
            made.addItem(plain(chart.name), chart.id)
        made.setCurrentIndex(max(0, made.findData(self._charts.current())))
        return made

    def _moment_box(self) -> QComboBox:
        made = ElidedCombo(40)
        for seq, words in self._moments:
            made.addItem(plain(words), seq)
        return made

    def _set_out(self) -> None:
        grid = QGridLayout()
        for row, name in enumerate((_("Before"), _("After"))):
            self.chart[row].setAccessibleName(name + ": " + _("Chart"))
            self.moment[row].setAccessibleName(name + ": " + _("Time"))
            grid.addWidget(label(name, buddy=self.chart[row]), row, 0)
            grid.addWidget(self.chart[row], row, 1)
            grid.addWidget(self.moment[row], row, 2)
        grid.addWidget(self.go, 1, 3)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 5)
        self.table.setHorizontalHeaderLabels([_(name) for name in HEADINGS])
        self.table.setAccessibleName(_("Differences"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setAlternatingRowColors(True)
        self.table.verticalHeader().hide()
        head = self.table.horizontalHeader()
        for column in (0, 1, 2, 4):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for column in (3, 5, 6):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        below = QHBoxLayout()
        below.addWidget(self.count, 1)
        for button in (self.export, self.chart_button):
            button.setAutoDefault(False)
            below.addWidget(button)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addLayout(grid)
        box.addWidget(self.filter)
        box.addWidget(self.table, 1)
        box.addLayout(below)
        box.addWidget(close)

    def _connect(self) -> None:
        self.go.clicked.connect(self.run)
        self.filter.textChanged.connect(self._narrow)
        self.export.clicked.connect(self.save)
        self.chart_button.clicked.connect(self.make)
        self.table.itemDoubleClicked.connect(self._wanted)

    def _wanted(self, cell: QTableWidgetItem) -> None:
        item = self.table.item(cell.row(), 0).data(Qt.ItemDataRole.UserRole)
        if item > 0:
            self.item_wanted.emit(item)

    def _able(self) -> None:
        found = self.compared is not None and bool(self.compared.found)
        self.export.setEnabled(found)
        self.chart_button.setEnabled(self.compared is not None and not self.session.read_only)

    # comparing

    def side(self, at: int) -> Side:
        """The first (0) or second (1) side as chosen."""
        return Side(self.chart[at].currentData(), self.moment[at].currentData())

    def run(self) -> None:
        """Compare, in a thread."""
        before, after, workspace = self.side(0), self.side(1), self.session.workspace
        self.go.setEnabled(False)
        self.count.setText(_("Comparing…"))
        self.session.jobs.ask(Message(N_("Comparing charts")), lambda: compare(workspace, before, after),
                              self.show_found, self._failed)

    def _failed(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        self.compared = None
        self.count.setText(plain(str(error)))
        self.table.setRowCount(0)
        self._able()

    def names(self) -> dict[str, str]:
        """Types and properties of the case in the language in force."""
        schema, out = self.session.schema, {}
        for key, kind in (*schema.entity_types.items(), *schema.link_types.items()):
            out[key] = kind.label(language())
            out |= {one.key: one.label(language()) for one in kind.properties}
        return out

    def show_found(self, compared: Comparison) -> None:
        """Show what differs."""
        self.compared = compared
        self.go.setEnabled(True)
        counts = Counter(one.change for one in compared.found)
        self.count.setText(_(_COUNTED, **{change: number(counts[change]) for change in CHANGES}))
        listed = [one for one in compared.found for _line in (one.what or ((),))]
        texts = rows(compared.found, self.names())[:MOST_ROWS]
        shade = theme.colours(theme.worn())
        inks = {_(CHANGES["added"]): shade.good, _(CHANGES["removed"]): shade.error, _(CHANGES["changed"]): shade.warn}
        self.table.setRowCount(len(texts))
        for row, (one, cells) in enumerate(zip(listed, texts, strict=False)):
            for column, text in enumerate(cells):
                cell = QTableWidgetItem(plain(text))
                hint(cell, text)
                if column == 0:
                    cell.setData(Qt.ItemDataRole.UserRole, one.item)
                    cell.setForeground(QBrush(QColor(inks.get(text, shade.accent))))
                self.table.setItem(row, column, cell)
        self._narrow()
        self._able()

    def _narrow(self, *_text: Any) -> None:
        from ewglink.ui.dialogs.command_palette import folded

        wanted = folded(self.filter.text())
        for row in range(self.table.rowCount()):
            words = " ".join(self.table.item(row, column).text() for column in range(self.table.columnCount()))
            self.table.setRowHidden(row, wanted not in folded(words))

    # what can be done with it

    def save(self) -> None:
        """Ask for a file, and write the table into it."""
        name, _kind = QFileDialog.getSaveFileName(self, _("Save as CSV"), _("Differences") + ".csv", "CSV (*.csv)")
        if name:
            self.session.attempt(lambda: self.write(Path(name)))

    def write(self, path: Path) -> None:
        """Write the table under the marking of what was compared; the journal says so."""
        assert self.compared is not None
        marking = marking_of(self.session.workspace, self.compared)
        write_csv(path, self.compared.found, marking, self.names())
        if not self.session.read_only:
            self.session.case.record_event("exported", {"file": path.name, "format": "csv", "marking": marking})
        self.session.told.emit("done", _("Written: {file}", file=path.name))

    def make(self) -> None:
        """Ask for a name, and make a chart of the comparison."""
        if self.compared is None:
            return
        usual = _("Comparison: {name}", name=self.chart[1].currentText())
        if self.session.case.charts.named(usual) is not None:
            usual = self._charts.free_name()
        name = ask_text(self, _("Make a chart of it"), _("Name of the chart"), usual)
        if name is not None and self.make_named(name):
            self.accept()

    def make_named(self, name: str) -> bool:
        """Make the chart; False where it is refused."""
        compared, made = self.compared, []

        def command(workspace: Any) -> Any:
            changeset, chart = comparison_chart(workspace.case, name, compared)
            made.append(chart)
            return changeset

        done = self.session.do(command) is not None
        self.made = made[0] if done else None
        return done
