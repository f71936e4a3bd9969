"""HF-01 to HF-08: each fires, does not at its boundary, and says where it cannot be evaluated."""

from __future__ import annotations

from typing import Any

import pytest

from ewglink.reference.code_lists import substance
from ewglink.reference.refrigerants import codes_for, exchange_value, named, warming

FIRMS = [{"company_id": "C1", "name": "Importer"}, {"company_id": "C2", "name": "Maker", "country": "CN",
                                                     "roles": "exporter;manufacturer"}]
CANADA = [FIRMS[0] | {"country": "CA"}, FIRMS[1]]
HELD = [{"importer": "C1"}]


def load(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"shipment_id": f"S{number}"} | more


def test_substances_are_found_in_what_people_write() -> None:
    for text, wanted in (("refrigerant gas r404a", "R-404A"), ("HFC-134a", "R-134a"), ("R 410 A", "R-410A"),
                         ("CFC-12", "R-12"), ("gas 75-45-6 en cilindros", "R-22"), ("R-1234ze", "R-1234ze(E)")):
        assert [one.ashrae for one in named(text)] == [wanted], text
    assert named("equipment parts, order R-2025") == ()


def test_the_exchange_value_of_a_blend_is_that_of_its_parts() -> None:
    blend = substance("R-404A")
    assert blend is not None
    assert warming(blend) == pytest.approx(0.44 * 3500 + 0.52 * 4470 + 0.04 * 1430)
    assert exchange_value(1000, blend) == pytest.approx(3921.6)


def test_codes_go_by_the_day() -> None:
    from datetime import date

    gas, blend = substance("R-134a"), substance("R-410A")
    assert gas is not None and blend is not None
    assert codes_for(gas, date(2021, 12, 31)) == {"290339"} and codes_for(gas, date(2022, 1, 1)) == {"290345"}
    assert codes_for(blend, date(2021, 12, 31)) == {"382478"}


def test_a_sound_load_breaks_nothing(judged: Any) -> None:
    said = judged(companies=FIRMS, allowances=HELD, shipments=[load()])
    assert said.rows == [] and said.missing == {}


def test_no_allowance(judged: Any) -> None:
    assert judged(companies=FIRMS, shipments=[load()]).of("HF-01") == ["S1"]
    assert judged(companies=FIRMS, allowances=HELD, shipments=[load()]).of("HF-01") == []
    other_year = judged(companies=FIRMS, allowances=HELD, shipments=[load(arrival="2026-01-01", filed="2025-12-01")])
    assert other_year.of("HF-01") == ["S1"]
    before_the_law = judged(companies=FIRMS, shipments=[load(arrival="2021-12-31", filed="2021-12-01", hs6="290339")])
    assert before_the_law.of("HF-01") == []
    nobody = judged(companies=FIRMS, shipments=[load(importer="")])
    assert nobody.of("HF-01") == [] and nobody.missing["HF-01"] == 1


def test_in_canada_a_permit_will_do(judged: Any) -> None:
    ods = load(declared="R-22", hs6="290371")
    permit = {"permit_no": "CA-1", "type": "ODS permit", "issuer": "CA", "species": "", "appendix": "", "source": "",
              "purpose": "", "importer": "C1", "exporter": "C2"}
    assert judged(companies=CANADA, shipments=[ods]).of("HF-01") == ["S1"]
    assert judged(companies=CANADA, permits=[permit], shipments=[ods]).of("HF-01") == []
    ended = permit | {"valid_to": "2025-06-19"}
    assert judged(companies=CANADA, permits=[ended], shipments=[ods]).of("HF-01") == ["S1"]


def test_the_allowance_is_drawn_to_the_last_kilogram(judged: Any) -> None:
    loads = [load(1, net_kg=40_000), load(2, net_kg=30_000, arrival="2025-07-01")]
    exact = [{"importer": "C1", "allowance_mteve": 70_000 * 1.43}]
    assert judged(companies=FIRMS, allowances=exact, shipments=loads).of("HF-02") == []
    loads[1]["net_kg"] = 30_001
    said = judged(companies=FIRMS, allowances=exact, shipments=loads)
    assert said.of("HF-02") == ["S2"]
    (one,) = [row for row in said.rows if row.rule == "HF-02"]
    assert one.values["excess_mteve"] == 1.43 and one.values["first"] is True
    loads[1]["net_kg"] = ""
    blank = judged(companies=FIRMS, allowances=exact, shipments=loads)
    assert blank.of("HF-02") == [] and blank.missing["HF-02"] == 1


def test_what_the_laboratory_found_is_what_is_drawn(judged: Any) -> None:
    held = [{"importer": "C1", "allowance_mteve": 20_000}]
    loads = [load(declared="R-134a", lab_result="R-410A")]
    assert judged(companies=FIRMS, allowances=held, shipments=loads).of("HF-02") == ["S1"]


@pytest.mark.parametrize(("vessel", "filed", "found"), [
    ("V1", "2025-06-10", []), ("V1", "2025-06-11", ["S1"]), ("", "2025-06-15", []), ("", "2025-06-16", ["S1"])])
def test_filing_ahead(judged: Any, vessel: str, filed: str, found: list[str]) -> None:
    said = judged(companies=FIRMS, allowances=HELD, shipments=[load(vessel=vessel, filed=filed)])
    assert said.of("HF-03") == found


