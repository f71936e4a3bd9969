"""What the last run of the rules could not evaluate: rule by rule, on which records, and what the rule reads."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from ewglink.rules.contract import RULES
from ewglink.rules.saying import title
from ewglink.text import _, ngettext, number
from ewglink.ui.session import Session
from ewglink.ui.widgets.plain_text import hint, muted, plain
from ewglink.ui.widgets.type_icons import type_icon
from ewglink.workspace.checking import last_run
from ewglink.workspace.finding_words import input_name

_ITEM = Qt.ItemDataRole.UserRole
MOST = 500
"""Records listed under one rule."""


class NotEvaluable(QDialog):
    """The rules that lacked an input, each with its records. `item_wanted(id)` when one is activated."""

    item_wanted = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What could not be evaluated"))
        self.resize(720, 480)
        self._session = session
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(_("What could not be evaluated"))
        self.tree.setHeaderLabels([_("Rule"), _("What the rule reads")])
        self.tree.setAlternatingRowColors(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setColumnWidth(0, 340)
        self.tree.itemActivated.connect(self._activated)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(muted(_("Where an input is missing a rule says nothing: it is neither broken nor kept. Import "
                              "what is missing, and run the rules again.")))
        box.addWidget(self.tree, 1)
        box.addWidget(buttons)
        self._fill()

    def _fill(self) -> None:
        last = last_run(self._session.workspace)
        for rule, items in sorted(last.missing.items() if last is not None else ()):
            if not items:
                continue
            inputs = RULES.get(rule).inputs if rule in RULES else ()
            read = ", ".join(dict.fromkeys(input_name(self._session.schema, key) for key in inputs))
            top = QTreeWidgetItem(self.tree, [plain(f"{rule} {title(rule)} ({number(len(items))})"), plain(read)])
            hint(top, read, 1)
            refs = self._session.case.items.refs(items[:MOST])
            for item in items[:MOST]:
                if item in refs:
                    line = QTreeWidgetItem(top, [plain(refs[item].label)])
                    line.setIcon(0, type_icon(self._session.schema, refs[item].type))
                    line.setData(0, _ITEM, item)
            if len(items) > MOST:
                more = len(items) - MOST
                QTreeWidgetItem(top, [ngettext("and {n} more", "and {n} more", more)])

    def _activated(self, line: QTreeWidgetItem, _column: int) -> None:
        if line.data(0, _ITEM):
            self.item_wanted.emit(int(line.data(0, _ITEM)))


def show_not_evaluable(window: Any) -> None:
    """Show it beside the window, so that its records can be looked at."""
    dialog = NotEvaluable(window.session, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.item_wanted.connect(window.editing.select_and_show)
    window.session.closed.connect(dialog.close)
    dialog.show()
