"""Page setup: paper, sheets, scale and what stands round a chart, with a preview; kept with the chart."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ewglink.painting.page_setup import SETTING, PageSetup
from ewglink.text import _
from ewglink.ui.dialogs.print_view import PaperViews, name_choices, setup_said
from ewglink.ui.widgets.options_form import OptionsForm
from ewglink.ui.widgets.plain_text import hint, label, muted, plain

_GAP = 8
_MOST_SHOWN = 60
_MOST_MARKS = 30_000
"""Marks of a chart that are still drawn in the preview."""


class SheetsPreview(QWidget):
    """The pages as they will lie beside one another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(380, 300)
        self.setAccessibleName(_("Preview"))
        self._scene: Any = None
        self._pages: list[Any] = []
        self._columns = 1
        self._picture: QPixmap | None = None

    def sizeHint(self) -> QSize:
        """Room for a sheet of paper."""
        return QSize(480, 420)

    def show_pages(self, scene: Any, pages: list[Any], columns: int) -> None:
        """Show `pages` of `scene`, so many in a row; 1 lets the room decide."""
        self._scene, self._pages, self._picture = scene, pages[:_MOST_SHOWN], None
        self._columns = columns if columns > 1 else math.ceil(math.sqrt(len(self._pages))) or 1
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew."""
        self._picture = None
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The pages, drawn once for each size of the window."""
        if self._scene is None:
            return
        if self._picture is None:
            ratio = self.devicePixelRatioF()
            self._picture = QPixmap(self.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._picture)
            self._draw(painter)
            painter.end()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()

    def _draw(self, painter: QPainter) -> None:
        from ewglink.painting.pages import paint_page

        rows = math.ceil(len(self._pages) / self._columns)
        wide = max(page.paper[0] for page in self._pages)
        high = max(page.paper[1] for page in self._pages)
        room = self.width() - _GAP * (self._columns + 1), self.height() - _GAP * (rows + 1)
        dots = max(0.01, min(room[0] / (wide * self._columns), room[1] / (high * rows)))
        left = (self.width() - self._columns * (wide * dots + _GAP) + _GAP) / 2
        for at, page in enumerate(self._pages):
            row, column = divmod(at, self._columns)
            box = QRectF(left + column * (wide * dots + _GAP), _GAP + row * (high * dots + _GAP),
                         page.paper[0] * dots, page.paper[1] * dots)
            painter.fillRect(box.translated(2, 2), QColor(0, 0, 0, 60))
            painter.fillRect(box, Qt.GlobalColor.white)
            painter.save()
            painter.setClipRect(box)
            painter.translate(box.topLeft())
            paint_page(painter, self._scene, page, dots)
            painter.restore()


class PageSetupDialog(QDialog):
    """Set up the pages of `chart`; one step where something was changed. `print_wanted()` asks for the printer then."""

    print_wanted = Signal()

    def __init__(self, window: Any, chart: Any, views: PaperViews | None = None) -> None:
        super().__init__(window)
        from ewglink.exporters.formats.pdf import PdfOptions
        from ewglink.painting.sheet_words import FIELDS

        self.session, self.chart = window.session, chart
        self.views = views or PaperViews(self.session)
        self.setWindowTitle(plain(_("Page setup of “{name}”", name=chart.name)))
        self.form = OptionsForm(PdfOptions, given=vars(PageSetup.of(chart.settings)))
        name_choices(self.form)
        names = "\n".join(f"{{{key}}}  {_(what)}" for key, what in FIELDS.items())
        for line in self.form.findChildren(QLineEdit):
            if line.objectName() in ("header", "footer"):
                hint(line, names + "\n" + _("| parts left, middle and right"))
                line.setPlaceholderText("{case} || {number} / {sheets}")
        self.preview = SheetsPreview()
        self.about = muted()
        self.warning = label(wrap=True)
        self.warning.setProperty("warn", True)
        self._set_out()
        self.form.changed.connect(self._look)
        self.session.closed.connect(self.reject)
        self._look()

    def _set_out(self) -> None:
        self.form.setContentsMargins(0, 0, 12, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.form)
        scroll.setMinimumWidth(self.form.sizeHint().width() + 24)
        right = QVBoxLayout()
        right.addWidget(self.preview, 1)
        right.addWidget(self.about)
        right.addWidget(self.warning)
        row = QHBoxLayout()
        row.addWidget(scroll)
        row.addLayout(right, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText(_("Keep with the chart"))
        self.ok.setProperty("primary", True)
        self.ok.setEnabled(not self.session.read_only)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        self.print_button = QPushButton(_("&Print…"))
        buttons.addButton(self.print_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.print_button.clicked.connect(self._print)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addLayout(row, 1)
        box.addWidget(buttons)
        self.resize(980, 620)

    def setup(self) -> PageSetup:
        """What is chosen."""
        return PageSetup.of({}, self.form.value())

    def _look(self) -> None:
        self.about.setText(_("Measuring the chart…"))
        setup = self.setup()
        self.views.ask(self, self.chart, setup, lambda view: self._show(view, setup))

    def _show(self, view: Any, setup: PageSetup) -> None:
        from ewglink.painting.pages import plan_of
        from ewglink.painting.sheets import pages_of

        if setup != self.setup():
            return
        said, legible = setup_said(view, setup)
        self.about.setText(plain(said))
        small = _("The smallest text is too small to read on paper; take more sheets or larger paper.")
        self.warning.setText("" if legible else small)
        columns = plan_of(view.scene, setup).across
        few = sum(len(part) for part in vars(view.scene.marks).values()) <= _MOST_MARKS
        pages = pages_of(view.scene, setup, view.schedule)
        self.preview.show_pages(view.scene, pages if few else [_bare(page) for page in pages], columns)

    def accept(self) -> None:
        """Keep it."""
        from ewglink.workspace.commands.charts import set_up_chart

        kept = self.setup().as_setting()
        if kept != (self.chart.settings.get(SETTING) or {}) and not self.session.read_only:
            self.session.do(lambda workspace: set_up_chart(workspace.case, self.chart.id, {SETTING: kept or None}))
        super().accept()

    def _print(self) -> None:
        self.accept()
        self.print_wanted.emit()


def _bare(page: Any) -> Any:
    from dataclasses import replace

    return replace(page, windows=())
