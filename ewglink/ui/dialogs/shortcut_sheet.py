"""The sheet of shortcuts: what every key and every move of the mouse does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import N_, _
from ewglink.ui.action_menus import MENUS, ActionMenus
from ewglink.ui.dialogs.command_palette import folded
from ewglink.ui.widgets.plain_text import plain

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
    (N_("Esc"), N_("Give up what is going on; then select nothing")),
)


class ShortcutSheet(QDialog):
    """Every shortcut, by menu, with a filter."""

    def __init__(self, menus: ActionMenus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard and mouse"))
        self.resize(620, 640)
        self.filter = QLineEdit(placeholderText=_("Filter"), clearButtonEnabled=True)
        self.filter.setAccessibleName(_("Filter"))
        self.list = QTreeWidget()
        self.list.setHeaderLabels([_("What"), _("Keys")])
        self.list.setAlternatingRowColors(True)
        self.list.setAccessibleName(_("Keyboard and mouse"))
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        self._section(_("On the chart"), [(_(what), _(keys)) for keys, what in ON_THE_CHART])
        for key, title in MENUS:
            lines = []
            for name, action in menus.actions.items():
                if action.menu == key and action.shortcuts:
                    shown = [
                        QKeySequence(one).toString(QKeySequence.SequenceFormat.NativeText) for one in action.shortcuts
                    ]
                    what = (
                        menus.q[name].text().replace("&", "")
                        if action.title is None
                        else _(action.text).replace("&", "")
                    )
                    if action.submenu:
                        what = _(action.submenu).replace("&", "") + " › " + what
                    lines.append((what, "   ".join(shown)))
            if lines:
                self._section(_(title).replace("&", ""), lines)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(self.filter)
        box.addWidget(self.list, 1)
        box.addWidget(buttons)
        self.filter.textChanged.connect(self._narrow)

    def _section(self, title: str, lines: list[tuple[str, str]]) -> None:
        top = QTreeWidgetItem(self.list, [title])
        font = top.font(0)
        font.setBold(True)
        top.setFont(0, font)
        for what, keys in lines:
            QTreeWidgetItem(top, [plain(what), plain(keys)])
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
