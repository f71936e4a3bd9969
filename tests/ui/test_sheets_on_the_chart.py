"""The sheets of the page setup over the live chart, and bringing to the front, from the window."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtGui import QImage

from ewglink.painting.page_setup import SETTING
from ewglink.workspace.commands.charts import set_up_chart


def pixels(view: Any) -> np.ndarray:
    image = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1).copy()


def quiet(window: Any, qtbot: Any) -> None:
    qtbot.wait(300)
    qtbot.waitUntil(lambda: not window.session.jobs.tasks)


def test_sheets_are_shown_follow_the_setup_and_go(window: Any, qtbot: Any) -> None:
    view = window.charts.view()
    quiet(window, qtbot)
    before = pixels(view)
    window.menus.trigger("view.pages")
    quiet(window, qtbot)
    assert [one.name for one in view.sheets.sheets] == [""]
    assert (pixels(view) != before).any()
    setup = {"page": "a4", "across": 2, "down": 2}
    chart = window.charts.current()
    window.session.do(lambda workspace: set_up_chart(workspace.case, chart, {SETTING: setup}))
    qtbot.waitUntil(lambda: [one.name for one in view.sheets.sheets] == ["A1", "A2", "B1", "B2"])
    quiet(window, qtbot)
    box = view.layers.bounds()
    printed = np.array([one.printed for one in view.sheets.sheets])
    assert (printed[:, :2].min(axis=0) <= box[:2]).all()
    assert (printed[:, 2:].max(axis=0) >= box[2:]).all()
    window.menus.trigger("view.pages")
    assert view.sheets.sheets == ()


def test_to_the_front_and_back_again_from_the_menu(window: Any, ids: dict[str, int], qtbot: Any) -> None:
    window.session.selection.set({ids["Jane Doe"]})
    window.menus.trigger("arrange.to_front")
    content = window.charts.placed()
    assert [style for style in content.styles.values()] == [{"stack": 1}]
    window.session.selection.set({ids["Acme Recycling Ltd"]})
    window.menus.trigger("arrange.to_back")
    assert sorted(style["stack"] for style in window.charts.placed().styles.values()) == [-1, 1]
    window.menus.trigger("edit.undo")
    window.menus.trigger("edit.undo")
    assert window.charts.placed().styles == {}
