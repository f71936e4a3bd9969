"""The demo case from the window: the three charts of the terminal's demo, marked, in the language spoken."""

from __future__ import annotations

from typing import Any

import pytest

from ewglink.release.marking import NAMES
from ewglink.store.findings import counts
from ewglink.text import _, set_language
from ewglink.ui.demo import demo_path


def _open_demo(window: Any, qtbot: Any, action: str = "file.demo") -> list[str]:
    window.menus.trigger(action)
    qtbot.waitUntil(lambda: window.session.workspace is not None and not window.session.jobs.tasks, timeout=60_000)
    return [chart.name for chart in window.session.case.charts.listed()]


def test_the_demo_has_three_charts_marked_as_training(empty_window: Any, qtbot: Any) -> None:
    names = _open_demo(empty_window, qtbot)
    assert len(names) == 3
    assert "TRAINING" in empty_window.charts.marking()
    assert empty_window.session.case.path == demo_path()
    entries = empty_window.session.case.journal_length()

    empty_window.session.close()
    assert _open_demo(empty_window, qtbot) == names
    assert empty_window.session.case.journal_length() == entries  # opened, not built anew

    set_language("fr")
    french = _open_demo(empty_window, qtbot)
    assert len(french) == 3
    assert french != names
    assert str(_(NAMES["TRAINING"])) in empty_window.charts.marking()


@pytest.mark.parametrize(("action", "name"), [("file.demo_refrigerants", "cold-front"),
                                              ("file.demo_wildlife", "paper-reef"), ("file.demo_engines", "engines")])
def test_every_workshop_case_opens_from_the_menu(empty_window: Any, qtbot: Any, action: str, name: str) -> None:
    assert len(_open_demo(empty_window, qtbot, action)) == 3
    assert empty_window.session.case.path == demo_path(name)
    assert counts(empty_window.session.case)
