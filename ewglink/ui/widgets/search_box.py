"""The search box: hits as one types, with the place where they stand; Enter goes there."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import N_, Message, _, language, ngettext, number
from ewglink.ui import theme
from ewglink.ui.session import Session
from ewglink.ui.widgets.glyphs import glyph
from ewglink.ui.widgets.plain_text import muted, plain
from ewglink.ui.widgets.type_icons import type_icon
from ewglink.ui.widgets.words import Words

_ID = Qt.ItemDataRole.UserRole
_BELOW = Qt.ItemDataRole.UserRole + 1


class TwoLines(QStyledItemDelegate):
    """A line with a quieter line below it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        """Room for two lines."""
        return QSize(200, 2 * QFontMetrics(option.font).height() + 8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        """The sign, the label, and below it where it was found."""
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        shade = theme.colours(theme.worn())
        if chosen:
            painter.fillRect(option.rect, QColor(shade.accent))
        field: QRect = option.rect.adjusted(8, 4, -8, -4)
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        if icon is not None:
            icon.paint(painter, QRect(field.left(), field.center().y() - 11, 22, 22))
        text = field.adjusted(30, 0, 0, 0)
        high = painter.fontMetrics().height()
        elide = Qt.TextElideMode.ElideRight
        painter.setPen(QColor(shade.on_accent if chosen else shade.text))
        painter.drawText(
            QRect(text.left(), text.top(), text.width(), high),
            Qt.AlignmentFlag.AlignVCenter,
            painter.fontMetrics().elidedText(index.data(Qt.ItemDataRole.DisplayRole), elide, text.width()),
        )
        painter.setPen(QColor(shade.on_accent if chosen else shade.muted))
        painter.drawText(
            QRect(text.left(), text.top() + high, text.width(), high),
            Qt.AlignmentFlag.AlignVCenter,
            painter.fontMetrics().elidedText(index.data(_BELOW) or "", elide, text.width()),
        )
        painter.restore()


class SearchBox(QLineEdit):
    """Search over the case. `found(id)` when a hit is chosen; F3 and Shift+F3 go through the hits. `rows_wanted(text)`:
    the source rows are to be searched too."""

    found = Signal(int)
    rows_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.words = Words()
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(180)
        self.setMaximumWidth(460)
        self.setObjectName("search")
        self._sign = self.addAction(glyph("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.popup = QFrame(self, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.popup.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.popup.setFrameShape(QFrame.Shape.StyledPanel)
        self.popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list = QListWidget(self.popup)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(TwoLines(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.total = muted()
        box = QVBoxLayout(self.popup)
        box.setContentsMargins(1, 1, 1, 3)
        box.setSpacing(2)
        box.addWidget(self.list, 1)
        box.addWidget(self.total)
        self.rows_button = QPushButton(self.popup)
        self.rows_button.setFlat(True)
        self.rows_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows_button.clicked.connect(self._ask_rows)
        box.addWidget(self.rows_button)
        self.hits: list[Any] = []
        self._at = -1
        self._asked = 0
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(120)
        self._typing.timeout.connect(self._ask)
        self.textEdited.connect(self._edited)
        self.list.itemClicked.connect(lambda line: self._choose(self.list.row(line)))
        self.words.say(self.setPlaceholderText, N_("Search the case"))
        self.words.say(self.setAccessibleName, N_("Search the case"))
        self.words.say(self.list.setAccessibleName, N_("Hits"))
        session.language_changed.connect(self.words.retranslate)
        session.theme_changed.connect(lambda: self._sign.setIcon(glyph("search")))
        session.opened.connect(lambda: self.setEnabled(True))
        session.closed.connect(self._emptied)
        self.setEnabled(False)

    def begin(self) -> None:
        """Put the cursor here."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def step(self, by: int) -> None:
        """Go to the next hit (or the one before)."""
        if self.hits:
            self._choose((self._at + by) % len(self.hits), keep_open=False)

    def _emptied(self) -> None:
        self.clear()
        self.hits, self._at = [], -1
        self._asked += 1
        self._typing.stop()
        self.popup.hide()
        self.setEnabled(False)

    def _edited(self, text: str) -> None:
        if text.strip():
            self._typing.start()
        else:
            self._typing.stop()
            self._asked += 1
            self.hits = []
            self.popup.hide()

    def _ask(self) -> None:
        from ewglink.workspace import searching

        text, case = self.text().strip(), self.session.case
        if not text or case is None:
            return
        self._asked += 1
        asked = self._asked

        def answered(result: Any) -> None:
            if asked == self._asked and self.session.case is case:
                self._show(*result)

        self.session.jobs.ask(
            Message(N_("Searching")), lambda: searching.search(case, text, count_to=searching.COUNTED), answered)

    def _show(self, total: int, hits: list[Any]) -> None:
        from ewglink.workspace import searching

        self.hits, self._at = hits, -1
        self.list.clear()
        schema = self.session.schema
        for hit in hits:
            line = QListWidgetItem(
                type_icon(schema, hit.type) if hit.kind == "entity" else glyph("link"),
                plain(hit.label or schema.label(hit.type, language())),
            )
            line.setData(_ID, hit.id)
            line.setData(_BELOW, plain(self._below(hit)))
            self.list.addItem(line)
        said = ngettext("{n} hit", "{n} hits", total) if hits else _("Nothing was found.")
        if total >= searching.COUNTED:
            said = _("{n} hits or more", n=number(searching.COUNTED))
        self.total.setText(
            "  " + (said + " · " + _("the first {n} are shown", n=len(hits)) if total > len(hits) > 0 else said)
        )
        self.rows_button.setText(plain(_("Search the source rows for “{text}”", text=self.text().strip())))
        if self.hasFocus():
            self._open()

    def _below(self, hit: Any) -> str:
        parts = [self.session.schema.label(hit.type, language())]
        if hit.field:
            kind = self.session.schema.entity_types.get(hit.type) or self.session.schema.link_types.get(hit.type)
            found = kind.property(hit.field) if kind else None
            parts.append((found.label(language()) if found else hit.field) + ": " + hit.excerpt)
        elif hit.excerpt:
            parts.append(hit.excerpt)
        return " · ".join(parts)

    def _open(self) -> None:
        line = 2 * self.fontMetrics().height() + 8
        rows = min(max(1, len(self.hits)), 9)
        self.list.setVisible(bool(self.hits))
        high = (rows * line + 10 if self.hits else 0) + self.total.sizeHint().height() + 12
        high += self.rows_button.sizeHint().height() + 2
        wide = max(self.width(), 380)
        corner = self.mapToGlobal(QPoint(self.width() - wide, self.height() + 2))
        self.popup.setGeometry(corner.x(), corner.y(), wide, high)
        self.popup.show()
        self.popup.raise_()

    def _ask_rows(self) -> None:
        self.popup.hide()
        self.rows_wanted.emit(self.text().strip())

    def _choose(self, row: int, keep_open: bool = False) -> None:
        if 0 <= row < len(self.hits):
            self._at = row
            self.list.setCurrentRow(row)
            if not keep_open:
                self.popup.hide()
            self.found.emit(self.hits[row].id)

    def keyPressEvent(self, event: Any) -> None:
        """Arrows move through the hits, Enter goes to one, Escape leaves."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.hits:
            if not self.popup.isVisible():
                self._open()
            row = self.list.currentRow() + (1 if key == Qt.Key.Key_Down else -1)
            self.list.setCurrentRow(max(0, min(len(self.hits) - 1, row)))
            event.accept()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.hits:
                self._choose(max(0, self.list.currentRow()))
            else:
                self._typing.stop()
                self._ask()
            event.accept()
        elif key == Qt.Key.Key_Escape:
            self.popup.hide() if self.popup.isVisible() else self.clear()
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: Any) -> None:
        """Out of focus, out of sight."""
        super().focusOutEvent(event)
        if QApplication.activePopupWidget() is None:
            self.popup.hide()

    def hideEvent(self, event: QEvent) -> None:
        """The hits go with the box."""
        self.popup.hide()
        super().hideEvent(event)
