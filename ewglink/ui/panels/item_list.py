"""A panel with a table of items: filter, sort, type, and the same selection as the chart."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import N_, Message, _, language, number
from ewglink.ui.item_models.item_table import Column, ItemTable
from ewglink.ui.panels.panel import Panel
from ewglink.ui.session import Session
from ewglink.ui.widgets.plain_text import muted
from ewglink.ui.widgets.sharing_table import SharingTable

_MOST_SHOWN_SELECTED = 50_000


class ItemList(Panel):
    """The items of one kind. `activated(id)` on double click or Enter, `menu_requested(QPoint)` for a context menu."""

    kind = "entity"
    activated = Signal(int)
    menu_requested = Signal(QPoint)

    def __init__(self, session: Session, columns: tuple[Column, ...], parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.model = ItemTable(columns, self)
        self.filter = QLineEdit(clearButtonEnabled=True)
        self.type_box = QComboBox()
        self.only_selected = QCheckBox()
        self.count = muted()
        self.table = SharingTable([column.width for column in columns])
        self._order: tuple[str, bool] | None = None
        self._following = False
        self._asked = 0
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(200)
        self._typing.timeout.connect(self.again)
        self._set_up_table()
        self._set_out()
        self._connect()
        self._say()

    def _set_up_table(self) -> None:
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(24)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)

    def _set_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(6, 6, 6, 0)
        top.addWidget(self.filter, 3)
        top.addWidget(self.type_box, 2)
        below = QHBoxLayout()
        below.setContentsMargins(8, 0, 6, 2)
        below.addWidget(self.only_selected)
        below.addWidget(self.count, 1)
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.type_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.type_box.setMinimumContentsLength(10)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(top)
        box.addLayout(below)
        box.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda _text: self._typing.start())
        self.type_box.activated.connect(lambda _at: self.again())
        self.only_selected.toggled.connect(lambda _on: self.again())
        self.table.horizontalHeader().sectionClicked.connect(self._sort_by)
        self.table.activated.connect(self._activate)
        self.table.customContextMenuRequested.connect(
            lambda at: self.menu_requested.emit(self.table.viewport().mapToGlobal(at))
        )
        self.table.selectionModel().selectionChanged.connect(self._selected_here)
        self.session.selection.changed.connect(self._selected_elsewhere)

    def _say(self) -> None:
        self.words.say(self.filter.setPlaceholderText, N_("Filter"))
        self.words.say(self.filter.setAccessibleName, N_("Filter the table"))
        self.words.say(self.type_box.setAccessibleName, N_("Type shown"))
        self.words.say(self.only_selected.setText, N_("Selected only"))
        self.words.say(self.table.setAccessibleName, N_("Entities") if self.kind == "entity" else N_("Links"))

    # what is listed

    def look(self) -> None:
        """Ask for the items anew, in a thread."""
        from ewglink.store import listing

        case, kind = self.session.case, self.kind
        order, descending = self._order or (None, False)
        chosen = self.type_box.currentData()
        types = [chosen] if chosen else None
        text = self.filter.text()
        among = list(self.session.selection.items) if self.only_selected.isChecked() else None
        ask = listing.entity_ids if self.kind == "entity" else listing.link_ids
        self._asked += 1
        asked = self._asked

        def answered(found: Any) -> None:
            if asked == self._asked and self.session.case is case:
                self._show(*found)

        self.session.jobs.ask(
            Message(N_("Reading the table")),
            lambda: (ask(case, order, descending, types, text, among), case.items.counts(kind)),
            answered,
        )

    def _show(self, ids: Any, counts: dict[str, int]) -> None:
        from ewglink.store import listing

        case = self.session.case
        fetch = listing.entity_rows if self.kind == "entity" else listing.link_lines
        self._following = True
        scroll = self.table.verticalScrollBar().value()
        self.model.show_ids(ids, lambda wanted: fetch(case, wanted))
        self.table.verticalScrollBar().setValue(scroll)
        self._following = False
        total = sum(counts.values())
        self._fill_types(counts)
        self.count.setText(
            _("{n} of {total}", n=number(len(ids)), total=number(total)) if len(ids) != total else number(total)
        )
        self._selected_elsewhere()

    def _fill_types(self, counts: dict[str, int]) -> None:
        schema, chosen = self.session.schema, self.type_box.currentData()
        self.type_box.blockSignals(True)
        self.type_box.clear()
        self.type_box.addItem(_("All types"), "")
        for key in sorted(counts, key=lambda one: schema.label(one, language()).casefold()):
            self.type_box.addItem(f"{schema.label(key, language())} ({number(counts[key])})", key)
        at = self.type_box.findData(chosen) if chosen else 0
        self.type_box.setCurrentIndex(max(0, at))
        self.type_box.blockSignals(False)

    def emptied(self) -> None:
        """The case is gone: an empty table."""
        super().emptied()
        self._asked += 1
        self._typing.stop()
        self.model.show_ids([], lambda _ids: {})
        self.filter.clear()
        self._typing.stop()

    def _sort_by(self, section: int) -> None:
        if not self.model.columns[section].sortable:
            return
        key = self.model.columns[section].key
        header = self.table.horizontalHeader()
        if self._order is None or self._order[0] != key:
            self._order = (key, False)
        else:
            self._order = (key, True) if not self._order[1] else None
        header.setSortIndicatorShown(self._order is not None)
        if self._order is not None:
            header.setSortIndicator(
                section, Qt.SortOrder.DescendingOrder if self._order[1] else Qt.SortOrder.AscendingOrder
            )
        self.again()

    def _activate(self, index: QModelIndex) -> None:
        if index.isValid():
            self.activated.emit(int(self.model.ids[index.row()]))

    # one selection for all

    def _selected_here(self, *_changes: Any) -> None:
        if self._following:
            return
        rows = self.table.selectionModel().selectedRows()
        ids = {int(self.model.ids[index.row()]) for index in rows}
        self._following = True
        self.session.selection.set(ids)
        self._following = False

    def _selected_elsewhere(self, *_ids: Any) -> None:
        if self.only_selected.isChecked() and not self._following:
            self.again() if not self._stale else None
        if self._following or not self.isVisible():
            return
        self._following = True
        ids = self.session.selection.items
        flags = QItemSelectionModel.SelectionFlag
        if len(ids) <= _MOST_SHOWN_SELECTED:
            selection = self.model.selection_of(ids)
            self.table.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)
            if not selection.isEmpty():
                self.table.scrollTo(selection.first().topLeft())
        else:
            self.table.selectionModel().clearSelection()
        self._following = False

    def showEvent(self, event: Any) -> None:
        """Take up the selection made while the table was out of sight."""
        super().showEvent(event)
        self._selected_elsewhere()

    def retranslate(self) -> None:
        """Say headings, types and cells again."""
        super().retranslate()
        self.model.retranslate()
