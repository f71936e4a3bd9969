"""The panel of the flow chart: a picture for each layer, and the tables of balances and discrepancies."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from ewglink.drawing.answers import AnswerSheet
from ewglink.drawing.figure import Figure
from ewglink.drawing.style import PALETTES
from ewglink.text import _
from ewglink.ui.panels.answer_panel import AnswerPanel
from ewglink.ui.session import Session
from ewglink.ui.widgets.figure_view import FigureView
from ewglink.workspace.flows import LAYERS


class FlowPanel(AnswerPanel):
    """Goods, documents and money between parties; a click selects the parties and what flowed."""

    key = "flow"
    picture = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._views: list[tuple[str, FigureView]] = []
        self._drawn: tuple[AnswerSheet, dict[str, Figure]] | None = None
        session.theme_changed.connect(self._redraw)

    def answer(self, workspace: Any, options: Any) -> AnswerSheet:
        """The flows, and their pictures, drawn in the same thread."""
        sheet = super().answer(workspace, options)
        self._drawn = sheet, self._figures(sheet)
        return sheet

    def _figures(self, sheet: AnswerSheet) -> dict[str, Figure]:
        palette = PALETTES[self.session.settings.theme]
        return {layer: sheet.data.figure(layer, palette) for layer in sheet.data.layers()}

    def fill(self, sheet: AnswerSheet) -> None:
        """The layers drawn, then the tables."""
        self._views = []
        for layer in sheet.data.layers():
            view = FigureView(self.session.selection)
            view.setAccessibleName(_(LAYERS[layer]))
            self.tabs.addTab(view, _(LAYERS[layer]))
            self._views.append((layer, view))
        if self._drawn is None or self._drawn[0] is not sheet:
            self._drawn = sheet, self._figures(sheet)
        self._show()
        super().fill(sheet)

    def _redraw(self, *_args: Any) -> None:
        """Another theme."""
        if self.sheet is not None:
            self._drawn = self.sheet, self._figures(self.sheet)
            self._show()

    def _show(self) -> None:
        for layer, view in self._views:
            view.show_figure(self._drawn[1][layer])

    def clear_tabs(self) -> None:
        """Take tables and pictures away."""
        self._views = []
        super().clear_tabs()
