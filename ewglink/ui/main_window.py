"""The main window: it only assembles what the other modules make."""

from __future__ import annotations

import base64
import logging
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QSizePolicy, QStackedWidget, QToolBar, QVBoxLayout, QWidget

from ewglink import __version__
from ewglink.text import _
from ewglink.ui import theme
from ewglink.ui.action_menus import ActionMenus
from ewglink.ui.actions import all_actions
from ewglink.ui.charts_area import ChartsArea
from ewglink.ui.context_menus import show_background_menu, show_item_menu, show_link_menu
from ewglink.ui.digit_keys import DigitKeys
from ewglink.ui.docks import Docks
from ewglink.ui.editing import Editing
from ewglink.ui.files import Files
from ewglink.ui.filtering import Filtering
from ewglink.ui.finding import Finding
from ewglink.ui.panels.analysis import AnalysisPanel
from ewglink.ui.panels.entities import EntitiesPanel
from ewglink.ui.panels.history import HistoryPanel
from ewglink.ui.panels.inspector import InspectorPanel
from ewglink.ui.panels.links import LinksPanel
from ewglink.ui.panels.paths import PathsPanel
from ewglink.ui.recent_menu import RecentMenu
from ewglink.ui.session import Session
from ewglink.ui.start_page import StartPage
from ewglink.ui.status_bar import StatusBar
from ewglink.ui.widgets import glyphs, type_icons
from ewglink.ui.widgets.notice import Notice
from ewglink.ui.widgets.plain_text import plain
from ewglink.ui.widgets.search_box import SearchBox

log = logging.getLogger(__name__)
TOOLBAR = (
    "file.import",
    "file.export",
    "",
    "edit.undo",
    "edit.redo",
    "",
    "chart.add_entity",
    "chart.add_link",
    "chart.expand",
    "analysis.paths",
    "",
    "arrange.toggle",
    "chart.pin",
    "chart.hide",
    "chart.reveal",
    "",
    "view.hand",
    "view.zoom_in",
    "view.zoom_out",
    "view.fit",
    "view.fit_selection",
    "view.legend",
)


