"""The analysis panel: choose a measure and which links count, read tables and histogram, bring them to the chart."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ewglink.drawing.answers import AnswerSheet
from ewglink.graph.declared import Declaration, described_as
from ewglink.text import N_, Message, _, number
from ewglink.ui.panels.answer_panel import TablePage, ask_where, write_sheet
from ewglink.ui.panels.filters_words import bar_words
from ewglink.ui.panels.panel import Panel
from ewglink.ui.session import Session
from ewglink.ui.widgets.elided_button import ElidedButton
from ewglink.ui.widgets.histogram_bars import HistogramBars
from ewglink.ui.widgets.options_form import OptionsForm
from ewglink.ui.widgets.plain_text import hint, label, muted, plain
from ewglink.workspace.measure_sheet import values_of
from ewglink.workspace.projection_words import narrowing, whole

LINKS = {"all": N_("all links"), "without": N_("without tentative links"),
         "compare": N_("what tentative links change")}
_BARS_HIGH = 96
SCOPES = (("all", N_("the whole case")), ("chart", N_("this chart")))


class AnalysisPanel(Panel):
    """Measures of the network; the last answer stays until another is asked for."""

    def __init__(self, session: Session, current_chart: Any, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._current_chart = current_chart
        self.measures = QComboBox()
        self.scope = QComboBox()
        self.definition = muted()
        self.run_button = QPushButton()
        self.stop_button = QPushButton()
        self.bar = QProgressBar()
        self.about = muted()
        self.bars, self.tabs = HistogramBars(), QTabWidget()
        self.links = QComboBox()
        self.declare_button = ElidedButton()
        self._declared: dict[Any, Declaration] = {}
        self.size_button, self.colour_button, self.save_button = QPushButton(), QPushButton(), QPushButton()
        self.form: OptionsForm | None = None
        self.sheet: AnswerSheet | None = None
        self.histogram: Any = None
        self._task: Any = None
        self._set_out()
        self._say()
        self.measures.currentIndexChanged.connect(self._chosen)
        self.run_button.clicked.connect(self.run)
        self.stop_button.clicked.connect(self._cancel)
        self.bars.chosen.connect(self._bars_chosen)
        self.size_button.clicked.connect(lambda: self._on_chart("size"))
        self.colour_button.clicked.connect(lambda: self._on_chart("colour"))
        self.save_button.clicked.connect(self.export)
        self.declare_button.clicked.connect(self._ask)
        session.selection.changed.connect(self._mark)
        self._fill()
        self._clear()

    def _set_out(self) -> None:
        self.run_button.setProperty("primary", True)
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.stop_button.hide()
        self.tabs.setDocumentMode(True)
        self.tabs.setMinimumHeight(180)
        self.bars.setMaximumHeight(_BARS_HIGH)
        for box in (self.measures, self.scope, self.links):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
        self._top = QVBoxLayout()
        self._top.setContentsMargins(8, 8, 8, 0)
        self._top.addWidget(self.measures)
        self._top.addWidget(self.definition)
        self._scope_label = label(buddy=self.scope)
        scope = QHBoxLayout()
        scope.addWidget(self._scope_label)
        scope.addWidget(self.scope, 1)
        scope.addWidget(self.links, 1)
        self._top.addLayout(scope)
        self._declare_label = label(buddy=self.declare_button)
        declared = QHBoxLayout()
        declared.addWidget(self._declare_label)
        self.declare_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        declared.addWidget(self.declare_button, 1)
        self._top.addLayout(declared)
        row = QHBoxLayout()
        row.addWidget(self.run_button)
        row.addWidget(self.stop_button)
        row.addWidget(self.bar, 1)
        row.addStretch(0)
        self._top.addLayout(row)
        self._top.addWidget(self.about)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(self._top)
        box.addWidget(self.bars)
        box.addWidget(self.tabs, 1)
        below = QHBoxLayout()
        below.setContentsMargins(8, 0, 8, 4)
        for button in (self.size_button, self.colour_button, self.save_button):
            below.addWidget(button)
        below.addStretch(1)
        box.addLayout(below)

    def _say(self) -> None:
        self.words.say(self.measures.setAccessibleName, N_("Measure"))
        self.words.say(self._scope_label.setText, N_("Scope"))
        self.words.say(self.scope.setAccessibleName, N_("Scope"))
        self.words.say(self._declare_label.setText, N_("Projection"))
        self.words.say(self.run_button.setText, N_("&Measure"))
        self.words.say(self.stop_button.setText, N_("Stop"))
        self.words.say(self.tabs.setAccessibleName, N_("Result"))
        self.words.say(self.bars.setAccessibleName, N_("Histogram"))
        self.words.say(self.links.setAccessibleName, N_("Links that count"))
        self.words.say(self.size_button.setText, N_("Si&ze by it"))
        self.words.say(self.colour_button.setText, N_("C&olour by it"))
        self.words.say(self.save_button.setText, N_("Save as…"))

    def _fill(self) -> None:
        from ewglink.analysis.contract import MEASURES

        kept, kept_scope = self.measures.currentData(), self.scope.currentData()
        self.measures.blockSignals(True)
        self.measures.clear()
        for measure in sorted(MEASURES, key=lambda one: _(one.name).casefold()):
            self.measures.addItem(_(measure.name), measure.key)
        self.measures.setCurrentIndex(max(0, self.measures.findData(kept or "degree")))
        self.measures.blockSignals(False)
        self.scope.clear()
        for key, name in SCOPES:
            self.scope.addItem(_(name), key)
        self.scope.setCurrentIndex(max(0, self.scope.findData(kept_scope)))
        kept_links = self.links.currentData()
        self.links.clear()
        for key, name in LINKS.items():
            self.links.addItem(_(name), key)
        self.links.setCurrentIndex(max(0, self.links.findData(kept_links)))
        self._say_declared()
        self._chosen()

    def _measure(self) -> Any:
        from ewglink.analysis.contract import MEASURES

        return MEASURES.get(self.measures.currentData())

    def choose(self, key: str) -> None:
        """Take the measure `key` in hand."""
        self.measures.setCurrentIndex(max(0, self.measures.findData(key)))

    def _chosen(self, *_at: Any) -> None:
        measure = self._measure()
        self.definition.setText(_(measure.definition))
        comparing = self.links.model().item(self.links.findData("compare"))
        comparing.setEnabled(measure.kind == "ranking")
        if not comparing.isEnabled() and self.links.currentData() == "compare":
            self.links.setCurrentIndex(0)
        if self.form is not None:
            self._top.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        self.form = OptionsForm(measure.options)
        self.form.setVisible(not self.form.empty)
        self._top.insertWidget(4, self.form)

    # which part of the network

    @property
    def declared(self) -> Declaration:
        """The projection last declared for this case."""
        case = self.session.case.path if self.session.workspace is not None else None
        return self._declared.get(case, Declaration())

    def declare(self, asked: Declaration) -> None:
        """Measure over this from now on."""
        self._declared[self.session.case.path] = asked
        self._say_declared()

    def _ask(self) -> None:
        from ewglink.ui.dialogs.projection import ProjectionDialog

        if self.session.workspace is None:
            return
        dialog = ProjectionDialog(self.session.workspace, self.declared, self)
        if dialog.exec():
            self.declare(dialog.declared())
        dialog.deleteLater()

    def _say_declared(self) -> None:
        said, brief = "", ""
        if self.session.workspace is not None:
            described = described_as(self.declared)
            said, brief = (words(described, self.session.schema) for words in (whole, narrowing))
        self.declare_button.setText(plain(brief or _("Everything…")).replace("&", "&&"))
        hint(self.declare_button, "\n".join((
            _("Which entities and links count, from when to when, how well graded, and how much links weigh"), said)))

    def look(self) -> None:
        """A case was opened: it has a projection of its own."""
        self._say_declared()

    def _heard(self, changed: Any) -> None:
        """An answer stands until it is asked for again."""

    def retranslate(self) -> None:
        """Say everything again, the answer too."""
        self.words.retranslate()
        self._fill()
        if self.sheet is not None and self.session.workspace is not None:
            self.run()

    def emptied(self) -> None:
        """No case: no answer."""
        super().emptied()
        self._clear()
        self.about.clear()

    # asking

    def run(self) -> None:
        """Measure in the background."""
        from ewglink.workspace.measure_sheet import measure_sheet

        if self.session.workspace is None or self._task is not None:
            return
        found, workspace = self._measure(), self.session.workspace
        chart = self._current_chart() if self.scope.currentData() == "chart" else None
        subset = workspace.case.charts.placements(chart).items.tolist() if chart is not None else None
        self.bar.setRange(0, 0)
        self.bar.show()
        self.stop_button.show()
        self.run_button.setEnabled(False)
        self._task = self.session.jobs.run(
            Message(N_("Measuring: {name}"), {"name": Message(found.name)}),
            measure_sheet(workspace, found.key, self.form.value(), self.links.currentData(), subset,
                          self.declared),
            progress=self._advance, finished=self._answered, ended=self._ended)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _advance(self, step: Any) -> None:
        if step.done is not None:
            self.bar.setRange(0, 1000)
            self.bar.setValue(int(step.done * 1000))

    def _ended(self) -> None:
        self._task = None
        self.bar.hide()
        self.stop_button.hide()
        self.run_button.setEnabled(True)

    # answering

    def _answered(self, sheet: AnswerSheet | None) -> None:
        if sheet is None or self.session.workspace is None:
            return
        self._clear()
        self.sheet = sheet
        self.about.setText(plain("\n".join(sheet.about[1:])))
        self.histogram = sheet.data.bars
        self.bars.setVisible(self.histogram is not None)
        if self.histogram is not None:
            words = [bar_words(bar, self.histogram, self.session.schema) for bar in self.histogram.bars]
            self.bars.show_bars(words, self.histogram.counts, columns=True,
                                apart=self.histogram.bars[-1].kind == "missing")
            self._mark(self.session.selection.items)
        for table in sheet.tables:
            name = plain(f"{table.name} ({number(len(table.rows))})").replace("&", "&&")
            self.tabs.addTab(TablePage(table, self.session.selection), name)
        self._enable()
        self.bring_into_sight(self.save_button)

    def _clear(self) -> None:
        self.sheet = self.histogram = None
        self.bars.hide()
        while self.tabs.count():
            page = self.tabs.widget(0)
            self.tabs.removeTab(0)
            page.deleteLater()
        self._enable()

    def _enable(self) -> None:
        key = self.sheet.data.measure.key if self.sheet is not None else ""
        valued = self.sheet is not None and bool(values_of(self.sheet.tables[0])[1])
        drawn = self._current_chart() is not None and not self.session.read_only
        self.size_button.setEnabled(valued and drawn)
        self.colour_button.setEnabled((valued or key == "communities") and drawn)
        self.save_button.setEnabled(bool(key))

    def _bars_chosen(self, bars: list[int], how: str) -> None:
        getattr(self.session.selection, how)(self.histogram.members(bars).tolist())

    def _mark(self, items: Any) -> None:
        if self.histogram is not None and self.isVisible():
            self.bars.show_shares(self.histogram.shares(np.fromiter(items, np.int64, len(items))))

    # what is done with it

    def _on_chart(self, how: str) -> None:
        """Size or colour on the chart in front. Where the chart would measure the same by itself, it does, from now on;
        else it shows the values of the table, by the column it is sorted by."""
        from ewglink.workspace.commands import appearance

        chart, data = self._current_chart(), self.sheet.data
        if data.measure.key == "communities":
            self.session.do(lambda workspace: appearance.colour_communities(workspace.case, chart))
        elif self._measured_alike(chart):
            by = appearance.size_by_measure if how == "size" else appearance.colour_by_measure
            self.session.do(lambda workspace: by(workspace.case, chart, data.measure.key))
        else:
            heading, values = values_of(self.sheet.tables[0], self._sorted_by())
            name = heading if data.measure.kind == "ranking" else f"{_(data.measure.name)}: {heading}"
            name += f" ({data.narrowing})" if data.narrowing else ""
            self.session.do(lambda workspace: appearance.show_values(workspace.case, chart, how, values, name))

    def _measured_alike(self, chart: int) -> bool:
        """Whether the chart holds what was measured, in the usual way, by a ranking."""
        there = self.session.case.charts.placements(chart).items
        data = self.sheet.data
        return data.measure.kind == "ranking" and data.usual and data.n == len(there)

    def _sorted_by(self) -> int | None:
        view = self.tabs.widget(0).view
        return None if view is None else view.horizontalHeader().sortIndicatorSection()

    def export(self) -> None:
        """Ask where, and write the answer there."""
        path = ask_where(self, self.sheet) if self.sheet is not None else None
        if path is not None:
            write_sheet(self.session, self.sheet, path)
