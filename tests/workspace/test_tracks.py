"""Silences, calls at ports and meetings: those that were put into made-up tracks, and no others."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ewglink.analysis.tracks import TrackLimits
from ewglink.model.progress import finish
from ewglink.model.refusal import Refusal
from ewglink.reference.code_lists import ports
from ewglink.workspace.commands.importing import ImportRequest, import_files
from ewglink.workspace.commands.items import withdraw
from ewglink.workspace.commands.tracks import TracksFound, derive_tracks
from ewglink.workspace.workspace import Workspace

HEAD = "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType\n"
BEGIN = datetime(2024, 3, 1)
SEA = (40.0, -60.0)
"""Far from any port."""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "case.ewg", "T") as found:
        yield found


def row(mmsi: int, hours: float, lat: float, lon: float, speed: float | None) -> str:
    moment = (BEGIN + timedelta(hours=hours)).isoformat()
    return f"{mmsi},{moment},{lat:.6f},{lon:.6f},{102.3 if speed is None else speed},360,511,V{mmsi},,,70\n"


def bring(workspace: Workspace, folder: Path, *rows: str, name: str = "ais") -> None:
    path = folder / f"{name}.csv"
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    finish(import_files(workspace, [ImportRequest(path)], in_process=True))


def derive(workspace: Workspace, limits: TrackLimits | None = None) -> TracksFound:
    changeset, found = derive_tracks(workspace.case, limits or TrackLimits())
    if changeset:
        workspace.do(changeset)
    return found


def north(metres: float) -> float:
    """Degrees of latitude that span `metres`."""
    return math.degrees(metres / 6_371_008.8)


def test_a_silence_rests_on_the_rows_before_and_after_it(workspace: Workspace, tmp_path: Path) -> None:
    lat, lon = SEA
    bring(
        workspace,
        tmp_path,
        *(row(316000001, at, lat, lon + at / 100, 8) for at in (0, 1, 2)),
        row(316000001, 15.5, lat + 1, lon, 8),
        *(row(316000002, at, lat, lon, 8) for at in range(0, 24, 6)),
    )
    found = derive(workspace)
    assert found == TracksFound(vessels=2, positions=8, gaps=1, port_calls=0, meetings=0, new=1)
    (event,) = [ref for ref in workspace.case.items.listed("entity", "event") if ref.label.startswith("AIS gap")]
    assert event.label == "AIS gap, 13.5 h"
    first, last = workspace.case.items.statements([event.id])
    assert first.vals["start"][0] == "2024-03-01T02:00:00Z"
    assert last.vals["end"][0] == "2024-03-01T15:30:00Z"
    assert "2 positions of other vessels" in first.vals["text"][0]
    rows = [workspace.case.sources.record(one.record) for one in (first, last) if one.record is not None]
    assert [one.no for one in rows if one] == [4, 5]
    again = derive(workspace)
    assert (again.gaps, again.new) == (1, 0)
    assert derive(workspace, TrackLimits(gap_hours=6)).gaps == 1 + 3
    workspace.undo()
    workspace.undo()
    assert workspace.case.items.counts("entity") == {"event": 8, "vessel": 2}
    workspace.redo()
    workspace.do(withdraw(workspace.case, 1))
    assert workspace.case.items.counts("entity") == {}


def test_a_stay_at_a_port_is_a_call(workspace: Workspace, tmp_path: Path) -> None:
    port = ports()["MXZLO"]
    assert port.latitude is not None
    assert port.longitude is not None
    bring(
        workspace,
        tmp_path,
        row(316000001, 0, port.latitude - 1, port.longitude, 12),
        *(row(316000001, at, port.latitude, port.longitude, 0.1) for at in (6, 7, 20)),
        row(316000001, 22, port.latitude, port.longitude, 9),
        *(row(316000002, at, port.latitude + north(9000), port.longitude, 0.1) for at in (6, 7, 8)),
        *(row(316000003, at, port.latitude, port.longitude, None) for at in (6, 6.5, 7.5)),
        row(316000004, 6, port.latitude, port.longitude, 0.0),
    )
    found = derive(workspace)
    assert (found.port_calls, found.meetings) == (2, 0)
    assert found.gaps == 1
    arrivals = [link for link in workspace.case.items.links() if link.type == "arrived_at"]
    (place,) = workspace.case.items.identified("unlocode", "MXZLO")
    assert {link.b for link in arrivals} == {place.id}
    assert (arrivals[0].start, arrivals[0].end) == ("2024-03-01T06:00:00Z", "2024-03-01T20:00:00Z")
    gap = next(ref for ref in workspace.case.items.listed("entity", "event") if ref.label.startswith("AIS gap"))
    assert f"in port before and after: {port.name}" in workspace.case.items.statements([gap.id])[0].vals["text"][0]


def test_two_slow_vessels_close_for_hours_have_met(workspace: Workspace, tmp_path: Path) -> None:
    lat, lon = SEA
    times = [at / 4 for at in range(21)]
    close, far = lat + north(300), lat + north(700)
    bring(
        workspace,
        tmp_path,
        *(row(316000001, at, lat, lon, 0.5) for at in times),
        *(row(316000002, at, close - (north(100) if at == 2 else 0), lon, 0.5) for at in times),
        *(row(316000003, at, lat - north(700) if at else lat, lon, 0.5) for at in times),
        *(row(316000004, at, far, lon, 0.5) for at in times),
        *(row(316000005, at, lat, lon, 5.0) for at in times),
        *(row(316000006, at + 24, close, lon, 0.5) for at in times),
        *(row(316000007, at, close, lon, 0.5) for at in times if at <= 3),
    )
    found = derive(workspace)
    names = workspace.case.items.refs(ref.id for ref in workspace.case.items.listed("entity", "vessel"))
    met = {
        tuple(sorted((names[link.a].label, names[link.b].label))): link
        for link in workspace.case.items.links()
        if link.type == "encountered"
    }
    assert set(met) == {("V316000001", "V316000002"), ("V316000002", "V316000004")}
    assert found.meetings == 2
    one = met[("V316000001", "V316000002")]
    assert (one.start, one.end, one.strength) == ("2024-03-01T00:00:00Z", "2024-03-01T05:00:00Z", 1)
    statements = workspace.case.items.statements([one.id])
    assert statements[0].vals["min_distance_m"][0] == pytest.approx(200, abs=0.5)
    assert len({statement.record for statement in statements}) == 4


def test_without_positions_it_says_so(workspace: Workspace) -> None:
    with pytest.raises(Refusal) as refused:
        derive_tracks(workspace.case, TrackLimits())
    assert refused.value.code == "no_positions"


def test_positions_of_the_template_count_too(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "positions.csv"
    path.write_text("mmsi,timestamp,lat,lon,sog\n1,2024-01-01T00:00:00Z,40,-60,9\n1,2024-01-02T00:00:00Z,41,-60,9\n")
    finish(import_files(workspace, [ImportRequest(path)], in_process=True))
    assert derive(workspace).gaps == 1
