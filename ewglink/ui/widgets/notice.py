"""A strip above the charts that says one sentence: why something was refused, what went wrong, or that it is done."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from ewglink.text import _
from ewglink.ui import theme
from ewglink.ui.widgets.glyphs import glyph
from ewglink.ui.widgets.plain_text import label, plain

_SIGNS = {"refusal": ("warn", "warn"), "error": ("warn", "error"), "done": ("check", "good")}
_DONE_FOR = 6000


class Notice(QFrame):
    """The strip. A refusal stays until it is closed or another sentence comes; good news goes by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.sign = label()
        self.text = label(wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button = QToolButton()
        self.close_button.setAutoRaise(True)
        self.close_button.setIcon(glyph("close"))
        self.close_button.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 6, 5)
        row.addWidget(self.sign)
        row.addWidget(self.text, 1)
        row.addWidget(self.close_button)
        self._fading = QTimer(self)
        self._fading.setSingleShot(True)
        self._fading.setInterval(_DONE_FOR)
        self._fading.timeout.connect(self.hide)
        self.hide()

    def tell(self, kind: str, text: str) -> None:
        """Say `text`; `kind` is refusal, error or done."""
        sign, colour = _SIGNS.get(kind, _SIGNS["refusal"])
        self.setProperty("notice", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        for child in (self.text, self.sign):
            child.style().unpolish(child)
            child.style().polish(child)
        self.sign.setPixmap(glyph(sign, getattr(theme.colours(theme.worn()), colour)).pixmap(18, 18))
        self.text.setText(plain(text))
        self.setAccessibleName(plain(text))
        self.close_button.setIcon(glyph("close"))
        self.close_button.setAccessibleName(_("Close this message"))
        self._fading.stop()
        if kind == "done":
            self._fading.start()
        self.show()

    def stop(self) -> None:
        """Say nothing any more."""
        self._fading.stop()
        self.hide()
