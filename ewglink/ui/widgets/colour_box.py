"""A choice of colours by name: those that differ for every eye first, any other through the colour dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QColorDialog, QComboBox, QWidget

from ewglink.text import N_, _

COLOURS: dict[str, str] = {
    "#0072B2": N_("Blue"), "#D55E00": N_("Vermilion"), "#009E73": N_("Green"), "#E69F00": N_("Orange"),
    "#56B4E9": N_("Sky blue"), "#CC79A7": N_("Purple"), "#F0E442": N_("Yellow"), "#7F7F7F": N_("Grey"),
    "#16191D": N_("Black")}
"""The colours of Okabe and Ito, which the colour-blind tell apart, and two neutral ones."""
_OTHER = "other"


def swatch(colour: str, size: int = 16) -> QIcon:
    """A square of the colour; a crossed one for none."""
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setPen(QColor("#7F7F7F"))
    if colour:
        painter.setBrush(QColor(colour))
    painter.drawRect(1, 1, size - 3, size - 3)
    if not colour:
        painter.drawLine(2, size - 3, size - 3, 2)
    painter.end()
    return QIcon(pixmap)


class ColourBox(QComboBox):
    """One colour, or none (called `nothing`). `chosen()` is sent when a person chooses."""

    chosen = Signal()

    def __init__(self, value: str | None = None, nothing: str = "", parent: QWidget | None = None) -> None:
        """`nothing` is a text marked with `N_`, said in the language in force; "None" where it is empty."""
        super().__init__(parent)
        self._nothing = nothing
        self._value: str | None = None
        self.fill()
        self.choose(value)
        self.activated.connect(self._activated)

    def fill(self) -> None:
        """Name the colours in the language in force."""
        value = self._value
        self.clear()
        self.addItem(swatch(""), _(self._nothing) if self._nothing else _("None"), "")
        for colour, name in COLOURS.items():
            self.addItem(swatch(colour), _(name), colour)
        self.addItem(_("Other colour…"), _OTHER)
        self.choose(value)

    def value(self) -> str | None:
        """The colour as `#RRGGBB`."""
        return self._value

    def choose(self, value: str | None) -> None:
        """Show this colour."""
        self._value = value or None
        at = self.findData(value or "")
        if at < 0 and value:
            at = self.count() - 1
            self.insertItem(at, swatch(value), value, value)
        self.setCurrentIndex(at)

    def _activated(self, at: int) -> None:
        wanted = self.itemData(at)
        if wanted == _OTHER:
            found = QColorDialog.getColor(QColor(self._value or "#0072B2"), self)
            wanted = found.name().upper() if found.isValid() else self._value
        self.choose(wanted)
        self.chosen.emit()
