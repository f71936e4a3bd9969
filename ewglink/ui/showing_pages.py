"""The sheets of paper shown over the chart in front: asked for behind, and again whenever the chart has changed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer

from ewglink.painting.page_setup import PageSetup

_PATIENCE_MS = 250
"""So long after a change the sheets are measured anew."""


class ShowingPages(QObject):
    """Whether the sheets are shown, and on which chart they lie where."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self._window = window
        self.on = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PATIENCE_MS)
        self._later.timeout.connect(self._measure)
        window.charts.changed.connect(self._again)
        window.session.changed.connect(self._again)
        window.session.closed.connect(self._later.stop)

    def toggle(self) -> None:
        """Show the sheets, or not."""
        self.on = not self.on
        if self.on:
            self._measure()
        else:
            self._later.stop()
            for tab in self._window.charts.tabs.values():
                tab.view.show_sheets(())

    def _again(self, *_what: object) -> None:
        if self.on and self._window.session.workspace is not None:
            self._later.start()

    def _measure(self) -> None:
        from ewglink.ui.dialogs.print_view import PaperViews

        session, tab = self._window.session, self._window.charts.tab()
        if not self.on or tab is None or session.workspace is None:
            return
        chart = session.case.charts.get(tab.chart)
        if chart is None:
            return
        setup = PageSetup.of(chart.settings)
        PaperViews(session).ask(tab, chart, setup, lambda view: self._show(tab, view, setup))

    def _show(self, tab: Any, view: Any, setup: PageSetup) -> None:
        from ewglink.painting.sheet_outlines import sheet_outlines

        if self.on:
            tab.view.show_sheets(sheet_outlines(view.scene, setup))
