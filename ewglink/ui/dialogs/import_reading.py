"""The wizard's page on reading: which format and why, its options, its tables, and the first rows as they are read."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ewglink.importers.contract import FORMATS
from ewglink.text import _, ngettext
from ewglink.ui.dialogs.import_file import ImportFile, ImportTable
from ewglink.ui.item_models.preview_table import PreviewTable
from ewglink.ui.widgets.elided_combo import ElidedCombo
from ewglink.ui.widgets.options_form import OptionsForm
from ewglink.ui.widgets.plain_text import heading, hint, label, muted, plain

_PAUSE = 300
_PROBLEMS = 200
_LINE_HEIGHT = 24
"""Pixels: room for the box that is ticked."""


class ReadingPage(QWidget):
    """`changed(file)` when the person reads it otherwise; `map_wanted()` to take the mapping in hand;
    `spec_chosen(specification or None)` for one that fits; `specs_wanted()` to manage them."""

    changed = Signal(object)
    taken_changed = Signal()
    map_wanted = Signal()
    spec_chosen = Signal(object)
    specs_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file: ImportFile | None = None
        self.title = heading(points=1.15)
        self.reason = muted()
        self.note = label(wrap=True)
        self.note.setProperty("warn", True)
        self.refusal = label(wrap=True)
        self.refusal.setProperty("wrong", True)
        self.formats = ElidedCombo(12)
        self.tables = QListWidget()
        self.mapping = label(wrap=True)
        self.offers = ElidedCombo(16)
        self.map_button = QPushButton(_("&Map the columns…"))
        self.specs_button = QPushButton(_("Specifications…"))
        self.rows = QTableView()
        self.model = PreviewTable(self)
        self.problems = QListWidget()
        self.form: OptionsForm | None = None
        self._filling = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(lambda: self.changed.emit(self.file))
        self._set_out()
        self.formats.activated.connect(self._format_chosen)
        self.tables.currentRowChanged.connect(self._table_chosen)
        self.tables.itemChanged.connect(self._table_taken)
        self.map_button.clicked.connect(self.map_wanted)
        self.specs_button.clicked.connect(self.specs_wanted)
        self.offers.activated.connect(self._offer_chosen)
        self.problems.itemActivated.connect(self._show_problem)
        self.problems.itemClicked.connect(self._show_problem)

    def _set_out(self) -> None:
        self.rows.setModel(self.model)
        self.rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.rows.setAlternatingRowColors(True)
        self.rows.setWordWrap(False)
        self.rows.setTabKeyNavigation(False)
        self.rows.verticalHeader().setDefaultSectionSize(22)
        self.rows.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for widget, name in ((self.rows, _("The first rows")), (self.formats, _("Format")), (self.tables, _("Tables")),
                             (self.problems, _("Problems")), (self.offers, _("How its columns are read"))):  # fmt: skip
            widget.setAccessibleName(name)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(label(_("Format"), buddy=self.formats), self.formats)
        self._tables_label = label(_("Tables: those ticked are imported"), buddy=self.tables, wrap=True)
        side = QWidget()
        self._side = QVBoxLayout(side)
        self._side.setContentsMargins(0, 0, 8, 0)
        self._side.addLayout(form)
        self._side.addWidget(self._tables_label)
        self._side.addWidget(self.tables)
        self._side.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(side)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedWidth(250)
        self.problems.setUniformItemSizes(True)
        row = QHBoxLayout()
        self.offers.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for widget, stretch in ((self.offers, 10), (self.map_button, 0), (self.specs_button, 0)):
            row.addWidget(widget, stretch)
        row.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self.rows, 1)
        right.addWidget(self.problems)
        right.addWidget(self.mapping)
        right.addLayout(row)
        columns = QHBoxLayout()
        columns.addWidget(scroll)
        columns.addLayout(right, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for widget in (self.title, self.reason, self.note, self.refusal):
            box.addWidget(widget)
        box.addLayout(columns, 1)

    # showing

    def show_file(self, one: ImportFile, counted: Any = None) -> None:
        """Show a file as it was read last; `counted`: what a dry run has said of it."""
        self.file = one
        self._filling = True
        self.title.setText(plain(one.path.name))
        self.reason.setText(plain(_("Recognised: {reason}", reason=one.reason)) if one.reason is not None else "")
        along = _("It is taken along with {file}; nothing of it is lost.", file=one.along) if one.along else ""
        said = "\n".join(filter(None, (str(one.note) if one.note is not None else "", along)))
        self.note.setText(plain(said))
        self.note.setVisible(bool(said))
        self.refusal.setText(plain(one.refusal or ""))
        self.refusal.setVisible(one.refusal is not None)
        self._fill_formats(one)
        self._fill_tables(one)
        self._fill_form(one)
        self._filling = False
        self.show_rows(counted)
        if one.preview is not None:
            self.rows.resizeColumnsToContents()
            header = self.rows.horizontalHeader()
            header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
            for at in range(self.model.columnCount()):
                header.resizeSection(at, max(70, min(240, header.sectionSize(at))))
        self._say_mapping(one)

    def show_rows(self, counted: Any = None) -> None:
        """Show the first rows, with what a dry run has found in them."""
        one = self.file
        if one is None:
            return
        more = [] if counted is None else [*counted.rejected, *counted.warnings]
        part = one.preview.part.name if one.preview is not None else ""
        self.model.show_preview(one.preview, more=[problem for problem in more if problem.part in ("", part)])
        found = self.model.problems()
        self.problems.clear()
        for problem in found[:_PROBLEMS]:
            row = _("row {row}: ", row=problem.row) if problem.row is not None else ""
            said = plain(row + (f"{problem.field}: " if problem.field else "") + str(problem.message))
            line = QListWidgetItem(said)
            line.setData(Qt.ItemDataRole.UserRole, (problem.row, problem.field))
            hint(line, said)
            self.problems.addItem(line)
        self.problems.setVisible(bool(found))
        self.problems.setFixedHeight(min(4, max(1, len(found))) * (self.fontMetrics().height() + 6) + 8)

    def _show_problem(self, line: QListWidgetItem) -> None:
        """Go to the cell that a problem is about."""
        row, column = line.data(Qt.ItemDataRole.UserRole)
        at = self.model.row_of(row) if row is not None else -1
        columns = self.model.columns()
        if at >= 0:
            self.rows.setCurrentIndex(self.model.index(at, columns.index(column) if column in columns else 0))

    def _fill_formats(self, one: ImportFile) -> None:
        self.formats.clear()
        found = FORMATS.get(one.found) if one.found in FORMATS else None
        self.formats.addItem(plain(_("As recognised: {name}", name=_(found.name))) if found and not one.format
                             else _("As recognised"), None)  # fmt: skip
        for member in sorted(FORMATS, key=lambda each: str(_(each.name)).casefold()):
            self.formats.addItem(plain(_(member.name)), member.key)
        self.formats.setCurrentIndex(max(0, self.formats.findData(one.format)) if one.format else 0)

    def _fill_tables(self, one: ImportFile) -> None:
        several = len(one.tables) > 1
        self.tables.clear()
        for name, table in one.tables.items() if several else ():
            self.tables.addItem(self._line(name, table, one.kind))
            if name == one.at:
                self.tables.setCurrentRow(self.tables.count() - 1)
        self.tables.setVisible(several)
        self._tables_label.setVisible(several)
        ticked = _("Tables: those ticked are imported")
        self._tables_label.setText(ticked if one.kind == "table" else _("Tables"))
        self.tables.setFixedHeight(min(8, len(one.tables)) * _LINE_HEIGHT + 8)

    @staticmethod
    def _line(name: str, table: ImportTable, kind: str) -> QListWidgetItem:
        hidden = "  " + _("(hidden)") if table.part.hidden else ""
        line = QListWidgetItem(plain(name) + hidden)
        line.setData(Qt.ItemDataRole.UserRole, name)
        line.setSizeHint(QSize(0, _LINE_HEIGHT))
        if kind == "table":
            line.setFlags(line.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            line.setCheckState(Qt.CheckState.Checked if table.taken else Qt.CheckState.Unchecked)
        hint(line, name + hidden)
        return line

    def _fill_form(self, one: ImportFile) -> None:
        if self.form is not None:
            self._side.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        key = one.format or one.found
        if key is None or key not in FORMATS:
            return
        self.form = OptionsForm(FORMATS.get(key).options, given=one.all_options, narrow=True)
        self.form.setVisible(not self.form.empty)
        self._side.insertWidget(self._side.count() - 1, self.form)
        self.form.changed.connect(self._options_changed)

    def _say_mapping(self, one: ImportFile) -> None:
        table = one.table
        shown = one.preview is not None and table is not None and one.refusal is None
        by_person = shown and one.kind in ("table", "graph") and table is not None and table.origin != "own"
        for widget in (self.map_button, self.specs_button, self.offers):
            widget.setVisible(by_person)
        self.mapping.setText(plain(said_of(table)) if shown and table is not None else "")
        if by_person and table is not None:
            self._fill_offers(table)

    def _fill_offers(self, table: ImportTable) -> None:
        self.offers.clear()
        first = {"format": _("As the file says"), "hand": _("As mapped by hand")}.get(table.origin, _("As suggested"))
        self.offers.addItem(first, None)
        if table.origin in ("template", "saved", "hand", "format"):
            self.offers.addItem(_("As suggested, anew"), "anew")
        for at, offer in enumerate(table.offers):
            what = offer.spec.name
            name = _("saved: {name}", name=what) if offer.own else _("template: {name}", name=what)
            self.offers.addItem(plain(f"{name} – {offer.why}"), at)
            if table.origin in ("template", "saved") and table.spec is not None and (
                offer.spec.sha256 == table.spec.sha256
            ):
                self.offers.setCurrentIndex(self.offers.count() - 1)
        self.offers.setVisible(self.offers.count() > 1)

    # the person's changes

    def _offer_chosen(self, at: int) -> None:
        chosen = self.offers.itemData(at)
        if self.file is None or self.file.table is None or chosen is None:
            return
        self.spec_chosen.emit(None if chosen == "anew" else self.file.table.offers[chosen].spec)

    def _format_chosen(self, at: int) -> None:
        if self.file is not None and not self._filling:
            self.file.format, self.file.options = self.formats.itemData(at), {}
            self.file.tables, self.file.at = {}, ""
            self._later.start()

    def _table_chosen(self, at: int) -> None:
        if self.file is not None and not self._filling and at >= 0:
            name = self.tables.item(at).data(Qt.ItemDataRole.UserRole)
            if name != self.file.at:
                self.file.at = name
                self.changed.emit(self.file)

    def _table_taken(self, line: QListWidgetItem) -> None:
        if self.file is None or self._filling:
            return
        table = self.file.tables.get(line.data(Qt.ItemDataRole.UserRole))
        if table is not None:
            table.taken = line.checkState() == Qt.CheckState.Checked
            self.taken_changed.emit()

    def _options_changed(self) -> None:
        if self.file is not None and not self._filling and self.form is not None:
            self.file.options = self.form.values()
            self._later.start()

    def stop(self) -> None:
        """Ask for nothing any more."""
        self._later.stop()


def said_of(table: ImportTable) -> str:
    """How the columns of a table are read, and why."""
    if table.origin in ("records", "format", "own") and table.why is not None:
        return str(table.why)
    if table.origin in ("template", "saved") and table.spec is not None:
        why = f" {table.why}" if table.why is not None else ""
        if table.origin == "saved":
            return _("Your specification “{name}” fits.", name=table.spec.name) + why
        return _("The headings are those of the template “{name}”.", name=table.spec.name) + why
    left = len(table.draft.unused()) if table.draft is not None else 0
    unused = " " + ngettext("{n} column is not imported.", "{n} columns are not imported.", left) if left else ""
    if table.origin == "hand":
        return _("The columns are mapped by hand.") + unused
    return _("The columns are mapped as suggested; look at the mapping before you import.") + unused


