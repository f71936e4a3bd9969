"""Actions as data, and the menus, toolbars and shortcuts made from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar

from ewglink.text import N_, Message, _
from ewglink.ui.mnemonics import underline
from ewglink.ui.shortcuts import Shortcuts, native
from ewglink.ui.widgets.glyphs import glyph
from ewglink.ui.widgets.plain_text import hint, plain

MENUS = (
    ("file", N_("&File")),
    ("edit", N_("&Edit")),
    ("view", N_("&View")),
    ("chart", N_("&Chart")),
    ("format", N_("F&ormat")),
    ("arrange", N_("&Arrange")),
    ("analysis", N_("A&nalysis")),
    ("help", N_("&Help")),
)
"""The menus of the bar, in order."""


def always(_window: Any) -> bool:
    """An action that can be triggered at any time."""
    return True


def with_case(window: Any) -> bool:
    """A case is open."""
    return window.session.workspace is not None


def with_writable_case(window: Any) -> bool:
    """A case is open and can be changed."""
    return with_case(window) and not window.session.read_only


def with_chart(window: Any) -> bool:
    """A chart is in front."""
    return with_case(window) and window.charts.current() is not None


def with_writable_chart(window: Any) -> bool:
    """A chart is in front and can be changed."""
    return with_chart(window) and not window.session.read_only


def with_selection(window: Any) -> bool:
    """Something is selected."""
    return with_case(window) and bool(window.session.selection.items)


def with_selection_on_chart(window: Any) -> bool:
    """Something is selected, and a chart that can be changed is in front."""
    return with_writable_chart(window) and with_selection(window)


@dataclass(frozen=True)
class Action:
    """Something a person can trigger. `text` is marked with `N_`; `submenu` names a menu within `menu`; `title` gives a
    text that tells more (what would be undone); `checked` makes it a tick; `choice` names a group of which one is on;
    `why` says why it cannot be triggered now, where that is not plain to see.
    """

    id: str
    text: str
    run: Callable[[Any], Any]
    shortcuts: tuple[str, ...] = ()
    menu: str = ""
    group: int = 0
    icon: str = ""
    enabled: Callable[[Any], bool] = always
    checked: Callable[[Any], bool] | None = None
    title: Callable[[Any], Message | None] | None = None
    submenu: str = ""
    choice: str = ""
    toolbar: bool = False
    in_palette: bool = True
    why: Callable[[Any], Message | None] | None = None


class ActionMenus(QObject):
    """The `QAction`s of a window, by id, and the menus and toolbars that show them."""

    def __init__(self, window: Any, actions: Iterable[Action]) -> None:
        super().__init__(window)
        self._window = window
        self.actions = {action.id: action for action in actions}
        self.keys = Shortcuts(self.actions, window.session.settings)
        self.q: dict[str, QAction] = {}
        self.menus: dict[str, QMenu] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.refresh)
        for action in self.actions.values():
            self._make(action)

    def _make(self, action: Action) -> None:
        made = QAction(self._window)
        made.setObjectName(action.id)
        made.setShortcuts([QKeySequence(keys) for keys in self.keys[action.id]])
        made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        made.setMenuRole(QAction.MenuRole.NoRole)
        if action.checked is not None:
            made.setCheckable(True)
        if action.choice:
            group = self._groups.setdefault(action.choice, QActionGroup(self))
            group.addAction(made)
        made.triggered.connect(lambda _checked=False, wanted=action: self.trigger(wanted.id))
        self._window.addAction(made)
        self.q[action.id] = made

    def trigger(self, name: str) -> None:
        """Run an action if it can be run now."""
        action = self.actions[name]
        if action.enabled(self._window):
            self._window.session.attempt(lambda: action.run(self._window))
        elif action.why is not None and (reason := action.why(self._window)) is not None:
            self._window.session.told.emit("done", str(reason))
        self.refresh_later()

    def fill_bar(self, bar: QMenuBar) -> None:
        """The menu bar, from the actions that name a menu."""
        for key, _title in MENUS:
            menu = QMenu(bar)
            menu.setObjectName("menu_" + key)
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(lambda menu=menu: self._about_to_show(menu))
            bar.addMenu(menu)
            self.menus[key] = menu
            self.fill(menu, [action for action in self.actions.values() if action.menu == key])

    def _about_to_show(self, menu: QMenu) -> None:
        self.refresh()
        underline(menu)

    def _underline_all(self) -> None:
        """Underline a letter of every entry; those of the bar are not letters of shortcuts with Alt."""
        for menu in self.menus.values():
            underline(menu)
        bar = self._window.menuBar()
        underline(bar, self.keys.letters())

    def remapped(self) -> None:
        """Keys have been given or taken: let the actions have them."""
        for name, made in self.q.items():
            made.setShortcuts([QKeySequence(keys) for keys in self.keys[name]])
        self.retranslate()

    def fill(self, menu: QMenu, actions: Iterable[Action]) -> None:
        """Put actions into a menu: groups apart, submenus where they are named."""
        last = None
        for action in sorted(actions, key=lambda one: one.group):
            if last is not None and action.group != last:
                menu.addSeparator()
            last = action.group
            target = menu
            if action.submenu:
                name = f"{menu.objectName()}/{action.submenu}"
                if name not in self.menus:
                    inner = QMenu(menu)
                    inner.setObjectName(name)
                    inner.setProperty("msgid", action.submenu)
                    menu.addMenu(inner)
                    inner.aboutToShow.connect(lambda inner=inner: self._about_to_show(inner))
                    self.menus[name] = inner
                target = self.menus[name]
            target.addAction(self.q[action.id])

    def fill_toolbar(self, bar: QToolBar, names: Iterable[str]) -> None:
        """Put actions on a toolbar; an empty name is a gap."""
        for name in names:
            if name:
                bar.addAction(self.q[name])
            else:
                bar.addSeparator()

    def context_menu(self, names: Iterable[str]) -> QMenu:
        """A menu of its own with these actions; an empty name is a separator, `>text` begins a submenu, `<` ends it."""
        self.refresh()
        menu = QMenu(self._window)
        target = menu
        for name in names:
            if name == "<":
                target = menu
            elif name.startswith(">"):
                target = menu.addMenu(plain(_(name[1:])))
            elif name:
                target.addAction(self.q[name])
            else:
                target.addSeparator()
        for one in (menu, *(entry.menu() for entry in menu.actions() if entry.menu() is not None)):
            underline(one)
        return menu

    def refresh_later(self) -> None:
        """Look again at what can be done, once what is going on is over."""
        self._later.start()

    def stop(self) -> None:
        """Look no more (at close)."""
        self._later.stop()

    def refresh(self) -> None:
        """Which actions can be triggered now, and which ticks are set."""
        for name, action in self.actions.items():
            made = self.q[name]
            made.setEnabled(bool(action.enabled(self._window)))
            if action.checked is not None:
                made.setChecked(bool(action.checked(self._window)))
            if action.title is not None:
                made.setText(plain(self.text_of(action)))
            if action.why is not None:
                self._hint(name, action)

    def text_of(self, action: Action) -> str:
        """What an action is called now."""
        title = action.title(self._window) if action.title is not None else None
        return str(title) if title is not None else _(action.text)

    def retranslate(self) -> None:
        """Say every action and menu in the language in force, with its sign in the colour of the theme."""
        for key, title in MENUS:
            if key in self.menus:
                self.menus[key].setTitle(_(title))
        for menu in self.menus.values():
            if menu.property("msgid"):
                menu.setTitle(_(menu.property("msgid")))
        for name, action in self.actions.items():
            text = plain(self.text_of(action))
            made = self.q[name]
            made.setText(text)
            made.setIcon(glyph(action.icon))
            self._hint(name, action)
            made.setStatusTip("")
        self._underline_all()


    def _hint(self, name: str, action: Action) -> None:
        """What an action is called, with its keys; of one that cannot be triggered now, why."""
        made = self.q[name]
        keys = native(self.keys[name][0]) if self.keys[name] else ""
        bare = plain(self.text_of(action)).replace("&", "").rstrip("…")
        reason = action.why(self._window) if action.why is not None else None
        hint(made, "\n".join([f"{bare} ({keys})" if keys else bare, *([str(reason)] if reason is not None else [])]))


def clashes(actions: Iterable[Action]) -> dict[str, list[str]]:
    """Shortcuts that more than one action has: keys → ids."""
    found: dict[str, list[str]] = {}
    for action in actions:
        for keys in action.shortcuts:
            found.setdefault(QKeySequence(keys).toString(), []).append(action.id)
    return {keys: names for keys, names in found.items() if len(names) > 1}