class MainWindow(QMainWindow):
    """One case in a window, or the start page without one."""

    def __init__(self, session: Session | None = None) -> None:
        super().__init__()
        self.session = session or Session()
        self.session.setParent(self)
        self.setObjectName("main")
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        room = self.screen().availableSize()
        self.resize(min(1400, room.width() - 8), min(860, room.height() - 40))
        self.notice = Notice()
        self.charts = ChartsArea(self.session)
        self.start = StartPage(self.session)
        self.editing = Editing(self)
        self.files = Files(self)
        self.finding = Finding(self)
        self.filtering = Filtering(self.session, self.charts, self)
        self.search = SearchBox(self.session)
        self._assemble()
        self.menus = ActionMenus(self, all_actions())
        self._digits = DigitKeys(self.menus, self)
        self.docks = Docks(self, self._panels())
        self.menus.fill_bar(self.menuBar())
        RecentMenu(self).stand_in(self.menus, "file.demo")
        self._fill_toolbar()
        self.status = StatusBar(self.session, self.charts)
        self.setStatusBar(self.status)
        self._connect()
        self._restore()
        self.retranslate()
        self._show_case()

    def _assemble(self) -> None:
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start)
        self.pages.addWidget(self.charts)
        middle = QWidget()
        box = QVBoxLayout(middle)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.notice)
        box.addWidget(self.pages, 1)
        self.setCentralWidget(middle)

    def _panels(self) -> dict[str, Any]:
        return {
            "entities": EntitiesPanel(self.session),
            "links": LinksPanel(self.session),
            "history": HistoryPanel(self.session),
            "inspector": InspectorPanel(self.session),
            "analysis": AnalysisPanel(self.session, self.charts.current),
            "paths": PathsPanel(self.session),
        }

    def _fill_toolbar(self) -> None:
        self.toolbar = QToolBar()
        self.toolbar.setObjectName("toolbar")
        self.toolbar.setMovable(False)
        self.toolbar.setIconSize(QSize(20, 20))
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.menus.fill_toolbar(self.toolbar, TOOLBAR)
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.toolbar.addWidget(gap)
        self.toolbar.addWidget(self.search)
        self.addToolBar(self.toolbar)
        self.toolbar.toggleViewAction().setVisible(False)

    def _connect(self) -> None:
        session = self.session
        session.told.connect(self.notice.tell)
        session.opened.connect(self._show_case)
        session.closed.connect(self._show_case)
        session.changed.connect(self._title_changed)
        session.language_changed.connect(self.retranslate)
        for signal in (session.opened, session.closed, session.changed, session.selection.changed, self.charts.changed):
            signal.connect(lambda *_: self.menus.refresh_later())
        self.charts.changed.connect(self.status.later)
        self.status.filters_off.connect(self.filtering.all_off)
        self.charts.zoom_changed.connect(self.status.later)
        self.charts.activated.connect(lambda _item: self.docks.raise_("inspector"))
        self.charts.background_activated.connect(lambda x, y: self.editing.add_entity((x, y)))
        self.charts.menu_requested.connect(lambda at: show_item_menu(self, at))
        self.charts.background_menu_requested.connect(lambda at: show_background_menu(self, at))
        self.charts.properties_wanted.connect(lambda: self.menus.trigger("file.properties"))
        self.charts.link_drawn.connect(lambda a, b: show_link_menu(self, a, b))
        self.start.wanted.connect(self.menus.trigger)
        self.start.case_wanted.connect(session.open)
        self.search.found.connect(self.editing.select_and_show)
        panels = self.docks.panels
        for name in ("entities", "links"):
            panels[name].activated.connect(self.editing.select_and_show)
            panels[name].menu_requested.connect(lambda at: show_item_menu(self, at))
        panels["inspector"].source_wanted.connect(self.show_source)
        panels["inspector"].item_wanted.connect(self.editing.select_and_show)
        panels["paths"].chart_wanted.connect(lambda ids: self.finding.place(ids))
        self.finding.join(panels)

    # the case

    def _show_case(self) -> None:
        there = self.session.workspace is not None
        self.pages.setCurrentWidget(self.charts if there else self.start)
        self.start.setMinimumHeight(1 if there else 0)  # the page behind does not say how small the chart may be
        self.toolbar.setVisible(there)
        self.status.setVisible(there)
        if there != self._docks_shown:
            self._docks_shown = there
            if there:
                self._show_docks()
            else:
                self._put_docks_away()
        if there and self.charts.view() is not None:
            self.charts.view().setFocus()
        self._title_changed()
        self.menus.refresh_later()
        self.status.later()

    def _put_docks_away(self) -> None:
        if self._seen_case:
            self._dock_state = self.saveState()
        self.docks.set_visible(False)
        self.toolbar.hide()

    def _show_docks(self) -> None:
        self._seen_case = True
        self.docks.set_visible(True)
        kept = self._dock_state
        if kept is None or not self.restoreState(kept):
            self.docks.restore()
        self.toolbar.show()

    def _title_changed(self, *_changed: Any) -> None:
        case = self.session.workspace
        self.setWindowTitle(plain(f"{case.title} – EWGLink") if case is not None else "EWGLink")

    def show_source(self, record: int) -> None:
        """The row behind a statement, among its neighbours."""
        from ewglink.ui.dialogs.source_row import SourceRow

        dialog = SourceRow(self.session.case, record, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session.closed.connect(dialog.close)
        dialog.show()

    # help

    def show_palette(self) -> None:
        """Every command by name."""
        from ewglink.ui.dialogs.command_palette import CommandPalette

        palette = CommandPalette(self.menus, self)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette.show()

    def show_shortcuts(self) -> None:
        """Every key and every move of the mouse."""
        from ewglink.ui.dialogs.shortcut_sheet import ShortcutSheet

        sheet = ShortcutSheet(self.menus, self)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.show()

    def show_log(self) -> None:
        """The log file, in whatever program shows text."""
        from ewglink.ui.crash import log_file

        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_file())))

    def show_about(self) -> None:
        """What this is."""
        from PySide6.QtWidgets import QMessageBox

        from ewglink.ui.widgets.plain_text import box

        text = "\n\n".join(
            (
                "EWGLink " + __version__,
                _("Records of environmental crime, turned into relationship charts"),
                _("Free software under the GNU General Public License, version 3 or later."),
            )
        )
        shown = box(self, QMessageBox.Icon.NoIcon, _("About EWGLink"), text)
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown.open()

    # looks and language

    def wear(self, name: str) -> None:
        """Put on another theme."""
        app = QApplication.instance()
        glyphs.forget()
        type_icons.forget()
        theme.wear(app, name)
        self.session.settings.theme = name
        self.session.settings.save()
        self.menus.retranslate()
        self.session.theme_changed.emit()
        for panel in self.docks.panels.values():
            panel.again()

    def toggle_full_screen(self) -> None:
        """Full screen, or not."""
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    def retranslate(self) -> None:
        """Say menus, docks and title in the language in force."""
        from ewglink.ui.qt_words import speak_to_qt

        speak_to_qt(QApplication.instance())
        self.menus.retranslate()
        self.docks.retranslate()
        self.toolbar.setWindowTitle(_("Toolbar"))
        self.charts.setAccessibleName(_("Charts"))
        self._title_changed()

    # the window itself

    def _restore(self) -> None:
        self._docks_shown: bool | None = None
        self._seen_case = False
        self._dock_state: QByteArray | None = None
        kept = self.session.settings
        try:
            if kept.geometry:
                self.restoreGeometry(QByteArray(base64.b64decode(kept.geometry)))
            if kept.state:
                self._dock_state = QByteArray(base64.b64decode(kept.state))
        except ValueError:
            log.info("the window's kept shape cannot be read")

    def _keep(self) -> None:
        kept = self.session.settings
        kept.geometry = base64.b64encode(bytes(self.saveGeometry())).decode("ascii")
        state = self.saveState() if self.session.workspace is not None else self._dock_state
        kept.state = base64.b64encode(bytes(state)).decode("ascii") if state is not None else ""
        kept.save()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files can be dropped anywhere."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import them, or open the case; once the drop is over, so that the other program is let go."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        QTimer.singleShot(0, self, lambda: self.files.dropped(paths))

    def showEvent(self, event: QShowEvent) -> None:
        """Listen for digits by the place of their keys."""
        super().showEvent(event)
        self.windowHandle().installEventFilter(self._digits)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the case and leave nothing running."""
        self._keep()
        self.search.popup.hide()
        if not self.session.close():
            event.ignore()
            return
        self.session.jobs.cancel_all()
        self.menus.stop()
        self.status.stop()
        self.notice.stop()
        event.accept()
