"""The list of filter layers: on or off, in order, each with what it does; all off with one click."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import N_, _, language
from ewglink.ui.filtering import Filtering
from ewglink.ui.session import Session
from ewglink.ui.widgets.glyphs import glyph
from ewglink.ui.widgets.plain_text import ask_text, hint, label, plain
from ewglink.ui.widgets.words import Words

_ROW = 26
_ARROWS = {"up": Qt.ArrowType.UpArrow, "down": Qt.ArrowType.DownArrow}


class LayerList(QWidget):
    """The layers of the chart in front. Space switches one, Enter edits it, Alt+Up and Alt+Down move it, Del takes it
    away."""

    def __init__(self, session: Session, charts: Any, filtering: Filtering, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self._charts, self._filtering = session, charts, filtering
        self.words = Words()
        self.title = label()
        self.list = QListWidget()
        self.list.setMaximumHeight(112)
        self.off = QPushButton()
        self.change, self.up, self.down, self.away = (QToolButton() for _each in range(4))
        self._filling = False
        self._shown: list[Any] = []
        self._set_out()
        self.list.itemChanged.connect(self._switched)
        self.list.itemDoubleClicked.connect(lambda _item: self.edit())
        self.change.clicked.connect(self.edit)
        self.list.currentRowChanged.connect(lambda _at: self._enable())
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        self.list.installEventFilter(self)
        self.off.clicked.connect(filtering.all_off)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.away.clicked.connect(self._delete)

    def _set_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.title, 1)
        for button, name, words in ((self.change, "edit", N_("Change this filter…")),
                                    (self.up, "up", N_("Apply this filter earlier")),
                                    (self.down, "down", N_("Apply this filter later")),
                                    (self.away, "delete", N_("Take this filter away"))):
            button.setAutoRaise(True)
            if name in _ARROWS:
                button.setArrowType(_ARROWS[name])
            else:
                button.setIcon(glyph(name))
            self.words.say(button.setAccessibleName, words)
            self.words.also(lambda button=button, words=words: hint(button, _(words)))
            hint(button, _(words))
            row.addWidget(button)
        row.addWidget(self.off)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 4, 8, 8)
        box.addLayout(row)
        box.addWidget(self.list)
        self.words.say(self.title.setText, N_("Filters of this chart"))
        self.words.say(self.off.setText, N_("All &off"))
        self.words.say(self.list.setAccessibleName, N_("Filters of this chart"))

    # showing

    def look(self) -> None:
        """Show the layers as they are saved."""
        from ewglink.workspace.chart_facts import filter_names
        from ewglink.workspace.filter_words import TypeWords, layer_words

        layers, content, schema = self._filtering.layers, self._charts.placed(), self.session.schema
        types = TypeWords({key: schema.label(key, language()) for key in schema.entity_types},
                          {key: one.phrase(language()) for key, one in schema.link_types.items()})
        self.off.setEnabled(self._filtering.on)
        self._shown = layers
        self._filling = True
        at = self.list.currentRow()
        self.list.clear()
        for layer in layers if content is not None else ():
            names = filter_names(self.session.schema, language(), [layer])
            item = QListWidgetItem(plain(layer_words(layer, types, names)))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setSizeHint(QSize(0, _ROW))
            item.setCheckState(Qt.CheckState.Unchecked if layer.off else Qt.CheckState.Checked)
            self.list.addItem(item)
        self.list.setCurrentRow(min(at, self.list.count() - 1) if at >= 0 else self.list.count() - 1)
        self._filling = False
        self._enable()

    def _enable(self) -> None:
        at, free = self.list.currentRow(), not self.session.read_only
        self.up.setEnabled(free and at > 0)
        self.down.setEnabled(free and 0 <= at < self.list.count() - 1)
        self.away.setEnabled(free and at >= 0)
        self.change.setEnabled(free and at >= 0)

    # changing

    def _set(self, layers: list[Any], current: int) -> None:
        self._filtering.set(layers)
        self.look()
        self.list.setCurrentRow(current)

    def _switched(self, item: QListWidgetItem) -> None:
        at = self.list.row(item)
        if not self._filling and 0 <= at < len(self._shown):
            layers = list(self._shown)
            layers[at] = replace(layers[at], off=item.checkState() != Qt.CheckState.Checked)
            self._set(layers, at)

    def _move(self, by: int) -> None:
        at, layers = self.list.currentRow(), list(self._shown)
        if 0 <= at < len(layers) and 0 <= at + by < len(layers):
            layers.insert(at + by, layers.pop(at))
            self._set(layers, at + by)

    def _delete(self) -> None:
        at = self.list.currentRow()
        if 0 <= at < len(self._shown):
            self._set(self._shown[:at] + self._shown[at + 1:], max(0, at - 1))

    def _change(self, at: int, **fields: Any) -> None:
        layers = list(self._shown)
        layers[at] = replace(layers[at], **fields)
        self._set(layers, at)

    def edit(self) -> None:
        """Ask what the filter in hand is to be, and have it so, in its place."""
        from ewglink.ui.dialogs.appearance_rules import types_of
        from ewglink.ui.dialogs.filter_layer import FilterLayerDialog
        from ewglink.ui.panels.filters_words import fields_of_filters

        at, content, schema = self.list.currentRow(), self._charts.placed(), self.session.schema
        if not 0 <= at < len(self._shown) or self.session.read_only or content is None:
            return
        dialog = FilterLayerDialog(self._shown[at], fields_of_filters(content, schema), types_of(content, schema), self)
        if dialog.exec() and dialog.layer() != self._shown[at]:
            layers = list(self._shown)
            layers[at] = dialog.layer()
            self._set(layers, at)
        dialog.deleteLater()

    def _rename(self) -> None:
        at = self.list.currentRow()
        if 0 <= at < len(self._shown) and not self.session.read_only:
            name = ask_text(self, _("Name of the filter"), _("Name of the filter"), self._shown[at].name)
            if name is not None:
                self._change(at, name=name.strip())

    def _menu(self, point: QPoint) -> None:
        from ewglink.workspace.filtering import EFFECTS

        at = self.list.currentRow()
        if not 0 <= at < len(self._shown) or self.session.read_only:
            return
        layer, menu = self._shown[at], QMenu(self)
        for key, name in EFFECTS.items():
            action = menu.addAction(_(name))
            action.setCheckable(True)
            action.setChecked(layer.effect == key)
            action.triggered.connect(lambda _on=False, key=key: self._change(at, effect=key))
        menu.addSeparator()
        ends = menu.addAction(_("Leave out entities without a link too"))
        ends.setCheckable(True)
        ends.setChecked(layer.ends)
        ends.triggered.connect(lambda on: self._change(at, ends=on))
        menu.addAction(_("Change this filter…")).triggered.connect(self.edit)
        menu.addAction(_("Rename…")).triggered.connect(self._rename)
        menu.addAction(_("Take this filter away")).triggered.connect(self._delete)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(point))

    def eventFilter(self, watched: Any, event: Any) -> bool:
        """Keys of the list."""
        if watched is self.list and event.type() == event.Type.KeyPress and not self.session.read_only:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.edit()
                return True
            if event.key() == Qt.Key.Key_Delete:
                self._delete()
                return True
            if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._move(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
        return False
