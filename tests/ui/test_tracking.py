"""Tracks of vessels from the window: found in a thread, one step, told in a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ewglink.analysis.tracks import TrackLimits
from ewglink.model.progress import finish
from ewglink.workspace.commands.importing import ImportRequest, import_files


def test_a_silence_is_found_and_can_be_undone(window: Any, qtbot: Any, tmp_path: Path) -> None:
    from ewglink.ui.tracking import TrackDialog, find_them

    path = tmp_path / "positions.csv"
    path.write_text("mmsi,timestamp,lat,lon,sog\n1,2024-01-01T00:00:00Z,40,-60,9\n1,2024-01-02T00:00:00Z,41,-60,9\n")
    session = window.session
    finish(import_files(session.workspace, [ImportRequest(path)], in_process=True))
    dialog = TrackDialog(window)
    assert dialog.form.value() == TrackLimits()
    dialog.deleteLater()
    with qtbot.waitSignal(session.told, timeout=10_000) as told:
        find_them(session, TrackLimits())
    assert told.args[0] == "done"
    assert "1 AIS gap" in told.args[1]
    assert session.case.items.counts("entity")["event"] == 3
    session.workspace.undo()
    assert session.case.items.counts("entity")["event"] == 2


def test_a_case_without_positions_is_told_so(window: Any, qtbot: Any) -> None:
    from ewglink.ui.tracking import find_them

    with qtbot.waitSignal(window.session.told, timeout=10_000) as told:
        find_them(window.session, TrackLimits())
    assert told.args[0] == "refusal"
