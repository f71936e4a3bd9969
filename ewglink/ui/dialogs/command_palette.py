"""Every command by name: type some letters of it, Enter runs it."""

from __future__ import annotations

import unicodedata
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ewglink.text import _
from ewglink.ui.action_menus import MENUS, ActionMenus
from ewglink.ui.widgets.glyphs import glyph
from ewglink.ui.widgets.plain_text import plain
from ewglink.ui.widgets.search_box import _BELOW, TwoLines

_NAME = Qt.ItemDataRole.UserRole


def folded(text: str) -> str:
    """`text` without accents and capitals."""
    return "".join(ch for ch in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(ch))


def score(wanted: str, text: str) -> float | None:
    """How well `text` answers `wanted` (higher is better); None where its letters do not stand in it in order."""
    wanted, text = folded(wanted).replace(" ", ""), folded(text)
    if not wanted:
        return 0.0
    total, at, run = 0.0, -1, 0
    for letter in wanted:
        found = text.find(letter, at + 1)
        if found < 0:
            return None
        begins = found == 0 or not text[found - 1].isalnum()
        run = run + 1 if found == at + 1 else 0
        total += 1 + run * 2 + (3 if begins else 0) - (found - at) * 0.02
        at = found
    return total - len(text) * 0.01


class CommandPalette(QDialog):
    """The palette over a window's actions; those that cannot be run now are left out."""

    def __init__(self, menus: ActionMenus, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._menus = menus
        self.setAccessibleName(_("Find a command"))
        self.line = QLineEdit(placeholderText=_("Find a command"))
        self.line.setAccessibleName(_("Find a command"))
        self.list = QListWidget()
        self.list.setItemDelegate(TwoLines(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(_("Commands"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        frame = QFrame(self)
        frame.setProperty("palette", True)
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(8, 8, 8, 8)
        inner.addWidget(self.line)
        inner.addWidget(self.list)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(frame)
        self.line.textChanged.connect(self.look)
        self.line.installEventFilter(self)
        self.list.itemClicked.connect(lambda line: self.run(line))
        menus.refresh()
        titles = {key: _(title).replace("&", "") for key, title in MENUS}
        self._all: list[tuple[str, str, str]] = []
        for name, action in menus.actions.items():
            if action.in_palette and menus.q[name].isEnabled():
                where = titles.get(action.menu, "") + (
                    " › " + _(action.submenu).replace("&", "") if action.submenu else ""
                )
                self._all.append((name, menus.text_of(action).replace("&", ""), where))
        self.resize(520, 420)
        if parent is not None:
            middle = parent.mapToGlobal(parent.rect().center())
            self.move(middle.x() - 260, parent.mapToGlobal(parent.rect().topLeft()).y() + 70)
        self.look("")
        self.line.setFocus()

    def look(self, wanted: str) -> None:
        """List what answers, best first."""
        found = [
            (value, name, text, where)
            for name, text, where in self._all
            if (
                value := max(
                    (s for s in (score(wanted, text), score(wanted, f"{where} {text}")) if s is not None), default=None
                )
            )
            is not None
        ]
        if wanted.strip():
            found.sort(key=lambda one: -one[0])
        self.list.clear()
        for _value, name, text, where in found:
            line = QListWidgetItem(glyph(self._menus.actions[name].icon or "play"), plain(text))
            keys = self._menus.q[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            line.setData(_NAME, name)
            line.setData(_BELOW, where + (f"   ·   {keys}" if keys else ""))
            self.list.addItem(line)
        self.list.setCurrentRow(0)

    def run(self, line: QListWidgetItem | None) -> None:
        """Run a command and close."""
        if line is not None:
            name = line.data(_NAME)
            self.accept()
            self._menus.trigger(name)

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Arrows move in the list while one types."""
        if watched is self.line and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                row = self.list.currentRow() + (1 if key == Qt.Key.Key_Down else -1)
                self.list.setCurrentRow(row % max(1, self.list.count()))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.run(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)
