"""e-Manifest JSON: the counts an independent script found, placeholders that never join, and what every manifest
says."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ewglink.importers.contract import Drafted, Problem, Row
from ewglink.importers.formats.emanifest import MEMBER, EmanifestOptions
from ewglink.model.refusal import Refusal


def drafts(path: Path) -> list[Drafted]:
    return [MEMBER.draft(row) for row in MEMBER.read(path, EmanifestOptions()) if isinstance(row, Row)]


def counted(found: list[Drafted]) -> tuple[Counter[str], Counter[str]]:
    entities = {one.keys[0]: one.type for draft in found for one in draft.entities}
    links = {one.key: one.type for draft in found for one in draft.links}
    return Counter(entities.values()), Counter(links.values())


def manifest(**more: Any) -> dict[str, Any]:
    return {
        "manifestTrackingNumber": "123456789ELC",
        "status": "Signed",
        "submissionType": "FullElectronic",
        "shippedDate": "2024-03-05T10:00:00.000-0500",
        "generator": {"epaSiteId": "VATEST000004", "name": "Generator"},
        "transporters": [{"epaSiteId": "VATEST000002", "order": 2}, {"name": "Acme Haul", "order": 1}],
        "designatedFacility": {"epaSiteId": "VAD000532119", "name": "Tsdf"},
        "wastes": [
            {
                "lineNumber": 1,
                "wasteDescription": "Spent batteries",
                "quantity": {"quantity": 10, "unitOfMeasurement": {"code": "P"}},
            }
        ],
    } | more


def written(tmp_path: Path, content: Any) -> Path:
    path = tmp_path / "m.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content, indent=1), encoding="utf-8")
    return path


def test_the_published_examples_give_the_counts_found_by_others(samples: Path) -> None:
    files = sorted((samples / "emanifest/usepa_examples").glob("*.json"))
    found = [draft for path in files for draft in drafts(path)]
    assert len(files) == len(found) == 4
    entities, links = counted(found)
    assert entities == {"facility": 4, "movement": 4, "movement_line": 10}
    assert links == {"generator_of": 4, "carrier_of": 10, "receiver_of": 4, "contains": 10, "handed_to": 14}
    labels = {
        one.keys[0]: one.label
        for draft in found
        for one in draft.entities
        if one.label_rank == 2 and one.type == "facility"
    }
    assert labels[("epa_id", "VATEST000004")] == "TEST GENERATOR OF VA"
    assert {one.keys[0][1] for draft in found for one in draft.entities if one.type == "facility"} == {
        "VATEST000001",
        "VATEST000002",
        "VATEST000004",
        "VAD000532119",
    }


def test_other_json_of_the_same_house_is_not_a_manifest(samples: Path) -> None:
    for path in (samples / "emanifest").rglob("*.json"):
        with path.open("rb") as stream:
            confidence = MEMBER.recognise(path, stream.read(1 << 16)).confidence
        assert (confidence > 0.5) == ("usepa_examples" in str(path)), path.name


def test_a_manifest_in_full(tmp_path: Path) -> None:
    (draft,) = drafts(written(tmp_path, manifest()))
    by_ref = {one.ref: one for one in draft.entities}
    movement = by_ref["movement"]
    assert movement.keys == (("emanifest", "123456789ELC"),)
    assert movement.label == "123456789ELC"
    assert movement.vals["ship_date"][:5] == ["2024-03-05T15:00:00Z", "2024-03-05T10:00:00.000-0500", None, None, 5]
    chain = [
        (by_ref[one.a].label, by_ref[one.b].label, one.vals["order"][0])
        for one in draft.links
        if one.type == "handed_to"
    ]
    assert chain == [("Generator", "Acme Haul", 1), ("Acme Haul", "VATEST000002", 2), ("VATEST000002", "Tsdf", 3)]
    line = by_ref["line 1"]
    assert line.vals["quantity"] == [10]
    assert line.vals["unit"] == ["lb", "P"]
    assert line.vals["quantity_kg"][0] == pytest.approx(4.5359237)
    assert by_ref["epa_id:VAD000532119"].label_rank == 2
    assert by_ref["epa_id:VATEST000002"].label_rank == 0
    assert not draft.problems


def test_placeholders_and_bad_numbers_never_join(tmp_path: Path) -> None:
    one = manifest(manifestTrackingNumber="CHANGE ME", designatedFacility={"epaSiteId": "N/A", "name": "Tsdf"})
    two = one | {"status": "Pending"}
    found = drafts(written(tmp_path, [one, two]))
    keys = [draft.entities[0].keys[0] for draft in found]
    assert keys[0] != keys[1]
    sites = [{entity.keys[0] for entity in draft.entities if entity.label == "Tsdf"} for draft in found]
    assert sites[0].isdisjoint(sites[1])
    assert {problem.code for problem in found[0].problems} == {"placeholder"}
    again = drafts(written(tmp_path, [dict(reversed(one.items()))]))
    assert again[0].entities[0].keys[0] == keys[0]


def test_a_record_is_kept_verbatim_with_the_line_it_begins_on(tmp_path: Path) -> None:
    path = written(tmp_path, [manifest(), manifest(status="Pending"), {"id": 1}])
    found = list(MEMBER.read(path, EmanifestOptions()))
    text = path.read_text("utf-8")
    for one in found:
        assert one.raw is not None
        assert one.raw in text
        assert text.split("\n")[(one.line or 0) - 1].strip() == "{"
    assert isinstance(found[2], Problem)
    assert (found[2].code, found[2].row, found[2].rejected) == ("not_a_manifest", 3, True)


@pytest.mark.parametrize("content", ['{"generator": {', "[1, 2", '{"a": NaN}', "[" * 100_000, '{"a": 1} x', "[]"])
def test_malformed_json_is_refused_with_its_line(tmp_path: Path, content: str) -> None:
    with pytest.raises(Refusal) as refused:
        list(MEMBER.read(written(tmp_path, content), EmanifestOptions()))
    assert refused.value.code in ("malformed_json", "empty_file")


@pytest.mark.parametrize(
    "broken",
    [
        {"generator": "me"},
        {"transporters": {"order": 1}},
        {"transporters": [None, 3, {"order": "x"}]},
        {"wastes": [{"quantity": 3}]},
        {"wastes": [{"lineNumber": 1}, {"lineNumber": 1}, {"lineNumber": None}]},
        {"shippedDate": "soon"},
        {"rejectionInfo": []},
        {"designatedFacility": {"epaSiteId": 7}},
        {"wastes": [{"hazardousWaste": {"federalWasteCodes": [1, {"code": None}]}}]},
        {
            "importInfo": {
                "importGenerator": {"name": "Fábrica"},
                "portOfEntry": {"cityPort": "Laredo", "state": {"code": "TX"}},
            }
        },
    ],
)
def test_misshapen_fields_never_break_the_import(tmp_path: Path, broken: dict[str, Any]) -> None:
    (draft,) = drafts(written(tmp_path, manifest(**broken)))
    refs = {one.ref for one in draft.entities}
    assert len(refs) == len(draft.entities)
    assert all(link.a in refs and link.b in refs for link in draft.links)
    assert len({link.key for link in draft.links}) == len(draft.links)
