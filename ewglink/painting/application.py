"""The QGuiApplication of a process that has no window."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

_own: list[QCoreApplication] = []


def _has_display() -> bool:
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def ready() -> None:
    """See to it that fonts and pictures can be used: makes an offscreen QGuiApplication where there is no
    application."""
    if QCoreApplication.instance() is not None:
        return
    if not _has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _own.append(QGuiApplication([sys.argv[0] if sys.argv else "ewglink"]))
