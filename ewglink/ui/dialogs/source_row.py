"""The row that put something into the case: verbatim, among its neighbours, with the file it stands in."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ewglink.names.lettering import letter
from ewglink.text import _, ngettext
from ewglink.ui.widgets.plain_text import heading, hint, label, muted, plain


class SourceRow(QDialog):
    """A record among its neighbours. The record meant is marked and in bold; its text can be copied."""

    def __init__(self, case: Any, record: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Source row"))
        self.resize(860, 560)
        self.record = case.sources.record(record)
        around = case.sources.around(record)
        source = next((one for one in case.sources.listed() if one.sha256 == self.record.source_sha256), None)
        box = QVBoxLayout(self)
        box.addWidget(heading(_("{file}, row {row}", file=self.record.source, row=self.record.no), points=1.15))
        about = []
        if self.record.part:
            about.append(_("Sheet or part: {part}", part=self.record.part))
        if source is not None:
            about.append(ngettext("{n} byte", "{n} bytes", source.size))
            about.append(_("read as {format}", format=source.importer))
            if source.withdrawn:
                about.append(_("source withdrawn"))
        box.addWidget(muted(" · ".join(about)))
        row = QHBoxLayout()
        sha = label(f"SHA-256  {self.record.source_sha256}")
        sha.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        sha.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        row.addWidget(sha, 1)
        box.addLayout(row)
        self.table = _table(around, record)
        box.addWidget(self.table, 3)
        box.addWidget(label(_("As the file has it")))
        self.raw = QPlainTextEdit(_indented(self.record.raw))
        self.raw.setReadOnly(True)
        self.raw.setAccessibleName(_("As the file has it"))
        self.raw.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        box.addWidget(self.raw, 2)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = QPushButton(_("Copy the row"))
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self.record.raw))
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)


def _cells(raw: str, columns: tuple[str, ...]) -> list[tuple[str, str]]:
    """Heading and cell of a record; headings are empty where neither the record nor its table has any."""
    try:
        kept = json.loads(raw)
    except ValueError:
        return [("", raw)]
    if isinstance(kept, dict):
        return [
            (str(key), value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
            for key, value in kept.items()
        ]
    if isinstance(kept, list):
        headings = [*columns, *[""] * (len(kept) - len(columns))]
        return [
            (heading, "" if value is None else str(value)) for heading, value in zip(headings, kept, strict=False)
        ]
    return [("", str(kept))]


def _indented(raw: str) -> str:
    try:
        kept = json.loads(raw)
    except ValueError:
        return raw
    return json.dumps(kept, ensure_ascii=False, indent=2) if isinstance(kept, dict) else raw


def _table(around: list[Any], record: int) -> QTableWidget:
    lines = [_cells(one.raw, one.columns) for one in around]
    headings = [name for name, _cell in max(lines, key=len, default=[])]
    table = QTableWidget(len(around), len(headings))
    table.setAccessibleName(_("The row among its neighbours"))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setAlternatingRowColors(True)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setWordWrap(False)
    names = [name if name else letter(at) for at, name in enumerate(headings)]
    table.setHorizontalHeaderLabels([plain(name) for name in names])
    table.setVerticalHeaderLabels([("▶ " if one.id == record else "") + str(one.no) for one in around])
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    for row, (one, cells) in enumerate(zip(around, lines, strict=True)):
        named = {} if one.columns else dict(cells)
        for column, name in enumerate(headings):
            text = named.get(name, "") if any(named) else (cells[column][1] if column < len(cells) else "")
            item = QTableWidgetItem(plain(text))
            hint(item, text[:500])
            if one.id == record:
                font = item.font()
                font.setBold(True)
                item.setFont(font)
            table.setItem(row, column, item)
        if one.id == record:
            table.selectRow(row)
    table.resizeColumnsToContents()
    for column in range(table.columnCount()):
        table.setColumnWidth(column, min(table.columnWidth(column), 260))
    return table
