"""The palette: types and shapes, dragged onto the chart, or taken by a click or Enter and set down by another."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ewglink.text import N_, _, language
from ewglink.ui.canvas.tools.put import InHand
from ewglink.ui.panels.panel import Panel
from ewglink.ui.session import Session
from ewglink.ui.widgets.glyphs import glyph
from ewglink.ui.widgets.plain_text import muted, plain
from ewglink.ui.widgets.type_icons import type_icon

MIME = "application/x-ewglink-palette"
SHAPES = (("text", N_("Text")), ("rectangle", N_("Rectangle")), ("ellipse", N_("Ellipse")), ("line", N_("Line")),
          ("arrow", N_("Arrow")))
_WHAT, _KEY = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


def in_hand_of(data: QMimeData) -> InHand | None:
    """What is being dragged from a palette, None where it is something else."""
    if not data.hasFormat(MIME):
        return None
    what, _tab, key = bytes(data.data(MIME).data()).decode("utf-8").partition("\t")
    return InHand(what, key)


class _Signs(QListWidget):
    """Signs that can be dragged away."""

    def mimeData(self, items: Any) -> QMimeData:
        """What is dragged: its kind and, of an entity, its type."""
        data = QMimeData()
        for item in items[:1]:
            data.setData(MIME, f"{item.data(_WHAT)}\t{item.data(_KEY)}".encode())
        return data

    def mimeTypes(self) -> list[str]:
        """What a palette gives."""
        return [MIME]


class PalettePanel(Panel):
    """`wanted(what, key)` tells what a person takes in hand."""

    tables = frozenset({"meta"})
    wanted = Signal(str, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.filter = QLineEdit(clearButtonEnabled=True)
        self.list = _Signs()
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setDragEnabled(True)
        self.list.setIconSize(QSize(28, 28))
        self.list.setGridSize(QSize(104, 60))
        self.list.setWordWrap(True)
        self.hint = muted()
        box = QVBoxLayout(self)
        box.setContentsMargins(6, 6, 6, 6)
        box.addWidget(self.filter)
        box.addWidget(self.list, 1)
        box.addWidget(self.hint)
        self.setFocusProxy(self.list)
        self.words.say(self.filter.setPlaceholderText, N_("Filter"))
        self.words.say(self.filter.setAccessibleName, N_("Filter"))
        self.words.say(self.list.setAccessibleName, N_("Palette"))
        self.words.say(self.hint.setText, N_("Drag onto the chart, or click here and then on the chart."))
        self.filter.textChanged.connect(self._narrow)
        self.list.itemClicked.connect(self._take)
        self.list.itemActivated.connect(self._take)

    def look(self) -> None:
        """List the types of the case."""
        self.list.clear()
        for what, name in SHAPES:
            self._line(glyph("note_" + what), _(name), what, "")
        schema = self.session.schema
        for key, kind in sorted(schema.entity_types.items(), key=lambda pair: pair[1].label(language()).casefold()):
            self._line(type_icon(schema, key), kind.label(language()), "entity", key)
        self._narrow()

    def _line(self, icon: QIcon, name: str, what: str, key: str) -> None:
        line = QListWidgetItem(icon, plain(name), self.list)
        line.setData(_WHAT, what)
        line.setData(_KEY, key)

    def _narrow(self, *_text: Any) -> None:
        from ewglink.ui.dialogs.command_palette import folded

        wanted = folded(self.filter.text())
        for row in range(self.list.count()):
            line = self.list.item(row)
            line.setHidden(wanted not in folded(line.text()))

    def _take(self, line: QListWidgetItem) -> None:
        if not self.session.read_only:
            self.wanted.emit(line.data(_WHAT), line.data(_KEY))
