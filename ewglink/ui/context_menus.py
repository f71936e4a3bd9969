"""The menus one gets with the right button: on an item, on the background, and after drawing from item to item."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from ewglink.text import N_, _
from ewglink.ui.widgets.glyphs import glyph
from ewglink.ui.widgets.plain_text import plain

ITEM_MENU = (
    "edit.properties",
    "edit.rename",
    "",
    "chart.expand",
    "chart.expand_some",
    ">" + N_("&Select"),
    "select.grow",
    "select.linked",
    "select.connected",
    "select.same_type",
    "select.invert",
    "<",
    ">" + N_("F&ind"),
    "analysis.paths",
    "find.connecting",
    "find.common",
    "find.linked",
    "find.cycles",
    "",
    "find.query",
    "<",
    "chart.add_link",
    "edit.merge",
    "edit.unmerge",
    ">" + N_("Link s&trength"),
    "chart.strength_0",
    "chart.strength_1",
    "chart.strength_2",
    "<",
    ">" + N_("F&ormat"),
    "format.badges",
    "format.text",
    "format.clear",
    "format.grey",
    "format.grey_others",
    "format.ungrey",
    "<",
    ">" + N_("&Align"),
    "arrange.align_left",
    "arrange.align_centre",
    "arrange.align_right",
    "arrange.align_top",
    "arrange.align_middle",
    "arrange.align_bottom",
    "arrange.distribute_across",
    "arrange.distribute_down",
    "arrange.stack",
    "<",
    ">" + N_("Fr&ont and back"),
    "arrange.to_front",
    "arrange.to_back",
    "arrange.among",
    "<",
    "",
    "chart.place",
    "chart.new_of_selection",
    "chart.pin",
    "chart.hide",
    "chart.hide_others",
    "chart.reveal",
    "",
    "edit.copy",
    "edit.paste",
    "chart.take_off",
    "edit.delete",
)
BACKGROUND_MENU = (
    "chart.add_entity",
    ">" + N_("Te&xts and shapes"),
    "chart.note_text",
    "chart.note_rectangle",
    "chart.note_ellipse",
    "chart.note_line",
    "chart.note_arrow",
    "chart.note_edit",
    "<",
    "edit.paste",
    "chart.place_all",
    "select.all",
    "",
    "chart.reveal",
    "view.fit",
    "",
    "arrange.options",
    "format.chart",
    "arrange.grid_shown",
    "arrange.snap",
    "view.legend",
    "",
    "file.export",
    "chart.rename",
)


def _shown(menu: QMenu, at: QPoint) -> None:
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)


def show_item_menu(window: Any, at: QPoint) -> None:
    """What can be done with what is selected."""
    if window.session.selection.items:
        _shown(window.menus.context_menu(ITEM_MENU), at)


def show_background_menu(window: Any, at: QPoint) -> None:
    """What can be done with the chart."""
    _shown(window.menus.context_menu(BACKGROUND_MENU), at)


def show_link_menu(window: Any, a: int, b: int) -> None:
    """After Ctrl+drag from `a` to `b`: link them, or find paths."""
    from PySide6.QtGui import QCursor

    refs = window.session.case.items.refs([a, b])
    if len(refs) < 2:
        return
    menu = QMenu(window)
    head = menu.addAction(plain(f"{refs[a].label}  →  {refs[b].label}").replace("&", "&&"))
    head.setEnabled(False)
    menu.addSeparator()
    link = menu.addAction(glyph("link"), _("&Link…"))
    link.setEnabled(not window.session.read_only)
    link.triggered.connect(lambda: window.editing.add_link(a, b))
    paths = menu.addAction(glyph("path"), _("Find &path…"))
    paths.triggered.connect(lambda: window.docks.raise_("paths").between(a, b))
    for text, what in ((_("What &connects them"), "connecting"), (_("Co&mmon neighbours"), "common")):
        more = menu.addAction(text)
        more.triggered.connect(lambda _checked=False, wanted=what: window.finding.ask_of(wanted, [a, b]))
    _shown(menu, QCursor.pos())
