"""The sheet of shortcuts: what every key and every move of the mouse does, and which keys are to do it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import N_, _
from ewglink.ui.action_menus import MENUS, Action, ActionMenus
from ewglink.ui.dialogs.command_palette import folded
from ewglink.ui.shortcuts import WALKING, native, portable
from ewglink.ui.widgets.plain_text import label, muted, plain

ON_THE_CHART = (
    (N_("Wheel"), N_("Zoom to the cursor")),
    (N_("Shift + wheel"), N_("Move sideways")),
    (N_("Space + drag, or middle button"), N_("Move the chart")),
    (N_("Drag on the background"), N_("Select with a rectangle")),
    (N_("Alt + drag"), N_("Select with a lasso")),
    (N_("Shift + click, Shift + drag"), N_("Add to the selection")),
    (N_("Ctrl + click"), N_("Add to the selection or take away from it")),
    (N_("Drag an item"), N_("Move what is selected")),
    (N_("Ctrl + drag from item to item"), N_("Link them, or find paths between them")),
    (N_("Double-click an item, or Enter"), N_("Properties")),
    (N_("Shift + double-click an item"), N_("Expand with conditions")),
    (N_("Double-click the background"), N_("Add an entity there")),
    (N_("Double-click an annotation"), N_("Change its words and look")),
    (N_("Drag from the palette"), N_("Add an entity, a text or a shape")),
    (N_("Arrow keys"), N_("Walk to the nearest linked neighbour")),
    (N_("Tab, Shift + Tab"), N_("Next or previous item")),
    (N_("Shift + F10, or Menu"), N_("Context menu")),
    (N_("Ctrl + 0, Ctrl + 9"), N_("Fit everything, fit the selection")),
    (N_("Ctrl + Shift + 1 to 8"), N_("Keep the selection under a number")),
    (N_("Ctrl + 1 to 8"), N_("Select what was kept; digits go by the place of their key")),
    (N_("Esc"), N_("Give up what is going on; then select nothing")),
)


_NAME = Qt.ItemDataRole.UserRole


class KeysField(QKeySequenceEdit):
    """Records the keys pressed in it, but not Tab, which goes on to the next field, nor Esc, which closes."""

    def event(self, event: QEvent) -> bool:
        """Let the keys through that a person needs to get out again."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and (
                event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)):
            if event.type() == QEvent.Type.KeyPress and event.key() != Qt.Key.Key_Escape:
                return self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
            event.ignore()
            return False
        return super().event(event)


