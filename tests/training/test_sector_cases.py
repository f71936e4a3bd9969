"""COLD FRONT, PAPER REEF and the engine drill: built as real records are, and the rules find what the answers say."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from stdnum import imo, iso6346
from stdnum.ca import bn
from stdnum.cn import uscc
from stdnum.mx import rfc
from stdnum.us import ein

from ewglink.model.progress import finish
from ewglink.store.findings import findings
from ewglink.training.contract import GENERATORS, WorkshopCase
from ewglink.training.generators._cold_front_shipments import shipments as refrigerants
from ewglink.training.numbers import Dice
from ewglink.workspace.checking import check
from ewglink.workspace.commands.importing import import_files
from ewglink.workspace.import_plan import ImportRequest
from ewglink.workspace.workspace import Workspace

SECTORS = ("cold-front", "paper-reef", "engines")
CASES = ("grey-cell", *SECTORS)
TABLES = {"cold-front": "shipments.csv", "paper-reef": "wildlife_shipments.csv", "engines": "engines.csv"}
HEADERS = {
    "companies.csv": "company_id,name,country,roles,formed,tax_id,address,phone",
    "shipments.csv": "shipment_id,arrival,importer,exporter,route,hs6,declared,net_kg,value_usd,container,cylinder,"
    "lab_result,vessel,filed",
    "allowances.csv": "importer,year,allowance_mteve",
    "vessel_history.csv": "vessel_id,imo,name,flag,mmsi,owner,from_date,to_date",
    "positions.csv": "mmsi,timestamp,lat,lon,sog",
    "parties.csv": "party_id,name,country,roles,epa_id,tax_id,nra,address,phone",
    "people.csv": "person_id,name",
    "links.csv": "source,target,type",
    "calls.csv": "call_id,start,caller,callee,seconds",
    "calls_other_company.csv": "ref,when,from_no,to_no,dur,from_country,to_country",
    "subscribers.csv": "phone_id,number,label",
    "permits.csv": "permit_no,type,issuer,species,appendix,source,purpose,qty,unit,issued,valid_to,exporter,importer",
    "wildlife_shipments.csv": "shipment_id,date,permit_no,species,qty,unit,frm,to,declared,hs6",
    "events.csv": "event_id,date,type,place,text",
    "engines.csv": "unit_id,kind,vin,engine_family,model_year,label_present",
    "engine_papers.csv": "paper_no,kind,engine_family,issued,valid_to,issuer,holder",
    "engine_imports.csv": "import_id,date,kind,unit_id,importer,exporter,manufacturer,serial,exemption_code,"
    "approval_no",
}


def made(key: str, seed: int = 1, messy: bool = True) -> WorkshopCase:
    return GENERATORS.get(key).generate(seed, messy)


def rows(case: WorkshopCase, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(case.files[name], newline="")))


def checked(case: WorkshopCase, folder: Path) -> dict[str, list[str]]:
    """Rule → what it finds, as the files call it, after an import like anybody's."""
    with Workspace.create(folder / "case.ewg", "Case") as workspace:
        finish(import_files(workspace, [ImportRequest(path) for path in case.write(folder)]))
        finish(check(workspace, as_of=date.fromisoformat(case.answers["as_of"])))
        return told(workspace)


def told(workspace: Workspace) -> dict[str, list[str]]:
    """Rule → what stands as found, as the files call it."""
    found: dict[str, set[str]] = {}
    for one in findings(workspace.case):
        found.setdefault(one.rule, set()).update(one.refs)
    return {rule: sorted(refs) for rule, refs in sorted(found.items())}


@pytest.mark.parametrize(("key", "seed", "messy"), [
    *((key, 1, True) for key in CASES), *((key, 2026, False) for key in CASES)])
def test_the_rules_find_what_the_answers_say_and_nothing_else(
    key: str, seed: int, messy: bool, tmp_path: Path
) -> None:
    case = made(key, seed, messy)
    assert checked(case, tmp_path) == case.answers["findings"]


@pytest.mark.parametrize("key", SECTORS)
def test_order_and_steps_of_import_make_no_difference(key: str, tmp_path: Path) -> None:
    """The files from the last to the first; the rules after half of the rows, then after all; the same files again."""
    case, table = made(key), TABLES[key]
    day, lines = date.fromisoformat(case.answers["as_of"]), case.files[TABLES[key]].splitlines(keepends=True)
    paths = case.write(tmp_path)
    (tmp_path / table).write_text("".join(lines[:20]), encoding="utf-8")
    (tmp_path / "more.csv").write_text("".join([lines[0], *lines[20:]]), encoding="utf-8")
    with Workspace.create(tmp_path / "case.ewg", "Case") as workspace:
        for path in reversed(paths):
            finish(import_files(workspace, [ImportRequest(path)]))
        finish(check(workspace, as_of=day))
        finish(import_files(workspace, [ImportRequest(tmp_path / "more.csv")]))
        finish(check(workspace, as_of=day))
        found = told(workspace)
        finish(import_files(workspace, [ImportRequest(path) for path in paths]))
        finish(check(workspace, as_of=day, whole=True))
        assert found == told(workspace) == case.answers["findings"]


@pytest.mark.parametrize("key", SECTORS)
def test_headings_are_those_of_the_templates(key: str) -> None:
    for name, text in made(key).files.items():
        assert text.split("\n", 1)[0] == HEADERS[name]


@pytest.mark.parametrize("key", SECTORS)
def test_the_same_seed_gives_the_same_bytes(key: str) -> None:
    first, again, other = made(key, 7), made(key, 7), made(key, 8)
    assert first.files == again.files and first.answers == again.answers
    assert first.files[TABLES[key]] != other.files[TABLES[key]]


