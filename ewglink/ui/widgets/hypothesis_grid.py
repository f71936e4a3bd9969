"""The matrix of hypotheses as a grid: keys 1 to 5 judge the cell in hand, 0 takes the verdict back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ewglink.text import _, number
from ewglink.ui import theme
from ewglink.ui.widgets.matrix_view import shade_now
from ewglink.ui.widgets.plain_text import ask_text, hint, plain
from ewglink.workspace.hypotheses import RELEVANCE_NAMES, VERDICTS, Board, Hypothesis, diagnostic, standings

_KEYS = dict(zip("12345", VERDICTS, strict=True)) | {"0": ""}
_FIXED = 3
"""Columns before those of the hypotheses: evidence, grade, relevance."""


def verdict_colour(verdict: str, shade: theme.Colours) -> QColor | None:
    """The ground of a verdict; the word stands on it, so that colour is never all there is."""
    colour = QColor({"CC": shade.good, "C": shade.good, "I": shade.error, "II": shade.error}.get(verdict, "#00000000"))
    colour.setAlpha({"CC": 90, "C": 45, "I": 45, "II": 90}.get(verdict, 0))
    return colour if verdict in ("CC", "C", "I", "II") else None


class HypothesisGrid(QTableWidget):
    """Rows are evidence, columns hypotheses. `judged(evidence, hypothesis, verdict)`, `weighed(evidence, relevance)`,
    `graded(evidence, grade)`, `moved()` when another cell is taken in hand."""

    judged = Signal(int, int, str)
    weighed = Signal(int, str)
    graded = Signal(int, str)
    moved = Signal()

    def __init__(self, board: Board, selection: Any, read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(len(board.evidence) + 1, _FIXED + len(board.hypotheses), parent)
        self.board, self._read_only, self._selection = board, read_only, selection
        self.setAccessibleName(_("Matrix of hypotheses"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self._fill()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setColumnWidth(0, 280)
        header.setMinimumHeight(self.fontMetrics().height() * 3 + 8)
        self.setColumnWidth(1, 130)
        self.setColumnWidth(2, 100)
        for at in range(len(board.hypotheses)):
            self.setColumnWidth(_FIXED + at, 150)
        self.currentCellChanged.connect(lambda *_: self.moved.emit())
        self.cellDoubleClicked.connect(self._opened)
        self.itemSelectionChanged.connect(self._select)

    def _fill(self) -> None:
        board, shade = self.board, shade_now()
        scores = {one.hypothesis: one for one in standings(board)}
        self.setHorizontalHeaderLabels([_("Evidence"), _("Grade"), _("Relevance"),
                                        *(plain(one.title) for one in board.hypotheses)])
        for at, row in enumerate(board.evidence):
            flat = not diagnostic(row, board)
            said = plain(row.label) + ("  ≈" if flat else "")
            self._put(at, 0, said, row.label + ("\n" + _("does not discriminate") if flat else ""))
            grade = (row.grade or _("ungraded")) + f" ({number(row.credibility, 2)})"
            self._put(at, 1, grade, _("Double-click to give a grade by hand"))
            self._put(at, 2, _(RELEVANCE_NAMES[row.relevance]), _("Double-click for the next relevance"))
            for across, hypothesis in enumerate(board.hypotheses):
                verdict = row.verdicts.get(hypothesis.id, "")
                words = f"{plain(row.label)} – {plain(hypothesis.title)}: "
                words += _(VERDICTS[verdict]) if verdict else _("not judged")
                cell = self._put(at, _FIXED + across, verdict, words)
                cell.setData(Qt.ItemDataRole.AccessibleTextRole, words)
                cell.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                colour = verdict_colour(verdict, shade)
                if colour is not None:
                    cell.setBackground(colour)
        last = len(board.evidence)
        self._put(last, 0, _("Inconsistency (rank)"), "")
        for across, hypothesis in enumerate(board.hypotheses):
            one = scores[hypothesis.id]
            cell = self._put(last, _FIXED + across, f"{number(one.score, 2)} ({one.rank})", "")
            cell.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        for across in range(self.columnCount()):
            cell = self.item(last, across) or self._put(last, across, "", "")
            font = cell.font()
            font.setBold(True)
            cell.setFont(font)
            cell.setBackground(QColor(shade.alternate))

    def _put(self, row: int, column: int, text: str, tip: str) -> QTableWidgetItem:
        cell = QTableWidgetItem(text)
        if tip:
            hint(cell, tip)
        self.setItem(row, column, cell)
        return cell

    # where one is

    def evidence(self) -> int | None:
        """The evidence of the row in hand."""
        at = self.currentRow()
        return self.board.evidence[at].id if 0 <= at < len(self.board.evidence) else None

    def hypothesis(self) -> Hypothesis | None:
        """The hypothesis of the column in hand."""
        at = self.currentColumn() - _FIXED
        return self.board.hypotheses[at] if 0 <= at < len(self.board.hypotheses) else None

    def whole_column(self) -> int | None:
        """The hypothesis whose whole column is selected, or whose sum is in hand."""
        found = self.hypothesis()
        whole = self.selectionModel().isColumnSelected(self.currentColumn()) if self.currentColumn() >= 0 else False
        return found.id if found is not None and (whole or self.currentRow() == len(self.board.evidence)) else None

    def place(self) -> tuple[int, int]:
        """Row and column in hand."""
        return self.currentRow(), self.currentColumn()

    def go_to(self, place: tuple[int, int]) -> None:
        """Take a cell in hand again."""
        self.setCurrentCell(min(place[0], self.rowCount() - 1), min(place[1], self.columnCount() - 1))

    # doing

    def judge(self, verdict: str) -> None:
        """Give the cell in hand a verdict; empty takes it back."""
        evidence, hypothesis = self.evidence(), self.hypothesis()
        if evidence is not None and hypothesis is not None and not self._read_only:
            self.judged.emit(evidence, hypothesis.id, verdict)

    def add_keys(self, row: QHBoxLayout) -> None:
        """Buttons that judge the cell in hand."""
        for key, verdict in _KEYS.items():
            button = QPushButton(f"{verdict or '–'}  {key}")
            words = _(VERDICTS[verdict]) if verdict else _("take the verdict back")
            button.setAccessibleName(plain(words))
            hint(button, words)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setEnabled(not self._read_only)
            button.clicked.connect(lambda _checked=False, wanted=verdict: self.judge(wanted))
            row.addWidget(button)
        row.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 5 judge from CC to II, 0 and Delete take the verdict back, Enter opens grade and relevance."""
        text = event.text()
        if text in _KEYS and text:
            self.judge(_KEYS[text])
        elif event.key() == Qt.Key.Key_Delete:
            self.judge("")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._opened(self.currentRow(), self.currentColumn())
        else:
            super().keyPressEvent(event)

    def _opened(self, row: int, column: int) -> None:
        if self._read_only or not 0 <= row < len(self.board.evidence):
            return
        one = self.board.evidence[row]
        if column == 2:
            keys = list(RELEVANCE_NAMES)
            self.weighed.emit(one.id, keys[(keys.index(one.relevance) + 1) % len(keys)])
        elif column == 1:
            self._ask_grade(one.id, one.grade)
        elif column >= _FIXED:
            order = ["", *VERDICTS]
            now = one.verdicts.get(self.board.hypotheses[column - _FIXED].id, "")
            self.judge(order[(order.index(now) + 1) % len(order)])

    def _ask_grade(self, evidence: int, grade: str) -> None:
        text = ask_text(self, _("Grade"), _("Grade from A1 to F6; empty: that of its statements"), grade)
        if text is not None:
            self.graded.emit(evidence, text)

    def _select(self) -> None:
        evidence, hypothesis = self.evidence(), self.hypothesis()
        items = [one for one in (evidence, hypothesis.id if hypothesis else None) if one is not None]
        if items and self.hasFocus():
            self._selection.set(items)
