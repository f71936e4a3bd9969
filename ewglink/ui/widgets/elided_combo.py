"""A choice among long texts: what does not fit ends in an ellipsis, and is told in full by the tooltip and the list."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from ewglink.ui.widgets.plain_text import hint, tooltip

_MOST_PIXELS = 900


class ElidedCombo(QComboBox):
    """A `QComboBox` as wide as its place, at least `signs` signs; its list is as wide as its texts."""

    def __init__(self, signs: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(signs)
        self.currentIndexChanged.connect(lambda _at: hint(self, self.currentText()))

    def addItem(self, text: str, data: object = None) -> None:
        """One more text, with itself as its tooltip."""
        super().addItem(text, data)
        self.setItemData(self.count() - 1, tooltip(text), Qt.ItemDataRole.ToolTipRole)

    def showPopup(self) -> None:
        """The list, wide enough for its texts."""
        wide = min(_MOST_PIXELS, self.view().sizeHintForColumn(0) + 40)
        self.view().setMinimumWidth(max(self.width(), wide))
        self.view().setTextElideMode(Qt.TextElideMode.ElideRight)
        super().showPopup()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The field with its text cut where it must be."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        field = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option,
                                            QStyle.SubControl.SC_ComboBoxEditField, self)
        option.currentText = option.fontMetrics.elidedText(option.currentText, Qt.TextElideMode.ElideRight,
                                                           field.width() - 4)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def minimumSizeHint(self) -> QSize:
        """It may become narrow: its text is cut."""
        return QSize(min(120, super().minimumSizeHint().width()), super().minimumSizeHint().height())
