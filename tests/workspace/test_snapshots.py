"""Snapshots: everything goes back where it stood, what came since stays, and both are steps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ewglink.model.refusal import Refusal
from ewglink.workspace.commands import charts, items, snapshots
from ewglink.workspace.workspace import Workspace


def test_back_to_a_snapshot(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "case.ewg", "T") as workspace:
        for label in "ABC":
            workspace.do(lambda found, label=label: items.add_entity(found.case, "person", label)[0])
        workspace.do(lambda found: charts.create_chart(found.case, "C")[0])
        workspace.do(lambda found: charts.place(found.case, 1, [1, 2], np.array([(1.5, 2.5), (3.0, 4.0)])))
        workspace.do(lambda found: snapshots.keep_snapshot(found.case, 1, " First  look ", (7.0, 8.0), 0.5))
        workspace.do(lambda found: charts.take_off(found.case, 1, [2]))
        workspace.do(lambda found: charts.place(found.case, 1, [3], np.array([(9.0, 9.0)])))
        workspace.do(lambda found: charts.move(found.case, 1, [1], np.array([(50.0, 60.0)])))
        assert snapshots.listed(workspace.case, 1) == ["First look"]
        kept = snapshots.snapshot(workspace.case, 1, "First look")
        assert (kept.centre, kept.zoom) == ((7.0, 8.0), 0.5)
        workspace.do(lambda found: snapshots.show_snapshot(found.case, 1, "First look"))
        assert workspace.case.charts.placements(1).xy.tolist() == [[1.5, 2.5], [9.0, 9.0]]
        workspace.undo()
        assert workspace.case.charts.placements(1).xy.tolist() == [[50.0, 60.0], [9.0, 9.0]]
        workspace.do(lambda found: snapshots.delete_snapshot(found.case, 1, "First look"))
        with pytest.raises(Refusal, match="First look"):
            snapshots.show_snapshot(workspace.case, 1, "First look")
        workspace.undo()
        assert snapshots.listed(workspace.case, 1) == ["First look"]
