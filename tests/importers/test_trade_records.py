"""Extracts of the notice and consent system, movement documents, confirmations, telephone records, target lists."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ewglink.importers import templates
from ewglink.model.progress import finish
from ewglink.reference.schema_files import builtin_schema
from ewglink.workspace.commands.importing import ImportReport, ImportRequest, import_files
from ewglink.workspace.workspace import Workspace

EXPORTS = [
    {
        "NOTICE_ID": "123456", "CONSENT_NUMBER": "123456E00001", "WASTE_STREAM_NUMBER": "1", "NOTICE_TYPE": "EXPORT",
        "NOTICE_PROGRESS": "COMPLETE", "NOTICE_STATUS": "APPROVED", "DETERMINATION": "CONSENT",
        "DETERMINATION_ISSUED_DATE": "20240110", "CONSENT_START_DATE": "20240201", "CONSENT_END_DATE": "20250131",
        "CONSENT_QUANTITY": "1200", "CONSENT_UOM": "METRIC TONS", "CONSENT_SHIPMENTS": "60",
        "CONSENT_FREQUENCY": "WEEKLY", "LAST_UPDATED_DATE": "20240111", "EXPORTER_NAME": "Gulf Lead LLC",
        "EXPORTER_EPA_ID": "TXD000000001", "EXPORTER_ADDRESS": "1 Port Rd", "EXPORTER_COUNTRY": "US",
        "IMPORTER_NAME": "Metales del Norte", "IMPORTER_FOREIGN_ID": "MNO123", "IMPORTER_ADDRESS": "Km 4",
        "IMPORTER_COUNTRY": "MX", "SHIPPER_NAME": "Gulf Lead LLC", "SHIPPER_EPA_ID": "TXD000000001",
        "SHIPPER_FOREIGN_ID": "", "SHIPPER_ADDRESS": "1 Port Rd", "SHIPPER_COUNTRY": "US", "INTERIM_NAME": "",
        "INTERIM_EPA_ID": "", "INTERIM_FOREIGN_ID": "", "INTERIM_ADDRESS": "", "INTERIM_COUNTRY": "",
        "INTERIM_OPERATIONS": "", "FINAL_NAME": "Metales del Norte", "FINAL_EPA_ID": "", "FINAL_FOREIGN_ID": "MNO123",
        "FINAL_ADDRESS": "Km 4", "FINAL_COUNTRY": "MX", "FINAL_OPERATIONS": "R4", "WS_WASTE_TYPE": "SLABS",
        "WASTE_DESCRIPTION": "Spent lead-acid batteries", "HAZARD_CLASS": "8", "UN_ID_NUMBER": "UN2794",
        "BASEL_WASTE_CODES": "A1160", "EPA_WASTE_CODES": "D002;D008",
    }
]  # fmt: skip
REFUSED = EXPORTS[0] | {
    "CONSENT_NUMBER": "", "WASTE_STREAM_NUMBER": "2", "DETERMINATION": "OBJECTED", "CONSENT_START_DATE": "",
    "CONSENT_END_DATE": "", "CONSENT_QUANTITY": "", "CONSENT_UOM": "", "WASTE_DESCRIPTION": "Lead dust",
}  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "case.ewg", "T") as found:
        yield found


def bring(workspace: Workspace, folder: Path, **tables: str | list[dict[str, str]]) -> ImportReport:
    requests = []
    for name, rows in tables.items():
        if not isinstance(rows, str):
            stream = io.StringIO()
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
            rows = stream.getvalue()
        path = folder / f"{name}.csv"
        path.write_text(rows, encoding="utf-8")
        requests.append(ImportRequest(path))
    report = finish(import_files(workspace, requests, in_process=True))
    assert report is not None
    return report


def values(workspace: Workspace, namespace: str, key: str) -> dict[str, Any]:
    (ref,) = workspace.case.items.identified(namespace, key)
    found: dict[str, Any] = {"type": ref.type, "label": ref.label}
    for statement in workspace.case.items.statements([ref.id]):
        found.update({name: value[0] for name, value in statement.vals.items()})
    return found


def ends(workspace: Workspace, kind: str) -> list[tuple[str, str]]:
    links = [link for link in workspace.case.items.links() if link.type == kind]
    refs = workspace.case.items.refs({end for link in links for end in (link.a, link.b)})
    return sorted((refs[link.a].label, refs[link.b].label) for link in links)


def test_every_template_fits_the_schema_and_names_what_it_reads() -> None:
    schema = builtin_schema()
    for spec in templates.builtin():
        spec.check(sorted(spec.columns()), schema)
        assert spec.columns() <= spec.recognise, spec.name


def test_an_extract_of_export_notices(workspace: Workspace, tmp_path: Path) -> None:
    report = bring(workspace, tmp_path, exports=[*EXPORTS, REFUSED])
    assert report.sources[0].spec == "wiets_exports"
    assert report.rejected == []
    assert workspace.case.items.counts("entity") == {
        "consent": 1,
        "consent_stream": 2,
        "notice": 1,
        "organization": 2,
    }
    stream = values(workspace, "case", "123456E00001|stream")
    assert (stream["epa_waste"], stream["basel"], stream["un"]) == (["D002", "D008"], ["A1160"], "UN2794")
    assert (stream["valid_from"], stream["valid_to"], stream["quantity"]) == ("2024-02-01", "2025-01-31", 1200)
    consent = values(workspace, "case", "123456E00001")
    assert (consent["issued"], consent["determination"]) == ("2024-01-10", "CONSENT")
    exporter = values(workspace, "epa_id", "TXD000000001")
    assert (exporter["type"], exporter["name"]) == ("organization", "Gulf Lead LLC")
    assert ends(workspace, "authorises_exporter") == [("123456E00001", "Gulf Lead LLC")]
    assert ends(workspace, "authorises_final_facility") == [("123456E00001", "Metales del Norte")]
    assert ends(workspace, "applicant_of") == [("Gulf Lead LLC", "123456")]
    assert ends(workspace, "requests") == [("123456", "123456E00001"), ("123456", "Lead dust")]
    assert ends(workspace, "covers") == [("123456E00001", "123456E00001")]
    assert ends(workspace, "holds") == [("Gulf Lead LLC", "123456E00001")]
    refused = [link for link in ends(workspace, "unknown_link") if link[0] == "Lead dust"]
    assert refused == [("Lead dust", "Metales del Norte")] * 2
    assert values(workspace, "wiets:stream", "123456|2")["determination"] == "OBJECTED"


def test_import_notices_and_the_annual_report_join_the_consents(workspace: Workspace, tmp_path: Path) -> None:
    imported = {
        name.replace("EXPORTER_EPA_ID", "EXPORTER_FOREIGN_ID").replace("IMPORTER_FOREIGN_ID", "IMPORTER_EPA_ID"): text
        for name, text in EXPORTS[0].items()
    }
    imported |= {"NOTICE_ID": "777777", "CONSENT_NUMBER": "777777I00001", "IMPORTER_EPA_ID": "TXD000000001"}
    imported |= {"EXPORTER_NAME": "Plomo SA", "EXPORTER_COUNTRY": "MX", "IMPORTER_NAME": "Gulf Lead LLC"}
    actual = [
        {
            "NOTICE_ID": "123456", "CONSENT_NUMBER": "123456E00001", "QUANTITY_ACTUAL": "910.5",
            "QUANTITY_UOM": "METRIC TONS", "SHIPMENTS_ACTUAL": "44",
        }
    ]  # fmt: skip
    report = bring(workspace, tmp_path, exports=EXPORTS, imports=[imported], actual=actual)
    assert [one.spec for one in report.sources] == ["wiets_exports", "wiets_imports", "wiets_annual_reports"]
    counts = workspace.case.items.counts("entity")
    assert (counts["consent"], counts["consent_stream"], counts["notice"]) == (2, 2, 2)
    assert ends(workspace, "applicant_of") == [("Gulf Lead LLC", "123456"), ("Gulf Lead LLC", "777777")]
    found = values(workspace, "case", "123456E00001|stream")
    assert (found["quantity"], found["quantity_actual"], found["shipments_actual"]) == (1200, 910.5, 44)
    assert len(ends(workspace, "requests")) == 2


def test_movement_documents_and_confirmations(workspace: Workspace, tmp_path: Path) -> None:
    head = (
        "md_no,line_no,permit_no,permit_holder,shipper,shipping_name,un,qty_shipped,uom,containers,container_code,"
        "tariff_item,ship_date,exit_port,entry_port,entry_date,carrier,receiver,delivered_date,qty_received,signatory\n"
    )
    rows = (
        "BC123456-7,1,P-9,H,S,Batteries,UN2794,1000,kg,10,07,854911,2024-03-01,USDET,CAWND,2024-03-02,"
        "C1;C2,R,2024-03-03,990,A\n"
        "BC123456-7,2,P-9,H,S,Lead dust,UN3077,50,kg,1,01,262029,2024-03-01,USDET,CAWND,2024-03-02,"
        "C1;C2,R,2024-03-03,50,A\n"
    )
    confirmed = (
        "md_no,line_no,op_code,completion_date,reported_date,facility,qty,uom,signatory\n"
        "BC123456-7,1,R4,2024-05-01,2024-05-20,R,990,kg,B\n"
    )
    report = bring(workspace, tmp_path, md=head + rows, done=confirmed)
    assert [one.spec for one in report.sources] == ["movement_documents", "confirmations"]
    counts = workspace.case.items.counts("entity")
    assert (counts["movement"], counts["movement_line"], counts["confirmation"], counts["consent"]) == (1, 2, 1, 1)
    links = workspace.case.items.counts("link")
    assert (links["contains"], links["carrier_of"], links["receiver_of"], links["confirms_completion"]) == (2, 2, 1, 1)
    assert ends(workspace, "confirms_completion") == [("BC123456-7", "Batteries")]


CALLS = (
    "Calling Number,Called Number,Start Time,Duration Seconds,IMEI,IMSI,Cell ID,Call Type\n"
    "+52 1 686 555 0301,+1 (956) 555-0123,2024-03-05T10:00:00-06:00,63,490154203237518,334020123456789,C-1,VOICE\n"
    "+526865550301,+19565550123,2024-03-05T10:05:00-06:00,0,490154203237518,334020123456789,C-1,SMS\n"
    "+19565550123,0,2024-03-05T10:06:00-06:00,5,,,C-2,VOICE\n"
)


def test_telephone_records_are_calls_between_normalised_numbers(workspace: Workspace, tmp_path: Path) -> None:
    report = bring(workspace, tmp_path, cdr=CALLS)
    assert report.sources[0].spec == "call_records"
    counts = workspace.case.items.counts("entity")
    assert counts == {"account": 4}
    assert [(one.row, one.code) for one in report.sources[0].warnings if one.code == "placeholder_key"] == [
        (4, "placeholder_key")
    ]
    one = values(workspace, "phone_e164", "+526865550301")
    assert one["number"] in ("+52 1 686 555 0301", "+526865550301")
    links = {link.type: link for link in workspace.case.items.links()}
    assert workspace.case.items.counts("link") == {"called": 1, "messaged": 1, "unknown_link": 2}
    assert (links["messaged"].start, links["messaged"].precision) == ("2024-03-05T16:05:00Z", 5)
    (ref,) = workspace.case.items.identified("phone_e164", "+526865550301")
    raws = {s.vals["phone"][1] for s in workspace.case.items.statements([ref.id]) if "phone" in s.vals}
    assert "+52 1 686 555 0301" in raws


@pytest.mark.parametrize(
    ("headings", "name"),
    [
        ("a_number,b_number,call_start,duration,imei,imsi,cell_id", "call_records_ab"),
        ("numero_origen,numero_destino,fecha_hora,duracion_segundos,imei,imsi,celda,tipo", "call_records_es"),
        ("numero_appelant,numero_appele,date_heure,duree_secondes,imei,imsi,cellule,type", "call_records_fr"),
        ("calling,called,start,duration", "call_records_short"),
    ],
)
def test_other_headings_of_telephone_records(workspace: Workspace, tmp_path: Path, headings: str, name: str) -> None:
    row = "+526865550301,+19565550123,2024-03-05 10:00:00,63" + ",x" * (headings.count(",") - 3)
    report = bring(workspace, tmp_path, cdr=f"{headings}\n{row}\n")
    assert report.sources[0].spec == name
    assert workspace.case.items.counts("link")["called"] == 1


def test_numbers_without_a_country_are_of_the_tables_own(workspace: Workspace, tmp_path: Path) -> None:
    head = "numero_origen,numero_destino,fecha_hora,duracion_segundos,imei,imsi,celda,tipo\n"
    bring(workspace, tmp_path, cdr=head + "686 555 0301,+19565550123,2024-03-05 10:00:00,63,,,C,VOZ\n")
    (ref,) = workspace.case.items.identified("phone_e164", "+526865550301")
    (said,) = [one.vals for one in workspace.case.items.statements([ref.id])]
    assert said["phone"][:2] == ["+526865550301", "686 555 0301"]
    assert workspace.case.items.identified("phone_e164", "+19565550123")


def test_a_list_of_targets_in_several_scripts(workspace: Workspace, tmp_path: Path) -> None:
    text = (
        "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,dataset\n"
        'NK-1,Person,Ivan Petrov,"Иван Петров;Петров, И.",1961,ru,"Lenina 1, Moscow;Nevsky 2, St Petersburg",,EU,,,x\n'
        'NK-2,Company,Petrov Trading,,,,"Lenina 1, Moscow",123,EU,,info@example.ru,x\n'
        "NK-3,Vessel,STAR,OLD STAR,,pa,,IMO9319466,,,,x\n"
    )
    report = bring(workspace, tmp_path, targets=text)
    assert report.sources[0].spec == "sanctions_targets"
    assert workspace.case.items.counts("entity") == {"location": 2, "organization": 1, "person": 1, "vessel": 1}
    assert workspace.case.items.counts("link") == {"located_at": 3}
    person = values(workspace, "listed_party", "NK-1")
    assert (person["aliases"], person["birth_date"]) == (["Иван Петров", "Петров, И."], "1961")
