"""AIS positions: one vessel a number; what equipment sends for "not available" is no value and joins nothing."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ewglink.importers import sniff
from ewglink.model.progress import finish
from ewglink.workspace.commands.importing import ImportReport, ImportRequest, import_files
from ewglink.workspace.workspace import Workspace

HEAD = "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "case.ewg", "T") as found:
        yield found


def bring(workspace: Workspace, path: Path) -> ImportReport:
    report = finish(import_files(workspace, [ImportRequest(path)], in_process=True))
    assert report is not None
    return report


def written(tmp_path: Path, text: str, name: str = "ais.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def values(workspace: Workspace, kind: str) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    refs = {ref.id: ref for ref in workspace.case.items.listed("entity", kind)}
    for statement in workspace.case.items.statements(refs):
        found.setdefault(statement.item, {"label": refs[statement.item].label}).update(statement.vals)
    return list(found.values())


def test_the_published_day_gives_its_vessels(workspace: Workspace, samples: Path) -> None:
    path = samples / "ais" / "test_data_noaa_20230101.csv"
    with path.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    report = bring(workspace, path)
    numbers = {row["MMSI"] for row in rows}
    assert len(rows) == len(numbers) == 1000
    assert workspace.case.items.counts("entity") == {"event": len(rows), "vessel": len(numbers)}
    assert workspace.case.items.counts("link") == {"participated_in": len(rows)}
    assert not report.sources[0].rejected
    written_imo = {row["IMO"].removeprefix("IMO") for row in rows if row["IMO"]}
    assert len(written_imo) == 421
    vessels = values(workspace, "vessel")
    assert {one["imo_ship"][0] for one in vessels if "imo_ship" in one} == written_imo - {"0000000"}
    zeros = sum(row["IMO"] == "IMO0000000" for row in rows)
    assert sum(one.code == "placeholder" for one in report.sources[0].warnings) == zeros == 22
    events = values(workspace, "event")
    texts = [one["text"][0] for one in events if "text" in one]
    headings = sum(row["Heading"] not in ("", "511.0") for row in rows)
    courses = sum(row["COG"] not in ("", "360.0") for row in rows)
    assert sum("heading" in text for text in texts) == headings
    assert sum("COG" in text for text in texts) == courses
    assert sum("speed_knots" in one for one in events) == sum(row["SOG"] not in ("", "102.3") for row in rows)
    assert bring(workspace, path).sources[0].known


def test_what_is_not_available_is_no_value(workspace: Workspace, tmp_path: Path) -> None:
    report = bring(
        workspace,
        written(
            tmp_path,
            HEAD + "316001234,2024-01-01T00:00:00,91,181,102.3,360,511,NORA,0,,0\n"
            "316001234,2024-01-01T01:00:00,45.5,-60.25,102.3,360.0,511.0,NORA,0,,0\n"
            "316001234,2024-01-01T02:00:00,95,-60.25,1,1,1,NORA,0,,0\n",
        ),
    )
    assert workspace.case.items.counts("entity") == {"event": 1, "vessel": 1}
    (event,) = values(workspace, "event")
    assert (event["latitude"][0], event["longitude"][0]) == (45.5, -60.25)
    assert event["start"][0] == "2024-01-01T01:00:00Z"
    assert not {"speed_knots", "text"} & event.keys()
    (vessel,) = values(workspace, "vessel")
    assert not {"imo_ship", "callsign", "vessel_type"} & vessel.keys()
    codes = [one.code for one in report.sources[0].warnings]
    assert codes.count("position_not_available") == 2
    assert codes.count("out_of_bounds") == 1


def test_an_imo_number_joins_and_a_default_mmsi_does_not(workspace: Workspace, tmp_path: Path) -> None:
    report = bring(
        workspace,
        written(
            tmp_path,
            HEAD + "316001234,2024-01-01T00:00:00,45,-60,1,1,1,OLD NAME,IMO9319466,VABC,70\n"
            "345001234,2024-02-01T00:00:00,46,-60,1,1,1,NEW NAME,9319466,XCBA,70\n"
            "345001234,2024-02-01T01:00:00,46,-60,1,1,1,THIRD,IMO8814275,XCBA,70\n"
            "000000000,2024-01-01T00:00:00,45,-61,1,1,1,A,,,\n"
            "111111111,2024-01-01T00:00:00,45,-62,1,1,1,B,IMO0000000,,\n"
            "111111111,2024-01-01T00:05:00,45,-62,1,1,1,C,,,\n",
        ),
    )
    vessels = {one["label"]: one for one in values(workspace, "vessel")}
    assert set(vessels) == {"OLD NAME", "THIRD"}
    assert workspace.case.items.counts("entity")["event"] == 6
    assert workspace.case.items.counts("link") == {"participated_in": 3}
    codes = [one.code for one in report.sources[0].warnings]
    assert codes.count("placeholder") == 3
    assert codes.count("identity_conflict") == 1
    (one,) = workspace.case.items.identified("imo_ship", "9319466")
    assert {ref.id for ref in workspace.case.items.identified("case:mmsi", "316001234")} == {one.id}


def test_another_archive_with_days_first_and_semicolons(workspace: Workspace, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "# Timestamp;Type of mobile;MMSI;Latitude;Longitude;Navigational status;SOG;COG;Heading;IMO;Callsign;Name\n"
        "31/01/2024 00:10:00;Class A;219000123;55,1;11.2;Moored;0.0;;;9074729;OXYZ2;NØRRE\n"
        "31/01/2024 00:20:00;Class A;219000123;55.1;11.2;Moored;0.0;;;9074729;OXYZ2;NØRRE\n",
    )
    assert sniff.recognise(path).format == "ais"
    report = bring(workspace, path)
    (event,) = values(workspace, "event")
    assert event["start"][:2] == ["2024-01-31T00:20:00Z", "31/01/2024 00:20:00"]
    assert [one.code for one in report.sources[0].warnings] == ["out_of_bounds", "position_not_available"]
    (vessel,) = values(workspace, "vessel")
    assert vessel["label"] == "NØRRE"
    raw = json.loads(workspace.case.sources.record(1).raw)  # type: ignore[union-attr]
    assert raw["Latitude"] == "55,1"


def test_a_specification_that_is_given_goes_before_what_is_recognised(workspace: Workspace, tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + "316001234,2024-01-01T00:00:00,45,-60,1,1,1,NORA,,,\n")
    entity = {"type": "vessel", "key": ["VesselName"], "properties": {"name": "VesselName"}}
    spec = {"ewglink_spec": 1, "name": "s", "namespace": "s", "entities": {"vessel": entity}}
    report = finish(import_files(workspace, [ImportRequest(path, spec=spec)], in_process=True))
    assert report is not None
    assert (report.sources[0].format, report.sources[0].spec) == ("csv", "s")
    assert workspace.case.items.counts("entity") == {"vessel": 1}


def test_tables_that_only_look_alike_are_left_to_others(tmp_path: Path) -> None:
    for text in (
        "mmsi,timestamp,lat,lon,sog\n316001234,2024-01-01T00:00:00,1,2,3\n",
        "name,time,lat,lon\nA,2024-01-01T00:00:00,1,2\n",
    ):
        assert sniff.recognise(written(tmp_path, text)).format == "csv"