@pytest.mark.parametrize("key", SECTORS)
@pytest.mark.parametrize("seed", [1, 2, 3, 11, 2026])
def test_there_is_enough_to_find(key: str, seed: int) -> None:
    case = made(key, seed)
    assert len(rows(case, TABLES[key])) >= 40
    found = case.answers["findings"]
    assert sum(len(refs) for refs in found.values()) >= 12
    assert len(found) >= 8


@pytest.mark.parametrize("key", SECTORS)
@pytest.mark.parametrize("seed", [1, 5])
def test_numbers_are_built_as_real_ones(key: str, seed: int) -> None:
    case = made(key, seed)
    firms = rows(case, "companies.csv" if key == "cold-front" else "parties.csv")
    checks = {"MX": lambda text: rfc.is_valid(text, validate_check_digits=True), "CA": bn.is_valid,
              "US": ein.is_valid, "CN": uscc.is_valid}
    for row in firms:
        assert not row["tax_id"] or checks[row["country"]](row["tax_id"]), row
        assert re.search(r"555\D*0\D*1\D*\d\D*\d$", row["phone"]), row["phone"]


def test_boxes_and_ships_of_cold_front() -> None:
    case = made("cold-front", messy=False)
    bad = [row["shipment_id"] for row in rows(case, "shipments.csv")
           if row["container"] and not iso6346.is_valid(row["container"])]
    assert bad == case.answers["patterns"]["bad_container"] and len(bad) == 1
    assert all(row["container"].startswith("TRNU") for row in rows(case, "shipments.csv") if row["container"])
    assert all(imo.is_valid(row["imo"]) for row in rows(case, "vessel_history.csv"))
    assert len(case.answers["patterns"]["renamed_vessels"]["V01"]) == 3


@pytest.mark.parametrize("seed", [1, 2, 3, 11, 2026])
def test_what_was_planted_in_cold_front_is_in_the_answers(seed: int) -> None:
    found = made("cold-front", seed).answers
    dice = Dice(seed)
    from ewglink.training.generators._cold_front_parties import companies, vessels

    companies(dice, True)
    vessels(dice)
    planted: dict[str, set[str]] = {}
    for key, load in refrigerants(dice).items():
        for rule in load.planted:
            planted.setdefault(rule, set()).add(key)
    for rule in ("HF-01", "HF-03", "HF-04", "HF-05", "HF-06", "HF-07", "HF-08"):
        assert set(found["findings"][rule]) == planted[rule], rule
    patterns = found["patterns"]
    assert set(patterns["unit_value_outliers"]) == planted["value"]
    assert {key for trip in patterns["circular_containers"].values() for key in trip} == planted["circle"]
    assert ["C02", "C03"] in patterns["shared_phones"] and "C02" in patterns["new_importers"]
    assert [gap["hours"] for gap in patterns["silences"]] == [78.0]


def test_the_draw_on_the_allowance_from_the_files_alone() -> None:
    case = made("cold-front", messy=False)
    potentials = {"R-134a": 1430.0, "R-32": 675.0, "R-410A": 2087.5, "R-404A": 3921.6, "R-12": 0.0}
    total = 0.0
    for row in rows(case, "shipments.csv"):
        gas = row["lab_result"] or row["declared"]
        if row["importer"] == "C02":
            total += float(row["net_kg"]) * potentials[gas] / 1000
    assert case.answers["allowances"]["C02 2025"]["drawn"] == pytest.approx(total)
    assert total > case.answers["allowances"]["C02 2025"]["allowance"]


def test_telephones_of_paper_reef_as_networkx_sees_them() -> None:
    case = made("paper-reef", messy=False)
    calls, said = rows(case, "calls.csv"), case.answers["tolls"]
    busy = Counter(row[end] for row in calls for end in ("caller", "callee"))
    assert busy.most_common(1) == [(said["busiest"], said["calls_of_busiest"])] == [("T01", busy["T01"])]
    graph = nx.Graph((row["caller"], row["callee"]) for row in calls)
    scores = nx.betweenness_centrality(graph)
    assert max(scores, key=lambda name: scores[name]) == said["betweenness_top"][0] == "T01"
    assert said["night"] == "2025-03-21" and len(said["chain"]) == said["in_the_night"] > 10


def test_calls_of_two_companies_are_the_calls_of_one() -> None:
    clean, messy = made("paper-reef", messy=False), made("paper-reef")
    both = len(rows(messy, "calls.csv")) + len(rows(messy, "calls_other_company.csv"))
    assert both == len(rows(clean, "calls.csv")) == messy.answers["tolls"]["calls"]
    for key in ("busiest", "calls_of_busiest", "night", "in_the_night", "betweenness_top"):
        assert clean.answers["tolls"][key] == messy.answers["tolls"][key]


def test_more_conch_was_sent_on_than_came_in() -> None:
    sums = made("paper-reef").answers["mass_balance"]["W03 Aliger gigas"]
    assert sums["out"] > sums["in"] > 0


@pytest.mark.parametrize("key", SECTORS)
def test_messy_variants_leave_the_answers_as_they_are(key: str) -> None:
    clean, messy = made(key, messy=False), made(key)
    assert clean.answers["findings"] == messy.answers["findings"]
    assert clean.files != messy.files


def test_storylines_speak_three_languages() -> None:
    from ewglink.workspace.demo import demo_names, storyline

    assert demo_names() == sorted(CASES)
    for key in CASES:
        story: dict[str, Any] = storyline(key)
        texts = [story["title"], story["story"], *(chart["name"] for chart in story["charts"])]
        assert all(set(text) == {"en", "fr", "es"} and all(text.values()) for text in texts)
