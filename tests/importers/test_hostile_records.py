"""Damaged files of the formats that draft by themselves: a sentence or problems, never anything else."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from ewglink.importers import wire, wire_drafts
from ewglink.importers.contract import FORMATS, Problem, Row
from ewglink.model.refusal import Refusal
from ewglink.reference.schema_files import builtin_schema

SEEDS: dict[str, list[bytes]] = {
    "ofac": [
        b'7,"ROJAS, Ines","individual","SDNTK] [X",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
        b'"DOB circa 1962; Passport G1 (MX)."\r\n'
        b'8,"AZURE",vessel,"SDGT",-0- ,"3FXX2","Tanker","70,000","42,010","Panama","X",'
        b'"IMO 9307839; MMSI 357123000"\r\n',
        b'7,501,-0- ,"City","Mexico",-0- \r\n9,502,"Calle 50","Panama City","Panama",-0- \r\n',
        b'7,601,"aka","OTHER NAME",-0- \r\n',
    ],
    "sanctions": [
        b'"Name"\t"Street_Address"\t"City"\t"State"\t"Country"\t"Postal_Code"\t"Effective_Date"\t"Expiration_Date"\t'
        b'"FR_Citation"\r\n"A B"\t"1 St"\t"X"\t"TX"\t"US"\t"1"\t"10/16/2017"\t""\t"82 F.R."\r\n',
        b"source,entity_number,type,programs,name,addresses,alt_names,ids,dates_of_birth\n"
        b'SDN - Treasury,7,Vessel,DPRK4,STAR,"1 Rd, X, US; IR",A; B,"IMO 9307839, Vessel Registration",'
        b'"1961; circa 1962"\n',
    ],
    "un_list": [
        b"<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>A</FIRST_NAME>"
        b"<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1961</FROM_YEAR>"
        b"</INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"
    ],
    "ais": [
        b"MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType\n"
        b"316001234,2024-01-01T00:00:00,45.5,-60.25,1.5,360.0,511.0,NORA,IMO9319466,VABC2,70\n"
        b"316001234,2024-01-01T00:05:00,91,181,102.3,10,20,NORA,IMO0000000,,\n"
    ],
    "mail": [
        b"From: =?utf-8?B?UnXDoW4=?= <a@example.org>\r\nTo: b@example.com, <c@example.net>\r\nSubject: x\r\n"
        b"Date: Tue, 05 Mar 2024 10:00:00 -0500\r\nMessage-ID: <1@x>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b\r\n'
        b'Content-Disposition: attachment; filename="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        b"AAAA\r\n--b--\r\n",
        b"From a@example.org Tue Mar  5 10:00:00 2024\nFrom: a@example.org\nTo: b@example.com\n\nx\n\n"
        b"From b@example.org Tue Mar  5 10:00:00 2024\nFrom: b@example.com\nTo: a@example.org\n\nx\n",
    ],
    "emanifest": [
        json.dumps(
            {
                "manifestTrackingNumber": "123456789ELC",
                "status": "Signed",
                "submissionType": "Image",
                "generator": {"epaSiteId": "VATEST000004", "name": "G", "contact": {"phone": {"number": "1"}}},
                "transporters": [{"name": "T", "order": 1}],
                "designatedFacility": {"epaSiteId": "VAD000532119"},
                "wastes": [{"lineNumber": 1, "quantity": {"quantity": 1, "unitOfMeasurement": {"code": "P"}}}],
                "rejectionInfo": {"newManifestTrackingNumbers": ["123456789JJK"]},
                "importInfo": {"importGenerator": {"name": "F"}, "portOfEntry": {"cityPort": "X"}},
                "correctionInfo": {"versionNumber": 2},
            }
        ).encode()
    ],
}


def _documents() -> list[bytes]:
    picture, paper = io.BytesIO(), io.BytesIO()
    exif = Image.Exif()
    exif[0x0110] = "Model"
    exif.get_ifd(0x8769)[0x9003] = "2023:07:01 14:30:00"
    Image.new("RGB", (8, 8)).save(picture, "JPEG", exif=exif)
    with pikepdf.new() as made:
        made.add_blank_page()
        made.docinfo["/CreationDate"] = "D:20240305"
        made.save(paper)
    return [picture.getvalue(), paper.getvalue()]


SEEDS["document"] = _documents()
ODD = [
    b"", b"\x00", b"\xff\xfe", b'"', b"\r\n", b";", b",", b"\t", b"-0- ", b"<", b"&x;", b"{", b"]", b"9" * 400,
    b"\xc3\x28", b"\xed\xa0\x80", "名Ñ\u202e".encode(), b"null", b"NaN", b"true", b"0000-00-00", b"=?utf-8?Q?=",
    b"[]", b"1e999", b"\\ud800",
]  # fmt: skip


@st.composite
def damaged(draw: Any, seeds: list[bytes]) -> bytes:
    data = draw(st.sampled_from(seeds))
    for _turn in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, min(40, len(data) - at)))
        new = draw(st.one_of(st.sampled_from(ODD), st.binary(max_size=8)))
        data = data[:at] + new + data[at + length :]
    return bytes(data)


def check(key: str, path: Path, data: bytes) -> None:
    path.write_bytes(data or b" ")
    member = FORMATS.get(key)
    schema = builtin_schema()
    if hasattr(member, "proposes"):
        schema = schema.extended(member.proposes(path, member.options()))
    assert 0 <= member.recognise(path, data[: 1 << 16]).confidence <= 1
    try:
        found = list(member.read(path, member.options()))
        member.parts(path, member.options())
    except Refusal:
        return
    assert all(isinstance(one, (Row, Problem)) for one in found)
    drafts = [member.draft(one) if isinstance(one, Row) else one for one in found]  # type: ignore[attr-defined]
    for draft in drafts:
        if isinstance(draft, Problem):
            continue
        refs = [entity.ref for entity in draft.entities]
        assert len(set(refs)) == len(refs)
        for entity in draft.entities:
            said = json.loads(entity.vals) if isinstance(entity.vals, str) else entity.vals
            kind = schema.entity_types[entity.type]
            assert all(kind.property(name) is not None for name in said), (entity.type, sorted(said))
        for link in draft.links:
            assert link.a in refs and link.b in refs
            said = json.loads(link.vals) if isinstance(link.vals, str) else link.vals
            assert all(schema.link_types[link.type].property(name) is not None for name in said), (link.type, said)
    kind, body = wire.unpack(wire_drafts.pack(wire_drafts.batch_of(drafts)))
    back = wire_drafts.unpack(kind, body, schema)
    for draft in back.drafts:
        str(draft).encode("utf-8")  # what a database cannot keep would fail here
        assert not isinstance(draft, Problem) or str(draft.message)


@pytest.mark.parametrize("key", SEEDS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_damage_never_stops_the_reader(tmp_path: Path, key: str, data: Any) -> None:
    check(key, tmp_path / "file", data.draw(damaged(SEEDS[key])))


@pytest.mark.parametrize(("key", "seed"), [(key, seed) for key, seeds in SEEDS.items() for seed in seeds])
def test_the_seeds_themselves_are_read(tmp_path: Path, key: str, seed: bytes) -> None:
    check(key, tmp_path / "file", seed)
    assert FORMATS.get(key).recognise(tmp_path / "file", seed).confidence >= 0.5
