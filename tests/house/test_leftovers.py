"""The tests' own net: what a test leaves behind fails it, and what it shares or ends does not."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

CONFTEST = (Path(__file__).resolve().parents[1] / "conftest.py").read_text("utf-8")
QUICK = CONFTEST.replace("GRACE = 2.0", "GRACE = 0.3")

LEAVING = """
    import multiprocessing, threading, time
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QLabel

    kept = []

    def test_thread():
        threading.Thread(target=time.sleep, args=(1,), name="late").start()

    def test_window(qtbot):
        kept.append(QLabel("left"))

    def test_timer(qtbot):
        kept.append(QTimer())
        kept[-1].start(60_000)
"""

TIDY = """
    import threading, time
    import pytest
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QLabel

    @pytest.fixture(scope="module")
    def shared(qapp):
        window = QLabel("shared")
        yield window
        window.deleteLater()

    def test_shared(shared): pass
    def test_shared_again(shared): pass

    def test_thread_that_ends():
        threading.Thread(target=time.sleep, args=(0.1,)).start()

    def test_window(qtbot):
        window = QLabel("given back")
        qtbot.addWidget(window)
        QTimer(window).start(60_000)
"""


def test_what_is_left_fails_the_test_that_left_it(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(QUICK)
    pytester.makepyfile(LEAVING)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:xdist")
    result.assert_outcomes(passed=3, errors=3)
    said = ["*left over: threads: *late*", "*left over: windows: *QLabel*", "*left over: timers: *QTimer*"]
    result.stdout.fnmatch_lines(said)


def test_what_is_ended_or_shared_does_not(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(QUICK)
    pytester.makepyfile(TIDY)
    pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:xdist").assert_outcomes(passed=4)
