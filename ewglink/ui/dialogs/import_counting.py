"""The wizard's last pages: what the import would bring, counted by a dry run; and what it has brought."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import _, ngettext, number
from ewglink.ui.widgets.plain_text import heading, hint, label, muted, plain

TARGETS = ("this", "new", "none")
_MOST_LISTED = 3000
_MOST_LINES = 8
_MOST_CHARTED = 3000
"""More new entities than this are put on no chart unless one asks for it: nobody could read them there."""


class CountsTable(QTreeWidget):
    """A line a file: rows, new and known entities and links, rejected rows, warnings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRootIsDecorated(False)
        self.setAlternatingRowColors(True)
        self.setHeaderLabels(
            [
                _("File"),
                _("Rows"),
                _("New entities"),
                _("Known entities"),
                _("New links"),
                _("Known links"),
                _("Merged"),
                _("Rejected"),
                _("Warnings"),
            ]
        )
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setStretchLastSection(False)
        self.setAccessibleName(_("Counts by file"))
        heads = self.headerItem()
        hint(heads, _("Rows whose own key is new, and which an identifier makes one with a known entity"), 6)
        for column in range(1, 9):
            heads.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def show_report(self, report: Any) -> None:
        """Show what a report counts."""
        self.clear()
        for one in report.sources:
            name = plain(one.file)
            if one.known:
                name += "   " + _("(imported before: nothing new)")
            elif one.along_with is not None:
                name += "   " + _("(with {file})", file=plain(one.along_with))
            figures = (
                one.rows,
                one.entities_new,
                one.entities_known,
                one.links_new,
                one.links_known,
                one.merged,
                len(one.rejected),
                sum(one.counted.values()),
            )
            line = QTreeWidgetItem(self, [name, *map(number, figures)])
            for column in range(1, 9):
                line.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        lines = min(_MOST_LINES, max(2, len(report.sources)))
        self.setMaximumHeight(self.header().sizeHint().height() + lines * (self.fontMetrics().height() + 8) + 8)


