"""The files of an import in a list: which are taken, what each is, which come along with others."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ewglink.importers.contract import FORMATS
from ewglink.text import _
from ewglink.ui.dialogs.import_file import ImportFile
from ewglink.ui.dialogs.import_together import put_together
from ewglink.ui.widgets.glyphs import glyph
from ewglink.ui.widgets.plain_text import hint, muted, plain

_WIDTH = 224


class FileList(QWidget):
    """Shown where there are several files. `chosen` when another is in hand, `taken` when one is ticked or not."""

    chosen = Signal()
    taken = Signal()

    def __init__(self, files: list[ImportFile]) -> None:
        super().__init__()
        self.files = files
        self.list = QListWidget()
        self.together = muted()
        self.list.setAccessibleName(_("Files: those ticked are imported"))
        self.list.setSpacing(2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for one in files:
            line = QListWidgetItem(glyph("file"), plain(one.name))
            line.setFlags(line.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            line.setCheckState(Qt.CheckState.Checked)
            hint(line, one.called or str(one.path))
            self.list.addItem(line)
        self.setFixedWidth(_WIDTH)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.list, 1)
        box.addWidget(self.together)
        if len(files) < 2:
            self.hide()
        self.list.setCurrentRow(0)
        self.list.currentRowChanged.connect(lambda _row: self.chosen.emit())
        self.list.itemChanged.connect(self._ticked)

    def current(self) -> ImportFile:
        """The file in hand."""
        return self.files[max(0, self.list.currentRow())]

    def take_in_hand(self, one: ImportFile) -> None:
        """Turn to a file."""
        self.list.setCurrentRow(self.files.index(one))

    def say_together(self) -> None:
        """Say what belongs together."""
        self.together.setText(plain("\n".join(put_together(self.files))))

    def show_again(self) -> None:
        """The signs of the files: those that can be imported, those that come along, those that cannot."""
        self.list.blockSignals(True)
        for row, one in enumerate(self.files):
            self._sign(self.list.item(row), one)
        self.list.blockSignals(False)

    def _sign(self, line: QListWidgetItem, one: ImportFile) -> None:
        read_already = one.preview is not None or one.refusal is not None
        line.setIcon(glyph(("check" if one.ready or one.along else "warn") if read_already else "file"))
        said = [plain(one.name)]
        if one.along:
            said.append(_("with {file}", file=one.along))
        elif one.found in FORMATS:
            said.append(plain(_(FORMATS.get(one.found).name)))
        cut = self.list.fontMetrics().elidedText
        line.setText("\n".join(cut(text, Qt.TextElideMode.ElideMiddle, _WIDTH - 70) for text in said))
        if one.refusal is not None:
            line.setCheckState(Qt.CheckState.Unchecked)
            line.setFlags(line.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        hint(line, "\n".join(filter(None, (one.called or str(one.path), str(one.reason or ""), one.refusal or ""))))

    def _ticked(self, line: QListWidgetItem) -> None:
        self.files[self.list.row(line)].taken = line.checkState() == Qt.CheckState.Checked
        self.say_together()
        self.taken.emit()
