"""The wizard's page on reading: which format and why, its options, its tables, and the first rows as they are read."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ewglink.importers.contract import FORMATS
from ewglink.text import _, ngettext
from ewglink.ui.item_models.preview_table import PreviewTable
from ewglink.ui.widgets.options_form import OptionsForm
from ewglink.ui.widgets.plain_text import heading, label, muted, plain

_PAUSE = 300


class ReadingPage(QWidget):
    """`changed(file)` when the person reads it otherwise; `map_wanted()` to take the mapping in hand."""

    changed = Signal(object)
    map_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file: Any = None
        self.title = heading(points=1.15)
        self.reason = muted()
        self.note = label(wrap=True)
        self.note.setProperty("warn", True)
        self.refusal = label(wrap=True)
        self.refusal.setProperty("wrong", True)
        self.formats = QComboBox()
        self.tables = QComboBox()
        self.mapping = label(wrap=True)
        self.map_button = QPushButton(_("&Map the columns…"))
        self.rows = QTableView()
        self.model = PreviewTable(self)
        self.form: OptionsForm | None = None
        self._filling = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self._tell)
        self._set_out()
        self.formats.activated.connect(self._format_chosen)
        self.tables.activated.connect(self._table_chosen)
        self.map_button.clicked.connect(self.map_wanted)

    def _set_out(self) -> None:
        self.rows.setModel(self.model)
        self.rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.rows.setAlternatingRowColors(True)
        self.rows.setWordWrap(False)
        self.rows.verticalHeader().setDefaultSectionSize(22)
        self.rows.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.rows.setAccessibleName(_("The first rows"))
        self.formats.setAccessibleName(_("Format"))
        self.tables.setAccessibleName(_("Table"))
        self._form_box = QFormLayout()
        self._form_box.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form_box.addRow(label(_("Format"), buddy=self.formats), self.formats)
        self._table_label = label(_("Table"), buddy=self.tables)
        self._form_box.addRow(self._table_label, self.tables)
        side = QWidget()
        side_box = QVBoxLayout(side)
        side_box.setContentsMargins(0, 0, 8, 0)
        side_box.addLayout(self._form_box)
        self._options_at = side_box
        side_box.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(side)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFixedWidth(270)
        row = QHBoxLayout()
        row.addWidget(self.mapping, 1)
        row.addWidget(self.map_button)
        right = QVBoxLayout()
        right.addWidget(self.rows, 1)
        right.addLayout(row)
        columns = QHBoxLayout()
        columns.addWidget(scroll)
        columns.addLayout(right, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for widget in (self.title, self.reason, self.note, self.refusal):
            box.addWidget(widget)
        box.addLayout(columns, 1)

    def show_file(self, one: Any) -> None:
        """Show a file as it was read last."""
        self.file = one
        self._filling = True
        self.title.setText(plain(one.path.name))
        self.reason.setText(plain(str(one.reason)) if one.reason is not None else "")
        self.note.setText(plain(str(one.note)) if one.note is not None else "")
        self.note.setVisible(one.note is not None)
        self.refusal.setText(plain(one.refusal or ""))
        self.refusal.setVisible(one.refusal is not None)
        self._fill_formats(one)
        self._fill_tables(one)
        self._fill_form(one)
        self.model.show_preview(one.preview)
        if one.preview is not None:
            self.rows.resizeColumnsToContents()
            header = self.rows.horizontalHeader()
            header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
            for at in range(self.model.columnCount()):
                header.resizeSection(at, min(240, header.sectionSize(at)))
        self._say_mapping(one)
        self._filling = False

    def _fill_formats(self, one: Any) -> None:
        self.formats.clear()
        self.formats.addItem(_("As recognised"), None)
        for member in FORMATS:
            self.formats.addItem(plain(_(member.name)), member.key)
        self.formats.setCurrentIndex(max(0, self.formats.findData(one.format)) if one.format else 0)

    def _fill_tables(self, one: Any) -> None:
        parts = one.preview.parts if one.preview is not None else []
        self.tables.clear()
        if len(parts) > 1:
            self.tables.addItem(_("All that are recognised"), None)
            for part in parts:
                self.tables.addItem(plain(part.name) + ("  " + _("(hidden)") if part.hidden else ""), part.name)
            self.tables.setCurrentIndex(max(0, self.tables.findData(one.part)) if one.part else 0)
        self.tables.setVisible(len(parts) > 1)
        self._table_label.setVisible(len(parts) > 1)

    def _fill_form(self, one: Any) -> None:
        if self.form is not None:
            self._options_at.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None
        key = one.format or (one.preview.format if one.preview is not None else None)
        if key is None or key not in FORMATS:
            return
        self.form = OptionsForm(FORMATS.get(key).options, given={**one.found_options, **one.options})
        self.form.setVisible(not self.form.empty)
        self._options_at.insertWidget(1, self.form)
        self.form.changed.connect(self._options_changed)

    def _say_mapping(self, one: Any) -> None:
        self.map_button.setVisible(one.preview is not None and not one.records and one.refusal is None)
        if one.preview is None or one.refusal is not None:
            self.mapping.setText("")
        elif one.records:
            self.mapping.setText(_("This format says by itself what its records mean."))
        elif one.draft is not None:
            n = len(one.draft.unused())
            said = _("The columns are mapped as suggested; look at the mapping before you import.")
            self.mapping.setText(
                said + (" " + ngettext("{n} column is not imported.", "{n} columns are not imported.", n) if n else "")
            )
        elif one.preview.spec is not None:
            self.mapping.setText(
                _("The headings are those of the template “{name}”.", name=plain(one.preview.spec.name))
            )

    # the person's changes

    def _format_chosen(self, at: int) -> None:
        if self.file is not None and not self._filling:
            self.file.format, self.file.options, self.file.part = self.formats.itemData(at), {}, None
            self._later.start()

    def _table_chosen(self, at: int) -> None:
        if self.file is not None and not self._filling:
            self.file.part = self.tables.itemData(at)
            self._later.start()

    def _options_changed(self) -> None:
        if self.file is not None and not self._filling and self.form is not None:
            self.file.options = self.form.values()
            self._later.start()

    def _tell(self) -> None:
        self.changed.emit(self.file)

    def stop(self) -> None:
        """Ask for nothing any more."""
        self._later.stop()
