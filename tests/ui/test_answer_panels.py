"""The map, the tables and the hypotheses in the window: made when asked for, selecting both ways, undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt

CALLS = "call_id,start,caller,callee,seconds\n" + "".join(
    f"{n},2025-03-{1 + n // 4:02}T{8 + n % 4:02}:0{n % 6}:00Z,+1212555010{n % 3},+1212555010{3 + n % 2},{30 + n}\n"
    for n in range(60))
POSITIONS = "mmsi,timestamp,lat,lon,sog\n" + "".join(
    f"316001234,2025-03-0{1 + n // 20}T{n % 20:02}:00:00Z,{20 + n / 4},{-130 + n / 2},12.0\n" for n in range(60))
PANELS = ("map", "association", "toll", "flow", "hypotheses")


@pytest.fixture
def trade(window: Any, tmp_path: Path, qtbot: Any) -> Any:
    """The window's case with calls and positions."""
    from ewglink.model.progress import finish
    from ewglink.workspace.commands.importing import ImportRequest, import_files

    files = []
    for name, text in (("calls.csv", CALLS), ("positions.csv", POSITIONS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        files.append(ImportRequest(tmp_path / name))
    finish(import_files(window.session.workspace, files, in_process=True))
    qtbot.waitUntil(lambda: not window.session.jobs.tasks)
    return window


def shown(window: Any, name: str, qtbot: Any) -> Any:
    """The panel, once it has its answer."""
    panel = window.docks.raise_(name)
    qtbot.waitUntil(lambda: not window.session.jobs.tasks, timeout=20000)
    qtbot.wait(1)
    return panel


def test_closed_panels_are_not_even_made(window: Any) -> None:
    """No panel, no job, no module of theirs is there before someone asks."""
    assert not set(PANELS) & set(window.docks.panels)
    assert not any(window.docks.shown(name) for name in PANELS)


def test_the_toll_selects_its_calls_and_writes_them(trade: Any, qtbot: Any, tmp_path: Path) -> None:
    """A row of the frequency table leads to the number and its calls; the workbook has every table."""
    from openpyxl import load_workbook

    panel = shown(trade, "toll", qtbot)
    assert panel.tabs.count() == 8
    view = panel.tabs.widget(0).view
    assert panel.tabs.widget(1).view is None
    view.selectRow(0)
    line = view.answer.table.rows[view.answer.order[0]]
    chosen = trade.session.selection.items
    assert len(chosen) == line[3] + 1 and set(view.answer.items(0)) == set(chosen)
    panel.write(tmp_path / "toll.xlsx")
    qtbot.waitUntil(lambda: not trade.session.jobs.tasks, timeout=20000)
    book = load_workbook(tmp_path / "toll.xlsx")
    assert len(book.sheetnames) == 9 and book.worksheets[0].max_row == len(view.answer.table.rows) + 1


def test_a_cell_of_the_matrix_shows_its_evidence(trade: Any, qtbot: Any) -> None:
    """Taking a cell in hand selects both ends and the link, and lists where it was read."""
    panel = shown(trade, "association", qtbot)
    found = panel.matrix.matrix.found
    (row, column), cell = next((key, one) for key, one in found.matrix.cells.items() if one.sign == "●")
    panel.matrix.go_to(row, column)
    assert trade.session.selection.items == {row, column, *cell.links}
    rows = panel._below.itemAt(1).widget().answer.table.rows
    assert "directors.csv" in rows[0][6]
    panel._types["rows"].choose(["person"])
    panel._types["columns"].choose(["organization"])
    panel.run()
    qtbot.waitUntil(lambda: not trade.session.jobs.tasks, timeout=20000)
    assert not panel.matrix.matrix.found.matrix.symmetric


def test_the_map_shows_the_track_and_writes_a_picture(trade: Any, qtbot: Any, tmp_path: Path) -> None:
    """Clicking the track selects its vessel; N and Enter do so from the keyboard; PNG and SVG are written."""
    panel = shown(trade, "map", qtbot)
    canvas = panel.canvas
    assert len(canvas.tracks) == 1
    track = canvas.tracks[0]
    x, y = canvas.view.to_window(track.points)[30].tolist()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    assert trade.session.selection.items == {track.vessel}
    trade.session.selection.clear()
    qtbot.keyClick(canvas, Qt.Key.Key_N)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert trade.session.selection.items
    before = canvas.view
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.view.scale > before.scale
    for name in ("map.png", "map.svg", "map.xlsx"):
        panel.write(tmp_path / name)
    qtbot.waitUntil(lambda: not trade.session.jobs.tasks, timeout=20000)
    assert (tmp_path / "map.png").stat().st_size > 5000 and b"</svg>" in (tmp_path / "map.svg").read_bytes()


def test_hypotheses_are_judged_by_keys_and_undone(window: Any, qtbot: Any) -> None:
    """Two hypotheses, one piece of evidence; 5 is II; undo takes it back, and the panel follows."""
    from ewglink.workspace.commands import hypotheses as commands

    panel = shown(window, "hypotheses", qtbot)
    case = window.session.case
    for title in ("fraud", "error"):
        window.session.do(commands.add_hypothesis(case, title)[0])
    person = case.items.named("Jane Doe")[0].id
    window.session.selection.set([person])
    panel.add_selected()
    qtbot.waitUntil(lambda: panel.grid is not None and len(panel.grid.board.evidence) == 1, timeout=20000)
    panel.grid.go_to((0, 3))
    qtbot.keyClick(panel.grid, Qt.Key.Key_5)
    qtbot.waitUntil(lambda: panel.grid is not None and bool(panel.grid.board.evidence[0].verdicts), timeout=20000)
    assert list(panel.grid.board.evidence[0].verdicts.values()) == ["II"]
    qtbot.waitUntil(lambda: not window.session.jobs.tasks, timeout=20000)
    window.session.workspace.undo()
    qtbot.waitUntil(lambda: panel.grid is not None and not panel.grid.board.evidence[0].verdicts, timeout=20000)


def test_a_case_without_what_is_asked_for_says_so(window: Any, qtbot: Any) -> None:
    """No calls, no movements: one sentence, no table."""
    for name, said in (("toll", "no calls"), ("flow", "no movements")):
        panel = shown(window, name, qtbot)
        assert said in panel.about.text() and not panel.tabs.count() and not panel.export_button.isEnabled()
