"""The identifier checker: texts typed or pasted, what each can be, whether it holds and why."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QBrush, QColor, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import N_, _, ngettext
from ewglink.ui import theme
from ewglink.ui.session import Session
from ewglink.ui.widgets.elided_combo import ElidedCombo
from ewglink.ui.widgets.plain_text import hint, label, muted, plain
from ewglink.ui.widgets.words import Words

COUNTRIES = ("US", "CA", "MX", "GB", "FR", "ES", "DE", "CN", "IN", "MY", "TH", "PA")
STATUS = {"ok": N_("holds"), "warn": N_("doubtful"), "fail": N_("does not hold")}
_PAUSE = 200


class IdentifierChecker(QWidget):
    """Looks at each line as it is typed. It needs no case, and says nothing to one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.words = Words()
        self.lines: list[Any] = []
        self.field = QPlainTextEdit()
        self.field.setTabChangesFocus(True)
        self.countries, self.kinds = ElidedCombo(10), ElidedCombo(12)
        self.list = QTreeWidget()
        self.about = muted()
        self.copy_button, self.clear_button = QPushButton(), QPushButton()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self.look)
        self._set_out()
        self.retranslate()
        session.language_changed.connect(self.retranslate)
        session.theme_changed.connect(self.look)
        self.field.textChanged.connect(self._later.start)
        self.countries.activated.connect(lambda _at: self.look())
        self.kinds.activated.connect(lambda _at: self.look())
        self.copy_button.clicked.connect(self.copy)
        self.clear_button.clicked.connect(self.field.clear)

    def _set_out(self) -> None:
        self.list.setColumnCount(5)
        self.list.setAlternatingRowColors(True)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._labels = [label(buddy=self.countries), label(buddy=self.kinds), label(buddy=self.field)]
        row = QHBoxLayout()
        for widget, stretch in ((self._labels[0], 0), (self.countries, 1), (self._labels[1], 0), (self.kinds, 2)):
            row.addWidget(widget, stretch)
        buttons = QHBoxLayout()
        buttons.addWidget(self.about, 1)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.clear_button)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(self.field)
        halves.addWidget(self.list)
        halves.setSizes([110, 300])
        halves.setChildrenCollapsible(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.addLayout(row)
        box.addWidget(self._labels[2])
        box.addWidget(halves, 1)
        box.addLayout(buttons)

    def retranslate(self) -> None:
        """Say everything again."""
        say = self.words.say
        say(self._labels[0].setText, N_("Country of the record"))
        say(self._labels[1].setText, N_("Kind"))
        say(self._labels[2].setText, N_("One number a line"))
        say(self.field.setPlaceholderText, N_("Type or paste numbers: EPA ID, MTN, IMO, RFC, CAS, VIN, LEI…"))
        say(self.field.setAccessibleName, N_("Numbers to look at"))
        say(self.countries.setAccessibleName, N_("Country of the record"))
        say(self.kinds.setAccessibleName, N_("Kind"))
        say(self.list.setAccessibleName, N_("What each can be"))
        say(self.copy_button.setText, N_("&Copy the table"))
        say(self.clear_button.setText, N_("C&lear"))
        self._fill_choices()
        self.list.setHeaderLabels([_("Text"), _("Kind"), _("Normal form"), _("Check"), _("Why")])
        self.look()

    def _fill_choices(self) -> None:
        from ewglink.workspace.identifier_check import schemes

        for box, first, choices in (
            (self.countries, _("any"), [(key, key) for key in COUNTRIES]),
            (self.kinds, _("whatever it can be"), schemes()),
        ):
            kept = box.currentData()
            box.clear()
            box.addItem(first, None)
            for key, name in choices:
                box.addItem(plain(name), key)
            box.setCurrentIndex(max(0, box.findData(kept)))

    def look(self) -> None:
        """Look at every line now."""
        from ewglink.workspace.identifier_check import look, texts_of

        self._later.stop()
        texts = texts_of(self.field.toPlainText())
        self.lines = look(texts, self.countries.currentData(), self.kinds.currentData())
        self.list.clear()
        for line in self.lines:
            self._show(line)
        for at, width in enumerate((160, 150, 150, 96)):
            self.list.setColumnWidth(at, width)
        held = sum(any(one.status == "ok" for one in line.found) for line in self.lines)
        self.about.setText(
            ngettext("{n} text", "{n} texts", len(texts)) + ", " + ngettext("{n} holds", "{n} hold", held)
            if texts else ""
        )  # fmt: skip
        self.copy_button.setEnabled(bool(texts))

    def _show(self, line: Any) -> None:
        from ewglink.identifiers.catalogue import scheme_name
        from ewglink.workspace.identifier_check import told

        shade = theme.colours(theme.worn())
        colours = {"ok": shade.good, "warn": shade.warn, "fail": shade.error}
        if not line.found:
            made = QTreeWidgetItem(self.list, [plain(line.text), "", "", "–", str(line.said or "")])
            hint(made, str(line.said or ""), 4)
            return
        parent: Any = self.list
        for one in line.found:
            more = told(one)
            why = f"{one.message} {more[:1].upper()}{more[1:]}" if more else str(one.message)
            name = str(scheme_name(one.scheme))
            first = parent is self.list
            made = QTreeWidgetItem(
                parent, [plain(line.text) if first else "", plain(name), plain(one.normalised), _(STATUS[one.status]),
                         plain(why)]
            )  # fmt: skip
            made.setForeground(3, QBrush(QColor(colours[one.status])))
            for at, text in ((0, line.text), (1, name), (2, one.normalised), (4, why)):
                hint(made, text, at)
            if first:
                parent = made
        parent.setExpanded(len(self.lines) <= 20)

    def copy(self) -> None:
        """The table to the clipboard."""
        from ewglink.workspace.identifier_check import as_text

        QGuiApplication.clipboard().setText(as_text(self.lines))

    def stop(self) -> None:
        """Look at nothing any more."""
        self._later.stop()


class IdentifierWindow(QDialog):
    """The checker in a window of its own: it stays open beside the case, or without one."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self.setObjectName("identifier_checker")
        self.resize(920, 520)
        self.panel = IdentifierChecker(window.session)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.panel)
        self.setWindowTitle(_("Identifier checker"))
        window.session.language_changed.connect(lambda: self.setWindowTitle(_("Identifier checker")))

    def done(self, result: int) -> None:
        """Close and look at nothing any more."""
        self.panel.stop()
        super().done(result)


def show_checker(window: Any, text: str = "") -> IdentifierWindow:
    """Open the checker, or bring it to the front, with a text."""
    found = window.findChild(IdentifierWindow)
    shown = found if isinstance(found, IdentifierWindow) else IdentifierWindow(window)
    if text:
        shown.panel.field.setPlainText(text)
    shown.show()
    shown.raise_()
    shown.activateWindow()
    shown.panel.field.setFocus()
    return shown
