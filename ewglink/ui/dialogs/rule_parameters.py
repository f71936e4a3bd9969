"""The limits of rules: what comes with the program by country and date, and the values of this case."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import _, number
from ewglink.ui.panels.trade_panel import tint
from ewglink.ui.session import Session
from ewglink.ui.widgets.number_box import NumberBox
from ewglink.ui.widgets.plain_text import hint, label, muted, plain
from ewglink.workspace.parameter_rows import (
    ParameterRow,
    country_of,
    dates_of,
    parameter_name,
    parameter_rows,
    source_of,
    unit_name,
)

_ROW = Qt.ItemDataRole.UserRole


class RuleParameters(QDialog):
    """Look at the limits and give the case its own; `values()` are the case's own, by key and country."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Limits of the rules"))
        self.resize(1060, 600)
        self._rows = parameter_rows(session.workspace)
        self._own = {row.key: row.own for row in self._rows if row.own is not None}
        self.filter = QLineEdit(clearButtonEnabled=True)
        self.list = QTreeWidget()
        self.value = NumberBox()
        self.unit = label()
        self.usual = QPushButton(_("Take the usual value"))
        self.source = muted()
        self._set_out(writable=not session.read_only)
        self._fill()
        self.list.currentItemChanged.connect(lambda *_: self._chosen())
        self.value.valueChanged.connect(self._changed)
        self.usual.clicked.connect(self._take_usual)
        self.filter.textChanged.connect(self._filtered)
        self.list.setCurrentItem(self.list.topLevelItem(0))

    def _set_out(self, writable: bool) -> None:
        self.filter.setPlaceholderText(_("Filter by text"))
        self.filter.setAccessibleName(_("Filter by text"))
        self.list.setAccessibleName(_("Limits"))
        self.list.setRootIsDecorated(False)
        self.list.setAlternatingRowColors(True)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderLabels([_("Limit"), _("Country"), _("Value"), _("Unit"), _("Dates of events"), _("Source")])
        self.value.setRange(0.0, 1e9)
        self.value.setDecimals(1)
        self.value.setAccessibleName(_("Value for this case"))
        self.value.setEnabled(writable)
        row = QHBoxLayout()
        row.addWidget(label(_("Value for this case"), buddy=self.value))
        row.addWidget(self.value)
        row.addWidget(self.unit)
        row.addWidget(self.usual)
        row.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        if writable:
            buttons.addButton(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(muted(_("Each limit is that of the country whose law holds, on the date of the event. A value "
                              "for this case goes before it; the rules then have to be run again.")))
        box.addWidget(self.filter)
        box.addWidget(self.list, 1)
        box.addLayout(row)
        box.addWidget(self.source)
        box.addWidget(buttons)

    def _fill(self) -> None:
        for row in self._rows:
            line = QTreeWidgetItem(self.list)
            line.setData(0, _ROW, row)
            self._show(line)
        for column in range(5):
            self.list.resizeColumnToContents(column)
            self.list.setColumnWidth(column, min(380, self.list.columnWidth(column) + 8))

    def _show(self, line: QTreeWidgetItem) -> None:
        row: ParameterRow = line.data(0, _ROW)
        own = self._own.get(row.key)
        value = row.usual if own is None else own
        shown = number(int(value) if value == int(value) else value)
        source = source_of(row.row)
        if own is not None:
            usual = number(int(row.usual) if row.usual == int(row.usual) else row.usual)
            source = _("this case (usually {n})", n=usual)
        texts = (parameter_name(row.row.key), country_of(row.row), shown, unit_name(row.row.unit), dates_of(row.row),
                 source)
        for column, text in enumerate(texts):
            line.setText(column, plain(text))
            hint(line, text, column)
        line.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        font = line.font(2)
        font.setBold(own is not None)
        line.setFont(2, font)
        tint(line, 5, "good" if own is not None else "text" if row.row.certain else "warn")

    def _row(self) -> ParameterRow | None:
        line = self.list.currentItem()
        return line.data(0, _ROW) if line is not None else None

    def _chosen(self) -> None:
        row = self._row()
        if row is None:
            return
        self.value.blockSignals(True)
        self.value.setValue(self._own.get(row.key, row.usual))
        self.value.blockSignals(False)
        self.unit.setText(unit_name(row.row.unit))
        self.usual.setEnabled(self.value.isEnabled() and row.key in self._own)
        self.source.setText(plain(f"{parameter_name(row.row.key)} · {country_of(row.row)} · {source_of(row.row)}"))

    def _changed(self, value: float) -> None:
        row = self._row()
        if row is not None:
            self._own[row.key] = value
            if value == row.usual:
                del self._own[row.key]
            self._show_all(row.key)

    def _take_usual(self) -> None:
        row = self._row()
        if row is not None:
            self._own.pop(row.key, None)
            self._show_all(row.key)
            self._chosen()

    def _show_all(self, key: str) -> None:
        """A value of the case holds whatever the date: every row of that limit and country shows it."""
        for at in range(self.list.topLevelItemCount()):
            line = self.list.topLevelItem(at)
            if line.data(0, _ROW).key == key:
                self._show(line)
        self.usual.setEnabled(key in self._own)

    def _filtered(self, text: str) -> None:
        words = text.casefold().split()
        for at in range(self.list.topLevelItemCount()):
            line = self.list.topLevelItem(at)
            texts = (*(line.text(column) for column in range(6)), line.data(0, _ROW).row.country)
            shown = " ".join(texts).casefold()
            line.setHidden(not all(word in shown for word in words))

    def values(self) -> dict[str, float]:
        """The case's own values."""
        return dict(self._own)


def ask_for_parameters(window: Any) -> None:
    """Show the limits; values of the case's own are one step, and can be undone."""
    from ewglink.workspace.commands.findings import set_parameters

    dialog = RuleParameters(window.session, window)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    values = dialog.values()
    dialog.deleteLater()
    if accepted and not window.session.read_only:
        window.session.do(lambda workspace: set_parameters(workspace, values))
