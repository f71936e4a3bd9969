"""GREY CELL: the same everywhere, built as real records are, and planted with what its answers say."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from datetime import date
from typing import Any

import networkx as nx
import pytest
from stdnum.ca import bn
from stdnum.mx import rfc
from stdnum.us import ein

from ewglink.training.contract import GENERATORS, WorkshopCase
from ewglink.training.generators._grey_cell_movements import movements
from ewglink.training.numbers import Dice, weekdays_between, weekdays_later

HEADERS = {
    "parties.csv": "party_id,name,country,roles,epa_id,tax_id,nra,address,phone",
    "people.csv": "person_id,name",
    "links.csv": "source,target,type",
    "consents.csv": "consent_no,notice_id,stream,determination,exporter,importer,interim,final,ops,epa_codes,un,start,"
    "end,qty,uom,shipments,carriers,exit_port,entry_port",
    "movements.csv": "movement_id,mtn,ship_date,exporter,facility,carrier,consent_no,qty_shipped,uom,epa_codes,un,"
    "op_code,exit_port,entry_port,hs6,part_a_date,delivered_date,qty_received,receipt_date,completion_date,"
    "completion_reported",
}
RULES = [
    "NC-01",
    "NC-03",
    "NC-04",
    "NC-06",
    "NC-07",
    "NC-08",
    "NC-09",
    "NC-10",
    "NC-11",
    "NC-14",
    "NC-15",
    "NC-18",
    "NC-20",
    "NC-21",
    "NC-22",
    "NC-23",
    "NC-25",
    "NC-26",
    "NC-28",
    "NC-35",
    "NC-39",
]
FIRST = "grey-cell"


def made(seed: int = 1, messy: bool = True) -> WorkshopCase:
    return GENERATORS.get(FIRST).generate(seed, messy)


def rows(case: WorkshopCase, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(case.files[name], newline="")))


def test_the_headings_are_those_of_the_templates() -> None:
    case = made()
    assert {name: text.split("\n", 1)[0] for name, text in case.files.items()} == HEADERS


def test_the_same_seed_gives_the_same_bytes() -> None:
    """The digest was taken once; a change of the generator changes it on purpose or not at all."""
    first, again, other = made(7), made(7), made(8)
    assert first.files == again.files
    assert first.answers == again.answers
    assert first.files["movements.csv"] != other.files["movements.csv"]
    assert all("\r" not in text for text in first.files.values())


def test_chance_is_the_promised_sequence() -> None:
    dice = Dice(1)
    assert [dice.between(0, 99) for _ in range(5)] == [13, 84, 76, 25, 49]


@pytest.mark.parametrize("seed", [1, 2, 3, 11, 2026])
def test_numbers_are_built_as_real_ones(seed: int) -> None:
    case = made(seed)
    for row in rows(case, "parties.csv"):
        check = {
            "MX": lambda text: rfc.is_valid(text, validate_check_digits=True),
            "CA": bn.is_valid,
            "US": ein.is_valid,
        }[row["country"]]
        assert not row["tax_id"] or check(row["tax_id"]), row
        assert not row["epa_id"] or re.fullmatch(r"[A-Z]{2}TEST[A-Z]{3}\d{3}", row["epa_id"])
        digits = re.sub(r"\D", "", row["phone"])
        assert re.search(r"55501\d\d$", digits), row["phone"]
    for row in rows(case, "movements.csv"):
        assert re.fullmatch(r"\d{9}TRN", row["mtn"])
        dates = [row[key] for key in ("ship_date", "delivered_date", "receipt_date", "completion_date") if row[key]]
        assert dates == sorted(dates)
        assert date.fromisoformat(row["ship_date"])
    for row in rows(case, "consents.csv"):
        assert re.fullmatch(r"\d{6}E\d{5}", row["consent_no"])


@pytest.mark.parametrize("seed", [1, 2, 3, 11, 2026])
def test_everything_refers_to_what_there_is(seed: int) -> None:
    case = made(seed)
    parties = {row["party_id"] for row in rows(case, "parties.csv")}
    people = {row["person_id"] for row in rows(case, "people.csv")}
    consents = {row["consent_no"] for row in rows(case, "consents.csv")}
    for row in rows(case, "links.csv"):
        assert {row["source"], row["target"]} <= parties | people
    for row in rows(case, "movements.csv"):
        assert {row["exporter"], row["facility"], row["carrier"]} <= parties
        assert row["consent_no"] in consents | {""}


@pytest.mark.parametrize("seed", [1, 2, 3, 11, 2026])
@pytest.mark.parametrize("messy", [True, False])
def test_the_planted_patterns_are_found(seed: int, messy: bool) -> None:
    case = made(seed, messy)
    findings = case.answers["findings"]
    assert set(RULES) <= set(findings)
    assert len(rows(case, "movements.csv")) >= 40
    for key, load in movements(Dice(seed)).items():
        for rule in load.planted:
            assert key in findings[rule], (rule, key)


@pytest.mark.parametrize("seed", [1, 2, 3, 11, 2026])
def test_no_pattern_is_there_unplanted(seed: int) -> None:
    """A rule that only looks at one movement finds what was planted and nothing else."""
    case = made(seed)
    planted: dict[str, set[str]] = {}
    for key, load in movements(Dice(seed)).items():
        for rule in load.planted:
            planted.setdefault(rule, set()).add(key)
    alone = [rule for rule in RULES if rule not in ("NC-06", "NC-07", "NC-39")]
    assert {rule: set(case.answers["findings"][rule]) for rule in alone} == {rule: planted[rule] for rule in alone}


def test_answers_agree_with_the_files() -> None:
    """Worked out again from the texts alone."""
    case = made()
    loads = rows(case, "movements.csv")
    licensed = {row["party_id"] for row in rows(case, "parties.csv") if row["nra"] or row["country"] == "CA"}
    kilograms = sum(int(row["qty_shipped"]) for row in loads if row["facility"] not in licensed)
    assert case.answers["unlicensed"]["kg"] == kilograms
    twice = [number for number, count in Counter(row["mtn"] for row in loads).items() if count > 1]
    assert case.answers["findings"]["NC-18"] == [row["movement_id"] for row in loads if row["mtn"] in twice]
    consent = rows(case, "consents.csv")[0]
    total, over = 0, []
    for row in sorted(
        (row for row in loads if row["consent_no"] == consent["consent_no"]),
        key=lambda row: (row["ship_date"], row["movement_id"]),
    ):
        total += int(row["qty_shipped"])
        if total > int(consent["qty"]):
            over.append(row["movement_id"])
    assert case.answers["findings"]["NC-06"] == over
    assert case.answers["utilisation"][consent["consent_no"]]["moved_kg"] == total


def merged_graph(case: WorkshopCase) -> Any:
    same = {second: group[0] for group in case.answers["same"] for second in group[1:]}
    graph = nx.Graph()
    for row in rows(case, "links.csv"):
        graph.add_edge(same.get(row["source"], row["source"]), same.get(row["target"], row["target"]))
    graph.remove_edges_from(nx.selfloop_edges(graph))
    return graph


@pytest.mark.parametrize("messy", [True, False])
def test_the_network_answers_are_those_of_networkx(messy: bool) -> None:
    case = made(messy=messy)
    graph, said = merged_graph(case), case.answers["network"]
    scores = nx.betweenness_centrality(graph, normalized=False)
    for name, value in said["betweenness"].items():
        assert scores[name] == pytest.approx(value)
    assert said["betweenness_top"] == sorted(scores, key=lambda name: (-round(scores[name], 9), name))[:5]
    largest = max(nx.connected_components(graph), key=len)
    assert said["cut_vertices"] == sorted(set(nx.articulation_points(graph)) & largest)
    ways = sorted(nx.all_shortest_paths(graph, said["shortest"]["from"], said["shortest"]["to"]))
    assert said["shortest"]["paths"] == ways
    assert len(ways) > 1, "the shortest way is to have a tie"


def test_one_person_directs_the_broker_and_speaks_for_the_smelter() -> None:
    tied = {(row["source"], row["type"], row["target"]) for row in rows(made(messy=False), "links.csv")}
    assert {("N01", "director_of", "P05"), ("N01", "legal_representative_of", "P08")} <= tied


def test_smelter_carrier_and_warehouse_share_a_telephone() -> None:
    case = made(messy=False)
    assert case.answers["shared"]["phone"] == [["P07", "P08", "P09"]]
    phones = {row["phone"] for row in rows(case, "parties.csv") if row["party_id"] in ("P07", "P08", "P09")}
    assert len(phones) == 3, "each writes it in its own way"


def test_messy_names_are_on_request() -> None:
    clean, messy = made(messy=False), made()
    assert clean.answers["same"] == []
    assert len(messy.answers["same"]) == 6
    assert len(rows(messy, "parties.csv")) == len(rows(clean, "parties.csv")) + 4
    assert rows(messy, "movements.csv") == rows(clean, "movements.csv")


def test_names_have_their_accents() -> None:
    text = "".join(made().files.values())
    for name in ("Récupération", "Recicladora Metálica", "Côte-Nord", "Núñez", "Marie-Ève"):
        assert name in text


def test_weekdays() -> None:
    friday = date(2025, 1, 3)
    assert weekdays_later(friday, 1) == date(2025, 1, 6)
    assert weekdays_between(friday, date(2025, 1, 6)) == 1
    assert all(weekdays_between(friday, weekdays_later(friday, n)) == n for n in range(20))


def test_files_are_written_as_they_are(tmp_path: Any) -> None:
    case = made()
    for path in case.write(tmp_path):
        assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(case.files[path.name].encode()).digest()


def test_the_broker_that_only_brokers_is_in_the_answers() -> None:
    case = made()
    only = {row["party_id"] for row in rows(case, "parties.csv") if set(row["roles"].split(";")) == {"broker"}}
    senders = {row["exporter"] for name in ("movements.csv", "consents.csv") for row in rows(case, name)}
    assert case.answers["findings"]["NC-39"] == sorted(only & senders) == ["P05"]
