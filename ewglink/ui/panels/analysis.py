"""The analysis panel: choose a measure, set its options, read the answer, select from it on the chart."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import N_, Message, _, language, ngettext, number
from ewglink.ui.panels.panel import Panel
from ewglink.ui.session import Session
from ewglink.ui.widgets.options_form import OptionsForm
from ewglink.ui.widgets.plain_text import hint, label, muted, plain
from ewglink.ui.widgets.type_icons import type_icon

_IDS = Qt.ItemDataRole.UserRole
MOST_LINES = 2000
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
        self.result = QTreeWidget()
        self.form: OptionsForm | None = None
        self._task: Any = None
        self._answer: Any = None
        self._set_out()
        self._say()
        self.measures.currentIndexChanged.connect(self._chosen)
        self.run_button.clicked.connect(self.run)
        self.stop_button.clicked.connect(self._cancel)
        self.result.itemSelectionChanged.connect(self._select)
        self._fill()

    def _set_out(self) -> None:
        self.run_button.setProperty("primary", True)
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.stop_button.hide()
        self.result.setAlternatingRowColors(True)
        self.result.setHeaderHidden(True)
        self.result.setUniformRowHeights(True)
        self.result.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._top = QVBoxLayout()
        self._top.setContentsMargins(8, 8, 8, 0)
        self._top.addWidget(self.measures)
        self._top.addWidget(self.definition)
        self._scope_label = label(buddy=self.scope)
        scope = QHBoxLayout()
        scope.addWidget(self._scope_label)
        scope.addWidget(self.scope, 1)
        self._top.addLayout(scope)
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
        box.addWidget(self.result, 1)

    def _say(self) -> None:
        self.words.say(self.measures.setAccessibleName, N_("Measure"))
        self.words.say(self._scope_label.setText, N_("Scope"))
        self.words.say(self.scope.setAccessibleName, N_("Scope"))
        self.words.say(self.run_button.setText, N_("&Measure"))
        self.words.say(self.stop_button.setText, N_("Stop"))
        self.words.say(self.result.setAccessibleName, N_("Result"))

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
        if self.form is not None:
            self._top.removeWidget(self.form)
            self.form.deleteLater()
        self.form = OptionsForm(measure.options)
        self.form.setVisible(not self.form.empty)
        self._top.insertWidget(3, self.form)

    def _heard(self, changed: Any) -> None:
        """An answer stands until it is asked for again."""

    def retranslate(self) -> None:
        """Say everything again, the answer too."""
        self.words.retranslate()
        self._fill()
        if self._answer is not None and self.session.workspace is not None:
            self._show(*self._answer)

    def emptied(self) -> None:
        """No case: no answer."""
        super().emptied()
        self._answer = None
        self.result.clear()
        self.about.clear()

    # asking

    def run(self) -> None:
        """Measure in the background."""
        from ewglink.workspace.questions import measure

        if self.session.workspace is None or self._task is not None:
            return
        found, options, workspace = self._measure(), self.form.value(), self.session.workspace
        chart = self._current_chart() if self.scope.currentData() == "chart" else None
        subset = workspace.case.charts.placements(chart).items.tolist() if chart is not None else None
        network = self.session.attempt(lambda: workspace.network(subset=subset))
        if network is None:
            return
        self.bar.setRange(0, 0)
        self.bar.show()
        self.stop_button.show()
        self.run_button.setEnabled(False)
        self._task = self.session.jobs.run(
            Message(N_("Measuring: {name}"), {"name": Message(found.name)}),
            measure(workspace, found.key, options, network),
            progress=self._advance,
            finished=lambda answer: self._answered(answer, network, found),
            ended=self._ended,
        )

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

    def _answered(self, answer: Any, network: Any, measure: Any) -> None:
        if answer is not None and self.session.workspace is not None:
            self._show(answer, network, measure)

    def _show(self, answer: Any, network: Any, measure: Any) -> None:
        from ewglink.analysis.contract import Groups, Ranking

        self._answer = (answer, network, measure)
        self.result.clear()
        self.result.setHeaderHidden(False)
        self.about.setText(
            _("{measure}: {entities}, {links}", measure=_(measure.name),
              entities=ngettext("{n} entity", "{n} entities", network.n),
              links=ngettext("{n} link", "{n} links", network.m))
        )
        if isinstance(answer, Ranking):
            self._show_ranking(answer, network, measure)
        elif isinstance(answer, Groups):
            self._show_groups(answer, network)
        else:
            self._show_table(answer, network)
        header = self.result.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, self.result.columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)

    def _refs(self, network: Any, rows: Any) -> dict[int, Any]:
        return self.session.case.items.refs(network.ids[np.asarray(rows, np.int64)].tolist())

    def _name(self, line: QTreeWidgetItem, column: int, ref: Any, item: int) -> None:
        line.setText(column, plain(ref.label) if ref else str(item))
        if ref:
            line.setIcon(column, type_icon(self.session.schema, ref.type))
            hint(line, f"{ref.label}\n{self.session.schema.label(ref.type, language())}", column)

    def _show_ranking(self, answer: Any, network: Any, measure: Any) -> None:
        self.result.setRootIsDecorated(False)
        self.result.setHeaderLabels([_("Entity"), _(measure.name)])
        rows = answer.rows[:MOST_LINES]
        refs = self._refs(network, rows)
        for row, value in zip(rows.tolist(), answer.values.tolist(), strict=False):
            item = int(network.ids[row])
            line = QTreeWidgetItem(self.result)
            self._name(line, 0, refs.get(item), item)
            line.setText(
                1, f"{value:.0f}" if float(value).is_integer() and abs(value) >= 1 or value == 0 else f"{value:.4f}"
            )
            line.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line.setData(0, _IDS, [item])

    def _show_groups(self, answer: Any, network: Any) -> None:
        self.result.setRootIsDecorated(True)
        self.result.setHeaderLabels([_("Group"), _("Entities")])
        for at, group in enumerate(answer.groups[:500], start=1):
            ids = network.ids[group].tolist()
            top = QTreeWidgetItem(self.result, [_("Group {n}", n=at), number(len(ids))])
            top.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            top.setData(0, _IDS, ids)
            refs = self._refs(network, group[:50])
            for item in ids[:50]:
                line = QTreeWidgetItem(top)
                self._name(line, 0, refs.get(item), item)
                line.setData(0, _IDS, [item])

    def _show_table(self, answer: Any, network: Any) -> None:
        self.result.setRootIsDecorated(False)
        self.result.setHeaderLabels([_(text) for text in answer.headings])
        rows = answer.rows[:MOST_LINES]
        named = sorted({int(row[column]) for row in rows for column in answer.items})
        refs = self._refs(network, named) if named else {}
        for row in rows:
            line = QTreeWidgetItem(self.result)
            ids = []
            for column, cell in enumerate(row):
                if column in answer.items:
                    item = int(network.ids[int(cell)])
                    ids.append(item)
                    self._name(line, column, refs.get(item), item)
                else:
                    line.setText(column, plain(f"{cell:.4g}" if isinstance(cell, float) else str(cell)))
            line.setData(0, _IDS, ids)

    def _select(self) -> None:
        ids = {item for line in self.result.selectedItems() for item in line.data(0, _IDS) or ()}
        if ids:
            self.session.selection.set(ids)
