"""The panel of the flow chart: a picture for each layer, and the tables of balances and discrepancies."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from ewglink.drawing.answers import AnswerSheet
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
        session.theme_changed.connect(self._redraw)

    def fill(self, sheet: AnswerSheet) -> None:
        """The layers drawn, then the tables."""
        self._views: list[tuple[str, FigureView]] = []
        for layer in sheet.data.layers():
            view = FigureView(self.session.selection)
            view.setAccessibleName(_(LAYERS[layer]))
            self.tabs.addTab(view, _(LAYERS[layer]))
            self._views.append((layer, view))
        self._redraw()
        super().fill(sheet)

    def _redraw(self, *_args: Any) -> None:
        if self.sheet is not None:
            for layer, view in self._views:
                view.show_figure(self.sheet.data.figure(layer, PALETTES[self.session.settings.theme]))

    def clear_tabs(self) -> None:
        """Take tables and pictures away."""
        self._views = []
        super().clear_tabs()
