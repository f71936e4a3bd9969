"""e-Manifests in every state of their life: rejected, imported, corrected, with residues, brokers and PCBs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ewglink.importers.contract import Drafted, EntityDraft, Row
from ewglink.importers.formats.emanifest import MEMBER, EmanifestOptions

STATUSES = (
    "NotAssigned", "Pending", "Scheduled", "InTransit", "ReadyForSignature", "Signed", "SignedComplete",
    "UnderCorrection", "Corrected",
)  # fmt: skip


def manifest(**more: Any) -> dict[str, Any]:
    return {
        "manifestTrackingNumber": "123456789ELC",
        "status": "Signed",
        "submissionType": "FullElectronic",
        "shippedDate": "2024-03-05T10:00:00.000-0500",
        "receivedDate": "2024-03-07T10:00:00.000-0500",
        "generator": {"epaSiteId": "VATEST000004", "name": "Generator"},
        "transporters": [{"epaSiteId": "VATEST000002", "name": "Haul", "order": 1}],
        "designatedFacility": {"epaSiteId": "VAD000532119", "name": "Tsdf"},
        "wastes": [{"lineNumber": 1, "wasteDescription": "Batteries"}],
    } | more


def drafted(tmp_path: Path, content: Any) -> Drafted:
    path = tmp_path / "m.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    (row,) = MEMBER.read(path, EmanifestOptions())
    assert isinstance(row, Row)
    return MEMBER.draft(row)


def said(entity: EntityDraft) -> dict[str, Any]:
    assert isinstance(entity.vals, dict)
    return {name: value[0] for name, value in entity.vals.items()}


def of(draft: Drafted, ref: str) -> dict[str, Any]:
    return said(next(one for one in draft.entities if one.ref == ref))


def ends(draft: Drafted, kind: str) -> list[tuple[str, str, str | None]]:
    labels = {one.ref: one.label for one in draft.entities}
    return [(labels[one.a], labels[one.b], one.start) for one in draft.links if one.type == kind]


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_is_known(tmp_path: Path, status: str) -> None:
    draft = drafted(tmp_path, manifest(status=status))
    assert of(draft, "movement")["status"] == status
    assert draft.problems == ()


def test_a_status_nobody_knows_is_kept_and_told(tmp_path: Path) -> None:
    draft = drafted(tmp_path, manifest(status="Teleported"))
    assert of(draft, "movement")["status"] == "Teleported"
    assert [one.code for one in draft.problems] == ["unknown_status"]


@pytest.mark.parametrize("kind", ["FullReject", "PartialReject"])
def test_a_rejection_names_the_alternate_facility_and_new_numbers(tmp_path: Path, kind: str) -> None:
    draft = drafted(
        tmp_path,
        manifest(
            rejection=True,
            rejectionInfo={
                "rejectionType": kind,
                "transporterOnSite": True,
                "alternateDesignatedFacilityType": "Tsdf",
                "alternateDesignatedFacility": {
                    "epaSiteId": "VATEST000001",
                    "name": "Second Site",
                    "paperSignatureInfo": {"printedName": "Ann O", "signatureDate": "2024-03-09T00:00:00.000-0500"},
                },
                "generatorPaperSignature": {"printedName": "Gen S", "signatureDate": "2024-03-08T00:00:00.000-0500"},
                "newManifestTrackingNumbers": ["123456789JJK", "CHANGE ME", "12"],
                "rejectionComments": "wet",
            },
        ),
    )
    movement = of(draft, "movement")
    assert (movement["rejection"], movement["rejection_comments"]) == (kind, "wet")
    assert (movement["rejection_transporter_on_site"], movement["rejection_alternate_type"]) == (True, "Tsdf")
    assert movement["new_manifest_numbers"] == ["123456789JJK", "12"]
    assert [one.code for one in draft.problems if one.field == "new_manifest_numbers"] == ["placeholder", "format"]
    assert ends(draft, "receiver_of") == [
        ("Tsdf", "123456789ELC", "2024-03-07T15:00:00Z"),
        ("Second Site", "123456789ELC", "2024-03-09T05:00:00Z"),
    ]
    assert "Gen S, rejection, 2024-03-08" in movement["signatories"]
    assert sum(one.type == "movement" for one in draft.entities) == 1


def test_the_alternate_facility_did_not_receive_on_the_first_ones_day(tmp_path: Path) -> None:
    info = {"rejectionType": "FullReject", "alternateDesignatedFacility": {"name": "Second Site"}}
    draft = drafted(tmp_path, manifest(rejection=True, rejectionInfo=info))
    assert ends(draft, "receiver_of")[1] == ("Second Site", "123456789ELC", None)


def test_an_import_names_its_foreign_generator_and_port(tmp_path: Path) -> None:
    info = {
        "importGenerator": {
            "name": "Fábrica Norte",
            "address": "Calle 1",
            "city": "Tijuana",
            "province": "BC",
            "country": {"code": "MX"},
        },
        "portOfEntry": {"cityPort": "Otay Mesa", "state": {"code": "CA"}},
    }
    draft = drafted(tmp_path, manifest(importInfo=info) | {"import": True})
    movement = of(draft, "movement")
    assert (movement["import"], movement["direction"]) == (True, "import")
    assert movement["import_generator"] == "Fábrica Norte, Calle 1, Tijuana, BC"
    assert (movement["import_generator_country"], movement["entry_port"]) == ("MX", "Otay Mesa, CA")
    assert [end[:2] for end in ends(draft, "generator_of")] == [
        ("Generator", "123456789ELC"),
        ("Fábrica Norte", "123456789ELC"),
    ]
    assert [end[:2] for end in ends(draft, "crossed_at")] == [("123456789ELC", "Otay Mesa, CA")]
    assert of(draft, "foreign generator")["country"] == "MX"


def test_a_correction_says_its_version_and_who_made_it(tmp_path: Path) -> None:
    draft = drafted(
        tmp_path,
        manifest(
            status="Corrected",
            correctionInfo={
                "versionNumber": 3,
                "active": False,
                "initiatorRole": "State",
                "updateRole": "Industry",
                "electronicSignatureInfo": {
                    "signer": {"firstName": "C", "lastName": "D"},
                    "signatureDate": "2024-05-01T00:00:00.000+0000",
                },
            },
            correctionRequests=[
                {
                    "correctionRequestStatus": "Sent",
                    "correctionRequestDate": "2024-04-20T00:00:00.000+0000",
                    "initiatorState": {"code": "VA"},
                    "sections": [{"sectionNumber": "11", "comments": "quantity"}],
                }
            ],
            certifiedBy={"firstName": "E", "lastName": "F"},
            certifiedDate="2024-04-01T00:00:00.000+0000",
            mtnValidationInfo={"mtnsMatch": False, "pdfMtn": "123456780ELC"},
            additionalInfo={
                "newManifestDestination": "Tsdf",
                "originalManifestTrackingNumbers": ["234567890JJK", "N/A"],
                "comments": [{"label": "Gate", "description": "5"}],
            },
        ),
    )
    movement = of(draft, "movement")
    assert movement["correction_version"] == "3, from State, by Industry, not in force"
    assert {"C D, correction, 2024-05-01", "E F, certified, 2024-04-01"} <= set(movement["signatories"])
    assert movement["original_manifest_numbers"] == ["234567890JJK"]
    assert movement["comments"] == [
        "Gate: 5",
        "newManifestDestination: Tsdf",
        "correctionRequest: Sent, 2024-04-20, VA, 11: quantity",
        "mtnValidationInfo: the printed number was read as 123456780ELC",
    ]


def test_residue_discrepancy_pcb_and_broker(tmp_path: Path) -> None:
    waste = {
        "lineNumber": 1,
        "wasteDescription": "Oil",
        "pcb": True,
        "pcbInfos": [
            {"loadType": {"code": "Bulk"}, "bulkIdentity": "T-1", "dateOfRemoval": "2024-02-01T00:00", "weight": 12.5}
        ],
        "quantity": {"quantity": 100, "unitOfMeasurement": {"code": "G"}},
        "brInfo": {
            "density": 7.5,
            "densityUnitOfMeasurement": {"code": "1"},
            "wasteMinimizationCode": {"code": "X"},
            "mixedRadioactiveWaste": True,
        },
        "discrepancyResidueInfo": {
            "wasteQuantity": True,
            "wasteType": False,
            "discrepancyComments": "short",
            "residue": True,
            "residueComments": "2 cm",
        },
        "additionalInfo": {"consentNumber": "123456I12345"},
    }
    draft = drafted(
        tmp_path,
        manifest(
            wastes=[waste],
            residue=True,
            residueNewManifestTrackingNumbers=["345678901JJK"],
            discrepancy=True,
            broker={"epaSiteId": "VATEST000003", "name": "Broker"},
        ),
    )
    movement, line = of(draft, "movement"), of(draft, "line 1")
    assert (movement["residue"], movement["discrepancy"]) == (True, True)
    assert movement["residue_manifest_numbers"] == ["345678901JJK"]
    assert (line["discrepancy"], line["discrepancy_quantity"], line["discrepancy_type"]) == (True, True, False)
    assert (line["residue"], line["residue_comments"], line["discrepancy_comments"]) == (True, "2 cm", "short")
    assert line["pcb_details"] == ["Bulk; T-1; 2024-02-01; 12.5 kg"]
    assert line["density"] == pytest.approx(7.5 * 0.45359237 / 3.785411784, abs=1e-6)
    assert line["quantity_kg"] == pytest.approx(100 * 7.5 * 0.45359237, rel=1e-6)
    assert line["us_consent_no"] == "123456I12345"
    assert line["comments"] == ["wasteMinimizationCode: X", "mixedRadioactiveWaste"]
    assert [end[:2] for end in ends(draft, "broker_of")] == [("Broker", "123456789ELC")]


def test_placeholders_make_no_site(tmp_path: Path) -> None:
    broker = {"epaSiteId": "N/A", "name": "TO THE ORDER OF SHIPPER"}
    draft = drafted(tmp_path, manifest(broker=broker, transporters=[{"name": "CHANGE ME", "order": 1}]))
    assert sorted(one.label for one in draft.entities if one.type == "facility") == ["Generator", "Tsdf"]
    assert [one.field for one in draft.problems if one.code == "placeholder"] == ["transporters.name", "broker.name"]
    assert [end[:2] for end in ends(draft, "handed_to")] == [("Generator", "Tsdf")]
