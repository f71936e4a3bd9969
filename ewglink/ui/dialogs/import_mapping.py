"""The wizard's page on meaning: columns are dragged onto a picture of what each row becomes."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ewglink.importers.suggesting import kind_named
from ewglink.text import _
from ewglink.ui.dialogs.import_file import ImportFile, remap
from ewglink.ui.dialogs.import_places import column_menu, fill_owner, fill_properties, place_name
from ewglink.ui.dialogs.import_role_form import RoleForm
from ewglink.ui.item_models.preview_table import PreviewTable
from ewglink.ui.widgets.column_header import ColumnHeader
from ewglink.ui.widgets.glyphs import glyph
from ewglink.ui.widgets.mapping_cards import MORE, Place
from ewglink.ui.widgets.mapping_picture import MappingPicture
from ewglink.ui.widgets.plain_text import hint, label, muted
from ewglink.workspace.mapping_draft import DraftEntity, MappingDraft, types_of
from ewglink.workspace.mapping_types import THING, thing, with_property


class ColumnTable(QTableView):
    """The first rows; Enter or the menu key asks where the column in hand goes."""

    place_wanted = Signal(str, QPoint)

    def __init__(self, model: PreviewTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._model = model
        self.header = ColumnHeader(model.column, self)
        self.setHorizontalHeader(self.header)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectColumns)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.verticalHeader().setDefaultSectionSize(22)
        self.setAccessibleName(_("Columns and the first rows"))
        self.setTabKeyNavigation(False)

    def column(self) -> str | None:
        """The column in hand."""
        at = self.currentIndex().column()
        return self._model.column(at) if at >= 0 else None

    def choose(self, column: str) -> None:
        """Take a column in hand."""
        at = self._model.columns().index(column) if column in self._model.columns() else -1
        if at >= 0 and self._model.rowCount():
            index = self._model.index(max(0, self.currentIndex().row()), at)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect
                                                  | QItemSelectionModel.SelectionFlag.Columns)  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the menu key."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Menu) and self.column() is not None:
            at = self.header.sectionViewportPosition(self.currentIndex().column())
            self.place_wanted.emit(self.column(), self.header.mapToGlobal(QPoint(at, self.header.height())))
        else:
            super().keyPressEvent(event)


class MappingPage(QWidget):
    """Edits the mapping of a file's table in hand; `changed()` after every change."""

    changed = Signal()

    def __init__(self, schema: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file: ImportFile | None = None
        self.model = PreviewTable(self)
        self.picture = MappingPicture(schema)
        self.picture.setAccessibleName(_("What each row becomes"))
        self.form = RoleForm()
        self.form.schema = schema
        self.columns = ColumnTable(self.model)
        self.unused = muted()
        self.menu: QMenu | None = None
        self._set_out()
        self._connect()

    def _set_out(self) -> None:
        self.add_entity, self.add_link = QPushButton(_("Add an &entity")), QPushButton(_("Add a &link"))
        self.place_button = QPushButton(_("&Put the column…"))
        hint(self.place_button, _("The same as dragging its heading; Enter in the table does it too"))
        top = QHBoxLayout()
        top.addWidget(label(_("What each row becomes")))
        top.addStretch(1)
        for button in (self.add_entity, self.add_link):
            button.setIcon(glyph("add"))
            top.addWidget(button)
        self.scroll = QScrollArea()
        self.scroll.setWidget(self.picture)
        self.scroll.setWidgetResizable(True)
        above = QWidget()
        above_box = QVBoxLayout(above)
        above_box.setContentsMargins(0, 0, 0, 0)
        above_box.addLayout(top)
        above_box.addWidget(self.scroll, 1)
        upper = QSplitter(Qt.Orientation.Horizontal)
        upper.addWidget(above)
        upper.addWidget(self.form)
        upper.setStretchFactor(0, 1)
        upper.setSizes([640, 250])
        upper.setChildrenCollapsible(False)
        below = QWidget()
        below_box = QVBoxLayout(below)
        below_box.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.addWidget(label(_("Drag a &heading onto the picture:"), buddy=self.columns))
        row.addWidget(self.unused, 1)
        row.addWidget(self.place_button)
        below_box.addLayout(row)
        below_box.addWidget(self.columns, 1)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(upper)
        halves.addWidget(below)
        halves.setSizes([360, 210])
        halves.setStretchFactor(0, 1)
        halves.setChildrenCollapsible(False)
        self.scroll.setFrameShape(QFrame.Shape.StyledPanel)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(halves)

    def _connect(self) -> None:
        self.add_entity.clicked.connect(lambda: self._new_entity(None))
        self.add_link.clicked.connect(self._new_link)
        self.place_button.clicked.connect(self._place_current)
        self.picture.dropped.connect(self._dropped)
        self.picture.taken.connect(self._take)
        self.picture.hovered.connect(lambda at: self.scroll.ensureVisible(at.x(), at.y(), 30, 40))
        self.picture.chosen.connect(self._owner_chosen)
        self.picture.column_chosen.connect(self._column_chosen)
        self.picture.menu_wanted.connect(self._picture_menu)
        self.columns.header.chosen.connect(self._column_chosen)
        self.columns.header.menu_wanted.connect(self._place_menu)
        self.columns.place_wanted.connect(self._place_menu)
        self.columns.selectionModel().currentColumnChanged.connect(
            lambda now, _was: self._column_chosen(self.model.column(now.column())) if now.isValid() else None)
        self.form.changed.connect(self._after)
        self.form.place_wanted.connect(self._place_menu)
        self.form.types_made.connect(self._types_made)

    @property
    def draft(self) -> MappingDraft | None:
        """The mapping in hand."""
        return self.file.draft if self.file is not None else None

    @property
    def schema(self) -> Any:
        """The types that can be chosen."""
        return self.picture.schema

    # showing

    def show_file(self, one: ImportFile) -> None:
        """Edit the mapping of a file's table in hand."""
        self.file = one
        self.picture.select(None)
        self.picture.mark_column(None)
        self.form.show_nothing()
        self.refresh()
        self.columns.resizeColumnsToContents()
        for at in range(self.model.columnCount()):
            width = self.columns.columnWidth(at)
            self.columns.setColumnWidth(at, max(90, min(220, width + 12)))

    def refresh(self) -> None:
        """Show everything as it stands now."""
        if self.file is None or self.draft is None or self.file.schema is None:
            return
        self.picture.schema = self.form.schema = self.file.schema
        self.form.draft = self.draft
        self.picture.show_draft(self.draft)
        self.model.show_preview(self.file.preview, self._goes)
        left = self.draft.unused()
        self.unused.setText(_("not imported: {columns}", columns=", ".join(left)) if left else "")

    def _goes(self, column: str) -> str:
        """Where a column goes, for its heading."""
        assert self.draft is not None
        uses = self.draft.uses(column)
        if not uses:
            return "–"
        first = place_name(*uses[0], self.schema).split(" › ")[-1]
        return "→ " + first + (f" +{len(uses) - 1}" if len(uses) > 1 else "")

    def _owner_chosen(self, owner: Any) -> None:
        self.form.show_owner(owner)

    def _column_chosen(self, column: str) -> None:
        if self.file is None or self.draft is None:
            return
        self.picture.mark_column(column)
        if self.columns.column() != column:
            self.columns.choose(column)
        self.form.show_column(column, self.file.preview)

    def _guess(self, column: str) -> Any:
        columns = self.model.columns()
        guesses = self.file.preview.guesses if self.file is not None and self.file.preview is not None else []
        at = columns.index(column) if column in columns else -1
        return guesses[at] if 0 <= at < len(guesses) else None

    # changing

    def _after(self) -> None:
        if self.file is None or self.file.table is None:
            return
        self.file.table.origin = "hand"
        remap(self.file)
        column, owner = self.picture.column, self.picture.selected
        self.refresh()
        if owner is not None and self.picture.selected is owner:
            self.form.show_owner(owner)
        elif column is not None:
            self.picture.mark_column(column)
            self.form.show_column(column, self.file.preview)
        self.changed.emit()

    def _types_made(self, made: Any) -> None:
        if self.file is not None and self.file.schema is not None:
            self.file.types = self.file.types.extended(made)
            self.file.schema = self.file.schema.extended(made)
            self.picture.schema = self.form.schema = self.file.schema

    def put(self, column: str, came: Place | None, owner: Any, word: str) -> None:
        """Let a column go to a place, `came` from another; owner None: a new entity; "+": a new property."""
        if self.draft is None:
            return
        if came is not None and (came.owner is not owner or came.word != word):
            self.draft.take(column, came.owner, came.word)
        if owner is None:
            self._new_entity(column)
            return
        if word == MORE:
            kinds = types_of(owner.type)
            made, word = with_property(self.schema, kinds[0], column, self._guess(column))
            self._types_made(made)
        self.draft.put(column, owner, word)
        self.picture.mark_column(column)
        self.picture.select(owner)
        self._after()

    def _take(self, column: str, owner: Any, word: str) -> None:
        if self.draft is not None:
            self.draft.take(column, owner, word)
            self._after()

    def _dropped(self, column: str, owner: Any, word: str, came: Place | None) -> None:
        if owner is None or word not in ("", MORE):
            self.put(column, came, owner, word)
            return
        menu = QMenu(self)
        put = partial(self.put, column, came)
        fill = fill_properties if word == MORE else fill_owner
        fill(menu, owner, self.schema, column, self._guess(column), put)
        self._show(menu, self.cursor().pos())

    def _new_entity(self, column: str | None) -> None:
        if self.draft is None:
            return
        left = self.draft.unused()
        column = column or (left[0] if left else None)
        self._types_made(thing())
        made = self.draft.add_entity((kind_named(column) if column else None) or THING, column)
        named = next((name for name in self.schema.entity(made.type).label_from if name in ("name", "reference")), None)
        if column is not None and named:
            self.draft.put(column, made, named)
        self.picture.select(made)
        self._after()

    def _new_link(self) -> None:
        if self.draft is not None:
            chosen = self.picture.selected if isinstance(self.picture.selected, DraftEntity) else None
            others = [one for one in self.draft.entities if one is not chosen]
            made = self.draft.add_link(self.schema, chosen, others[-1] if chosen is not None and others else None)
            self.picture.select(made)
            self._after()

    # menus

    def _show(self, menu: QMenu, at: QPoint) -> None:
        self.menu = menu
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _place_current(self) -> None:
        column = self.columns.column() or (self.model.column(0) if self.model.columnCount() else None)
        if column:
            self._place_menu(column, self.place_button.mapToGlobal(QPoint(0, self.place_button.height())))

    def _place_menu(self, column: str, at: QPoint) -> None:
        if self.draft is not None:
            put = lambda owner, word: self.put(column, None, owner, word)  # noqa: E731
            take = lambda owner, word: self._take(column, owner, word)  # noqa: E731
            self._show(column_menu(self, self.draft, self.schema, column, self._guess(column), put, take), at)

    def _picture_menu(self, owner: Any, at: QPoint) -> None:
        menu = QMenu(self)
        if owner is None:
            menu.addAction(_("Add an entity")).triggered.connect(lambda: self._new_entity(None))
            menu.addAction(_("Add a link")).triggered.connect(self._new_link)
        else:
            for column in self.model.columns():
                under = menu.addMenu(column.replace("&", "&&"))
                fill_owner(under, owner, self.schema, column, self._guess(column), partial(self.put, column, None))
            menu.addSeparator()
            menu.addAction(_("Remove")).triggered.connect(lambda: self._remove(owner))
        self._show(menu, at)

    def _remove(self, owner: Any) -> None:
        if self.draft is not None:
            self.draft.remove(owner)
            self.form.show_nothing()
            self._after()
