"""The panel of association matrices: the matrix, and beneath it the links of the cell in hand with their sources."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QSplitter, QVBoxLayout, QWidget

from ewglink.drawing.answers import AnswerSheet, AnswerTable
from ewglink.text import N_, _, language, message
from ewglink.ui.panels.answer_panel import AnswerPanel
from ewglink.ui.session import Session
from ewglink.ui.widgets.answer_table import AnswerTableView
from ewglink.ui.widgets.matrix_view import MatrixView
from ewglink.ui.widgets.plain_text import label, muted
from ewglink.ui.widgets.type_icons import type_icon
from ewglink.ui.widgets.types_button import TypesButton
from ewglink.workspace.association import AssociationOptions

AXES = (
    ("rows", N_("Rows"), N_("All types")), ("columns", N_("Columns"), N_("The same as the rows")),
    ("links", N_("Links"), N_("All types")))
"""What is chosen by ticking types, and what nothing ticked stands for."""


class AssociationPanel(AnswerPanel):
    """Who is linked with whom; a cell lists its evidence and selects it on the chart."""

    key = "association"
    picture = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.only_selected = QCheckBox()
        self._side.insertWidget(1, self.only_selected)
        self.words.say(self.only_selected.setText, N_("Only the selected entities"))
        self._types = {key: TypesButton() for key, _name, _all in AXES}
        for key, name, _all in AXES:
            line = label(buddy=self._types[key], wrap=True)
            self._side.insertWidget(self._side.count() - 1, line)
            self._side.insertWidget(self._side.count() - 1, self._types[key])
            self.words.say(line.setText, name)
            self.words.say(self._types[key].setAccessibleName, name)
        self._offered = False
        self.matrix: MatrixView | None = None
        self._among: frozenset[int] | None = None

    def _make_form(self) -> None:
        """The options, types as lists to tick."""
        super()._make_form()
        schema, network = self.session.schema, self.session.workspace.network()
        there = {"entity": network.type_keys, "link": network.link_type_keys}
        for key, _name, everything in AXES:
            kind = "link" if key == "links" else "entity"
            named = sorted((schema.label(one, language()), one) for one in set(there[kind]))
            icons = {one: type_icon(schema, one) for _label, one in named} if kind == "entity" else {}
            self._types[key].offer(_(everything), [(one, text, icons.get(one)) for text, one in named])
        if not self._offered:
            self._types["rows"].choose(AssociationOptions().rows.split(","))
            self._offered = True

    def form_fields_left_out(self) -> tuple[str, ...]:
        """Types are ticked, not written."""
        return tuple(key for key, _name, _all in AXES)

    def options(self) -> Any:
        """The form and the ticks."""
        said = self.form.values() if self.form is not None else {}
        return AssociationOptions(**said, **{key: ",".join(one.chosen()) for key, one in self._types.items()})

    def look(self) -> None:
        """Offer the types that the case has now."""
        if self.form is not None:
            self._make_form()
        super().look()

    def run(self) -> None:
        """Compute, among the selected only if that is ticked."""
        chosen = self.only_selected.isChecked()
        self._among = frozenset(self.session.selection.items) if chosen else None
        super().run()

    def answer(self, workspace: Any, options: Any) -> AnswerSheet:
        """The matrix."""
        from ewglink.workspace.association_sheet import association_sheet

        return association_sheet(workspace, options, self._among)

    def fill(self, sheet: AnswerSheet) -> None:
        """The matrix with its evidence, then pairs and evidence as tables."""
        self.matrix = MatrixView(sheet.data)
        self.said = muted(str(message(N_("Choose a cell to see what it rests on."))))
        self.said.setContentsMargins(6, 2, 6, 2)
        below = QWidget()
        self._below = QVBoxLayout(below)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.addWidget(self.said)
        self._below.addStretch(1)
        page = QSplitter(Qt.Orientation.Horizontal)
        page.addWidget(self.matrix)
        page.addWidget(below)
        page.setStretchFactor(0, 3)
        page.setStretchFactor(1, 2)
        page.setSizes([620, 420])
        self.matrix.chosen.connect(self._show_cell)
        self.matrix.entity.connect(lambda item: self.session.selection.set([item]))
        self.tabs.addTab(page, sheet.title)
        for table in sheet.tables[1:]:
            self.add_table(table)

    def clear_tabs(self) -> None:
        """Take all away."""
        self.matrix = None
        super().clear_tabs()

    def _show_cell(self, row: int, column: int, cell: Any) -> None:
        """The links of a cell with who says so; they and both ends are selected."""
        from ewglink.workspace.association_sheet import evidence_headings, evidence_rows

        if self.matrix is None or self.session.workspace is None:
            return
        while self._below.count() > 1:
            old = self._below.takeAt(1).widget()
            if old is not None:
                old.deleteLater()
        now = self.matrix.currentIndex()
        self.said.setText(self.matrix.matrix.said(now.row(), now.column()))
        found = self.matrix.matrix.found
        links = [found.ties[link] for link in cell.links if link in found.ties] if cell is not None else []
        if links:
            rows = evidence_rows(self.session.workspace, links)
            table = AnswerTable("cell", _("Evidence"), evidence_headings(), tuple(rows),
                                tuple((tie.id, tie.a, tie.b) for tie in links))
            self._below.addWidget(AnswerTableView(table, self.session.selection), 1)
        else:
            self._below.addStretch(1)
        shared = cell.shared if cell is not None else ()
        self.session.selection.set([row, column, *shared, *(tie.id for tie in links)])