def test_filing_was_fourteen_days_before(judged: Any) -> None:
    old = load(arrival="2023-09-17", filed="2023-09-04", vessel="V1")
    held = [{"importer": "C1", "year": 2023}]
    assert judged(companies=FIRMS, allowances=held, shipments=[old]).of("HF-03") == ["S1"]
    new = load(arrival="2023-09-18", filed="2023-09-05", vessel="V1")
    assert judged(companies=FIRMS, allowances=held, shipments=[new]).of("HF-03") == []


def test_a_filing_without_a_day_is_not_evaluable(judged: Any) -> None:
    said = judged(companies=FIRMS, allowances=HELD, shipments=[load(filed="")])
    assert said.of("HF-03") == [] and said.missing["HF-03"] == 1


def test_a_transit_through_canada_is_told_fifteen_days_ahead(judged: Any) -> None:
    held = [{"importer": "C1"}]
    for filed, found in (("2025-06-05", []), ("2025-06-06", ["S1"])):
        said = judged(companies=CANADA, allowances=held, shipments=[load(declared="R-134a in transit", filed=filed)])
        assert said.of("HF-03") == found


def test_name_and_code(judged: Any) -> None:
    assert judged(companies=FIRMS, allowances=HELD, shipments=[load(hs6="382763")]).of("HF-04") == ["S1"]
    cas = load(declared="811-97-2", hs6="290345")
    assert judged(companies=FIRMS, allowances=HELD, shipments=[cas]).of("HF-04") == []
    vague = judged(companies=FIRMS, allowances=HELD, shipments=[load(declared="gas mixture")])
    assert vague.of("HF-04") == [] and vague.missing["HF-04"] == 1


def test_what_does_not_leave_a_free_zone(judged: Any) -> None:
    zone = [*FIRMS, {"company_id": "Z", "name": "Zone", "country": "PA", "roles": "free_zone_operator"}]
    came = load(1, importer="Z", arrival="2025-01-10", filed="2025-01-01")
    last_day = load(2, importer="C1", exporter="Z", arrival="2025-07-09", filed="2025-06-01")
    assert judged(companies=zone, allowances=HELD, shipments=[came, last_day]).of("HF-05") == []
    late = last_day | {"arrival": "2025-07-10"}
    assert judged(companies=zone, allowances=HELD, shipments=[came, late]).of("HF-05") == ["S1"]
    less = last_day | {"net_kg": 9_999}
    said = judged(companies=zone, allowances=HELD, shipments=[came, less])
    assert [row.values["rest_kg"] for row in said.rows if row.rule == "HF-05"] == [1.0]
    open_still = judged("2025-07-09", companies=zone, allowances=HELD, shipments=[came])
    assert open_still.of("HF-05") == []
    unknown = judged(companies=zone, allowances=HELD, shipments=[came | {"net_kg": ""}])
    assert unknown.of("HF-05") == [] and unknown.missing["HF-05"] == 1


@pytest.mark.parametrize(("words", "found", "missing"), [
    ("refillable", [], 0), ("ISO tank", [], 0), ("non-refillable", ["S1"], 0), ("DOT-39", ["S1"], 0),
    ("cilindro desechable", ["S1"], 0), ("", [], 1), ("blue", [], 1)])
def test_cylinders(judged: Any, words: str, found: list[str], missing: int) -> None:
    said = judged(companies=CANADA, allowances=HELD, shipments=[load(cylinder=words)])
    assert said.of("HF-06") == found and said.missing.get("HF-06", 0) == missing


def test_used_goods_need_leave(judged: Any) -> None:
    used = load(declared="reclaimed R-134a")
    leave = {"permit_no": "NO-1", "type": "non-objection notice", "issuer": "US", "species": "", "appendix": "",
             "source": "", "purpose": "", "importer": "C1", "exporter": "C2", "valid_to": "2025-06-20"}
    assert judged(companies=FIRMS, allowances=HELD, shipments=[used]).of("HF-07") == ["S1"]
    assert judged(companies=FIRMS, allowances=HELD, permits=[leave], shipments=[used]).of("HF-07") == []
    ended = leave | {"valid_to": "2025-06-19"}
    assert judged(companies=FIRMS, allowances=HELD, permits=[ended], shipments=[used]).of("HF-07") == ["S1"]
    undated = judged(companies=FIRMS, allowances=HELD, shipments=[used | {"arrival": ""}])
    assert undated.of("HF-07") == [] and undated.missing["HF-07"] == 1


def test_the_laboratory(judged: Any) -> None:
    def run(**more: Any) -> Any:
        return judged(companies=FIRMS, allowances=HELD, shipments=[load(**more)])

    assert run(lab_result="R-12").of("HF-08") == ["S1"]
    assert run(lab_result="HFC-134a, 99.8 %").of("HF-08") == []
    assert run(declared="equipment parts", hs6="841590", lab_result="R-410A").of("HF-08") == ["S1"]
    unclear = run(lab_result="inconclusive")
    assert unclear.of("HF-08") == [] and unclear.missing["HF-08"] == 1


def test_refrigerants_are_not_judged_by_consents(judged: Any) -> None:
    said = judged(companies=FIRMS, shipments=[load()])
    assert {one.rule for one in said.rows} == {"HF-01"}
    assert not any(rule.startswith("NC-") for rule in said.missing)
