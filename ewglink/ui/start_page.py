"""The page shown without a case: recent cases, a new one, one from disk, the demo, and the language."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import N_, language
from ewglink.ui.actions.view import LANGUAGE_NAMES
from ewglink.ui.session import Session
from ewglink.ui.widgets.glyphs import glyph
from ewglink.ui.widgets.plain_text import heading, hint, label, muted, plain
from ewglink.ui.widgets.words import Words

_PATH = Qt.ItemDataRole.UserRole
BUTTONS = (
    ("file.new", N_("&New case…"), "new"),
    ("file.open", N_("&Open case…"), "browse"),
    ("file.demo", N_("Open the &demo case"), "chart"),
)


class StartPage(QWidget):
    """Where one begins. `wanted(action id)` for a button, `case_wanted(Path)` for a recent case."""

    wanted = Signal(str)
    case_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.words = Words()
        self.recent = QListWidget()
        self.none_yet = muted()
        self.languages = QComboBox()
        self._set_out()
        session.language_changed.connect(self.retranslate)
        session.theme_changed.connect(self.look)
        session.closed.connect(self.look)
        self.recent.itemActivated.connect(lambda line: self.case_wanted.emit(Path(line.data(_PATH))))
        self.recent.itemClicked.connect(lambda line: self.case_wanted.emit(Path(line.data(_PATH))))
        self.languages.activated.connect(lambda at: session.speak(self.languages.itemData(at)))
        self.look()

    def _set_out(self) -> None:
        name = heading("EWGLink", points=2.4)
        about, begin, recent, speak = muted(), heading(points=1.1), heading(points=1.1), label(buddy=self.languages)
        self.words.say(about.setText, N_("Records of environmental crime, turned into relationship charts"))
        self.words.say(begin.setText, N_("Begin"))
        self.words.say(recent.setText, N_("Recent cases"))
        self.words.say(self.none_yet.setText, N_("Cases you open are listed here."))
        self.words.say(speak.setText, N_("Language"))
        self.words.say(self.languages.setAccessibleName, N_("Language"))
        self.words.say(self.recent.setAccessibleName, N_("Recent cases"))
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(begin)
        self.buttons: list[QPushButton] = []
        for action, text, sign in BUTTONS:
            button = QPushButton()
            button.setObjectName("start_" + action.replace(".", "_"))
            button.setMinimumHeight(40)
            button.setIconSize(QSize(20, 20))
            button.setProperty("sign", sign)
            button.setStyleSheet("text-align: left; padding-left: 12px;")
            self.words.say(button.setText, text)
            button.clicked.connect(lambda _checked=False, wanted=action: self.wanted.emit(wanted))
            self.buttons.append(button)
            left.addWidget(button)
        left.addSpacing(12)
        row = QHBoxLayout()
        row.addWidget(speak)
        row.addWidget(self.languages, 1)
        left.addLayout(row)
        left.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(recent)
        right.addWidget(self.none_yet)
        right.addWidget(self.recent, 1)
        self._below_recent = right
        for code, shown in LANGUAGE_NAMES:
            self.languages.addItem(shown, code)
        columns = QHBoxLayout()
        columns.setSpacing(36)
        columns.addLayout(left, 2)
        columns.addLayout(right, 3)
        card = QFrame()
        card.setProperty("card", True)
        card.setMaximumSize(920, 560)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(36, 30, 36, 30)
        inner.setSpacing(6)
        inner.addWidget(name)
        inner.addWidget(about)
        inner.addSpacing(18)
        inner.addLayout(columns, 1)
        for quiet in (name, about, begin, recent, self.none_yet):
            quiet.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(card, 8)
        outer.addStretch(1)

    def look(self) -> None:
        """Show the recent cases that are still there."""
        self.recent.clear()
        for name in self.session.settings.recent:
            path = Path(name)
            if path.is_file():
                line = QListWidgetItem(glyph("case"), plain(f"{path.stem}\n{path.parent}"))
                line.setData(_PATH, name)
                hint(line, name)
                self.recent.addItem(line)
        self.recent.setVisible(self.recent.count() > 0)
        self.none_yet.setVisible(self.recent.count() == 0)
        self._below_recent.setAlignment(Qt.AlignmentFlag.AlignTop if self.recent.count() == 0 else Qt.AlignmentFlag(0))
        self.languages.setCurrentIndex(max(0, self.languages.findData(language())))
        for button in self.buttons:
            button.setIcon(glyph(button.property("sign")))

    def retranslate(self) -> None:
        """Say everything again."""
        self.words.retranslate()
        self.look()
