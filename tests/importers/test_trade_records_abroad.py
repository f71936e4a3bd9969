"""Canadian notifications and Mexican requests and manifests: what their headings make, and that loads find them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ewglink.model.progress import finish
from ewglink.rules.matching import infer
from ewglink.rules.scope import whole_trade
from ewglink.workspace.checking import check
from ewglink.workspace.commands.importing import ImportReport, ImportRequest, import_files
from ewglink.workspace.finding_list import finding_rows
from ewglink.workspace.utilisation import utilisation
from ewglink.workspace.workspace import Workspace

CANADA = (
    "notification_no,permit_no,line_no,type,applicant,foreign_party,shipping_facility,receiving_facility,"
    "final_facility,carriers,customs_offices,transit_countries,un,hazard_class,ca_codes,y_codes,h_codes,basel_codes,"
    "oecd_codes,qty,uom,shipments,op_code,submitted,status,issued,start,end\n"
    "BC400001,BC400001-25,1,recyclable,A1,F1,S1,R1,R1,C1;C2,USDTT;CAWND,,UN2794,8,D14,Y31,H8,A1160,A1160,400,t,20,R4,"
    "2024-11-01,Approved,2024-12-20,2025-01-01,2025-12-31\n"
    "BC400001,BC400001-25,2,recyclable,A1,F1,S1,R1,R1,C1,USDTT,,UN3077,9,D14,Y31,H13,A1160,A1160,50000,kg,5,R4,"
    "2024-11-01,Approved,2024-12-20,2025-01-01,2025-12-31\n"
    "BC400002,,1,recyclable,A1,F1,S1,R1,R1,C1,USDTT,,UN2794,8,D14,Y31,H8,A1160,A1160,10,t,1,R4,2025-02-01,Refused,,,\n"
)
DOCUMENTS = (
    "md_no,line_no,permit_no,permit_holder,shipper,shipping_name,un,qty_shipped,uom,containers,container_code,"
    "tariff_item,ship_date,exit_port,entry_port,entry_date,carrier,receiver,delivered_date,qty_received,signatory\n"
    "BC123456-7,1,BC400001-25,A1,S1,Batteries,UN2794,20000,kg,10,07,854911,2025-03-03,USDTT,CAWND,2025-03-04,C1,R1,"
    "2025-03-05,19900,A\n"
)
REQUESTS = (
    "bitacora,authorisation_no,residue_no,direction,requester,requester_rfc,nra,immex,activity,generator,recycler,"
    "recycler_phone,recycler_email,recycler_authorisation,carrier,carrier_authorisation,aduana,fraccion,nico,residue,"
    "qty,uom,basel_codes,un,creti,op_code,physical_state,container_type,submitted,status,issued,start,end\n"
    "09/K1-0001/01/25,19-II-01-25,1,importación,Recicladora Prueba SA,ZGF100123P77,,,reciclaje,G1,Planta Uno,"
    "+52 81 8555 0118,,19-39-PS-V-01-24,Fletes Uno,19-I-01D-24,240,85491101,00,Baterías,300,t,A1160,UN2794,CT,R4,"
    "sólido,tarima,2024-10-01,Otorgada,2024-12-01,2025-01-01,2025-12-31\n"
)
MANIFESTS = (
    "manifest_no,nra,generator,residue,residue_no,creti,container_type,containers,qty,uom,ship_date,carrier,"
    "carrier_authorisation,sict_permit,consignee,consignee_authorisation,delivered_date,qty_received\n"
    "MX-0001,WSH9588465977,Planta Dos,Aceite gastado,1,T,tambo,4,800,kg,2025-04-01,Fletes Uno,19-I-01D-24,SCT-1,"
    "Planta Uno,19-39-PS-V-01-24,2025-04-02,790\n"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "case.ewg", "T") as found:
        yield found


def bring(workspace: Workspace, folder: Path, **files: str) -> ImportReport:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    report = finish(import_files(workspace, [ImportRequest(folder / f"{name}.csv") for name in files], in_process=True))
    assert report is not None and not report.rejected
    return report


def test_a_canadian_notification_is_a_notice_a_permit_and_a_stream_for_each_line(
    workspace: Workspace, tmp_path: Path
) -> None:
    report = bring(workspace, tmp_path, asked=CANADA, moved=DOCUMENTS)
    assert [one.spec for one in report.sources] == ["notifications_canada", "movement_documents"]
    counts = workspace.case.items.counts("entity")
    assert (counts["notice"], counts["consent"], counts["consent_stream"], counts["movement"]) == (2, 1, 3, 1)
    trade = whole_trade(workspace.case)
    by_line = {(one.notice.label if one.notice else "", one.text("stream_no")): one for one in trade.streams.values()}
    first, refused = by_line["BC400001", "1"], by_line["BC400002", "1"]
    assert (first.status, first.kg, first.shipments, first.start) == ("ACTIVE", 400_000, 20, date(2025, 1, 1))
    assert first.codes["ca_waste"] == {"D14"} and first.operations == {"R4"} and len(first.carriers) == 2
    assert first.consents and first.consents[0].label == "BC400001-25"
    assert refused.status == "OBJECTED" and not refused.receivers
    assert first.notice is not None and first.notice.submitted == date(2024, 11, 1)


def test_a_canadian_load_is_drawn_on_the_line_of_the_permit_it_names(workspace: Workspace, tmp_path: Path) -> None:
    """Of the two lines of the permit only the first is of UN 2794: the reference is explicit, and it counts."""
    bring(workspace, tmp_path, asked=CANADA, moved=DOCUMENTS)
    trade = whole_trade(workspace.case)
    infer(trade)
    (line,) = trade.lines.values()
    assert [one.text("stream_no") for one in line.streams] == ["1"] and line.inferred is None
    use = next(one for one in utilisation(trade, date(2025, 6, 1)) if one.stream == line.streams[0].id)
    assert (use.inferred, use.moved_kg, use.shipments) == (0, 20_000.0, 1)


def test_loads_under_a_canadian_permit_are_added_up(workspace: Workspace, tmp_path: Path) -> None:
    """The second line allows 50 t in 5 shipments: three loads of 20 t are 10 t too much, six loads one too many. One
    names a permit that nobody knows. Later loads, found by evaluating only what they touch, count alike."""
    head, first = DOCUMENTS.splitlines()
    second = first.replace("UN2794", "UN3077")
    rows = [second.replace("BC123456-7", f"BC12345{at}-7").replace("2025-03-0", f"2025-0{at}-0")
            for at in range(3, 9)]
    rows[5] = rows[5].replace("BC400001-25", "BC499999-25")
    bring(workspace, tmp_path, asked=CANADA, moved="\n".join([head, *rows[:2]]))
    assert not found(workspace, "NC-06", "NC-07", "NC-43", "NC-01", "NC-02")
    bring(workspace, tmp_path, later="\n".join([head, *rows[2:3], rows[5]]))
    assert found(workspace, "NC-06", "NC-01", "NC-02") == {"NC-06": {"BC123455-7"}, "NC-02": {"BC123458-7"}}
    bring(workspace, tmp_path, last="\n".join([head, *rows[3:5], rows[4].replace("BC123457", "BC123459")]))
    assert found(workspace, "NC-07") == {"NC-07": {"BC123459-7"}}


def found(workspace: Workspace, *rules: str) -> dict[str, set[str]]:
    """Rule → the loads it finds something about."""
    finish(check(workspace, as_of=date(2025, 12, 31)))
    shown: dict[str, set[str]] = {}
    for row in finding_rows(workspace):
        if row.kept.rule in rules:
            shown.setdefault(row.kept.rule, set()).add(row.what)
    return shown


def test_the_order_of_the_files_does_not_matter(workspace: Workspace, tmp_path: Path) -> None:
    bring(workspace, tmp_path, moved=DOCUMENTS, asked=CANADA)
    counts = workspace.case.items.counts("entity")
    assert (counts["notice"], counts["consent"], counts["consent_stream"], counts["movement"]) == (2, 1, 3, 1)


def test_a_mexican_request_and_a_manifest(workspace: Workspace, tmp_path: Path) -> None:
    report = bring(workspace, tmp_path, asked=REQUESTS, moved=MANIFESTS)
    assert [one.spec for one in report.sources] == ["requests_mexico", "manifests_mexico"]
    trade = whole_trade(workspace.case)
    (stream,) = trade.streams.values()
    assert (stream.status, stream.kg, stream.country) == ("ACTIVE", 300_000, "MX")
    assert stream.text("creti") == "CT" and stream.consents[0].text("semarnat_auth") == "19-II-01-25"
    requester = trade.parties[next(iter(stream.importers))]
    assert requester.text("rfc") == "ZGF100123P77" and requester.country == "MX"
    (movement,) = trade.movements.values()
    assert movement.numbers == {"mx_manifest_no": "MX-0001"} and movement.delivered == date(2025, 4, 2)
    assert [trade.parties[one].label for one in movement.receivers] == ["Planta Uno"]
    assert (movement.kg, movement.lines[0].received_kg) == (800, 790)
    # the recycler of the request and the consignee of the manifest are one
    assert set(movement.receivers) == stream.final


WIETS = {
    "NOTICE_ID": "012346", "WASTE_STREAM_NUMBER": "1", "NOTICE_TYPE": "Export", "NOTICE_PROGRESS": "Complete",
    "NOTICE_STATUS": "Closed", "DETERMINATION": "Objection", "DETERMINATION_ISSUED_DATE": "20250102",
    "CONSENT_NUMBER": "", "CONSENT_START_DATE": "", "CONSENT_END_DATE": "", "CONSENT_QUANTITY": "", "CONSENT_UOM": "",
    "CONSENT_SHIPMENTS": "", "CONSENT_FREQUENCY": "", "LAST_UPDATED_DATE": "20250105",
    "EXPORTER_NAME": "Lone Star Test LLC", "EXPORTER_EPA_ID": "TXTESTGEN001", "EXPORTER_ADDRESS": "",
    "EXPORTER_COUNTRY": "UNITED STATES", "IMPORTER_NAME": "Recicladora Prueba SA", "IMPORTER_FOREIGN_ID": "MX-1",
    "IMPORTER_ADDRESS": "", "IMPORTER_COUNTRY": "MEXICO", "SHIPPER_NAME": "Lone Star Yard 2",
    "SHIPPER_EPA_ID": "TXTESTGEN002", "SHIPPER_FOREIGN_ID": "", "SHIPPER_ADDRESS": "",
    "SHIPPER_COUNTRY": "UNITED STATES", "INTERIM_NAME": "", "INTERIM_EPA_ID": "", "INTERIM_FOREIGN_ID": "",
    "INTERIM_ADDRESS": "", "INTERIM_COUNTRY": "", "INTERIM_OPERATIONS": "", "FINAL_NAME": "Recicladora Prueba SA",
    "FINAL_EPA_ID": "", "FINAL_FOREIGN_ID": "MX-1", "FINAL_ADDRESS": "", "FINAL_COUNTRY": "MEXICO",
    "FINAL_OPERATIONS": "R4", "WS_WASTE_TYPE": "RCRA", "WASTE_DESCRIPTION": "batteries", "HAZARD_CLASS": "8",
    "UN_ID_NUMBER": "UN2794", "BASEL_WASTE_CODES": "A1160", "EPA_WASTE_CODES": "D002;D008"}


def test_who_ships_under_a_wiets_notice_is_neither_importer_nor_facility(workspace: Workspace, tmp_path: Path) -> None:
    granted = WIETS | {"NOTICE_ID": "012345", "CONSENT_NUMBER": "012345E00125", "DETERMINATION": "Consent",
                       "NOTICE_STATUS": "Active", "CONSENT_START_DATE": "20250110", "CONSENT_END_DATE": "20260109",
                       "CONSENT_QUANTITY": "500", "CONSENT_UOM": "Metric Tons", "CONSENT_SHIPMENTS": "25"}
    bring(workspace, tmp_path, wiets="\n".join(",".join(row) for row in (WIETS, WIETS.values(), granted.values())))
    trade = whole_trade(workspace.case)
    assert {stream.status for stream in trade.streams.values()} == {"OBJECTED", "ACTIVE"}
    for stream in trade.streams.values():
        assert {trade.parties[one].label for one in stream.shippers} == {"Lone Star Yard 2"}
        assert {trade.parties[one].label for one in stream.receivers | stream.importers} == {"Recicladora Prueba SA"}
