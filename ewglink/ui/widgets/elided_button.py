"""A button whose text ends in an ellipsis where it does not fit."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter

_AROUND = 30


class ElidedButton(QPushButton):
    """As wide as its place, at least some signs."""

    def minimumSizeHint(self) -> QSize:
        """Room for a few signs."""
        return QSize(90, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """No wider for a long text."""
        hint = super().sizeHint()
        return QSize(min(hint.width(), 220), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The button with as much of its text as fits."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.width() - _AROUND - (0 if option.icon.isNull() else option.iconSize.width())
        option.text = self.fontMetrics().elidedText(option.text, Qt.TextElideMode.ElideRight, max(20, room))
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
