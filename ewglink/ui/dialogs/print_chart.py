"""Printing a chart: a preview first, then the printer, both painted as the PDF is; the journal says it was done."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMarginsF, QObject, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

from ewglink.painting.page_setup import PAPERS, PageSetup
from ewglink.text import _
from ewglink.ui.dialogs.print_view import PaperViews
from ewglink.ui.widgets.plain_text import plain


class PrintChart(QObject):
    """A chart on its way to paper; gone when its preview is closed."""

    def __init__(self, window: Any, chart: Any) -> None:
        super().__init__(window)
        self.window, self.session, self.chart = window, window.session, chart
        self.setup = PageSetup.of(chart.settings)
        self.view: Any = None
        self.pages = 0

    def begin(self) -> None:
        """Measure the chart, then show the preview."""
        PaperViews(self.session).ask(self, self.chart, self.setup, self._preview)

    def _preview(self, view: Any) -> None:
        from ewglink.exporters.file_names import safe_file_name

        if self.session.workspace is None:
            return
        self.view = view
        self._printer = self.printer()  # lives as long as the dialog that paints on it
        self._printer.setDocName(safe_file_name(self.chart.name))
        dialog = QPrintPreviewDialog(self._printer, self.window)
        dialog.setWindowTitle(plain(_("Print “{name}”", name=self.chart.name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.paintRequested.connect(self.paint)
        dialog.accepted.connect(self.done)
        dialog.destroyed.connect(self.deleteLater)
        dialog.resize(min(1100, self.window.width()), min(800, self.window.height()))
        self.session.closed.connect(dialog.reject)
        dialog.show()

    def printer(self) -> QPrinter:
        """A printer set to the paper of the page setup, to its very edges."""
        from ewglink.painting.pages import plan_of

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setFullPage(True)
        printer.setCreator("EWGLink")
        wide, high = plan_of(self.view.scene, self.setup).paper
        upright = PAPERS[self.setup.page]
        if upright is None:
            printer.setPageOrientation(_turned(wide > high))
            return printer
        size = QPageSize(QSizeF(*upright), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
        printer.setPageLayout(QPageLayout(size, _turned(wide > high), QMarginsF(0, 0, 0, 0)))
        return printer

    def paint(self, printer: QPrinter) -> None:
        """Every page, on the paper that the printer has now."""
        from ewglink.painting.pages import paint_pages
        from ewglink.painting.sheets import pages_of

        printer.setFullPage(True)
        paper = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
        pages = pages_of(self.view.scene, self.setup, self.view.schedule, (paper.width(), paper.height()))
        self.pages = len(pages)
        self.session.attempt(lambda: paint_pages(printer, self.view.scene, pages, own_paper=False))

    def done(self) -> None:
        """Printed: the journal says so."""
        if self.session.workspace is None:
            return
        if not self.session.read_only:
            self.session.case.record_event("printed", {
                "chart": self.chart.name, "marking": self.view.marking.text, "pages": self.pages})
        self.session.told.emit("done", _("Sent to the printer: {name}", name=plain(self.chart.name)))


def _turned(landscape: bool) -> QPageLayout.Orientation:
    return QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
