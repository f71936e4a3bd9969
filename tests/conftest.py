"""What every test stands on: a home of its own, English, no leftovers, and a screen where one is needed."""

from __future__ import annotations

import gc
import multiprocessing
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from ewglink import text

ROOT = Path(__file__).resolve().parent.parent
GRACE = 2.0
"""Seconds that what a test leaves has to end by itself."""

# Before anything imports Qt: no test opens a window on the screen of who runs it.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Kernels are compiled once, not once a test with a home of its own.
os.environ.setdefault("NUMBA_CACHE_DIR", str(ROOT / ".pytest_cache" / "kernels"))

settings.register_profile("default", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", parent=settings.get_profile("default"), max_examples=1000)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--long` adds the tests that take minutes."""
    parser.addoption("--long", action="store_true", help="run the tests marked `long` too")


def pytest_configure(config: pytest.Config) -> None:
    """Hypothesis tries harder when there is time."""
    settings.load_profile("long" if config.getoption("--long") else "default")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the `long` tests unless asked for."""
    if config.getoption("--long"):
        return
    left_out = [item for item in items if item.get_closest_marker("long")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("long")]


# -- places ------------------------------------------------------------------------------------------------------------

@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real files that is handed out beside the checkout; skips where it is not there."""
    folder = Path(os.environ.get("EWGLINK_SAMPLES") or ROOT.parent / "shared" / "samples")
    if not folder.is_dir():
        pytest.skip("the sample files are not beside this checkout; EWGLINK_SAMPLES can name their folder")
    return folder


@pytest.fixture(autouse=True)
def home(no_leftovers: None, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings and cache folder that no other test and no user shares."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("EWGLINK_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def english(no_leftovers: None) -> Iterator[None]:
    """Every test begins in English, whatever the one before it spoke."""
    text.set_language("en")
    token = text._current.set(None)
    yield
    text._current.reset(token)
    text.set_language("en")


# -- leftovers ---------------------------------------------------------------------------------------------------------

def _timers() -> set[Any]:
    from PySide6.QtCore import QTimer
    from shiboken6 import isValid

    return {found for found in gc.get_objects() if isinstance(found, QTimer) and isValid(found) and found.isActive()}


def _qt_running() -> bool:
    widgets = sys.modules.get("PySide6.QtWidgets")
    return widgets is not None and widgets.QApplication.instance() is not None


def _standing() -> dict[str, set[Any]]:
    """What outlives a test if nobody ends it. Never the first to import Qt."""
    found: dict[str, set[Any]] = {
        "threads": {thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)},
        "processes": set(multiprocessing.active_children()),
    }
    if _qt_running():
        from PySide6.QtWidgets import QApplication

        # Qt keeps the window of its tooltips for the next one.
        found["windows"] = {w for w in QApplication.topLevelWidgets() if w.metaObject().className() != "QTipLabel"}
        found["timers"] = _timers()
    return found


def _settle() -> None:
    """Let Qt delete what was asked to be deleted later, and Python what nothing refers to."""
    gc.collect()
    if _qt_running():
        from PySide6.QtCore import QCoreApplication, QEvent

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
    time.sleep(0.01)


@pytest.fixture(autouse=True)
def no_leftovers() -> Iterator[None]:
    """Fails the test that leaves a thread, a process, a window or a running timer.

    It is set up before a test's own fixtures and after those it shares with others, so what is shared may stay.
    """
    before = _standing()

    def left() -> dict[str, set[Any]]:
        return {kind: new for kind, things in _standing().items() if (new := things - before.get(kind, set()))}

    yield
    until = time.monotonic() + GRACE
    while (found := left()) and time.monotonic() < until:
        found.clear()
        _settle()
    if found:
        names = "; ".join(f"{kind}: {', '.join(sorted(map(repr, things)))}" for kind, things in found.items())
        pytest.fail(f"left over: {names}", pytrace=False)


@pytest.fixture(scope="session", autouse=True)
def one_application() -> Iterator[None]:
    """Where a test draws without a window, the application it makes is one that later tests can open windows in."""
    from PySide6.QtWidgets import QApplication

    from ewglink.painting import application

    patch = pytest.MonkeyPatch()
    patch.setattr(application, "QGuiApplication", QApplication)
    yield
    patch.undo()


# -- a screen ----------------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Screen:
    """A virtual X screen with a window manager, for journeys through the real window."""

    display: str

    @property
    def env(self) -> dict[str, str]:
        """The environment of a program that is to show itself here."""
        env = dict(os.environ, DISPLAY=self.display, QT_QPA_PLATFORM="xcb", LC_ALL="C.UTF-8", PYTHONUTF8="1")
        env.pop("WAYLAND_DISPLAY", None)
        return env

    def xdotool(self, *words: str | int) -> str:
        """What `xdotool` answers; CalledProcessError where it fails."""
        command = ["xdotool", *map(str, words)]
        answer = subprocess.run(command, env=self.env, check=True, capture_output=True, text=True, timeout=60)
        return answer.stdout.strip()

    def picture(self) -> Any:
        """The screen as a PIL image."""
        from PIL import ImageGrab

        return ImageGrab.grab(xdisplay=self.display)


def _started(command: list[str], **more: Any) -> subprocess.Popen[bytes]:
    nothing = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing, **more)


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    """A screen of 1600 × 900 under Xvfb and openbox; skips, saying so, where these are not installed."""
    missing = [tool for tool in ("Xvfb", "openbox", "xdotool") if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (`run.py test` names the packages)")
    reading, writing = os.pipe()
    size = ["-screen", "0", "1600x900x24", "-dpi", "96"]
    server = _started(["Xvfb", "-displayfd", str(writing), *size, "-nolisten", "tcp"], pass_fds=(writing,))
    os.close(writing)
    with os.fdopen(reading) as stream:
        number = stream.readline().strip()
    if not number:
        pytest.fail(f"Xvfb did not start (exit status {server.wait()})")
    shown = Screen(f":{number}")
    manager = _started(["openbox", "--sm-disable"], env=shown.env)
    yield shown
    _ended(manager)
    _ended(server)


# -- a case of the trade -----------------------------------------------------------------------------------------------

@pytest.fixture(scope="session")
def grey_cell(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo GREY CELL with the rules run as of 2025-10-31; copy it before writing to it. Its records lie in `files`
    beside it."""
    from datetime import date

    from ewglink.model.progress import finish
    from ewglink.workspace.checking import check
    from ewglink.workspace.demo import build_demo
    from ewglink.workspace.workspace import Workspace

    path = build_demo("grey-cell", tmp_path_factory.mktemp("grey"), "en")
    with Workspace.open(path) as workspace:
        finish(check(workspace, None, date(2025, 10, 31)))
    return path
