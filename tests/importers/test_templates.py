"""The import templates: recognised by their headings, in any order of columns and files, and what they make."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ewglink.importers import templates
from ewglink.importers.contract import Part, Row
from ewglink.model.progress import finish
from ewglink.reference.schema_files import builtin_schema
from ewglink.workspace.commands.importing import ImportReport, ImportRequest, import_files
from ewglink.workspace.workspace import Workspace

FILES = {
    "parties": "party_id,name,country,roles,epa_id,tax_id,nra,address,phone\n"
    "P1,Lone Star Batteries LLC,US,exporter;generator,TXTESTGEN001,,,1 Main St,+1 210 555 0112\n"
    "P2,Recicladora del Norte,MX,importer,,,,Km 4,\nP3,Carga Rápida,MX,carrier,,,,,\n",
    "people": "person_id,name\nN1,Héctor Ruán\n",
    "links": "source,target,type\nN1,P2,director_of\nP1,P3,acts_for\nN1,P3,owns\n",
    "consents": "consent_no,notice_id,stream,determination,exporter,importer,interim,final,ops,"
    "epa_codes,un,start,end,qty,uom,"
    "shipments,carriers,exit_port,entry_port\n"
    "240117E00001,240117,1,CONSENTED,P1,P2,,P2,R4,D002;D008,UN2794,"
    "2024-07-01,2025-06-30,400000,kg,20,P3;P4,USLRD,MXNLD\n"
    "240118E00001,240118,1,OBJECTED,P1,P2,,P2,R4,D008,UN2794,2024-07-01,2025-06-30,9,kg,2,P3,USLRD,MXNLD\n",
    "movements": "movement_id,mtn,ship_date,exporter,facility,carrier,consent_no,qty_shipped,uom,"
    "epa_codes,un,op_code,exit_port,entry_port,hs6,part_a_date,delivered_date,qty_received,receipt_date,completion_date,completion_reported\n"
    "M1,344670084TRN,2024-08-01,P1,P2,P3,240117E00001,18770,kg,D002;D008,UN2794,R4,USLRD,MXNLD,854911,2024-07-31,"
    "2024-08-03,18000,2024-08-05,2024-11-01,2024-11-20\n"
    "M2,344670085TRN,2024-08-09,P1,P2,P3,,500,kg,D008,UN2794,R4,USLRD,MXNLD,854911,,,,,,\n",
}
ENTITIES = {
    "organization": 4,
    "person": 1,
    "consent": 2,
    "consent_stream": 2,
    "notice": 2,
    "movement": 2,
    "movement_line": 2,
    "location": 2,
}
LINKS = {
    "director_of": 1,
    "acts_for": 1,
    "owns": 1,
    "authorises_exporter": 1,
    "authorises_importer": 1,
    "authorises_final_facility": 1,
    "authorises_carrier": 2,
    "authorises_port": 2,
    "requests": 2,
    "applicant_of": 2,
    "covers": 2,
    "unknown_link": 2,
    "exporter_of": 2,
    "receiver_of": 2,
    "carrier_of": 2,
    "contains": 2,
    "moved_under": 1,
    "departed_from": 2,
    "arrived_at": 2,
}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "case.ewg", "T") as found:
        yield found


def _bring(workspace: Workspace, folder: Path, **files: str) -> ImportReport:
    requests = []
    for name, text in files.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        requests.append(ImportRequest(path))
    report = finish(import_files(workspace, requests, in_process=True))
    assert report is not None
    return report


def _named(workspace: Workspace, key: str, namespace: str = "case") -> int:
    (ref,) = workspace.case.items.identified(namespace, key)
    return ref.id


def _values(workspace: Workspace, item: int) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for statement in workspace.case.items.statements([item]):
        for name, value in statement.vals.items():
            if value[0] not in found.setdefault(name, []):
                found[name].append(value[0])
    return found


def _links(workspace: Workspace, kind: str) -> list[tuple[str, str]]:
    items = workspace.case.items
    links = [link for link in items.links() if link.type == kind]
    refs = items.refs({end for link in links for end in (link.a, link.b)})
    return sorted((refs[link.a].label, refs[link.b].label) for link in links)


def _facts(workspace: Workspace) -> tuple[object, ...]:
    items = workspace.case.items
    kinds = sorted({link.type for link in items.links()})
    return (
        sorted((ref.type, ref.label) for ref in items.listed("entity")),
        [(kind, _links(workspace, kind)) for kind in kinds],
    )


def test_the_batteries_case_has_its_shape(workspace: Workspace, tmp_path: Path) -> None:
    report = _bring(workspace, tmp_path, **FILES)
    assert workspace.case.items.counts("entity") == dict(sorted(ENTITIES.items()))
    assert workspace.case.items.counts("link") == dict(sorted(LINKS.items()))
    assert report.rejected == []
    assert [source.spec for source in report.sources] == ["parties", "people", "links", "consents", "movements"]
    party = _values(workspace, _named(workspace, "P1"))
    assert party["roles"] == [["exporter", "generator"]]
    assert _named(workspace, "TXTESTGEN001", "epa_id") == _named(workspace, "P1")
    line = _values(workspace, _named(workspace, "M1|1"))
    assert (line["quantity"], line["epa_waste"], line["quantity_received"]) == ([18770], [["D002", "D008"]], [18000])
    assert _links(workspace, "moved_under") == [("M1", "240117E00001")]
    assert _links(workspace, "owns") == [("Héctor Ruán", "Carga Rápida")]


def test_the_order_of_files_does_not_matter(workspace: Workspace, tmp_path: Path) -> None:
    _bring(workspace, tmp_path, **FILES)
    for place, order in enumerate(itertools.islice(itertools.permutations(FILES), 0, None, 23)):
        with Workspace.create(tmp_path / f"other{place}.ewg", "T") as other:
            _bring(other, tmp_path, **{name: FILES[name] for name in order})
            assert _facts(other) == _facts(workspace), order
            assert other.case.verify() == ([], None)


def test_files_may_come_in_steps_and_go_again(workspace: Workspace, tmp_path: Path) -> None:
    _bring(workspace, tmp_path, links=FILES["links"])
    stub = workspace.case.items.refs([_named(workspace, "P2")])[_named(workspace, "P2")]
    assert (stub.type, stub.label) == ("organization", "P2")
    before = _facts(workspace)
    _bring(workspace, tmp_path, parties=FILES["parties"], people=FILES["people"])
    better = workspace.case.items.refs([stub.id])[stub.id]
    assert (better.type, better.label) == ("organization", "Recicladora del Norte")
    assert workspace.case.search("norte")[1] == [stub.id]
    workspace.undo()
    assert _facts(workspace) == before
    assert workspace.case.search("norte")[1] == []
    workspace.redo()
    assert workspace.case.items.refs([stub.id])[stub.id].label == "Recicladora del Norte"


def test_headings_in_another_order_and_case_with_more_columns(workspace: Workspace, tmp_path: Path) -> None:
    report = _bring(workspace, tmp_path, folks="Seen,NAME,Person ID\nyes,Ana,N1\nno,Ben,N2\n")
    assert report.sources[0].spec == "people"
    assert [ref.label for ref in workspace.case.items.listed("entity", "person")] == ["Ana", "Ben"]


def test_every_template_is_recognised_by_its_own_headings() -> None:
    schema = builtin_schema()
    for spec in templates.builtin():
        columns = tuple(sorted(spec.recognise))
        spec.check(columns, schema)
        found = templates.recognise(Part("t", columns, 1), schema)
        assert found is not None
        assert found[0].name == spec.name


def test_source_target_type_may_mean_something_else() -> None:
    rows = tuple(Row("t", n, n, ("a", "b", "Directed"), "") for n in range(2, 6))
    assert templates.recognise(Part("t", ("Source", "Target", "Type"), 1, sample=rows), builtin_schema()) is None


def test_a_party_and_a_manifest_site_of_one_number_are_one(workspace: Workspace, tmp_path: Path) -> None:
    site = {"epaSiteId": "TXTESTGEN001", "name": "Lone Star yard"}
    manifest = tmp_path / "manifest.json"
    manifest.write_text(
        json.dumps(
            {
                "manifestTrackingNumber": "344670084TRN",
                "status": "Signed",
                "generator": site,
                "transporters": [],
                "designatedFacility": {"epaSiteId": "VATEST000001"},
                "wastes": [],
            }
        )
    )
    _bring(workspace, tmp_path, parties=FILES["parties"])
    finish(import_files(workspace, [ImportRequest(manifest)], in_process=True))
    assert _named(workspace, "P1") == _named(workspace, "TXTESTGEN001", "epa_id")
    assert _links(workspace, "generator_of")[0][0] == "Lone Star Batteries LLC"


def test_two_parties_with_one_number_stay_two_and_are_noted(workspace: Workspace, tmp_path: Path) -> None:
    again = "P9,Lone Star Batt.,US,,TXTESTGEN001,,,,\n"
    report = _bring(workspace, tmp_path, parties=FILES["parties"] + again)
    assert workspace.case.items.counts("entity") == {"organization": 4}
    assert [(one.row, one.code) for one in report.sources[0].warnings] == [(5, "identity_conflict")]
    decision = workspace.case.items.row("decision", a=_named(workspace, "P1"), b=_named(workspace, "P9"))
    assert decision is not None
    assert decision["kind"] == "possible"
    workspace.undo()
    assert workspace.case.items.rows("decision", "kind", []) == []


def test_placeholders_never_become_or_join(workspace: Workspace, tmp_path: Path) -> None:
    rows = "N/A,Nobody,US,,,,,,\nP5,Five,US,,CHANGE ME,,,,\nP6,Six,US,,CHANGE ME,,,,\n"
    report = _bring(workspace, tmp_path, parties="party_id,name,country,roles,epa_id,tax_id,nra,address,phone\n" + rows)
    assert [ref.label for ref in workspace.case.items.listed("entity")] == ["Five", "Six"]
    problems = report.sources[0].warnings + report.rejected
    assert {(one.row, one.code) for one in problems if one.field == "party_id"} == {(2, "placeholder_key")}
    assert {one.row for one in problems if one.field == "epa_id"} == {3, 4}


def test_refrigerants(workspace: Workspace, tmp_path: Path) -> None:
    _bring(
        workspace,
        tmp_path,
        companies="company_id,name,country,roles,formed,tax_id,address,phone\nC1,Frío "
        "SA,MX,importer,2023-05-01,,,\nC2,Sun Co,CN,,,,,\n",
        shipments="shipment_id,arrival,importer,exporter,route,hs6,declared,net_kg,value_usd,container,cylinder,lab_result,vessel,filed\n"
        "S1,2024-02-03,C1,C2,CNNGB>PAONX>MXZLO,290345,R-134a,12000,80000,CSQU3054383,non-refillable,R-12,V1,2024-01-25\n"
        "S2,2024-03-03,C1,C2,,290345,R-134a,9,8,CSQU3054384,,,V1,\n",
        allowances="importer,year,allowance_mteve\nC1,2024,15000.5\n",
        vessels="vessel_id,imo,name,flag,mmsi,owner,from_date,to_date\nV1,9319466,BLUE "
        "STAR,PA,351000001,C2,2019-01-01,2023-06-30\n"
        "V1,9319466,RED STAR,LR,636000001,C2,2023-07-01,\n",
        positions="mmsi,timestamp,lat,lon,sog\n636000001,2024-01-05T10:00:00Z,10.5,-110.2,12.1\n"
        "636000001,2024-01-05T16:00:00Z,10.9,-110.9,0.3\n",
    )
    assert workspace.case.items.counts("entity") == {
        "allowance": 1,
        "container": 2,
        "event": 2,
        "location": 5,
        "movement": 2,
        "movement_line": 2,
        "organization": 2,
        "vessel": 1,
    }
    links = workspace.case.items.counts("link")
    assert links == {
        "carried_by": 2,
        "carried_in": 2,
        "contains": 2,
        "exporter_of": 2,
        "flagged_in": 2,
        "importer_of": 2,
        "owns": 2,
        "participated_in": 2,
        "transited": 3,
        "holds": 1,
    }
    vessel = _named(workspace, "V1")
    assert _values(workspace, vessel)["name"] == ["BLUE STAR", "RED STAR"]
    names = [said.vals["name"] for said in workspace.case.items.statements([vessel]) if "name" in said.vals]
    assert [(value[2], value[3]) for value in names] == [("2019-01-01", "2023-06-30"), ("2023-07-01", None)]
    boxes = {
        identity.validity
        for found in workspace.case.items.identities(
            [ref.id for ref in workspace.case.items.listed("entity", "container")]
        ).values()
        for identity in found
        if identity.ns == "iso6346"
    }
    assert boxes == {"ok", "fail"}


def test_wildlife_and_calls(workspace: Workspace, tmp_path: Path) -> None:
    _bring(
        workspace,
        tmp_path,
        subscribers="phone_id,number,label\nT1,+526865550101,Skipper\nT2,+16195550102,Buyer\n",
        calls="call_id,start,caller,callee,seconds\nK1,2024-05-01T22:01:00,T1,T2,65\nK2,2024-05-01T22:09:00,T2,T1,5\n",
        messy="ref,when,from_no,to_no,dur,from_country,to_country\nX1,2024-05-02 01:00,686 555 0101,(619) "
        "555-0102,33,MX,US\n",
        permits="permit_no,type,issuer,species,appendix,source,purpose,qty,unit,issued,valid_to,exporter,importer\n"
        "MX1,export,SEMARNAT,Strombus gigas,II,W,T,500,kg,2024-01-01,2024-06-30,A1,A2\n",
        wildlife="shipment_id,date,permit_no,species,qty,unit,frm,to,declared,hs6\nW1,2024-03-01,MX1,Strombus "
        "gigas,200,kg,A1,A2,conch,030782\n"
        "W2,2024-04-01,,Totoaba macdonaldi,5,kg,A1,A3,dried fish maw,030572\n",
        events="event_id,date,type,place,text\nE1,2024-04-02,seizure,San Diego,Maws found in a van\n",
    )
    assert workspace.case.items.counts("entity") == {
        "account": 2,
        "consent": 1,
        "consent_stream": 1,
        "event": 1,
        "location": 1,
        "movement": 2,
        "organization": 3,
        "species": 2,
        "specimen": 2,
    }
    assert _links(workspace, "called") == [("Buyer", "Skipper"), ("Skipper", "Buyer"), ("Skipper", "Buyer")]
    assert _links(workspace, "permitted_by") == [("W1", "MX1")]
    call = next(link for link in workspace.case.items.links() if link.start == "2024-05-01T22:01:00")
    assert (call.precision, workspace.case.items.statements([call.id])[0].vals["duration_s"][0]) == (4, 65)


def test_engines(workspace: Workspace, tmp_path: Path) -> None:
    _bring(
        workspace,
        tmp_path,
        engines="unit_id,kind,vin,engine_family,model_year,label_present\n"
        "U1,motorcycle,1M8GDM9AXKP042788,STRNS.2081GA,2025,Y\nU2,SI small,,STRNS.2081GA,2025,illegible\n"
        "U3,motorcycle,1M8GDM9AXKP042788,STRNS.2081GA,2025,N\n",
    )
    assert workspace.case.items.counts("entity") == {"engine": 3, "vehicle": 1}
    assert workspace.case.items.counts("link") == {"installed_in": 2}
