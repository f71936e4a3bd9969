"""The format strip: representation, size, colour and frame of what is selected, at hand above its properties."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from ewglink.drawing.representation import REPRESENTATIONS
from ewglink.text import N_, _
from ewglink.ui.formatting import SIZES, WIDTHS
from ewglink.ui.widgets.colour_box import ColourBox
from ewglink.ui.widgets.glyphs import glyph
from ewglink.ui.widgets.plain_text import hint

MOST = 5000
"""With more than this selected the strip would be slow to say what they share; the menu still formats them."""
SIZE_NAMES = {0.5: "½×", 1.0: "1×", 2.0: "2×", 3.0: "3×", 4.0: "4×"}


class FormatStrip(QWidget):
    """Shows what the selected items share and changes it; hidden where nothing on the chart is selected."""

    def __init__(self, window: Any) -> None:
        super().__init__()
        self._window = window
        self.kind, self.size, self.width_of = QComboBox(), QComboBox(), QComboBox()
        self.colour, self.frame = ColourBox(nothing=N_("Type's colour")), ColourBox(nothing=N_("No frame"))
        self.more = QToolButton()
        self.more.setAutoRaise(True)
        box = QHBoxLayout(self)
        box.setContentsMargins(8, 0, 8, 2)
        box.setSpacing(4)
        for field in (self.kind, self.size, self.width_of, self.colour, self.frame, self.more):
            box.addWidget(field)
        for field in (self.kind, self.size, self.width_of, self.colour, self.frame):
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.setMinimumContentsLength(3)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.look)
        self.retranslate()
        self._connect()
        self.look()

    def _connect(self) -> None:
        window, session = self._window, self._window.session
        self.kind.activated.connect(lambda _at: self._format.represent(self.kind.currentData()))
        self.size.activated.connect(lambda _at: self._format.give_entities(size=self.size.currentData()))
        self.width_of.activated.connect(lambda _at: self._format.give_links(width=self.width_of.currentData()))
        self.colour.chosen.connect(lambda: self._format.give_all(colour=self.colour.value()))
        self.frame.chosen.connect(lambda: self._format.give_entities(frame=self.frame.value()))
        self.more.clicked.connect(lambda: self._format.badges())
        session.selection.changed.connect(lambda _items: self._later.start())
        session.language_changed.connect(self.retranslate)
        session.theme_changed.connect(lambda: self.more.setIcon(glyph("badge")))
        window.charts.changed.connect(self._later.start)

    @property
    def _format(self) -> Any:
        return self._window.editing.formatting

    def retranslate(self) -> None:
        """Name the choices in the language in force."""
        for field, name in ((self.kind, N_("Representation")), (self.size, N_("Icon size")),
                            (self.width_of, N_("Line width")), (self.colour, N_("Colour")), (self.frame, N_("Frame")),
                            (self.more, N_("Badges…"))):
            field.setAccessibleName(_(name).rstrip("…"))
            hint(field, _(name))
        self.more.setIcon(glyph("badge"))
        self.kind.clear()
        for one in REPRESENTATIONS:
            self.kind.addItem(_(one.name), one.key)
        for box, values in ((self.size, SIZES), (self.width_of, WIDTHS)):
            box.clear()
            for value in values:
                box.addItem(SIZE_NAMES[value] if box is self.size else f"{value:g}", value)
        self.colour.fill()
        self.frame.fill()
        self.look()

    def look(self, *_changed: Any) -> None:
        """Show what the selected items have in common."""
        charts = self._window.charts
        ready = hasattr(self._window, "editing") and charts.placed() is not None and not self._window.session.read_only
        ready = ready and 0 < len(self._window.session.selection) <= MOST
        entities = self._format.entities() if ready else []
        links = self._format.links() if ready else []
        self.setVisible(bool(entities or links))
        if not entities and not links:
            return
        for field in (self.kind, self.size, self.frame, self.more):
            field.setVisible(bool(entities))
        self.width_of.setVisible(not entities)
        shared = self._format.common
        self.kind.setCurrentIndex(self.kind.findData(self._format.representation()))
        self.size.setCurrentIndex(self.size.findData(float(shared(entities, "size") or 1.0)))
        self.width_of.setCurrentIndex(self.width_of.findData(float(shared(links, "width") or 1.5)))
        self.colour.choose(shared([*entities, *links], "colour"))
        frame = shared(entities, "frame")
        self.frame.choose("#56B4E9" if frame is True else frame)
