"""Beside the mapping's picture: what is chosen there, an entity, a link or a column, and what can be said of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ewglink.text import _, language
from ewglink.ui.dialogs.import_places import place_name
from ewglink.ui.widgets.elided_combo import ElidedCombo
from ewglink.ui.widgets.glyphs import glyph
from ewglink.ui.widgets.mapping_cards import type_name
from ewglink.ui.widgets.plain_text import ask_text, heading, label, muted, plain, tooltip
from ewglink.ui.widgets.type_icons import type_icon
from ewglink.workspace.column_evidence import of_dates, of_numbers
from ewglink.workspace.mapping_draft import DraftEntity, DraftLink, MappingDraft, column_of, types_of
from ewglink.workspace.mapping_types import new_entity_type, new_link_type

_NEW = "\0new"
_UNITS = ("kg", "t", "lb", "g", "L", "gal", "m3")


class RoleForm(QScrollArea):
    """`changed()` after an edit; `place_wanted(column, global point)` where a column is to be placed;
    `types_made(Schema)` when the person has made a type."""

    changed = Signal()
    place_wanted = Signal(str, QPoint)
    types_made = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.schema: Any = None
        self.draft: MappingDraft | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumWidth(236)
        self.setAccessibleName(_("What is chosen"))
        self._boxes: QVBoxLayout
        self._form: QFormLayout
        self._begin(_("Nothing chosen"), _("Choose an entity or a link on the picture, or a column in the table."))

    def _begin(self, title: str, about: str) -> None:
        self.fields: dict[str, QWidget] = {}
        inside = QWidget()
        self._boxes = QVBoxLayout(inside)
        self._boxes.setContentsMargins(10, 4, 6, 4)
        self._boxes.addWidget(heading(title, points=1.05))
        if about:
            self._boxes.addWidget(muted(about))
        self._form = QFormLayout()
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._boxes.addLayout(self._form)
        self._boxes.addStretch(1)
        old = self.takeWidget()
        self.setWidget(inside)
        if old is not None:
            old.hide()
            old.deleteLater()

    def _row(self, key: str, name: str, field: QWidget) -> None:
        self.fields[key] = field
        field.setAccessibleName(name)
        field.setObjectName(key)
        self._form.addRow(label(name, buddy=field, wrap=True), field)

    def _combo(self, choices: list[tuple[str, Any]], chosen: Any, take: Callable[[Any], None],
               icons: bool = False) -> QComboBox:  # fmt: skip
        box = ElidedCombo(12)
        for text, value in choices:
            box.addItem(plain(text), value)
            if icons and isinstance(value, str):
                box.setItemIcon(box.count() - 1, type_icon(self.schema, value))
        box.setMaxVisibleItems(18)
        box.setCurrentIndex(max(0, next((at for at, (_t, value) in enumerate(choices) if value == chosen), 0)))
        box.setToolTip(tooltip(box.currentText()))
        box.activated.connect(lambda at: take(box.itemData(at)))
        return box

    def _button(self, text: str, sign: str, run: Callable[[], Any]) -> QPushButton:
        button = QPushButton(text)
        button.setIcon(glyph(sign))
        button.clicked.connect(lambda _checked=False: run())
        self._boxes.insertWidget(self._boxes.count() - 1, button)
        return button

    def _after(self, deed: Callable[[], Any]) -> None:
        deed()
        self.changed.emit()

    # what is shown

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self._begin(_("Nothing chosen"), _("Choose an entity or a link on the picture, or a column in the table."))

    def show_owner(self, owner: Any) -> None:
        """An entity or a link is chosen."""
        if isinstance(owner, DraftEntity):
            self._show_entity(owner)
        elif isinstance(owner, DraftLink):
            self._show_link(owner)
        else:
            self.show_nothing()

    def _show_entity(self, owner: DraftEntity) -> None:
        self._begin(_("Entity “{name}”", name=owner.role), _("Rows with the same key are one entity."))
        self._row("type", _("Type"), self._type_box(owner, self.schema.entity_types))
        columns = [("–", None), *((column, column) for column in self.draft.columns)] if self.draft else []
        country = owner.more.get("country")
        box = self._combo(columns, country if isinstance(country, str) else None,
                          lambda column: self._after(lambda: _say(owner.more, "country", column)))  # fmt: skip
        self._row("country", _("Country of its numbers"), box)
        if any(self._has(owner, name) for name in ("quantity", "unit")):
            self._unit(owner)
        self._button(_("Remove"), "close", lambda: self._remove(owner))

    def _has(self, owner: Any, name: str) -> bool:
        return any(
            found.property(name) is not None
            for key in types_of(owner.type)
            if (found := self.schema.entity_types.get(key)) is not None
        )

    def _unit(self, owner: DraftEntity) -> None:
        """The unit of all quantities, where no column says it."""
        source = owner.properties.get("unit")
        if column_of(source) is not None:
            return
        said = source.get("constant") if isinstance(source, dict) else None
        choices = [(_("as each row says"), None), *((one, one) for one in _UNITS)]

        def take(unit: str | None) -> None:
            self._after(lambda: _say(owner.properties, "unit", {"constant": unit} if unit else None))

        self._row("unit", _("Unit of all quantities"), self._combo(choices, said, take))

    def _show_link(self, owner: DraftLink) -> None:
        self._begin(_("Link"), _("Each row makes one."))
        assert self.draft is not None
        a, b = self.draft.entity(owner.a), self.draft.entity(owner.b)
        fitting = dict.fromkeys([*types_of(owner.type), *self.draft.fitting(self.schema, a, b)])
        self._row("type", _("Type"), self._type_box(owner, {key: self.schema.link_types.get(key) for key in fitting}))
        roles = [(f"{type_name(one, self.schema)} ({one.role})", one.role) for one in self.draft.entities]
        for word, name in (("a", _("From")), ("b", _("To"))):
            take = lambda role, w=word: self._after(lambda: setattr(owner, w, role))  # noqa: E731
            self._row(word, name, self._combo(roles, getattr(owner, word), take))
        self._button(_("Turn it round"), "redo", lambda: self._after(lambda: _turn(owner)))
        self._button(_("Remove"), "close", lambda: self._remove(owner))

    def _type_box(self, owner: Any, known: dict[str, Any]) -> QComboBox:
        entity = isinstance(owner, DraftEntity)
        choices: list[tuple[str, Any]] = [(self.schema.label(key, language()), key) for key in known]
        choices.sort(key=lambda one: one[0].casefold())
        found = types_of(owner.type)
        if len(found) != 1:
            choices.insert(0, (type_name(owner, self.schema), owner.type))
        choices.append((_("A new type…"), _NEW))

        def take(value: Any) -> None:
            if value == _NEW:
                self._new_type(owner, entity)
            else:
                self._after(lambda: _become(owner, value, self.schema))

        return self._combo(choices, owner.type, take, icons=entity)

    def _new_type(self, owner: Any, entity: bool) -> None:
        name = ask_text(self, _("A new type"), _("What is it called?"), owner.role if entity else "")
        if not name or not name.strip():
            self.show_owner(owner)
            return
        made, key = (new_entity_type if entity else new_link_type)(self.schema, name)
        self.types_made.emit(made)
        self._after(lambda: _become(owner, key, self.schema))

    def _remove(self, owner: Any) -> None:
        if self.draft is not None:
            self.draft.remove(owner)
            self.show_nothing()
            self.changed.emit()

    # columns

    def show_column(self, column: str, preview: Any) -> None:
        """A column is chosen: what it holds, where it goes, how it is read."""
        assert self.draft is not None
        at = self.draft.columns.index(column) if column in self.draft.columns else -1
        guess = preview.guesses[at] if preview is not None and 0 <= at < len(preview.guesses) else None
        cells = [row.cells[at] for row in preview.rows if at < len(row.cells)] if preview is not None else []
        goes = [place_name(owner, word, self.schema) for owner, word in self.draft.uses(column)]
        self._begin(_("Column “{name}”", name=column), "; ".join(goes) or _("Not imported; its cells are kept with "
                                                                            "the row."))  # fmt: skip
        button = self._button(_("Put it somewhere…"), "add", lambda: None)
        button.clicked.disconnect()
        button.clicked.connect(lambda _checked=False: self.place_wanted.emit(
            column, button.mapToGlobal(QPoint(0, button.height()))))  # fmt: skip
        if not goes:
            return
        dated = guess is not None and guess.dates is not None
        if dated or self._goes_to(column, ("date", "instant")):
            self._say_dates(column, cells)
        if guess is not None and guess.numbers is not None or self._goes_to(column, ("number", "integer", "quantity")):
            self._say_numbers(column, cells)
        self._say_split(column)

    def _goes_to(self, column: str, kinds: tuple[str, ...]) -> bool:
        """Whether a column goes to a property, or a time, of these kinds."""
        assert self.draft is not None
        for owner, word in self.draft.uses(column):
            if word in ("start", "end") and "date" in kinds:
                return True
            for key in types_of(owner.type):
                kind = self.schema.entity_types.get(key) or self.schema.link_types.get(key)
                prop = kind.property(word) if kind is not None else None
                if prop is not None and prop.kind in kinds:
                    return True
        return False

    def _say_dates(self, column: str, cells: list[Any]) -> None:
        assert self.draft is not None
        chosen = self.draft.reading(column, "date")
        choices = [(_("as the column says"), None), (_("day first"), "dmy"), (_("month first"), "mdy"),
                   (_("year first"), "ymd")]  # fmt: skip
        self._row("date", _("Dates are read"), self._reading(column, "date", choices, chosen))
        self._form.addRow(muted(str(of_dates(cells, chosen))))

    def _say_numbers(self, column: str, cells: list[Any]) -> None:
        assert self.draft is not None
        chosen = self.draft.reading(column, "decimal")
        choices = [(_("as the column says"), None), (_("point: 1,234.5"), "."), (_("comma: 1.234,5"), ",")]
        self._row("decimal", _("Decimal mark"), self._reading(column, "decimal", choices, chosen))
        self._form.addRow(muted(str(of_numbers(cells, chosen))))

    def _reading(self, column: str, word: str, choices: list[tuple[str, Any]], chosen: Any) -> QComboBox:
        draft = self.draft
        assert draft is not None
        return self._combo(choices, chosen, lambda how: self._after(lambda: draft.read_as(column, word, how)))

    def _say_split(self, column: str) -> None:
        draft = self.draft
        assert draft is not None
        line = QLineEdit(draft.reading(column, "split") or "")
        line.setMaxLength(4)
        line.setPlaceholderText(_("one value in a cell"))
        line.editingFinished.connect(lambda: (
            self._after(lambda: draft.read_as(column, "split", line.text() or None))
            if (line.text() or None) != draft.reading(column, "split") else None))  # fmt: skip
        self._row("split", _("Several values in a cell are separated by"), line)


def _say(held: dict[str, Any], word: str, what: Any) -> None:
    if what is None:
        held.pop(word, None)
    else:
        held[word] = what


def _turn(owner: DraftLink) -> None:
    owner.a, owner.b = owner.b, owner.a


def _become(owner: Any, kind: Any, schema: Any) -> None:
    """Another type: properties that it lacks are let go."""
    owner.type = kind
    found = schema.entity_types.get(kind) or schema.link_types.get(kind) if isinstance(kind, str) else None
    if found is not None:
        owner.properties = {name: source for name, source in owner.properties.items() if found.property(name)}
