"""Search in source rows: what was read but no item took, with the file and row it stands in."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import N_, Message, _, ngettext, number
from ewglink.ui.widgets.plain_text import hint, muted, plain

_HIT = Qt.ItemDataRole.UserRole


class FindRows(QDialog):
    """Stays open beside the window. A row that is chosen selects the items that rest on it."""

    def __init__(self, finding: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finding, self.session = finding, finding.session
        self.setWindowTitle(_("Search source rows"))
        self.resize(820, 460)
        self.line = QLineEdit(clearButtonEnabled=True, placeholderText=_("Words, in any script"))
        self.line.setAccessibleName(_("Words"))
        self.button, self.stop = QPushButton(_("&Search")), QPushButton(_("Stop"))
        self.button.setProperty("primary", True)
        self.button.setDefault(True)
        self.bar = QProgressBar(textVisible=False)
        self.about = muted()
        self.list = QTreeWidget()
        self.list.setHeaderLabels([_("File"), _("Row"), _("What"), _("Items")])
        self.list.setRootIsDecorated(False)
        self.list.setAlternatingRowColors(True)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName(_("Rows found"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for at, width in ((0, 170), (1, 60), (3, 180)):
            header.resizeSection(at, width)
        self.source_button, self.place_button = QPushButton(_("Show the row")), QPushButton(_("Put on the chart"))
        top, below = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.line, 1)
        top.addWidget(self.button)
        top.addWidget(self.stop)
        below.addWidget(self.about, 1)
        below.addWidget(self.source_button)
        below.addWidget(self.place_button)
        box = QVBoxLayout(self)
        box.addLayout(top)
        box.addWidget(self.bar)
        box.addWidget(self.list, 1)
        box.addLayout(below)
        self._task: Any = None
        self.button.clicked.connect(lambda: self.search(self.line.text()))
        self.stop.clicked.connect(lambda: self._task.cancel() if self._task is not None else None)
        self.list.itemSelectionChanged.connect(self._select)
        self.list.itemActivated.connect(lambda line, _at: self._show_row(line))
        self.source_button.clicked.connect(lambda: self._show_row(self.list.currentItem()))
        self.place_button.clicked.connect(lambda: self._finding.place(self._items()))
        self._ended()
        self._select()

    def search(self, text: str) -> None:
        """Search for these words."""
        from ewglink.workspace.searching import rows_holding

        self.line.setText(text)
        if self._task is not None or not text.strip() or self.session.workspace is None:
            return
        self.bar.show()
        self.stop.show()
        self.button.setEnabled(False)
        self._task = self.session.jobs.run(
            Message(N_("Searching")), rows_holding(self.session.workspace, text), finished=self._found,
            progress=self._progress, ended=self._ended)

    def _progress(self, step: Any) -> None:
        self.bar.setRange(0, 0 if step.done is None else 1000)
        self.bar.setValue(int((step.done or 0) * 1000))
        if step.message is not None:
            self.about.setText(str(step.message))

    def _ended(self) -> None:
        self._task = None
        self.bar.hide()
        self.stop.hide()
        self.button.setEnabled(True)

    def _found(self, found: Any) -> None:
        from ewglink.workspace.searching import row_excerpt

        self.list.clear()
        if found is None or self.session.workspace is None:
            self.about.clear()
            return
        labels = self.session.case.items.labels({item for hit in found.hits for item in hit.items})
        for hit in found.hits:
            names = ", ".join(labels[item] for item in hit.items if labels.get(item))
            line = QTreeWidgetItem(self.list, [plain(hit.source), number(hit.row),
                                               plain(row_excerpt(hit.raw, self.line.text())), plain(names)])
            line.setData(0, _HIT, hit)
            hint(line, hit.source + (" · " + hit.part if hit.part else ""), 0)
            hint(line, hit.raw[:1000], 2)
            hint(line, names, 3)
        said = ngettext("{n} row", "{n} rows", found.total) if found.total else _("Nothing was found.")
        if found.total > len(found.hits) > 0:
            said += " · " + _("the first {n} are shown", n=number(len(found.hits)))
        self.about.setText(said)

    def _items(self) -> list[int]:
        items = {item for line in self.list.selectedItems() for item in line.data(0, _HIT).items}
        refs = self.session.case.items.refs(items) if self.session.workspace is not None else {}
        return sorted(item for item, ref in refs.items() if ref.kind == "entity")

    def _select(self) -> None:
        lines = self.list.selectedItems()
        if lines:
            self.session.selection.set({item for line in lines for item in line.data(0, _HIT).items})
        self.source_button.setEnabled(len(lines) == 1)
        self.place_button.setEnabled(bool(lines) and not self.session.read_only)

    def _show_row(self, line: QTreeWidgetItem | None) -> None:
        if line is not None:
            self.parent().show_source(line.data(0, _HIT).record)
