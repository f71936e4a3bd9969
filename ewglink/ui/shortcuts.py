"""Which keys trigger which action: as delivered for the platform, and as a person has set them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from PySide6.QtGui import QKeySequence

from ewglink.workspace.settings import Settings

WALKING = frozenset((
    "Left", "Right", "Up", "Down", "Shift+Left", "Shift+Right", "Shift+Up", "Shift+Down", "Tab", "Shift+Tab", "Backtab",
    "Shift+Backtab", "Return", "Enter", "Space", "Esc", "Menu", "Shift+F10", "F10"))
"""Keys that walk the chart and the menus; no action can have them."""
ON_MAC = {"Ctrl+H": "Ctrl+Alt+H"}
"""Keys that macOS has taken for itself, and those in their place. `Ctrl` is what Qt calls the command key there."""


def portable(keys: str) -> str:
    """Keys in the one spelling that is compared and kept; empty for what is no key."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)


def native(keys: str) -> str:
    """Keys as the platform writes them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def delivered(name: str, keys: Iterable[str], platform: str = sys.platform) -> tuple[str, ...]:
    """The keys an action has where nobody has changed them."""
    found = tuple(portable(one) for one in keys)
    if platform != "darwin":
        return found
    if name.startswith("selection."):
        return tuple(one.replace("Ctrl+", "Meta+") for one in found)
    return tuple(ON_MAC.get(one, one) for one in found)


class Shortcuts:
    """The keys of every action; what differs from what was delivered is kept in the settings."""

    def __init__(self, actions: dict[str, Any], settings: Settings) -> None:
        self._delivered = {name: delivered(name, action.shortcuts) for name, action in actions.items()}
        self._settings = settings

    def __getitem__(self, name: str) -> tuple[str, ...]:
        """The keys of an action, the first of which is shown."""
        own = self._settings.shortcuts.get(name)
        if own is None:
            return self._delivered[name]
        return tuple(keys for one in own if isinstance(one, str) and (keys := portable(one)))

    def changed(self, name: str) -> bool:
        """Whether an action has other keys than delivered."""
        return self[name] != self._delivered[name]

    def owner(self, keys: str, but: str = "") -> str | None:
        """Which action these keys trigger, other than `but`."""
        wanted = portable(keys)
        return next((name for name in self._delivered if name != but and wanted in self[name]), None)

    def give(self, name: str, keys: Iterable[str]) -> None:
        """Let an action have these keys; ValueError for keys that no action can have."""
        wanted = tuple(dict.fromkeys(portable(one) for one in keys))
        if any(not one or one in WALKING for one in wanted):
            raise ValueError(name)
        if wanted == self._delivered[name]:
            self._settings.shortcuts.pop(name, None)
        else:
            self._settings.shortcuts[name] = list(wanted)
        self._settings.save()

    def take(self, name: str, keys: str) -> None:
        """Take keys away from an action."""
        self.give(name, [one for one in self[name] if one != portable(keys)])

    def reset(self, name: str) -> str | None:
        """Give an action the keys it was delivered with; answers the action that has one of them now, and does nothing.
        """
        for keys in self._delivered[name]:
            if (owner := self.owner(keys, name)) is not None:
                return owner
        self.give(name, self._delivered[name])
        return None

    def reset_all(self) -> None:
        """Every action as delivered."""
        self._settings.shortcuts.clear()
        self._settings.save()

    def letters(self) -> set[str]:
        """Letters that some action has together with Alt alone, so that no menu can have them."""
        every = (one for name in self._delivered for one in self[name])
        return {one[4].lower() for one in every if len(one) == 5 and one.startswith("Alt+")}