class ProblemsTable(QTreeWidget):
    """Rejected rows first, then warnings: file, row, column, what is wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRootIsDecorated(False)
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHeaderLabels([_("What"), _("File"), _("Row"), _("Column"), _("Reason")])
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        self.header().resizeSection(1, 190)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.header().setStretchLastSection(True)
        self.setAccessibleName(_("Rejected rows and warnings"))

    def show_report(self, report: Any) -> None:
        """Show what was wrong."""
        self.clear()
        lines = [(_("rejected"), one.file, problem) for one in report.sources for problem in one.rejected]
        lines += [(_("warning"), one.file, problem) for one in report.sources for problem in one.warnings]
        for what, file, problem in lines[:_MOST_LISTED]:
            said = plain(str(problem.message))
            line = QTreeWidgetItem(
                self,
                [what, plain(file), "" if problem.row is None else str(problem.row), plain(problem.field or ""), said],
            )
            hint(line, said, 4)
            hint(line, file, 1)
        self.setVisible(bool(lines))


class CheckPage(QWidget):
    """Before the import: the dry run's counts, and which chart the new entities go on."""

    def __init__(self, chart_name: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = label(wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.counts = CountsTable()
        self.problems = ProblemsTable()
        self.targets: dict[str, QRadioButton] = {
            "this": QRadioButton(
                _("Add them to this chart: {name}", name=chart_name) if chart_name else _("Add them to this chart")
            ),
            "new": QRadioButton(_("Make a new chart of them")),
            "none": QRadioButton(_("Put them on no chart yet")),
        }
        self._chosen = False
        group = QButtonGroup(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(heading(_("What this import brings"), points=1.15))
        box.addWidget(self.said)
        box.addWidget(self.bar)
        box.addWidget(self.counts)
        box.addWidget(self.problems, 20)
        box.addWidget(heading(_("Where do the new entities go?"), points=1.05))
        self.pictures = muted()
        box.addWidget(self.pictures)
        for key, button in self.targets.items():
            button.setObjectName("target_" + key)
            button.setText(plain(button.text()).replace("&", "&&"))
            group.addButton(button)
            button.clicked.connect(self._target_clicked)
            box.addWidget(button)
        self.targets["this"].setEnabled(chart_name is not None)
        self.targets["this" if chart_name is not None else "new"].setChecked(True)
        box.addWidget(muted(_("What stands on a chart does not move; new entities are placed around it.")))
        box.addStretch(1)

    def _target_clicked(self) -> None:
        self._chosen = True

    def target(self) -> str:
        """Where the new entities go."""
        return next(key for key, button in self.targets.items() if button.isChecked())

    def say_pictures(self, names: Collection[str], every: bool) -> None:
        """Say which files bring places of their own; where `every` one does, a chart of its own is the likeliest."""
        words = _("{files}: its own places are kept, beside what is on the chart.", files=", ".join(names))
        self.pictures.setText(plain(words) if names else "")
        self.pictures.setVisible(bool(names))
        if names and every and not self._chosen:
            self.targets["new"].setChecked(True)

    def counting(self, share: float | None = None) -> None:
        """The dry run is under way."""
        self.said.setText(_("Counting…"))
        self.bar.setVisible(True)
        self.bar.setRange(0, 0 if share is None else 1000)
        if share is not None:
            self.bar.setValue(int(share * 1000))

    def refused(self, sentence: str) -> None:
        """The dry run was refused."""
        self.bar.hide()
        self.counts.clear()
        self.problems.hide()
        self.said.setText(plain(sentence))

    def show_report(self, report: Any) -> None:
        """The dry run is over."""
        self.bar.hide()
        self.said.setText(summary(report))
        if _sum(report, ["entities_new"]) > _MOST_CHARTED and not self._chosen:
            self.targets["none"].setChecked(True)
        self.counts.show_report(report)
        self.problems.show_report(report)


class ResultPage(QWidget):
    """After the import: the same figures, now true; rejected rows can be exported."""

    exported = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = heading(points=1.15)
        self.said = label(wrap=True)
        self.bar = QProgressBar()
        self.counts = CountsTable()
        self.problems = ProblemsTable()
        self.export_button = QPushButton(_("Export the rejected &rows…"))
        self._report: Any = None
        row = QHBoxLayout()
        row.addWidget(self.export_button)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for widget in (self.title, self.said, self.bar):
            box.addWidget(widget)
        box.addWidget(self.counts)
        box.addWidget(self.problems, 20)
        box.addLayout(row)
        box.addStretch(1)
        self.export_button.clicked.connect(self._export)
        self.export_button.hide()

    def importing(self, share: float | None, said: str) -> None:
        """The import is under way."""
        self.title.setText(_("Importing…"))
        self.said.setText(plain(said))
        self.bar.setVisible(True)
        self.bar.setRange(0, 0 if share is None else 1000)
        if share is not None:
            self.bar.setValue(int(share * 1000))

    def refused(self, sentence: str) -> None:
        """Nothing was imported."""
        self.bar.hide()
        self.title.setText(_("Nothing was imported"))
        self.said.setText(plain(sentence))

    def show_report(self, report: Any) -> None:
        """The import is over."""
        self._report = report
        self.bar.hide()
        self.title.setText(_("Imported"))
        self.said.setText(summary(report) + " " + _("Undo takes it back: first from the chart, then the whole import."))
        self.counts.show_report(report)
        self.problems.show_report(report)
        self.export_button.setVisible(bool(report.rejected))

    def _export(self) -> None:
        from ewglink.workspace.import_report import write_rejected

        name, _kind = QFileDialog.getSaveFileName(
            self, _("Export the rejected rows"), "rejected.csv", _("Tables (*.csv)")
        )
        if name:
            write_rejected(self._report, Path(name))
            self.exported.emit(Path(name))


def _sum(report: Any, figures: Collection[str]) -> int:
    return sum(getattr(one, figure) for one in report.sources for figure in figures)


def summary(report: Any) -> str:
    """What a report counts, in a sentence or three."""
    parts = [
        ngettext("{n} row read.", "{n} rows read.", _sum(report, ["rows"])),
        _(
            "New: {n} entities and {m} links.",
            n=number(_sum(report, ["entities_new"])),
            m=number(_sum(report, ["links_new"])),
        ),
        _(
            "Known already: {n} entities and {m} links.",
            n=number(_sum(report, ["entities_known"])),
            m=number(_sum(report, ["links_known"])),
        ),
    ]
    if merged := _sum(report, ["merged"]):
        parts.append(ngettext("{n} entity is merged with a known one by an identifier.",
                              "{n} entities are merged with known ones by an identifier.", merged))  # fmt: skip
    if report.rejected:
        parts.append(ngettext("{n} row is rejected.", "{n} rows are rejected.", len(report.rejected)))
    return " ".join(parts)
