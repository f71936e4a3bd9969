"""The filters panel: what the chart holds, counted by one thing at a time, and the filters that are on it."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ewglink.model.changes import Changed
from ewglink.text import N_, _, ngettext
from ewglink.ui.filtering import Filtering
from ewglink.ui.panels.beside import Beside
from ewglink.ui.panels.filters_layers import LayerList
from ewglink.ui.panels.filters_words import bar_words, facet_name
from ewglink.ui.session import Session
from ewglink.ui.widgets.histogram_bars import HistogramBars
from ewglink.ui.widgets.plain_text import muted

_EFFECTS = (("hide", N_("&Hide")), ("grey", N_("&Grey")), ("only", N_("Keep &only")))


class FiltersPanel(Beside):
    """Histogram of a facet above, layers below. A bar is clicked to select, and given to a filter by a button."""

    def __init__(self, session: Session, charts: Any, filtering: Filtering, parent: QWidget | None = None) -> None:
        super().__init__(session, charts, parent)
        self._filtering = filtering
        self.facets = QComboBox()
        self.granularity = QComboBox()
        self.bars = HistogramBars()
        self.about = muted()
        self.layers = LayerList(session, charts, filtering)
        self.buttons = {key: QPushButton() for key, _name in _EFFECTS}
        self.histogram: Any = None
        self._column: Any = None
        self._known: list[Any] = []
        self._set_out()
        self._say()
        self.facets.currentIndexChanged.connect(self._chosen)
        self.granularity.currentIndexChanged.connect(self._regroup)
        self.bars.chosen.connect(self._select)
        self.bars.menu.connect(self._menu)
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, effect=key: self.filter(effect))
        self.setFocusProxy(self.facets)
        charts.changed.connect(self._layers_changed)

    def _set_out(self) -> None:
        self.facets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.facets.setMinimumContentsLength(14)
        self.facets.setMaxVisibleItems(24)
        self.granularity.hide()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.bars)
        column.addStretch(1)
        scroll.setWidget(inside)
        top, below = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.facets, 1)
        top.addWidget(self.granularity)
        for button in self.buttons.values():
            below.addWidget(button)
        below.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 0)
        box.addWidget(self.scope)
        box.addLayout(top)
        box.addWidget(self.about)
        box.addWidget(scroll, 1)
        box.addLayout(below)
        box.addWidget(self.layers)
        self._enable()

    def _say(self) -> None:
        from ewglink.workspace.histograms import GRANULARITIES

        self.words.say(self.facets.setAccessibleName, N_("Count by"))
        self.words.say(self.bars.setAccessibleName, N_("Histogram"))
        self.words.say(self.granularity.setAccessibleName, N_("Group dates by"))
        for key, name in _EFFECTS:
            self.words.say(self.buttons[key].setText, name)
        kept = self.granularity.currentData()
        self.granularity.blockSignals(True)
        self.granularity.clear()
        self.granularity.addItem(_("Automatic"), "")
        for key, name in GRANULARITIES.items():
            self.granularity.addItem(_(name), key)
        self.granularity.setCurrentIndex(max(0, self.granularity.findData(kept)))
        self.granularity.blockSignals(False)

    # asking

    def facet(self) -> Any:
        """The facet in hand."""
        from ewglink.workspace.facets import Facet

        return self.facets.currentData() or Facet("type")

    def job(self, workspace: Any, chart: int | None) -> Any:
        """The facets there are, and the column of the one in hand."""
        from ewglink.model.progress import Progress
        from ewglink.workspace.facets import column, facets_of

        facet = self.facet()

        def asked() -> Any:
            known = facets_of(workspace, chart)
            there = facet if any(_same(one, facet) for one in known) else known[0]
            for step in column(workspace, chart, there):
                yield Progress(step.done, step.message, (known, step.best) if step.best is not None else None)

        return asked()

    def take(self, answer: Any) -> None:
        """Show the facets and the histogram."""
        self._known, self._column = answer
        self._fill_facets()
        self._regroup()
        self.layers.look()

    def _fill_facets(self) -> None:
        facet, schema = self._column.facet, self.session.schema
        self.facets.blockSignals(True)
        self.facets.clear()
        for one in self._known:
            of = _("Links") if one.on == "links" else _("Entities")
            self.facets.addItem(_("{of}: {name}", of=of, name=facet_name(one, schema)), one)
            if _same(one, facet):
                self.facets.setCurrentIndex(self.facets.count() - 1)
        self.facets.blockSignals(False)

    def choose(self, what: str, on: str = "entities") -> None:
        """Take a facet in hand."""
        for at, one in enumerate(self._known):
            if (one.what, one.on) == (what, on):
                self.facets.setCurrentIndex(at)

    def _chosen(self, *_at: Any) -> None:
        self._stale = True
        self._look()

    def _regroup(self, *_at: Any) -> None:
        from ewglink.workspace.histograms import histogram

        if self._column is None or self.session.workspace is None:
            return
        facet = self._column.facet
        self.granularity.setVisible(facet.kind == "dates")
        self.histogram = found = histogram(self._column, self.granularity.currentData() or "")
        words = [bar_words(bar, found, self.session.schema) for bar in found.bars]
        columns = found.ordered and sum(bar.kind != "missing" for bar in found.bars) > 12
        self.bars.show_bars(words, found.counts, columns, apart=found.bars[-1:] and found.bars[-1].kind == "missing")
        self._tell()
        self._mark()

    def _tell(self) -> None:
        total = self._column.total
        self.about.setText(ngettext("{n} link", "{n} links", total) if self._column.facet.on == "links"
                           else ngettext("{n} entity", "{n} entities", total))
        self._enable()

    # selection and filters

    def mark(self, chosen: np.ndarray) -> None:
        """The selected share of each bar."""
        if self.histogram is not None:
            self.bars.show_shares(self.histogram.shares(chosen))
            self._enable()

    def _select(self, bars: list[int], how: str) -> None:
        self.select(self.histogram.members(bars), how)
        self._enable()

    def _enable(self) -> None:
        can = bool(self.bars.picked) and not self.session.read_only and self.chart is not None
        for button in self.buttons.values():
            button.setEnabled(can)

    def filter(self, effect: str) -> None:
        """Give the picked bars to a filter: one layer for each stretch of them."""
        from ewglink.workspace.filtering import Layer

        if self.histogram is None or not self.bars.picked:
            return
        on, picked = self.histogram.column.facet.on, sorted(self.bars.picked)
        groups = _groups(self.histogram, picked)
        if effect == "only" and len(groups) > 1:
            rest = [bar for bar in range(len(self.histogram.bars)) if bar not in self.bars.picked]
            effect, groups = "hide", _groups(self.histogram, rest)
        added = [Layer(on, conditions, effect) for conditions in groups]
        if added and self._filtering.set([*self._filtering.layers, *added]):
            self.layers.look()

    def _menu(self, bars: list[int], point: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction(_("Select")).triggered.connect(lambda: self._select(bars, "set"))
        menu.addAction(_("Add to the selection")).triggered.connect(lambda: self._select(bars, "add"))
        menu.addSeparator()
        for key, name in _EFFECTS:
            action = menu.addAction(_(name))
            action.setEnabled(self.buttons[key].isEnabled() or not self.session.read_only)
            action.triggered.connect(lambda _on=False, effect=key: self.filter(effect))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(point)

    # following

    def _layers_changed(self) -> None:
        if self.isVisible() and self.session.workspace is not None and self._column is not None:
            self.layers.look()

    def _heard(self, changed: Changed) -> None:
        super()._heard(changed)
        if "chart" in changed.tables:
            self._layers_changed()

    def emptied(self) -> None:
        """Nothing to count."""
        super().emptied()
        self._column = self.histogram = None
        self.bars.show_bars([], [], False)
        self.layers.list.clear()

    def retranslate(self) -> None:
        """Say everything again."""
        self._say()
        self.layers.words.retranslate()
        super().retranslate()


def _same(one: Any, other: Any) -> bool:
    return (one.what, one.on) == (other.what, other.on)


def _groups(histogram: Any, bars: list[int]) -> list[Any]:
    """The conditions of bars: a stretch of neighbours is one range, all plain values are one list."""
    found, plain_values = [], [bar for bar in bars if histogram.bars[bar].kind == "value"]
    if plain_values:
        conditions = histogram.conditions(plain_values[0], plain_values[0])[0]
        listed = [histogram.bars[bar].value for bar in plain_values]
        found.append((type(conditions)(conditions.what, "in", listed),))
    others = [bar for bar in bars if histogram.bars[bar].kind != "value"]
    stretch: list[int] = []
    for bar in others:
        joins = stretch and bar == stretch[-1] + 1 and histogram.bars[bar].kind == histogram.bars[stretch[-1]].kind
        if stretch and not joins:
            found.append(histogram.conditions(stretch[0], stretch[-1]))
            stretch = []
        stretch.append(bar)
    if stretch:
        found.append(histogram.conditions(stretch[0], stretch[-1]))
    return found
