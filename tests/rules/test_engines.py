"""EN-01 to EN-10: each fires, does not at its boundary, and says where it cannot be evaluated."""

from __future__ import annotations

from typing import Any

FIRMS = [{"party_id": "P01", "name": "Importer", "country": "CA"},
         {"party_id": "P02", "name": "Kestrel Power Machinery Co., Ltd.", "country": "CN"},
         {"party_id": "P03", "name": "Harvest Trading", "country": "CN"},
         {"party_id": "P04", "name": "Stranger Motors", "country": "CN"}]
PAPERS = [{"paper_no": "COC1", "engine_family": "SKPMS.2081GA", "holder": "P02"}]


def units(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"unit_id": f"U{at}"} | row for at, row in enumerate(rows, 1)]


def entries(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"import_id": f"I{at}", "unit_id": f"U{at}"} | row for at, row in enumerate(rows, 1)]


def test_a_sound_unit_breaks_nothing(judged: Any) -> None:
    said = judged(parties=FIRMS, engine_papers=PAPERS, engines=units({}), engine_imports=entries({"serial": "K1"}))
    assert said.rows == [] and said.missing == {}


def test_families(judged: Any) -> None:
    """Length, year and certificate: EN-01, EN-02, EN-03."""
    said = judged(engine_papers=PAPERS, engines=units(
        {}, {"engine_family": "SKPMS.208GA"}, {"engine_family": "SKPMS.20811GA"}, {"engine_family": ""},
        {"model_year": 2024}, {"engine_family": "SKPMS.2999ZZ"}, {"engine_family": " skpms.2081ga "},
        {"model_year": ""}, {"engine_family": "RKPMS.2081GA", "model_year": 2024}))
    assert said.of("EN-01") == ["U2", "U3"] and said.missing["EN-01"] == 1
    assert said.of("EN-02") == ["U5"] and said.missing["EN-02"] == 4
    assert said.of("EN-03") == ["U6", "U9"] and said.missing["EN-03"] == 3


def test_without_certificates_nothing_can_be_missing_from_them(judged: Any) -> None:
    said = judged(engines=units({}, {}))
    assert said.of("EN-03") == [] and said.missing["EN-03"] == 2


def test_labels(judged: Any) -> None:
    words = ["yes", "Y", "oui", "sí", "no", "illegible", "removable", "fausse", "ausente", "", "behind the tank"]
    said = judged(engines=units(*({"label_present": word} for word in words)))
    assert said.of("EN-04") == ["U5", "U6", "U7", "U8", "U9"]
    assert said.missing["EN-04"] == 2


def test_vehicle_numbers(judged: Any) -> None:
    """1M8GDM9AXKP042788 holds and is of 1989 or 2019."""
    said = judged(engines=units(
        {"vin": "1M8GDM9AXKP042788", "model_year": 2019}, {"vin": "1M8GDM9A1KP042788", "model_year": 2019},
        {"vin": "5GZCZ43D13S812715", "model_year": 2004}, {"vin": "5GZCZ43D13S812715", "model_year": ""},
        {"vin": "SHORT", "model_year": 2019}, {"vin": "", "model_year": 2019}))
    assert said.of("EN-05") == ["U2", "U3", "U5"]
    assert said.missing["EN-05"] == 1
    assert said.of("EN-06") == ["U3", "U4"], "one number on two units"


def test_serial_numbers_are_a_makers_own(judged: Any) -> None:
    said = judged(parties=FIRMS, engines=units({}, {}, {}, {}), engine_imports=entries(
        {"serial": "K1"}, {"serial": "k 1"}, {"serial": "K1", "manufacturer": "Other Works"}, {"serial": ""}))
    assert said.of("EN-06") == ["U1", "U2"]
    assert said.missing["EN-06"] == 1


def test_the_fifty_first_unit_asks_for_a_declaration(judged: Any) -> None:
    many = [{"serial": f"K{at}"} for at in range(51)]
    made = {"paper_no": "D1", "kind": "annual declaration", "issued": "2026-02-01", "holder": "P01"}

    def run(count: int, papers: list[dict[str, Any]], day: str = "2026-02-02") -> list[str]:
        found: list[str] = judged(day, parties=FIRMS, engine_papers=[*PAPERS, *papers], engines=units(*([{}] * count)),
                                  engine_imports=entries(*many[:count])).of("EN-07")
        return found

    assert run(50, []) == [] and run(51, []) == ["P01"]
    assert run(51, [], "2026-02-01") == [], "it is due on that day"
    assert run(51, [made]) == [] and run(51, [made | {"issued": "2026-02-02"}]) == ["P01"]


def test_a_declaration_of_nobody_knows_where(judged: Any) -> None:
    said = judged(parties=[FIRMS[0] | {"country": ""}], engines=units({}), engine_imports=entries({}))
    assert said.of("EN-07") == [] and said.missing["EN-07"] == 1


def test_exemptions(judged: Any) -> None:
    approval = {"paper_no": "A1", "kind": "exemption approval", "issued": "2025-01-01", "valid_to": "2025-03-03"}
    said = judged(parties=FIRMS, engine_papers=[*PAPERS, approval], engines=units(*([{}] * 7)), engine_imports=entries(
        {"exemption_code": "TST"}, {"exemption_code": "TST", "approval_no": "A1"},
        {"exemption_code": "TST", "approval_no": "A1", "date": "2025-03-04"}, {"exemption_code": "RPL"},
        {"exemption_code": "TST", "approval_no": "NOWHERE"}, {"exemption_code": "ODD"}, {}))
    assert said.of("EN-08") == ["U1", "U3", "U5", "U6"]
    undated = judged(parties=FIRMS, engine_papers=[*PAPERS, approval], engines=units({}), engine_imports=entries(
        {"exemption_code": "TST", "approval_no": "A1", "date": ""}))
    assert undated.of("EN-08") == [] and undated.missing["EN-08"] == 1


def test_makers(judged: Any) -> None:
    said = judged(parties=FIRMS, links=[{"source": "P03", "target": "P02", "type": "acts_for"}],
                  engines=units(*([{}] * 4)), engine_imports=entries(
        {}, {"exporter": "P03"}, {"exporter": "P04"}, {"manufacturer": ""}))
    assert said.of("EN-09") == ["U3"]
    assert said.missing["EN-09"] == 1


def test_what_came_for_a_time(judged: Any) -> None:
    came = {"kind": "temporary import", "date": "2025-03-03"}
    back = [{"import_id": f"X{at}", "unit_id": f"U{at}", "kind": "re-export", "date": day}
            for at, day in ((1, "2026-03-03"), (2, "2026-03-04"))]
    moves = [*entries(came, came, came, came | {"date": ""}, {}), *back]
    every = units(*([{}] * 5))
    said = judged("2026-03-04", parties=FIRMS, engines=every, engine_imports=moves)
    assert said.of("EN-10") == ["U2", "U3"] and said.missing["EN-10"] == 1
    assert judged("2026-03-03", parties=FIRMS, engines=every, engine_imports=entries(came)).of("EN-10") == []