class ShortcutSheet(QDialog):
    """Every command by menu, with its keys and a filter; the keys of the chosen one can be changed."""

    def __init__(self, menus: ActionMenus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard and mouse"))
        self.resize(700, 700)
        self._menus = menus
        self._lines: dict[str, QTreeWidgetItem] = {}
        self.filter = QLineEdit(placeholderText=_("Filter"), clearButtonEnabled=True)
        self.filter.setAccessibleName(_("Filter"))
        self.list = QTreeWidget()
        self.list.setHeaderLabels([_("What"), _("Keys")])
        self.list.setAlternatingRowColors(True)
        self.list.setAccessibleName(_("Keyboard and mouse"))
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        self._fill()
        self.edit = KeysField()
        self.edit.setMaximumSequenceLength(1)
        self.edit.setClearButtonEnabled(True)
        self.edit.setAccessibleName(_("New keys"))
        self.told = muted()
        self.told.setWordWrap(True)
        self.buttons: dict[str, QPushButton] = {}
        self._set_out()
        self.filter.textChanged.connect(self._narrow)
        self.edit.keySequenceChanged.connect(lambda _keys: self._look())
        self.list.currentItemChanged.connect(lambda *_items: self._choose())
        self._choose()

    def _set_out(self) -> None:
        row, more = QHBoxLayout(), QHBoxLayout()
        row.addWidget(label(_("New keys"), buddy=self.edit))
        row.addWidget(self.edit, 1)
        for key, name, run in (("set", N_("&Use these keys"), self.use), ("add", N_("Use these &too"), self.add),
                               ("none", N_("&No keys"), self.clear), ("reset", N_("As &delivered"), self.reset),
                               ("all", N_("&All as delivered"), self.reset_all)):
            button = QPushButton(_(name))
            button.clicked.connect(lambda _on=False, run=run: run())
            button.setAutoDefault(False)
            (row if key in ("set", "add") else more).addWidget(button)
            self.buttons[key] = button
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        more.addStretch(1)
        more.addWidget(buttons)
        box = QVBoxLayout(self)
        for part in (self.filter, self.list):
            box.addWidget(part)
        box.addLayout(row)
        box.addWidget(self.told)
        box.addLayout(more)

    # the list

    def _fill(self) -> None:
        self._section(_("On the chart"), [(_(what), _(keys), "") for keys, what in ON_THE_CHART])
        for key, title in MENUS:
            lines = [(self._words(action), self._keys(name), name) for name, action in self._menus.actions.items()
                     if action.menu == key]
            if lines:
                self._section(_(title).replace("&", ""), lines)

    @staticmethod
    def _words(action: Action) -> str:
        what = _(action.text).replace("&", "").rstrip("…")
        return _(action.submenu).replace("&", "") + " › " + what if action.submenu else what

    def _keys(self, name: str) -> str:
        return "   ".join(native(one) for one in self._menus.keys[name])

    def _section(self, title: str, lines: list[tuple[str, str, str]]) -> None:
        top = QTreeWidgetItem(self.list, [title])
        font = top.font(0)
        font.setBold(True)
        top.setFont(0, font)
        for what, keys, name in lines:
            line = QTreeWidgetItem(top, [plain(what), plain(keys)])
            line.setData(0, _NAME, name)
            self._lines[name] = line
        top.setFlags(Qt.ItemFlag.ItemIsEnabled)
        top.setExpanded(True)

    def _narrow(self, text: str) -> None:
        wanted = folded(text)
        for at in range(self.list.topLevelItemCount()):
            top = self.list.topLevelItem(at)
            shown = 0
            for row in range(top.childCount()):
                line = top.child(row)
                fits = wanted in folded(line.text(0) + " " + line.text(1))
                line.setHidden(not fits)
                shown += fits
            top.setHidden(not shown)

    # changing keys

    def chosen(self) -> str:
        """The action whose keys can be changed, empty for none."""
        line = self.list.currentItem()
        return (line.data(0, _NAME) or "") if line is not None else ""

    def _choose(self) -> None:
        self.edit.clear()
        self._look()

    def _typed(self) -> str:
        return self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _look(self) -> None:
        """Say what the keys would do, and which buttons do something."""
        name, keys = self.chosen(), portable(self._typed())
        owner = self._menus.keys.owner(keys, name) if keys else None
        if not name:
            self.told.setText(_("Choose a command to change its keys. The mouse and the keys that walk are fixed."))
        elif keys in WALKING:
            self.told.setText(_("{keys} walks the chart and the menus, and cannot be given to a command.",
                                keys=native(keys)))
        elif owner is not None:
            self.told.setText(plain(_("{keys} is used by “{what}”, which would lose it.", keys=native(keys),
                                      what=self._words(self._menus.actions[owner]))))
        else:
            self.told.setText("")
        fits = bool(name and keys and keys not in WALKING)
        self.edit.setEnabled(bool(name))
        self.buttons["set"].setEnabled(fits)
        self.buttons["add"].setEnabled(fits and bool(self._menus.keys[name]))
        self.buttons["none"].setEnabled(bool(name and self._menus.keys[name]))
        self.buttons["reset"].setEnabled(bool(name) and self._menus.keys.changed(name))
        self.buttons["all"].setEnabled(any(map(self._menus.keys.changed, self._menus.actions)))

    def use(self) -> None:
        """The chosen command gets the typed keys, and no others; who had them loses them."""
        self._give([self._typed()])

    def add(self) -> None:
        """The chosen command gets the typed keys beside its own."""
        self._give([*self._menus.keys[self.chosen()], self._typed()])

    def clear(self) -> None:
        """The chosen command gets no keys."""
        self._give([])

    def _give(self, keys: list[str]) -> None:
        name, shortcuts = self.chosen(), self._menus.keys
        for one in keys:
            owner = shortcuts.owner(one, name)
            if owner is not None:
                shortcuts.take(owner, one)
        shortcuts.give(name, keys)
        self._changed()

    def reset(self) -> None:
        """The chosen command gets the keys it came with, unless another has been given them."""
        owner = self._menus.keys.reset(self.chosen())
        self._changed()
        if owner is not None:
            self.told.setText(plain(_("“{what}” has been given these keys; take them from it first.",
                                      what=self._words(self._menus.actions[owner]))))

    def reset_all(self) -> None:
        """Every command gets the keys it came with."""
        self._menus.keys.reset_all()
        self._changed()

    def _changed(self) -> None:
        self._menus.remapped()
        for name, line in self._lines.items():
            if name:
                line.setText(1, plain(self._keys(name)))
        self._choose()
