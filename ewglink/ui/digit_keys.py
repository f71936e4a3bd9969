"""Ctrl with a digit by the place of the key: on an AZERTY keyboard the digits are written above other signs."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

_X11, _WINDOWS = 9, 1
"""What the code of the key with digit 1 is more than 1; the others follow, 0 after 9."""
_MAC = {18: 1, 19: 2, 20: 3, 21: 4, 23: 5, 22: 6, 26: 7, 28: 8, 25: 9, 29: 0}
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_SHIFT, _CTRL, _META = (Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier,
                        Qt.KeyboardModifier.MetaModifier)
_PREFIXES = {_CTRL: "Ctrl+", _CTRL | _SHIFT: "Ctrl+Shift+", _META: "Meta+", _META | _SHIFT: "Meta+Shift+"}


def digit_of(scan_code: int, virtual_key: int = 0, platform: str = sys.platform) -> int | None:
    """The digit at the place of a key, None where it is none of the row of digits."""
    if platform == "darwin":
        return _MAC.get(virtual_key)
    place = scan_code - (_WINDOWS if platform == "win32" else _X11)
    return place % 10 if 1 <= place <= 10 else None


class DigitKeys(QObject):
    """Filters the keys of the main window: what is Ctrl or Ctrl and Shift with a digit goes by place.

    Keys without a code (made by programs) are left to Qt.
    """

    def __init__(self, menus: Any, window: Any) -> None:
        super().__init__(window)
        self._menus, self._window = menus, window

    def keys_of(self, event: QKeyEvent) -> str:
        """The shortcut that a key event means by place, empty for none."""
        prefix = _PREFIXES.get(event.modifiers() & ~_KEYPAD, "")
        if not prefix or event.modifiers() & _KEYPAD or not event.nativeScanCode():
            return ""
        digit = digit_of(event.nativeScanCode(), event.nativeVirtualKey())
        return f"{prefix}{digit}" if digit is not None else ""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Claim the key before Qt compares signs, then trigger what the place says."""
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        keys = self.keys_of(event)
        owner = self._menus.keys.owner(keys) if keys else None
        if owner is None:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self._menus.trigger(owner)
        return True
