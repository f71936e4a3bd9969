"""One finding in full: what is wrong, under which rule, what was compared, where it stands, what would clear it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ewglink.rules.contract import RULES
from ewglink.rules.saying import SEVERITY_NAMES, clearing, title
from ewglink.text import N_, _, language, ngettext
from ewglink.ui.panels.findings_model import SIGNS
from ewglink.ui.session import Session
from ewglink.ui.widgets.plain_text import heading, hint, label, muted, plain
from ewglink.ui.widgets.type_icons import type_icon
from ewglink.workspace.finding_list import Detail
from ewglink.workspace.finding_words import input_text, value_name

_ITEM = Qt.ItemDataRole.UserRole
_RECORD = Qt.ItemDataRole.UserRole + 1
PARTS = (("clears", N_("What would clear it")), ("rule", N_("The rule")), ("citation", N_("Where it stands")))


class FindingDetail(QScrollArea):
    """A finding, or a word of help without one. `item_wanted(id)`, `source_wanted(record)` when a line is activated."""

    item_wanted = Signal(int)
    source_wanted = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title = heading(points=1.05)
        self.said = label(wrap=True)
        self.inferred, self.moved = label(wrap=True), label(wrap=True)
        self.note = muted()
        self.names: dict[str, QLabel] = {}
        self.texts: dict[str, QLabel] = {}
        self.tree = QTreeWidget()
        self._set_out()
        self.tree.itemActivated.connect(self._activated)
        self.show_none(0)

    def _set_out(self) -> None:
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(8, 6, 8, 6)
        box.setSpacing(5)
        for one in (self.inferred, self.moved):
            one.setProperty("warn", True)
        for one in (self.title, self.said, self.inferred, self.moved, self.note):
            one.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            box.addWidget(one)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setVerticalSpacing(4)
        for at, (key, _name) in enumerate(PARTS):
            self.names[key], self.texts[key] = muted(), label(wrap=True)
            self.names[key].setFixedWidth(128)
            self.names[key].setAlignment(Qt.AlignmentFlag.AlignTop)
            self.texts[key].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(self.names[key], at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.texts[key], at, 1)
        box.addLayout(grid)
        self.tree.setColumnCount(3)
        self.tree.setAlternatingRowColors(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.tree.setIndentation(12)
        self.tree.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.itemExpanded.connect(lambda _line: self._fit_tree())
        self.tree.itemCollapsed.connect(lambda _line: self._fit_tree())
        box.addWidget(self.tree)
        box.addStretch(1)
        self.setWidget(inside)

    def show_none(self, chosen: int) -> None:
        """No finding, or several."""
        said = _("Select a finding to see why it was made, what was compared and what would clear it.")
        if chosen:
            said = ngettext("{n} finding selected", "{n} findings selected", chosen)
        for one in (self.title, self.inferred, self.moved, self.note, self.tree, *self.names.values(),
                    *self.texts.values()):
            one.hide()
        self.said.setText(said)

    def show_finding(self, detail: Detail) -> None:
        """Everything that is known of one finding."""
        row, kept = detail.row, detail.row.kept
        severity = _(SEVERITY_NAMES[kept.severity])  # type: ignore[index]
        self.title.setText(plain(f"{row.what} · {kept.rule} {title(kept.rule)} · {SIGNS[kept.severity]} {severity}"))
        self.said.setText(plain(row.said))
        self.inferred.setText(_("The file names no consent for this load. The consent was inferred: of all consents of "
                                "the exporter it alone fits. Confirm that it is the one before you rely on this."))
        self.moved.setText(_("What this rests on has changed since it was judged; look at it again."))
        self.note.setText(plain(_("Note: {note}", note=kept.note)))
        definition = _(RULES.get(kept.rule).definition) if kept.rule in RULES else ""
        citation = _(RULES.get(kept.rule).citation) if kept.rule in RULES else ""
        texts = {"clears": str(clearing(kept.rule)), "rule": definition, "citation": citation}
        for key, name in PARTS:
            self.names[key].setText(_(name))
            self.texts[key].setText(plain(texts[key]))
            self.names[key].show()
            self.texts[key].show()
        self.title.show()
        self.inferred.setVisible(row.inferred)
        self.moved.setVisible(kept.moved)
        self.note.setVisible(bool(kept.note))
        self._fill_tree(detail)
        self.verticalScrollBar().setValue(0)

    def _fill_tree(self, detail: Detail) -> None:
        self.tree.clear()
        self.tree.setHeaderLabels([_("What was compared"), _("Value"), _("From")])
        workspace, values = self.session.workspace, detail.row.kept.values
        section = self._section(_("Values"), len(values))
        for key, value in values.items():
            if key != "inferred":
                self._line(section, value_name(workspace, key), input_text(key, value))
        for name, refs in ((_("Items"), detail.objects), (_("Seen with it"), detail.about)):
            if refs:
                section = self._section(name, len(refs))
                for ref in refs:
                    line = self._line(section, self.session.schema.label(ref.type, language()), ref.label)
                    line.setIcon(1, type_icon(self.session.schema, ref.type))
                    line.setData(0, _ITEM, ref.id)
        if detail.inputs:
            section = self._section(_("What the rule read"), len(detail.inputs))
            for one in detail.inputs:
                line = self._line(section, f"{one.name} ({one.label})", one.value, one.where)
                line.setData(0, _RECORD, one.record)
                line.setData(0, _ITEM, one.item)
        if detail.sources:
            section = self._section(_("Rows of the files"), len(detail.sources))
            for where, record in detail.sources:
                self._line(section, where, "").setData(0, _RECORD, record)
        self.tree.show()
        header = self.tree.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._share_out()
        self._fit_tree()

    def _share_out(self) -> None:
        """Names and values as wide as they want, within two thirds; the rest says where they stand."""
        wide = max(300, self.viewport().width() - 20)
        for column, most in ((0, 0.40), (1, 0.34)):
            wanted = max(90, self.tree.sizeHintForColumn(column) + 8)
            self.tree.setColumnWidth(column, min(int(wide * most), wanted))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns share out what room there is."""
        super().resizeEvent(event)
        self._share_out()

    def _section(self, name: str, n: int) -> QTreeWidgetItem:
        made = QTreeWidgetItem(self.tree, [f"{name} ({n})"])
        font = made.font(0)
        font.setBold(True)
        made.setFont(0, font)
        made.setFirstColumnSpanned(True)
        made.setExpanded(True)
        return made

    def _line(self, section: QTreeWidgetItem, *texts: str) -> QTreeWidgetItem:
        made = QTreeWidgetItem(section, [plain(text) for text in texts])
        for column, text in enumerate(texts):
            hint(made, text, column)
        return made

    def _fit_tree(self) -> None:
        """The tree is as high as its lines: the panel scrolls as one."""
        lines, index = 0, self.tree.model().index(0, 0)
        while index.isValid():
            lines, index = lines + 1, self.tree.indexBelow(index)
        high = max(18, self.tree.sizeHintForRow(0))
        self.tree.setFixedHeight(lines * high + self.tree.header().sizeHint().height() + 8)

    def _activated(self, line: QTreeWidgetItem, column: int) -> None:
        record, item = line.data(0, _RECORD), line.data(0, _ITEM)
        if record is not None and (item is None or column == 2):
            self.source_wanted.emit(int(record))
        elif item is not None:
            self.item_wanted.emit(int(item))
        if record is None and item is None:
            return

    def expand_rows(self) -> Any:
        """The lines of the tree, for tests and screen readers: section → texts."""
        return {self.tree.topLevelItem(at).text(0): [[self.tree.topLevelItem(at).child(n).text(c) for c in range(3)]
                                                     for n in range(self.tree.topLevelItem(at).childCount())]
                for at in range(self.tree.topLevelItemCount())}
