"""The program with a window: started, dressed, and ended."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from ewglink.text import N_, Message, set_language
from ewglink.ui import theme
from ewglink.workspace.settings import Settings


def application(settings: Settings) -> QApplication:
    """The application object, in Fusion and in the user's colours."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    app.setApplicationName("EWGLink")
    app.setApplicationDisplayName("EWGLink")
    app.setDesktopFileName("ewglink")
    app.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus, False)
    app.setStyle("Fusion")
    theme.wear(app, settings.theme if settings.theme in theme.THEMES else "light")
    return app


_PANELS = ("filters", "timeline_panel", "heat_matrix", "activity", "map_panel", "association_panel", "toll_panel",
           "flow_panel", "hypotheses_panel", "who_is_who")
"""Modules of panels that are made when a person first asks for them."""


def warm_up() -> None:
    """Load what the first case will need, after the first paint; then what panels need, so that opening one for the
    first time does not hold the window."""
    from datetime import datetime
    from importlib import import_module

    import ewglink.workspace.arranging
    import ewglink.workspace.portrait
    import ewglink.workspace.questions
    import ewglink.workspace.workspace  # noqa: F401
    from ewglink.drawing.content import When
    from ewglink.drawing.times import when_text
    from ewglink.text import language

    for name in _PANELS:
        import_module(f"ewglink.ui.panels.{name}")
    for name in ("answering", "moments", "histograms", "rhythms"):
        import_module(f"ewglink.workspace.{name}")
    when_text(When(datetime(2000, 1, 1), None, 3), language())


def main(path: Path | str | None = None, language: str | None = None) -> int:
    """Open the window (on the case at `path`, if given) and stay until it is closed. The exit status is 0."""
    from ewglink.ui import crash

    settings = Settings.load()
    set_language(language or settings.spoken())
    app = application(settings)
    crash.keep_log()
    window = _window(settings)
    crash.watch(window.session.tell_of)
    beat = _interruptible(window)
    window.show()
    QTimer.singleShot(0, window, lambda: _begin(window, path))
    status = app.exec()
    beat.stop()
    sys.excepthook = sys.__excepthook__
    return int(status)


def _window(settings: Settings) -> Any:
    from ewglink.ui.main_window import MainWindow
    from ewglink.ui.session import Session

    return MainWindow(Session(settings))


def _begin(window: Any, path: Path | str | None) -> None:
    if path is not None:
        window.session.open(Path(path))
    else:
        QTimer.singleShot(
            50, window, lambda: window.session.jobs.ask(Message(N_("Starting")), warm_up, lambda _done: None)
        )


def _interruptible(window: Any) -> QTimer:
    """Let Ctrl+C in the terminal close the window: Python looks at signals only when it runs."""
    beat = QTimer(window)
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, lambda *_: window.close())
        signal.signal(signal.SIGTERM, lambda *_: window.close())
    beat.timeout.connect(lambda: None)
    beat.start(500)
    return beat
