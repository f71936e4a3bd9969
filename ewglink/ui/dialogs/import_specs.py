"""The specifications a person keeps: chosen, named, versioned, handed on as files and taken from files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ewglink.importers.specification import Specification
from ewglink.model.refusal import Refusal
from ewglink.text import _, number
from ewglink.ui.widgets.plain_text import ask, ask_text, hint, label, muted, plain
from ewglink.workspace import specifications

_KEPT = Qt.ItemDataRole.UserRole


class SpecificationsDialog(QDialog):
    """Lists the specifications kept. `chosen(Specification)` when one is to be used."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Import specifications"))
        self.resize(640, 400)
        self.list = QTreeWidget()
        self.list.setColumnCount(4)
        self.list.setHeaderLabels([_("Name"), _("Version"), _("Makes"), _("Reads the columns")])
        self.list.setRootIsDecorated(True)
        self.list.setAlternatingRowColors(True)
        self.list.setAccessibleName(_("Import specifications"))
        self.said = muted()
        self.buttons: dict[str, QPushButton] = {}
        column = QVBoxLayout()
        for key, text, run in (
            ("use", _("&Use it here"), self._use),
            ("rename", _("&Rename…"), self._rename),
            ("share", _("&Save as a file…"), self._share),
            ("open", _("&Open a file…"), self._open),
            ("delete", _("&Delete"), self._delete),
        ):
            button = QPushButton(text)
            button.clicked.connect(lambda _checked=False, deed=run: deed())
            self.buttons[key] = button
            column.addWidget(button)
        column.addStretch(1)
        leave = QPushButton(_("Close"))
        leave.clicked.connect(self.reject)
        column.addWidget(leave)
        row = QHBoxLayout()
        row.addWidget(self.list, 1)
        row.addLayout(column)
        box = QVBoxLayout(self)
        about = _("A specification says what the columns of a table mean. One that fits a file is offered when it is "
                  "imported; a colleague can be given it as a file.")  # fmt: skip
        box.addWidget(label(about, wrap=True))
        box.addLayout(row, 1)
        box.addWidget(self.said)
        self.list.currentItemChanged.connect(lambda *_: self._look())
        self.list.itemDoubleClicked.connect(lambda *_: self._use())
        self.fill()

    def fill(self, front: str = "") -> None:
        """Show what is kept now."""
        self.list.clear()
        for kept in specifications.listed():
            line = self._line(self.list, kept.spec, kept.version)
            line.setData(0, _KEPT, kept)
            for at, path in reversed(list(enumerate(specifications.versions(kept.spec.name), start=1))):
                try:
                    earlier = Specification.read(path)
                except Refusal:
                    continue
                child = self._line(line, earlier, at)
                child.setData(0, _KEPT, specifications.Kept(path, earlier, at))
            if kept.spec.name == front:
                self.list.setCurrentItem(line)
        if self.list.currentItem() is None and self.list.topLevelItemCount():
            self.list.setCurrentItem(self.list.topLevelItem(0))
        for at in range(3):
            self.list.resizeColumnToContents(at)
        self._look()

    def _line(self, parent: Any, spec: Specification, version: int) -> QTreeWidgetItem:
        made = ", ".join(role.role for role in spec.entities)
        columns = ", ".join(sorted(spec.columns()))
        line = QTreeWidgetItem(parent, [plain(spec.name), number(version), plain(made), plain(columns)])
        hint(line, columns, 3)
        return line

    def kept(self) -> specifications.Kept | None:
        """The one in hand."""
        line = self.list.currentItem()
        return line.data(0, _KEPT) if line is not None else None

    def _look(self) -> None:
        line = self.list.currentItem()
        top = line is not None and line.parent() is None
        for key, on in (("use", line is not None), ("share", line is not None), ("rename", top), ("delete", top)):
            self.buttons[key].setEnabled(on)
        if not self.list.topLevelItemCount():
            self.said.setText(_("Nothing is kept yet: save a mapping on the wizard's second page, or open a file."))
        else:
            self.said.setText("")

    def _use(self) -> None:
        kept = self.kept()
        if kept is not None:
            self.chosen.emit(kept.spec)
            self.accept()

    def _try(self, deed: Any) -> Any:
        try:
            return deed()
        except (Refusal, OSError) as error:
            self.said.setText(plain(str(error)))
            return None

    def _rename(self) -> None:
        kept = self.kept()
        name = ask_text(self, _("Rename"), _("Name"), kept.spec.name) if kept is not None else None
        if kept is not None and name and self._try(lambda: specifications.rename(kept, name)) is not None:
            self.fill(name.strip())

    def _delete(self) -> None:
        kept = self.kept()
        if kept is not None and ask(
            self, _("Delete"), _("Delete “{name}” with its earlier versions? What was imported by it stays.",
                                 name=kept.spec.name), yes=_("Delete"), no=_("Keep")
        ):  # fmt: skip
            self._try(lambda: specifications.delete(kept))
            self.fill()

    def _share(self) -> None:
        kept = self.kept()
        if kept is None:
            return
        name, _kind = QFileDialog.getSaveFileName(self, _("Save as a file"), f"{kept.path.stem}.json", _files())
        if name:
            self._try(lambda: specifications.share(kept.spec, Path(name)))
            if Path(name).is_file():
                self.said.setText(_("Written: {file}", file=Path(name).name))

    def _open(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Open a file"), "", _files())
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Keep what a file holds."""
        kept = self._try(lambda: specifications.keep(Specification.read(path)))
        if kept is not None:
            self.fill(kept.spec.name)
            self.said.setText(_("“{name}” is kept, version {n}.", name=kept.spec.name, n=number(kept.version)))


def _files() -> str:
    return _("Import specifications (*.json)") + ";;" + _("All files (*)")
