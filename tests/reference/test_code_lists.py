"""Code lists, countries and units, against facts known otherwise."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewglink import places
from ewglink.identifiers.catalogue import check
from ewglink.reference import code_lists, countries, operations, units, watch_lists
from ewglink.reference.hs_codes import hs_codes


def test_every_list_says_where_it_comes_from() -> None:
    lists = {path.name for path in places.resources("reference").glob("*.csv")}
    assert lists == set(code_lists.sources())
    for body in code_lists.sources().values():
        assert body["title"] and body["source"] and isinstance(body["date"], datetime.date)
        assert {"valid_from", "valid_to"} <= set(body)


def test_numbers_in_the_substance_list_hold() -> None:
    for one in code_lists.substances():
        assert not one.cas or check("cas", one.cas).status == "ok", one
        assert not one.ashrae or check("ashrae", one.ashrae).normalised == one.ashrae, one
        assert not one.un or check("un", one.un).status == "ok", one
        assert check("hs", one.hs).status == "ok", one


def test_the_gwp_of_a_blend_is_that_of_its_parts() -> None:
    parts = {one.ashrae: one for one in code_lists.substances()}
    blends = [one for one in parts.values() if one.composition]
    assert len(blends) == 6
    for one in blends:
        assert sum(one.composition.values()) == pytest.approx(1)
        total = sum(share * (parts[name].gwp or 0) for name, share in one.composition.items())
        assert one.gwp == pytest.approx(total, rel=0.001), one.ashrae


def test_substances_are_found_by_any_name() -> None:
    for name in ("R-134a", "r-134A", "HFC-134a", "811-97-2"):
        found = code_lists.substance(name)
        assert found is not None and (found.ashrae, found.gwp) == ("R-134a", 1430)
    assert code_lists.substance("water") is None


def test_codes_hold_between_their_dates() -> None:
    basel = code_lists.waste_codes()["basel"]
    before, after = datetime.date(2024, 12, 31), datetime.date(2025, 1, 1)
    assert basel["A1180"].in_force(before) and not basel["A1180"].in_force(after)
    assert not basel["A1181"].in_force(before) and basel["A1181"].in_force(after)
    assert code_lists.waste_codes()["epa_waste"]["D008"].label("fr") == "Plomb"
    assert code_lists.waste_codes()["epa_waste"]["D008"].label("en") == "Lead"
    assert code_lists.waste_codes()["epa_waste"]["K031"].label("es") == "K031"


def test_canadian_codes_are_those_of_the_schedules() -> None:
    known = code_lists.waste_codes()
    sizes = {"ca_leachate": 88, "ca_pop": 12, "ca_schedule_6": 8, "ca_schedule_7": 176, "ca_reason": 16,
             "ca_waste_type": 41, "ca_constituent": 52, "ca_hazard": 14, "ca_phase": 4}
    assert {scheme: len(known[scheme]) for scheme in sizes} == sizes
    assert known["ca_schedule_7"]["E001"].cas == ("75-07-0",)
    assert known["ca_schedule_12"]["K061"].label("fr").startswith("Poussières")
    assert known["ca_leachate"]["L100"].label("fr").startswith("Dibenzo")
    for scheme in sizes:
        for one in known[scheme].values():
            assert one.in_force(datetime.date(2021, 10, 31)) and not one.in_force(datetime.date(2021, 10, 30)), one
    for scheme in known:
        for one in known[scheme].values():
            for cas in one.cas:
                assert check("cas", cas).status == "ok", (one, cas)


def test_a_code_is_checked_on_a_day() -> None:
    day = datetime.date
    said = [check("basel", "A1181", on=on).code for on in (day(2024, 12, 31), day(2025, 1, 1))]
    assert said == ["not_yet", "ok"]
    said = [check("basel", "A1180", on=on).code for on in (day(2024, 12, 31), day(2025, 1, 1))]
    assert said == ["ok", "past"]
    assert [check("y_code", "Y49", on=on).status for on in (day(2024, 12, 31), day(2025, 1, 1))] == ["warn", "ok"]
    assert check("hs", "8548.10", on=day(2021, 12, 31)).status == "ok"
    assert check("hs", "8549.11", on=day(2021, 12, 31)).code == "not_yet"
    assert check("ca_waste", "POP12", on=day(2021, 10, 30)).code == "not_yet"


@pytest.mark.parametrize(("scheme", "text", "status"), [
    ("epa_waste", "K181", "ok"), ("epa_waste", "K012", "warn"), ("epa_waste", "K182", "warn"),
    ("epa_waste", "P205", "ok"), ("epa_waste", "P206", "warn"), ("epa_waste", "U000", "warn"),
    ("ca_waste", "L100", "ok"), ("ca_waste", "L101", "warn"), ("ca_waste", "HAZ8", "ok"), ("ca_waste", "HAZ9", "warn"),
    ("ca_waste", "POP13", "warn"), ("ca_waste", "T140", "ok"), ("ca_waste", "E179", "ok"), ("ca_waste", "E180", "warn"),
    ("iwic", "Q6//R4//S38//C18//H8//A841", "ok"), ("iwic", "Q17//R4//S38//C18//H8//A841", "warn"),
    ("iwic", "Q6//RC3//S38//C0//H0//A841", "ok"), ("iwic", "Q6//R4//S42//C18//H8//A841", "warn"),
    ("creti", "C, Te", "ok"), ("creti", "CRIT", "ok"), ("creti", "CK", "fail")])
def test_codes_are_on_their_lists(scheme: str, text: str, status: str) -> None:
    assert check(scheme, text).status == status


def test_the_letters_of_mexican_characteristics() -> None:
    assert check("creti", "te;c").normalised == "Te, C"
    assert code_lists.waste_codes()["creti"]["Te"].label("es") == "Tóxico ambiental"


def test_ranges_say_what_their_codes_are() -> None:
    found = code_lists.code_range("epa_waste", "P075")
    assert found is not None and found.list == "40 CFR 261.33(e)"
    assert code_lists.code_range("epa_waste", "D001") is None and code_lists.code_range("basel", "P075") is None


def test_lists_know_the_usual_entries() -> None:
    assert code_lists.un_numbers()["UN2794"].startswith("Batteries, wet, filled with acid")
    assert code_lists.management_methods()["H010"].startswith("Metals recovery")
    assert code_lists.mtn_suffixes()["TRN"] == "Training"
    mids = code_lists.maritime_countries()
    assert {mid: mids[mid] for mid in ("316", "345", "303", "338", "366", "369", "358", "379", "477")} == {
        "316": "CA", "345": "MX", "303": "US", "338": "US", "366": "US", "369": "US", "358": "PR", "379": "VI",
        "477": "HK"}
    assert set(mids.values()) <= countries.country_codes()
    assert all(code[:2] in countries.country_codes() for code in code_lists.ports())
    assert code_lists.ports()["MXNLD"].name == "Nuevo Laredo"


@pytest.mark.parametrize(("said", "code"), [
    ("Canada", "CA"), ("canadá", "CA"), ("MEX", "MX"), ("México", "MX"), ("Mexique", "MX"), ("États-Unis", "US"),
    ("EE. UU.", "US"),
    ("U.S.A.", "US"), ("Estados Unidos de América", "US"), ("China", "CN"), ("中国", "CN"), ("Hong Kong", "HK"),
    ("us", "US"), ("Atlantis", None), ("", None), ("EU", None)])
def test_countries_by_name(said: str, code: str | None) -> None:
    assert countries.country_code(said) == code


def test_provinces_and_states() -> None:
    assert countries.subdivision_code("ca-qc") == "CA-QC"
    assert countries.subdivision_code("Nuevo Leon", "MX") == "MX-NLE"
    assert countries.subdivision_code("TX", "US") == "US-TX"
    assert countries.subdivision_code("ZZ", "US") is None
    assert countries.subdivision_name("MX-NLE") == "Nuevo León"
    assert countries.country_name("mx") == "Mexico"


@pytest.mark.parametrize(("quantity", "unit", "kg"), [
    (1, "P", 0.45359237), (1, "T", 907.18474), (2.5, "K", 2.5), (1, "M", 1000), (1, "t", 1000), (10, "lbs", 4.5359237),
    (3, "Short Tons", 2721.55422), (1, "tonelada métrica", 1000), (2, "Kg.", 2), (500, "g", 0.5), (1, "公斤", 1)])
def test_masses_in_kilograms(quantity: float, unit: str, kg: float) -> None:
    assert units.to_kg(quantity, unit) == pytest.approx(kg)


@pytest.mark.parametrize(("unit", "litres"), [("G", 3.785411784), ("L", 1), ("Y", 764.554858), ("N", 1000), ("m³",
                                                                                                             1000),
                                              ("gallons", 3.785411784)])
def test_volumes_need_a_density(unit: str, litres: float) -> None:
    assert units.to_kg(1, unit) is None
    assert units.to_kg(1, unit, density=1.2) == pytest.approx(1.2 * litres)


def test_units_that_are_none_and_units_that_compare() -> None:
    assert units.to_kg(1, "drums") is None and units.unit("") is None
    assert units.comparable("P", "kg") and units.comparable("G", "L")
    assert not units.comparable("G", "kg") and not units.comparable("kg", "drums")


@given(st.text(max_size=30))
def test_no_text_makes_a_look_up_stumble(text: str) -> None:
    units.unit(text)
    countries.country_code(text)
    countries.subdivision_code(text, "CA")
    code_lists.substance(text)


def test_what_indicators_look_for_holds_between_its_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = [("old", "zone", "2001-01-01", "2010-12-31"), ("new", "zone", "2011-01-01", ""), ("1.5", "kg", "", "")]
    monkeypatch.setattr(watch_lists, "rows", lambda name: [
        {"entry": entry, "list": name_, "valid_from": start, "valid_to": end, "note": ""}
        for entry, name_, start, end in kept])
    for function in (watch_lists._entries, watch_lists.entries, watch_lists.sizes, watch_lists.words):
        function.cache_clear()
    try:
        assert watch_lists.entries("zone", datetime.date(2010, 12, 31)) == {"old"}
        assert watch_lists.entries("zone", datetime.date(2011, 1, 1)) == {"new"}
        assert watch_lists.sizes("kg") == (1.5,)
        assert watch_lists.words("zone", datetime.date(2011, 1, 1)).search("the new port")
        assert not watch_lists.words("zone", datetime.date(2011, 1, 1)).search("renewal")
    finally:
        for function in (watch_lists._entries, watch_lists.entries, watch_lists.sizes, watch_lists.words):
            function.cache_clear()


def test_every_watch_list_that_is_asked_for_is_there() -> None:
    names = {row["list"] for row in code_lists.rows("watch_lists.csv")}
    asked = {"mail_drop_kind", "mail_drop_words", "no_facility_kind", "secrecy_jurisdiction", "free_zone_port",
             "free_zone_words", "cylinder_kg"}
    assert names == asked
    assert all(one in countries.country_codes() for one in watch_lists.entries("secrecy_jurisdiction"))
    assert watch_lists.sizes("cylinder_kg")[0] == 4.5


def test_hs_codes_are_those_of_the_harmonized_system(samples: Path) -> None:
    with (samples / "codes" / "harmonized-system.csv").open(encoding="utf-8", newline="") as stream:
        known = {row["hscode"] for row in csv.DictReader(stream)}
    now = {code for code, one in hs_codes().items() if one.in_force(datetime.date(2022, 1, 1))}
    assert now - known == set()


def test_substances_are_declared_under_listed_codes() -> None:
    for one in code_lists.substances():
        assert one.hs in hs_codes() and hs_codes()[one.hs].in_force(datetime.date(2022, 1, 1)), one


def test_the_substances_of_the_canadian_schedule() -> None:
    """SOR/2016-137 Schedule 1: ozone depletion of Tables 1 to 3 and warming of Table 4, a few of each."""
    expected = {"CFC-113": (0.8, 6130), "Halon 2402": (6.0, 1640), "HCFC-225ca": (0.025, None),
                "HCFC-235": (0.52, None), "HFC-143": (0, 353), "HFC-236ea": (0, 1370), "HFC-245ca": (0, 693),
                "HFC-43-10mee": (0, 1640)}
    found = {name: code_lists.substance(name) for name in expected}
    assert {name: (one.odp, one.gwp) for name, one in found.items() if one is not None} == expected


@pytest.mark.parametrize(("said", "same", "interim", "kind"), [
    ("DC15", "DC1", False, "disposal"), ("DC17", "D15", True, "disposal"), ("RC14", "RC1", False, "recovery"),
    ("rc 16", "RC3", True, "recovery"), ("R13", "R13", True, "recovery"), ("D01", "D1", False, "disposal"),
    ("H010", "R4", False, "recovery"), ("H141", "R13", True, "recovery"), ("X9", "X9", False, "")])
def test_operations_across_the_border(said: str, same: str, interim: bool, kind: str) -> None:
    assert (operations.operation(said), operations.is_interim(said), operations.kind_of(said)) == (same, interim, kind)


def test_interim_operations_are_those_of_the_definition() -> None:
    known = {code for code in code_lists.waste_codes()["operation"] if operations.is_interim(code)}
    assert known == {"D13", "D14", "D15", "R12", "R13", "RC3", "DC17", "RC16"}
