"""A number to be edited, with no more decimals than it has."""

from __future__ import annotations

from PySide6.QtWidgets import QDoubleSpinBox


class NumberBox(QDoubleSpinBox):
    """A spin box that keeps its decimals to itself where they are noughts: 10, not 10.0000."""

    def textFromValue(self, value: float) -> str:
        """The value as the language writes it, without noughts at its end."""
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").removesuffix(point) if point in text else text
