"""A button that opens a list of kinds to tick: none ticked stands for all of them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QIcon, QMouseEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from ewglink.text import ngettext
from ewglink.ui.widgets.elided_button import ElidedButton
from ewglink.ui.widgets.plain_text import hint, plain


class _Ticks(QMenu):
    """A menu that stays open while one ticks."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick, and stay."""
        action = self.activeAction()
        if action is not None and action.isCheckable():
            action.trigger()
            return
        super().mouseReleaseEvent(event)


class TypesButton(ElidedButton):
    """`changed()` after every tick; `chosen()` gives the keys ticked."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._menu = _Ticks(self)
        self.setMenu(self._menu)
        self._all = ""
        self._lines: dict[str, QAction] = {}

    def offer(self, everything: str, choices: Iterable[tuple[str, str, QIcon | None]]) -> None:
        """Offer (key, name, sign); what is ticked stays so. `everything` is said while nothing is ticked."""
        kept = set(self.chosen())
        self._all, self._lines = everything, {}
        self._menu.clear()
        for key, name, icon in choices:
            self._add(key, name, icon)
            self._lines[key].setChecked(key in kept)
        self._say()

    def _add(self, key: str, name: str, icon: QIcon | None = None) -> None:
        line = self._menu.addAction(plain(name).replace("&", "&&"))
        if icon is not None:
            line.setIcon(icon)
        line.setCheckable(True)
        line.toggled.connect(self._ticked)
        self._lines[key] = line

    def chosen(self) -> tuple[str, ...]:
        """The keys ticked, in the order of the list."""
        return tuple(key for key, line in self._lines.items() if line.isChecked())

    def choose(self, keys: Iterable[str]) -> None:
        """Tick these and no others; what is not on offer is put there by its key."""
        wanted = set(keys)
        for key in sorted(wanted - set(self._lines)):
            self._add(key, key)
        for key, line in self._lines.items():
            line.setChecked(key in wanted)

    def _ticked(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        names = [line.text().replace("&&", "&") for line in self._lines.values() if line.isChecked()]
        said = self._all if not names else names[0] if len(names) == 1 else ngettext("{n} kind", "{n} kinds",
                                                                                     len(names))
        self.setText(plain(said).replace("&", "&&"))
        hint(self, ", ".join(names) if names else self._all)
