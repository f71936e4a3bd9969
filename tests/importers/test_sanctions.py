"""Sanctions and watch lists: parties as other programs count them, files of one list joined, nothing made of "-0-"."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ewglink.importers import sniff
from ewglink.importers.contract import FORMATS, Drafted, Problem, Row
from ewglink.model.progress import finish
from ewglink.model.refusal import Refusal
from ewglink.workspace.commands.importing import ImportReport, ImportRequest, import_files
from ewglink.workspace.workspace import Workspace

PRIM = (
    '7,"ROJAS VEGA, Inés","individual","SDNTK] [ILLICIT-DRUGS","Director",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    '"DOB circa 1962; alt. DOB 12 Mar 1963; POB Culiacán; nationality Mexico; Passport G1234567 (Mexico); '
    "a.k.a. 'LA JEFA'; Email Address ines@example.org.\"\r\n"
    '8,"AZURE TRADER",vessel,"SDGT",-0- ,"3FXX2","Crude Oil Tanker","70,000","42,010","Panama","Azul Shipping",'
    '"Vessel Registration Identification IMO 9307839; MMSI 357123000; (Linked To: AZUL SHIPPING)."\r\n'
    '9,"AZUL SHIPPING S.A.",-0- ,"SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a'
)
ADD = (
    '7,501,-0- ,"Culiacán","Mexico",-0- \r\n9,502,"Calle 50, Edificio Plaza","Panama City","Panama",-0- \r\n'
    '9,503,-0- ,-0- ,"Panama",-0- \r\n\x1a'
)
ALT = (
    '7,601,"aka","ROJAS DE VEGA, Inés",-0- \r\n9,602,"fka","AZUL NAVIERA",-0- \r\n9,603,"aka","-0- ",-0- \r\n'
    '9,604,"aka","藍色航運",-0- \r\n\x1a'
)
UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-01-01T00:00:00"><INDIVIDUALS><INDIVIDUAL><DATAID>690</DATAID>
<FIRST_NAME>AHMAD</FIRST_NAME><SECOND_NAME>KARIM</SECOND_NAME><THIRD_NAME>na</THIRD_NAME>
<UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE><REFERENCE_NUMBER>QDi.001</REFERENCE_NUMBER><LISTED_ON>2001-01-25</LISTED_ON>
<NAME_ORIGINAL_SCRIPT>أحمد كريم</NAME_ORIGINAL_SCRIPT><COMMENTS1>Reviewed.</COMMENTS1>
<DESIGNATION><VALUE>Treasurer</VALUE></DESIGNATION><NATIONALITY><VALUE>Egypt</VALUE><VALUE>Yemen</VALUE></NATIONALITY>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Abu Karim</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>The Doctor</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ADDRESS><STREET>1 Nile St</STREET><CITY>Cairo</CITY><COUNTRY>Egypt</COUNTRY></INDIVIDUAL_ADDRESS>
<INDIVIDUAL_ADDRESS><COUNTRY>Yemen</COUNTRY></INDIVIDUAL_ADDRESS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1965-02-03</DATE></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1966</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1964</FROM_YEAR><TO_YEAR>1967</TO_YEAR>
</INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_PLACE_OF_BIRTH><CITY>Giza</CITY><COUNTRY>Egypt</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>A123</NUMBER></INDIVIDUAL_DOCUMENT>
</INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><DATAID>691</DATAID><FIRST_NAME>KARIM TRADING</FIRST_NAME>
<REFERENCE_NUMBER>QDe.002</REFERENCE_NUMBER><ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>KT Co</ALIAS_NAME>
</ENTITY_ALIAS><ENTITY_ADDRESS><STREET>1 Nile St</STREET><CITY>Cairo</CITY><COUNTRY>Egypt</COUNTRY></ENTITY_ADDRESS>
</ENTITY></ENTITIES></CONSOLIDATED_LIST>
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "case.ewg", "T") as found:
        yield found


def read(path: Path) -> tuple[list[Drafted], list[Problem]]:
    member = FORMATS.get(sniff.recognise(path).format)
    drafts, problems = [], []
    for one in member.read(path, member.options()):
        if isinstance(one, Row):
            drafts.append(member.draft(one))  # type: ignore[attr-defined]
            problems += drafts[-1].problems
        else:
            problems.append(one)
    return drafts, problems


def parties(drafts: list[Drafted]) -> Counter[str]:
    return Counter({one.keys[0]: one.type for d in drafts for one in d.entities if one.ref == "party"}.values())


def bring(workspace: Workspace, *paths: Path) -> ImportReport:
    report = finish(import_files(workspace, [ImportRequest(path) for path in paths], in_process=True))
    assert report is not None
    return report


def values(workspace: Workspace, namespace: str, key: str) -> dict[str, list[Any]]:
    (ref,) = workspace.case.items.identified(namespace, key)
    found: dict[str, list[Any]] = {}
    for statement in workspace.case.items.statements([ref.id]):
        for name, value in statement.vals.items():
            found.setdefault(name, []).append(value)
    return found


def test_the_published_lists_give_as_many_parties_as_they_have_rows(samples: Path) -> None:
    folder = samples / "sanctions"
    with (folder / "cons_prim.csv").open(newline="", encoding="utf-8") as stream:
        rows = [row for row in csv.reader(stream) if len(row) == 12]
    drafts, problems = read(folder / "cons_prim.csv")
    persons = sum(row[2] == "individual" for row in rows)
    assert parties(drafts) == {"organization": len(rows) - persons, "person": persons}
    assert len(rows) == 442
    assert not [one for one in problems if one.rejected]

    with (folder / "dpl.txt").open(newline="", encoding="utf-8") as stream:
        lines = list(csv.reader(stream, delimiter="\t"))[1:]
    drafts, problems = read(folder / "dpl.txt")
    assert sum(parties(drafts).values()) == len(lines) == 546
    dated = [json.loads(str(d.entities[0].vals))["sanction_lists"] for d in drafts]
    assert [(one[2], one[3] if len(one) > 3 else None) for one in dated[:2]] == [
        ("2017-10-16", "2020-10-13"),
        ("2003-06-19", "2056-06-29"),
    ]
    equal = len(lines) - len(set(map(tuple, lines)))
    assert sum(one.code == "equal_row" for one in problems) == equal == 3

    with (folder / "csl.csv").open(newline="", encoding="utf-8") as stream:
        listed = list(csv.DictReader(stream))
    drafts, _problems = read(folder / "csl.csv")
    found = parties(drafts)
    assert sum(found.values()) == len(listed) == 115
    assert found["vessel"] == sum(one["type"] == "Vessel" for one in listed)
    aliases = {
        name
        for d in drafts
        for one in d.entities
        if one.ref.startswith("party")
        for name in json.loads(str(one.vals)).get("aliases", [[]])[0]
    }
    named = [one["alt_names"] for one in listed if one["type"] != "Vessel"]
    cells = {name.strip() for cell in named for name in cell.split(";") if name.strip()}
    assert cells - aliases == set()


def test_three_files_of_ofac_make_one_list_in_any_order(workspace: Workspace, tmp_path: Path) -> None:
    for name, text in (("sdn", PRIM), ("add", ADD), ("alt", ALT)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    report = bring(workspace, *(tmp_path / f"{name}.csv" for name in ("alt", "add", "sdn")))
    assert [one.rows for one in report.sources] == [4, 3, 3]
    assert workspace.case.items.counts("entity") == {"location": 2, "organization": 1, "person": 1, "vessel": 1}
    assert workspace.case.items.counts("link") == {"located_at": 2}
    person = values(workspace, "ofac", "7")
    assert [value[0] for value in person["birth_date"]] == ["1962", "1963-03-12"]
    assert person["birth_date"][0][4:] == [1, "warn", "approximate"]
    assert person["birth_date"][1][4] == 3
    assert sorted(name for value in person["aliases"] for name in value[0]) == ["LA JEFA", "ROJAS DE VEGA, Inés"]
    assert person["passport"][0][0] == "G1234567"
    assert person["nationality"][0][0] == "Mexico"
    assert person["sanction_programmes"][0][0] == ["SDNTK", "ILLICIT-DRUGS"]
    assert person["birth_place"][0][0] == "Culiacán"
    assert workspace.schema.entity("person").property("sanction_programmes") is not None
    company = values(workspace, "ofac", "9")
    assert sorted(name for value in company["aliases"] for name in value[0]) == ["AZUL NAVIERA", "藍色航運"]
    assert [value[0] for value in company["country"]] == ["Panama", "Panama"]
    vessel = values(workspace, "ofac", "8")
    assert (vessel["imo_ship"][0][0], vessel["mmsi"][0][0]) == ("9307839", "357123000")
    assert vessel["gross_tonnage"][0][:2] == [42010, "42,010"]
    for namespace, key in (("ofac", "7"), ("ofac", "9")):
        assert all("-0-" not in json.dumps(value) for value in values(workspace, namespace, key).values())
    (ref,) = workspace.case.items.identified("imo_ship", "9307839")
    assert (ref.type, ref.label) == ("vessel", "AZURE TRADER")
    assert sum(one.code == "placeholder" for source in report.sources for one in source.warnings) == 1
    again = bring(workspace, tmp_path / "sdn.csv")
    assert again.sources[0].known


def test_one_file_of_ofac_names_its_parties_by_their_number(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "add.csv").write_text(ADD, encoding="utf-8", newline="")
    bring(workspace, tmp_path / "add.csv")
    assert workspace.case.items.counts("entity") == {"location": 2, "organization": 2}
    (ref,) = workspace.case.items.identified("ofac", "7")
    assert ref.label == "OFAC 7"


def test_the_united_nations_list_with_names_of_every_quality(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "consolidated.xml").write_text(UN, encoding="utf-8")
    report = bring(workspace, tmp_path / "consolidated.xml")
    assert report.sources[0].rows == 2
    assert workspace.case.items.counts("entity") == {"location": 1, "organization": 1, "person": 1}
    assert workspace.case.items.counts("link") == {"located_at": 2}
    person = values(workspace, "un_list", "QDi.001")
    assert person["name"][0][0] == "AHMAD KARIM"
    assert person["aliases"][0][0] == ["أحمد كريم", "Abu Karim"]
    assert person["aliases"][1][0] == ["The Doctor"]
    assert person["aliases"][1][5:] == ["warn", "weak_alias"]
    assert [(one[0], one[4], one[6] if len(one) > 6 else None) for one in person["birth_date"]] == [
        ("1965-02-03", 3, None),
        ("1966", 1, "approximate"),
        ("1964", 1, "between"),
    ]
    assert [one[0] for one in person["nationality"]] == ["Egypt", "Yemen"]
    assert person["passport"][0][0] == "A123"
    assert person["sanction_programmes"][0][:3] == [["Al-Qaida"], None, "2001-01-25"]
    assert person["birth_place"][0][0] == "Giza, Egypt"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]>' + UN.split("?>")[1].strip(), "xml_entities"),
        (UN[:-40], "malformed_xml"),
        ("<CONSOLIDATED_LIST>" + "<a>" * 1000, "malformed_xml"),
    ],
)
def test_hostile_xml_is_refused_in_a_sentence(tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "consolidated.xml"
    path.write_text(content, encoding="utf-8")
    member = FORMATS.get("un_list")
    with pytest.raises(Refusal) as refused:
        list(member.read(path, member.options()))
    assert refused.value.code == code
