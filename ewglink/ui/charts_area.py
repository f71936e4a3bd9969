"""The charts of the case as tabs: each shows one chart, follows the case, and is laid out in the background."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from ewglink.drawing.content import HIDDEN
from ewglink.model.changes import Changed
from ewglink.text import N_, Message, _
from ewglink.ui.session import Session
from ewglink.ui.widgets.plain_text import ask_text, plain
from ewglink.workspace.chart_content import marking_shown

if TYPE_CHECKING:
    from ewglink.ui.chart_tab import ChartTab

_DEFAULT_LAYOUT = "force"
_LEGIBLE = 0.6
"""The zoom at which one looks at a single item, at least."""


class ChartsArea(QTabWidget):
    """Tabs of charts. `activated(id)`, `background_activated(x, y)`, `menu_requested(QPoint)`, `link_drawn(a, b)`,
    `properties_wanted()` and `background_menu_requested(QPoint)` come from the chart in front; `changed()` when another
    is in front or it shows something else."""

    activated = Signal(int)
    background_activated = Signal(float, float)
    menu_requested = Signal(QPoint)
    background_menu_requested = Signal(QPoint)
    link_drawn = Signal(int, int)
    properties_wanted = Signal()
    changed = Signal()
    zoom_changed = Signal()
    tab_made = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setDocumentMode(True)
        self.setMovable(False)
        self.tabBar().setAutoHide(False)
        self.tabs: dict[int, ChartTab] = {}
        self.hand = False
        self.legend = False
        self._layout: Any = None
        self._layout_chart: int | None = None
        self._last_layout: tuple[str, Any] = (_DEFAULT_LAYOUT, None)
        self.currentChanged.connect(self._turned)
        self.tabBarDoubleClicked.connect(lambda _at: self.rename())
        session.opened.connect(self._opened)
        session.closed.connect(self._closed)
        session.changed.connect(self._heard)
        session.language_changed.connect(self.again)
        session.theme_changed.connect(self.again)

    # which chart

    def current(self) -> int | None:
        """The chart in front, None where there is none."""
        tab = self.currentWidget()
        return tab.chart if tab is not None else None

    def tab(self) -> ChartTab | None:
        """The tab in front."""
        tab = self.currentWidget()
        return tab

    def view(self) -> Any:
        """The view of the chart in front."""
        tab = self.tab()
        return tab.view if tab is not None else None

    def _opened(self) -> None:
        if not self.session.case.charts.listed() and not self.session.read_only:
            self._create(_("Chart {n}", n=1))
        self._list()

    def _closed(self) -> None:
        self._layout, self._layout_chart = None, None
        for tab in list(self.tabs.values()):
            self._drop(tab)
        self.changed.emit()

    def _drop(self, tab: ChartTab) -> None:
        self.tabs.pop(tab.chart, None)
        self.removeTab(self.indexOf(tab))
        tab.close_down()
        tab.deleteLater()

    def _list(self, front: int | None = None) -> None:
        charts = self.session.case.charts.listed()
        kept = {chart.id for chart in charts}
        for tab in [tab for chart, tab in self.tabs.items() if chart not in kept]:
            self._drop(tab)
        for at, chart in enumerate(charts):
            tab = self.tabs.get(chart.id)
            if tab is None:
                tab = self._new_tab(chart.id)
                self._listen(tab)
                self.tabs[chart.id] = tab
                self.insertTab(at, tab, "")
            self.setTabText(self.indexOf(tab), plain(chart.name).replace("&", "&&"))
        if front in self.tabs:
            self.setCurrentWidget(self.tabs[front])
        self.changed.emit()

    def _new_tab(self, chart: int) -> ChartTab:
        from ewglink.ui.chart_tab import ChartTab

        return ChartTab(self.session, chart)

    def _listen(self, tab: ChartTab) -> None:
        tab.activated.connect(self.activated)
        tab.background_activated.connect(self.background_activated)
        tab.menu_requested.connect(self.menu_requested)
        tab.background_menu_requested.connect(self.background_menu_requested)
        tab.link_drawn.connect(self.link_drawn)
        tab.properties_wanted.connect(self.properties_wanted)
        tab.view.set_hand(self.hand)
        tab.view.show_legend(self.legend)
        tab.zoom_changed.connect(self.zoom_changed)
        self.tab_made.emit(tab)

    def _turned(self, _at: int) -> None:
        tab = self.tab()
        if tab is not None:
            tab.look_if_stale()
        self.changed.emit()

    def turn(self, by: int) -> None:
        """Bring the next (or previous) chart to the front."""
        if self.count():
            self.setCurrentIndex((self.currentIndex() + by) % self.count())

    # following the case

    def _heard(self, changed: Changed) -> None:
        if "chart" in changed.tables:
            self._list()
        for chart, tab in self.tabs.items():
            tab.heard(changed, concerned=chart in changed.charts)
        self.changed.emit()

    def again(self) -> None:
        """Show every chart again."""
        for tab in self.tabs.values():
            tab.again()
        self.changed.emit()

    # charts made, named, deleted

    def _create(self, name: str, joins: int | None = None) -> int | None:
        from ewglink.workspace.commands.charts import create_chart

        made: list[int] = []

        def command(workspace: Any) -> Any:
            changeset, chart = create_chart(workspace.case, name)
            made.append(chart)
            return changeset

        return made[0] if self.session.do(command, joins) is not None else None

    def free_name(self) -> str:
        """A name that no chart has."""
        names = {chart.name for chart in self.session.case.charts.listed()}
        return next(name for n in range(1, len(names) + 2) if (name := _("Chart {n}", n=n)) not in names)

    def new_chart(self, of_selection: bool = False) -> int | None:
        """Ask for a name and make a chart, empty or of what is selected."""
        chosen = sorted(self.session.selection.items) if of_selection else []
        name = ask_text(self, _("New chart"), _("Name of the chart"), self.free_name())
        return self.make_chart(name, chosen) if name is not None else None

    def make_chart(self, name: str, items: Collection[int] = (), joins: int | None = None) -> int | None:
        """Make a chart of `items`, laid out, and bring it to the front; part of the step `joins` where that is the
        last."""
        chart = self._create(name, joins)
        if chart is None:
            return None
        self._list(front=chart)
        if items:
            self.place(items, chart, joins=joins)
        return chart

    def show_chart(self, chart: int) -> None:
        """Bring a chart to the front, all of it in view."""
        if chart in self.tabs:
            self.setCurrentWidget(self.tabs[chart])
            QTimer.singleShot(0, self, self._fit)

    def rename(self) -> None:
        """Ask for another name for the chart in front."""
        from ewglink.workspace.commands.charts import rename_chart

        chart = self.current()
        if chart is None or self.session.read_only:
            return
        old = self.session.case.charts.get(chart).name
        name = ask_text(self, _("Rename chart"), _("Name of the chart"), old)
        if name is not None:
            self.session.do(lambda workspace: rename_chart(workspace.case, chart, name))

    def delete(self) -> None:
        """Delete the chart in front; its items stay in the case, and undo brings it back."""
        from ewglink.workspace.commands.charts import delete_chart

        chart = self.current()
        if chart is not None:
            name = self.session.case.charts.get(chart).name
            if self.session.do(lambda workspace: delete_chart(workspace.case, chart)) is not None:
                self.session.told.emit("done", _("The chart “{name}” was deleted; undo brings it back.", name=name))

    # what stands on it

    def place(
        self, items: Iterable[int], chart: int | None = None, at: tuple[float, float] | None = None,
        joins: int | None = None
    ) -> None:  # fmt: skip
        """Put entities on a chart around what stands there, which does not move; an empty one is laid out. It is part
        of the step `joins` where that is the last."""
        from ewglink.workspace.arranging import add_to_chart

        chart = chart if chart is not None else self.current()
        if chart is None:
            return
        wanted = sorted(set(items))
        empty = not len(self.session.case.charts.placements(chart).items)
        done = self.session.do(lambda workspace: add_to_chart(workspace, chart, wanted, at), joins)
        if done is not None and empty:
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        if self.view() is not None:
            self.view().fit()

    def place_selection(self) -> None:
        """Put what is selected on the chart in front: entities, and the ends of links."""
        chosen = self.session.selection.items
        links = [row for row in (self.session.case.items.link(item) for item in chosen) if row is not None]
        self.place(set(chosen) | {end for link in links for end in (link.a, link.b)})

    def place_all(self) -> None:
        """Put every entity of the case on the chart in front."""
        self.place(self.session.workspace.network().ids.tolist())

    def placed(self) -> Any:
        """What stands on the chart in front (empty arrays without one)."""
        tab = self.tab()
        return tab.content if tab is not None else None

    def hidden_count(self) -> int:
        """How many entities are hidden on the chart in front, by hand and not by a filter."""
        content = self.placed()
        if content is None:
            return 0
        by_filter = content.filtered.entities if content.filtered is not None else 0
        return int((content.flags & HIDDEN != 0).sum()) - by_filter

    def filtered(self) -> Any:
        """What filters leave out of the chart in front, None where none is on."""
        content = self.placed()
        return content.filtered if content is not None else None

    def marking(self) -> str:
        """The marking of the chart in front, in the window's language."""
        content = self.placed()
        return marking_shown(content) if content is not None else ""

    def zoom(self) -> float:
        """Screen pixels a chart unit, as a share of natural size (0 without a chart)."""
        view = self.view()
        return float(view.zoom) if view is not None else 0.0

    def zoom_by(self, factor: float) -> None:
        """Zoom in or out about the middle."""
        view = self.view()
        if view is not None:
            view.zoom_by(factor)

    def toggle_hand(self) -> None:
        """Left-drag moves the chart (and back: selects), on every chart."""
        self.hand = not self.hand
        for tab in self.tabs.values():
            tab.view.set_hand(self.hand)

    def centre_on(self, items: Collection[int]) -> bool:
        """Bring items into the middle of the chart in front; False where none stands there."""
        content, view = self.placed(), self.view()
        if content is None or view is None:
            return False
        there = set(content.entity_ids.tolist())
        wanted = [item for item in items if item in there]
        if not wanted:
            at = np.isin(content.link_ids, np.array(list(items), np.int64))
            wanted = content.entity_ids[np.unique(content.ends[at])].tolist() if at.any() else []
        if wanted:
            rows = np.searchsorted(content.entity_ids, np.array(sorted(wanted), np.int64))
            view.look_at(*view.positions(rows).mean(axis=0).tolist(), max(view.zoom, _LEGIBLE))
        return bool(wanted)

    # looks

    def toggle_legend(self) -> None:
        """Show the legend in the corner of every chart, or not; paper has one in any case."""
        self.legend = not self.legend
        for tab in self.tabs.values():
            tab.view.show_legend(self.legend)

    # layouts

    def laying_out(self) -> bool:
        """Whether a layout is under way."""
        return self._layout is not None

    def lay_out(self, key: str, options: Any = None) -> None:
        """Lay out the chart in front in the background; only what is selected, where several entities are."""
        from ewglink.layouts.contract import LAYOUTS
        from ewglink.workspace.arranging import lay_out

        chart, tab, workspace = self.current(), self.tab(), self.session.workspace
        if chart is None or tab is None or self._layout is not None or not len(tab.content_now().entity_ids):
            return
        self._last_layout = (key, options)
        self._layout_chart = chart
        chosen = [item for item in self.session.selection.items if item in set(tab.content.entity_ids.tolist())]
        only = chosen if len(chosen) > 2 else None
        whole = only is None
        name = Message(N_("Layout: {name}"), {"name": Message(LAYOUTS.get(key).name)})
        self._layout = self.session.jobs.run(
            name,
            lay_out(workspace, chart, key, options, only),
            progress=lambda step: self._preview(chart, step),
            finished=lambda best: self._laid_out(chart, key, best, whole),
            ended=self._layout_ended,
        )
        self.changed.emit()

    def _preview(self, chart: int, step: Any) -> None:
        tab = self.tabs.get(chart)
        if step.best is not None and tab is not None and self._layout is not None:
            tab.view.set_positions(*step.best)

    def _laid_out(self, chart: int, key: str, best: Any, whole: bool) -> None:
        from ewglink.workspace.arranging import arranged

        tab = self.tabs.get(chart)
        if self.session.workspace is None or tab is None:
            return
        if best is None or self.session.do(lambda workspace: arranged(workspace, chart, key, best)) is None:
            tab.again()
        if whole:
            QTimer.singleShot(0, self, self._fit)

    def _layout_ended(self) -> None:
        chart, self._layout, self._layout_chart = self._layout_chart, None, None
        tab = self.tabs.get(chart) if chart is not None else None
        if tab is not None:
            tab.look_if_stale()
        self.changed.emit()

    def toggle_layout(self) -> None:
        """Stop the layout under way, keeping its best; or run the last one again."""
        if self._layout is not None:
            self._layout.cancel()
        else:
            self.lay_out(*self._last_layout)

    def layout_options(self) -> None:
        """Ask for a layout and its options, and run it."""
        from ewglink.ui.dialogs.layout_options import LayoutOptions

        dialog = LayoutOptions(self._last_layout, self)
        if dialog.exec():
            self.lay_out(*dialog.chosen())
        dialog.deleteLater()
