"""The wizard's page on meaning: which column is which entity's key, label and property, and which links a row makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import _, language, ngettext, number
from ewglink.ui.widgets.glyphs import glyph
from ewglink.ui.widgets.mapping_picture import MappingPicture
from ewglink.ui.widgets.plain_text import heading, hint, label, muted, plain
from ewglink.ui.widgets.type_icons import type_icon
from ewglink.workspace.mapping_draft import DraftEntity, DraftLink, MappingDraft

_NONE = ""


class MappingPage(QWidget):
    """Edits a `MappingDraft`; `changed()` after every change."""

    changed = Signal()

    def __init__(self, schema: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._schema = schema
        self.draft: MappingDraft | None = None
        self._rows: list[Any] = []
        self._filling = False
        self.picture = MappingPicture(schema)
        self.picture.setAccessibleName(_("What each row becomes"))
        self.counts = muted()
        self.columns = QTableWidget()
        self.columns.setAccessibleName(_("Columns"))
        self._entities, self._links = QGridLayout(), QGridLayout()
        self._set_out()

    def _set_out(self) -> None:
        cards = QWidget()
        cards_box = QVBoxLayout(cards)
        cards_box.setContentsMargins(0, 0, 8, 0)
        add_entity, add_link = QPushButton(_("Add an &entity")), QPushButton(_("Add a &link"))
        for name, about, grid, button, wanted in (
            (
                _("Entities"),
                _("What each row speaks of. Rows with the same key are one entity."),
                self._entities,
                add_entity,
                self._add_entity,
            ),
            (_("Links"), _("How they are related."), self._links, add_link, self._add_link),
        ):
            cards_box.addWidget(heading(name, points=1.05))
            cards_box.addWidget(muted(about))
            cards_box.addLayout(grid)
            button.setIcon(glyph("add"))
            button.clicked.connect(wanted)
            row = QHBoxLayout()
            row.addWidget(button)
            row.addStretch(1)
            cards_box.addLayout(row)
        cards_box.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(cards)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        top = QWidget()
        top_box = QHBoxLayout(top)
        top_box.setContentsMargins(0, 0, 0, 0)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        top_box.addWidget(scroll, 5)
        right = QVBoxLayout()
        right.addWidget(label(_("What each row becomes")))
        right.addWidget(self.picture, 1)
        right.addWidget(self.counts)
        top_box.addLayout(right, 3)
        below = QWidget()
        below_box = QVBoxLayout(below)
        below_box.setContentsMargins(0, 0, 0, 0)
        below_box.addWidget(label(_("Columns: where each value goes"), buddy=self.columns))
        below_box.addWidget(self.columns, 1)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(top)
        halves.addWidget(below)
        halves.setSizes([330, 240])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(halves)

    def show_draft(self, draft: MappingDraft, preview: Any) -> None:
        """Edit this draft; the sample comes from `preview`."""
        self.draft = draft
        self._rows = list(preview.rows[:20]) if preview is not None else []
        self._fill()

    def show_counts(self, preview: Any) -> None:
        """Say what the first rows make."""
        if preview is None:
            return
        made = [
            f"{self._plural(key)} ({number(n)})"
            for key, n in (*preview.entities.most_common(), *preview.links.most_common())
        ]
        rejected = sum(problem.rejected for problem in preview.problems)
        said = _("The first {n} rows make: {what}.", n=number(len(preview.rows)), what=", ".join(made) or "–")
        if rejected:
            said += " " + ngettext("{n} of them would be rejected.", "{n} of them would be rejected.", rejected)
        self.counts.setText(plain(said))

    def _plural(self, key: str) -> str:
        kind = self._schema.entity_types.get(key)
        return kind.plural(language()) if kind else self._schema.label(key, language())

    # filling

    def _fill(self) -> None:
        if self.draft is None:
            return
        self._filling = True
        _clear(self._entities)
        _clear(self._links)
        for at, name in enumerate((_("Type"), _("Key"), _("Label"))):
            self._entities.addWidget(muted(name), 0, at)
        for row, entity in enumerate(self.draft.entities, start=1):
            self._entity_row(row, entity)
        for at, name in enumerate((_("Type"), _("From"), _("To"), _("Start"), _("End"))):
            self._links.addWidget(muted(name), 0, at)
        for row, link in enumerate(self.draft.links, start=1):
            self._link_row(row, link)
        self._fill_columns()
        self._draw()
        self._filling = False

    def _draw(self) -> None:
        assert self.draft is not None
        self.picture.show_roles(
            [(one.role, one.type) for one in self.draft.entities],
            [(link.type, link.a, link.b) for link in self.draft.links],
        )

    def _after(self, refill: bool) -> None:
        if self._filling:
            return
        if refill:
            self._fill()
        else:
            self._draw()
        self.changed.emit()

    def _combo(
        self,
        choices: list[tuple[str, Any]],
        chosen: Any,
        take: Callable[[Any], None],
        name: str,
        *,
        refill: bool = False,
        icons: bool = False,
    ) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)
        box.setMinimumWidth(64)
        for text, value in choices:
            if icons:
                box.addItem(type_icon(self._schema, value), plain(text), value)
            else:
                box.addItem(plain(text), value)
        at = box.findData(chosen)
        box.setCurrentIndex(max(0, at))

        def taken(row: int) -> None:
            take(box.itemData(row))
            self._after(refill)

        box.activated.connect(taken)
        return box

    def _columns_or_none(self, none: str) -> list[tuple[str, Any]]:
        assert self.draft is not None
        return [(none, _NONE), *((column, column) for column in self.draft.columns)]

    def _entity_row(self, row: int, entity: DraftEntity) -> None:
        types = sorted(
            ((kind.label(language()), key) for key, kind in self._schema.entity_types.items()),
            key=lambda one: one[0].casefold(),
        )

        def take_type(key: str) -> None:
            entity.type = key
            kind = self._schema.entity(key)
            entity.properties = {name: column for name, column in entity.properties.items() if kind.property(name)}

        def take_key(column: str) -> None:
            entity.key = [column] if column else []

        def take_label(column: str) -> None:
            entity.label = column or None

        self._entities.addWidget(self._combo(types, entity.type, take_type, _("Type"), refill=True, icons=True), row, 0)
        self._entities.addWidget(
            self._combo(
                self._columns_or_none(_("– choose –")),
                entity.key[0] if entity.key else _NONE,
                take_key,
                _("Key"),
                refill=True,
            ),
            row,
            1,
        )
        self._entities.addWidget(
            self._combo(
                self._columns_or_none(_("as the type does")), entity.label or _NONE, take_label, _("Label"), refill=True
            ),
            row,
            2,
        )
        self._entities.addWidget(self._remove_button(lambda: self._remove_entity(entity)), row, 3)

    def _link_row(self, row: int, link: DraftLink) -> None:
        assert self.draft is not None
        kinds = {one.role: one.type for one in self.draft.entities}
        fitting = {one.key for one in self._schema.links_between(kinds.get(link.a, ""), kinds.get(link.b, ""))} | {
            link.type
        }
        types = sorted(
            ((self._schema.label(key, language()), key) for key in fitting), key=lambda one: one[0].casefold()
        )
        roles = [(one.role, one.role) for one in self.draft.entities]

        def taker(word: str) -> Callable[[Any], None]:
            return lambda value: setattr(link, word, value or None)

        self._links.addWidget(self._combo(types, link.type, taker("type"), _("Type"), refill=True), row, 0)
        self._links.addWidget(self._combo(roles, link.a, taker("a"), _("From"), refill=True), row, 1)
        self._links.addWidget(self._combo(roles, link.b, taker("b"), _("To"), refill=True), row, 2)
        self._links.addWidget(
            self._combo(self._columns_or_none("–"), link.start or _NONE, taker("start"), _("Start"), refill=True),
            row,
            3,
        )
        self._links.addWidget(
            self._combo(self._columns_or_none("–"), link.end or _NONE, taker("end"), _("End"), refill=True), row, 4
        )
        self._links.addWidget(self._remove_button(lambda: self._remove_link(link)), row, 5)

    def _remove_button(self, remove: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setIcon(glyph("close"))
        button.setAutoRaise(True)
        hint(button, _("Remove"))
        button.setAccessibleName(_("Remove"))
        button.clicked.connect(remove)
        return button

    def _fill_columns(self) -> None:
        assert self.draft is not None
        table, columns = self.columns, self.draft.columns
        table.clear()
        table.setRowCount(len(columns))
        table.setColumnCount(3)
        table.setHorizontalHeaderLabels([_("Column"), _("For example"), _("Goes to")])
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(30)
        for row, column in enumerate(columns):
            sample = [
                str(one.cells[row]) for one in self._rows if row < len(one.cells) and one.cells[row] not in (None, "")
            ]
            for at, text in ((0, column), (1, " · ".join(dict.fromkeys(sample[:6])))):
                cell = QTableWidgetItem(plain(text))
                hint(cell, text)
                cell.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                table.setItem(row, at, cell)
            table.setCellWidget(row, 2, self._target_combo(column))
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Interactive)
        table.setColumnWidth(2, 330)

    def _target_combo(self, column: str) -> QComboBox:
        assert self.draft is not None
        uses = self.draft.uses(column)
        words = {"key": _("Key"), "label": _("Label"), "start": _("Start"), "end": _("End")}
        fixed = [f"{self._owner_name(owner)} › {words[name]}" for owner, name in uses if name in words]
        own = [(owner, name) for owner, name in uses if name not in words]
        choices: list[tuple[str, Any]] = [(_("Not imported") if not fixed else ", ".join(fixed), None)]
        owners: list[Any] = [*self.draft.entities, *self.draft.links]
        for at, owner in enumerate(owners):
            kind = self._schema.entity_types.get(owner.type) or self._schema.link_types.get(owner.type)
            for one in sorted(kind.properties if kind else (), key=lambda found: found.label(language()).casefold()):
                choices.append((f"{self._owner_name(owner)} › {one.label(language())}", (at, one.key)))
        chosen = next(
            ((at, name) for owner, name in own for at, found in enumerate(owners) if found is owner), None
        )

        def take(target: tuple[int, str] | None) -> None:
            for owner, name in own:
                owner.properties.pop(name, None)
            if target is not None:
                owners[target[0]].properties[target[1]] = column

        box = self._combo(choices, chosen, take, _("{column} goes to", column=column), refill=True)
        at = next((row for row, (_text, value) in enumerate(choices) if value == chosen), 0)
        box.setCurrentIndex(at)
        box.setMaxVisibleItems(18)
        return box

    def _owner_name(self, owner: Any) -> str:
        name = self._schema.label(owner.type, language())
        return f"{name} ({owner.role})" if isinstance(owner, DraftEntity) else name

    # changing

    def _add_entity(self) -> None:
        if self.draft is not None:
            unused = self.draft.unused()
            self.draft.add_entity("organization", unused[0] if unused else None)
            self._after(True)

    def _add_link(self) -> None:
        if self.draft is not None:
            self.draft.add_link(self._schema)
            self._after(True)

    def _remove_entity(self, entity: DraftEntity) -> None:
        if self.draft is not None:
            self.draft.remove_entity(entity)
            self._after(True)

    def _remove_link(self, link: DraftLink) -> None:
        if self.draft is not None:
            self.draft.links.remove(link)
            self._after(True)


def _clear(grid: QGridLayout) -> None:
    while grid.count():
        item = grid.takeAt(0)
        if item.widget() is not None:
            item.widget().hide()
            item.widget().deleteLater()
