"""Two entities beside each other: which stands for both, what they agree in, and why they may be one or not."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QRadioButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import N_, _, language
from ewglink.ui import theme
from ewglink.ui.session import Session
from ewglink.ui.widgets.plain_text import hint, label, plain

_RECORDS = Qt.ItemDataRole.UserRole
_SIGNS = {"same": "＝", "different": "≠", "one": ""}
_SAID = {"same": N_("They agree"), "different": N_("They differ"), "one": N_("Only one says")}


class ComparedPair(QWidget):
    """A pair of a review. `source_wanted(record)` asks for the row behind a value (double click or Enter)."""

    source_wanted = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._match: Any = None
        self.keeps = (QRadioButton(), QRadioButton())
        group = QButtonGroup(self)
        for button in self.keeps:
            group.addButton(button)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setSizePolicy(button.sizePolicy().Policy.Ignored, button.sizePolicy().verticalPolicy())
        self.tree = QTreeWidget()
        self.tree.setColumnCount(4)
        self.tree.setRootIsDecorated(False)
        self.tree.setAlternatingRowColors(True)
        self.tree.setUniformRowHeights(True)
        header = self.tree.header()
        header.setStretchLastSection(False)
        for column, mode in enumerate((QHeaderView.ResizeMode.ResizeToContents, QHeaderView.ResizeMode.Stretch,
                                       QHeaderView.ResizeMode.ResizeToContents, QHeaderView.ResizeMode.Stretch)):
            header.setSectionResizeMode(column, mode)
        self.reasons = label(wrap=True)
        self.reasons.setContentsMargins(8, 2, 8, 2)
        row = QHBoxLayout()
        row.setContentsMargins(6, 0, 6, 0)
        for button in self.keeps:
            row.addWidget(button, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(row)
        box.addWidget(self.tree, 1)
        box.addWidget(self.reasons)
        self.tree.itemActivated.connect(self._activated)
        self.show_pair(None)

    def show_pair(self, match: Any) -> None:
        """Show this pair, or none; the better known of the two stands for both."""
        from ewglink.workspace.resolving.side_by_side import side_by_side

        self.tree.clear()
        self.tree.setHeaderLabels([_("Property"), _("One"), "", _("Other")])
        self.tree.setAccessibleName(_("Both beside each other"))
        found = side_by_side(self._session.case, self._session.schema, match.a, match.b, language()) if match else None
        self._match = match if found is not None else None
        for button in self.keeps:
            button.setVisible(found is not None)
        self.reasons.setText(self._reasons())
        if found is None:
            return
        for button, ref in zip(self.keeps, (found.left, found.right), strict=True):
            button.setText(plain(_("Keep “{label}”", label=ref.label)).replace("&", "&&"))
            hint(button, _("Stands for both: {label}", label=ref.label))
        self.keep(0 if found.known[0] >= found.known[1] else 1)
        for line in found.lines:
            self._add(line)

    def _add(self, line: Any) -> None:
        shade = theme.colours(theme.worn())
        made = QTreeWidgetItem(self.tree, [plain(line.name), plain(line.left.text), _SIGNS[line.agreement],
                                           plain(line.right.text)])
        made.setData(0, _RECORDS, (line.left.record, line.right.record))
        hint(made, _(_SAID[line.agreement]), 2)
        for column, side in ((1, line.left), (3, line.right)):
            hint(made, "\n".join(filter(None, (side.text, *side.sources))), column)
        if line.agreement != "one":
            colour = QBrush(QColor(shade.good if line.agreement == "same" else shade.error))
            for column in (1, 2, 3):
                made.setForeground(column, colour)

    def _reasons(self) -> str:
        if self._match is None:
            return ""
        return "\n".join([*(f"+ {one.message()}" for one in self._match.pro),
                          *(f"– {one.message()}" for one in self._match.contra)])

    def keep(self, side: int) -> None:
        """Let the left (0) or the right (1) stand for both."""
        self.keeps[side].setChecked(True)

    def kept(self) -> int | None:
        """The entity that stands for both."""
        if self._match is None:
            return None
        return int(self._match.a if self.keeps[0].isChecked() else self._match.b)

    def _activated(self, line: QTreeWidgetItem, column: int) -> None:
        left, right = line.data(0, _RECORDS)
        record = right if column == 3 else left
        if record is not None or (record := left or right) is not None:
            self.source_wanted.emit(int(record))
