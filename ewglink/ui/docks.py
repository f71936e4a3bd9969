"""The docks round the charts: which panel stands where, and how they are shown, hidden and found again."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QFrame, QMainWindow, QScrollArea, QWidget

from ewglink.text import N_, _
from ewglink.ui.panels.panel import Panel

DOCKS = (
    ("entities", N_("&Entities"), "table", "Alt+1"),
    ("links", N_("&Links"), "link", "Alt+2"),
    ("inspector", N_("&Inspector"), "info", "Alt+3"),
    ("analysis", N_("A&nalysis"), "measure", "Alt+4"),
    ("paths", N_("&Paths"), "path", "Alt+5"),
    ("history", N_("&History"), "history", "Alt+6"),
    ("palette", N_("Pa&lette"), "palette", "Alt+7"),
    ("overview", N_("&Overview"), "overview", "Alt+8"),
    ("filters", N_("&Filters"), "filter", "Alt+9"),
    ("timeline", N_("&Timeline"), "timeline", "Alt+0"),
    ("heat_matrix", N_("Heat &matrix"), "grid", ""),
    ("activity", N_("A&ctivity"), "activity", ""),
    ("findings", N_("Fin&dings"), "flag", "Alt+Shift+F"),
    ("consents", N_("C&onsents"), "consent", "Alt+Shift+C"),
    ("party_profile", N_("Partie&s"), "party", "Alt+Shift+I"),
    ("who_is_who", N_("&Who is who"), "compare", "Alt+Shift+W"),
    ("map", N_("&Map"), "map", "Alt+Shift+M"),
    ("association", N_("Association matri&x"), "matrix", ""),
    ("toll", N_("Tele&phone toll"), "phone", ""),
    ("flow", N_("Flo&w chart"), "flow", ""),
    ("hypotheses", N_("H&ypotheses"), "scales", ""),
)
"""Name, title, sign and shortcut of each dock, as the View menu lists them."""

LEFT = ("entities", "links", "history", "palette")
RIGHT = ("inspector", "analysis", "paths", "filters")
TRADE = ("findings", "consents", "party_profile")
"""What the rules found, the use of consents, and the parties."""
ANSWERS = ("map", "association", "toll", "flow", "hypotheses")
"""The map, and tables that answer questions."""
BOTTOM = ("timeline", "heat_matrix", "activity", *TRADE, "who_is_who", *ANSWERS)
TALL = frozenset({"paths", "analysis"})
"""Panels whose forms scroll where a small screen has less room than they want."""
BELOW = {"overview": "inspector"}
"""Docks that stand beneath others."""
_BOTTOM_HIGH = 330
LATER = frozenset({"filters", *BOTTOM})
"""Panels that are made, and docks that are shown, only when a person asks for them: closed, they cost nothing."""


class Docks(QObject):
    """The docks of a window, made when a case is first opened."""

    def __init__(self, window: QMainWindow, panels: dict[str, Panel]) -> None:
        super().__init__(window)
        self._window = window
        self.panels = panels | self._more(window)
        panels = self.panels
        self.docks: dict[str, QDockWidget] = {}
        for name, _title, _icon, _keys in DOCKS:
            dock = QDockWidget(window)
            dock.setObjectName("dock_" + name)
            dock.setWidget(_scrolled(panels[name]) if name in TALL else panels.get(name) or QWidget())
            if name in LATER:
                dock.visibilityChanged.connect(lambda seen, wanted=name: self.made(wanted) if seen else None)
            dock.setFeatures(
                QDockWidget.DockWidgetFeature.DockWidgetMovable
                | QDockWidget.DockWidgetFeature.DockWidgetClosable
                | QDockWidget.DockWidgetFeature.DockWidgetFloatable
            )
            self.docks[name] = dock
        from ewglink.ui.widgets.format_strip import FormatStrip

        self.strip = FormatStrip(window)
        panels["inspector"].layout().insertWidget(1, self.strip)
        self.restore()
        self.retranslate()

    def restore(self) -> None:
        """Every panel back where it belongs. A dock is split before others share its place: Qt would add a tab."""
        for dock in self.docks.values():
            dock.setFloating(False)
            self._window.removeDockWidget(dock)
        for names, area in (
            (LEFT, Qt.DockWidgetArea.LeftDockWidgetArea),
            (RIGHT, Qt.DockWidgetArea.RightDockWidgetArea),
            (BOTTOM, Qt.DockWidgetArea.BottomDockWidgetArea),
        ):
            self._window.addDockWidget(area, self.docks[names[0]])
            for name in (one for one, above in BELOW.items() if above == names[0]):
                self._window.splitDockWidget(self.docks[names[0]], self.docks[name], Qt.Orientation.Vertical)
            for name in names[1:]:
                self._window.tabifyDockWidget(self.docks[names[0]], self.docks[name])
        for name, dock in self.docks.items():
            dock.setVisible(name not in LATER)
        for names in (LEFT, RIGHT):
            self.docks[names[0]].raise_()
        for name, above in BELOW.items():
            self._window.resizeDocks([self.docks[above], self.docks[name]], [520, 190], Qt.Orientation.Vertical)
        self._window.resizeDocks(
            [self.docks["entities"], self.docks["inspector"]], [425, 340], Qt.Orientation.Horizontal
        )

    @staticmethod
    def _more(window: Any) -> dict[str, Panel]:
        """The panels that work on charts, and the format strip in the inspector."""
        from ewglink.ui.panels.overview import OverviewPanel
        from ewglink.ui.panels.palette import PalettePanel

        palette = PalettePanel(window.session)
        palette.wanted.connect(window.editing.annotating.take)
        return {"palette": palette, "overview": OverviewPanel(window.session, window.charts)}

    @staticmethod
    def _panel(name: str, window: Any) -> Panel:
        """One of the panels that are made when they are first shown."""
        filtering = window.filtering
        if name in ANSWERS:
            from ewglink.ui.showing_answers import answer_panel

            return answer_panel(name, window)
        if name in TRADE:
            from ewglink.ui.showing_findings import trade_panel

            return trade_panel(name, window)
        if name == "who_is_who":
            from ewglink.ui.merging import review_panel

            return review_panel(window)
        if name == "filters":
            from ewglink.ui.panels.filters import FiltersPanel

            return FiltersPanel(window.session, window.charts, filtering)
        if name == "timeline":
            from ewglink.ui.panels.timeline_panel import TimelinePanel

            return TimelinePanel(window.session, window.charts, filtering)
        if name == "heat_matrix":
            from ewglink.ui.panels.heat_matrix import HeatMatrixPanel

            return HeatMatrixPanel(window.session, window.charts)
        from ewglink.ui.panels.activity import ActivityPanel

        return ActivityPanel(window.session, window.charts)

    def made(self, name: str) -> Panel:
        """The panel of a dock, made now where it was not yet."""
        if name not in self.panels:
            panel = self._panel(name, self._window)
            self.panels[name] = panel
            blank = self.docks[name].widget()
            self.docks[name].setWidget(panel)
            blank.deleteLater()
            if name in TRADE:
                QTimer.singleShot(0, self, lambda: self._give_room(name))
            if name in BOTTOM:
                self._window.resizeDocks([self.docks[name]], [_BOTTOM_HIGH], Qt.Orientation.Vertical)
        return self.panels[name]

    def _give_room(self, name: str) -> None:
        """As much of the height as the panel wants, or as the chart can spare."""
        dock = self.docks[name]
        if dock.isVisible() and not dock.isFloating():
            self._window.resizeDocks([dock], [dock.widget().sizeHint().height()], Qt.Orientation.Vertical)

    def shown(self, name: str) -> bool:
        """Whether a dock is there (perhaps behind another)."""
        return not self.docks[name].isHidden()

    def toggle(self, name: str) -> None:
        """Bring a dock to the front; one that is in front already is put away."""
        dock = self.docks[name]
        if dock.isVisible() and not dock.visibleRegion().isEmpty():
            dock.hide()
        else:
            self.raise_(name)

    def raise_(self, name: str) -> Any:
        """Show a dock and give its panel."""
        panel = self.made(name)
        self.docks[name].show()
        self.docks[name].raise_()
        panel.setFocus()
        return panel

    def measure(self, key: str) -> None:
        """Take a measure in hand and run it."""
        panel = self.raise_("analysis")
        panel.choose(key)
        panel.run()

    def find_paths(self) -> None:
        """Look for paths between the two selected entities; from the one, where there is one."""
        chosen = self._window.editing.selected_entities()
        panel = self.raise_("paths")
        if chosen:
            panel.between(chosen[0], chosen[1] if len(chosen) > 1 else None)

    def set_visible(self, on: bool) -> None:
        """Show the docks that are there from the beginning, or none (without a case)."""
        for name, dock in self.docks.items():
            dock.setVisible(on and name not in LATER)

    def retranslate(self) -> None:
        """Say the titles again."""
        for name, title, _icon, _keys in DOCKS:
            plain_title = _(title).replace("&", "")
            self.docks[name].setWindowTitle(plain_title)
            self.docks[name].setAccessibleName(plain_title)


def _scrolled(panel: Panel) -> QScrollArea:
    """A panel that scrolls downwards; it is never narrower than it must be."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(panel)
    bar = area.style().pixelMetric(area.style().PixelMetric.PM_ScrollBarExtent, None, area)
    area.setMinimumSize(panel.minimumSizeHint().width() + bar, 140)
    area.setFocusProxy(panel)
    return area
