"""Signs from what was measured, counted and painted: RI-38, RI-40, RI-45 and RI-47 with their dated lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from ewglink.reference.breeding import cannot_be, source_letter
from ewglink.reference.cylinder_colours import convention_ended, of_its_colour
from ewglink.reference.hs_codes import expected_hs
from ewglink.reference.parameters import parameters
from ewglink.reference.refrigerants import named
from ewglink.reference.saturation import absolute_kpa, saturated
from ewglink.rules.beside import RowsSource
from ewglink.rules.contract import Missing, Setting
from ewglink.rules.indicators import INDICATORS
from ewglink.rules.scoring import Score, _take
from ewglink.rules.surroundings import Surroundings
from tests.rules.made_trade import AS_OF, World
from tests.rules.test_signs_b import dated, gas, id_of, lacks, loaded, s, say, seen

PER_PSI, ONE_ATMOSPHERE = 6.894757, 101.325


def measured(pressure: float | None, unit: str | None = "kPa abs", celsius: float | None = 25.0,
             declared: str = "R-134a", **line: Any) -> World:
    """R-134a under HS 290345, or another substance under a code that no list compares."""
    hs = "290345" if declared == "R-134a" else None
    return gas(declared, line={"hs": hs, "pressure": pressure, "pressure_unit": unit, "temperature_c": celsius, **line})


# Published tables of refrigerants: temperature in °C, kPa absolute (of R-404A the dew point).
PUBLISHED = [("R-134a", 25, 666.06), ("R-134a", 40, 1017.61), ("R-22", 25, 1044.0), ("R-22", 45, 1729.0),
             ("R-22", -20, 245.3), ("R-404A", 25, 1241.8), ("R-404A", -10, 432.1), ("R-507A", 40, 1874.0)]


@pytest.mark.parametrize(("number", "celsius", "kpa"), PUBLISHED)
def test_pressures_are_those_of_published_tables(number: str, celsius: float, kpa: float) -> None:
    found = saturated(named(number)[0], celsius)
    assert found is not None and found[0] == pytest.approx(kpa, rel=0.015)


def test_between_two_lines_and_beyond_them() -> None:
    r22 = named("R-22")[0]
    below, between, above = (saturated(r22, one) for one in (20.0, 22.5, 25.0))
    assert below and between and above and below[0] < between[0] < above[0]
    assert between[0] < (below[0] + above[0]) / 2  # the curve bends upwards
    assert saturated(r22, 60.0) is not None and saturated(r22, 60.1) is None and saturated(r22, -20.1) is None
    assert saturated(named("R-23")[0], 30.0) is None  # above its critical point
    assert saturated(named("halon 1301")[0], 20.0) is None  # no source


@pytest.mark.parametrize(("value", "unit", "kpa"), [
    (100, "psig", [100 * PER_PSI + ONE_ATMOSPHERE]), (100, "psi a", [100 * PER_PSI]), (5, "bar(g)", [601.325]),
    (5, "Bar abs.", [500]), (0.5, "MPa absolue", [500]), (5, "bar manométrica", [601.325]),
    (500, "kPa", [500, 601.325]), (5, "kg/cm²", [490.3325, 591.6575]), (5, "stone", []), (5, "", []),
    (5, "psi of the line", [])])
def test_pressures_are_read_as_gauge_or_absolute_or_either(value: float, unit: str, kpa: list[float]) -> None:
    assert list(absolute_kpa(value, unit)) == pytest.approx(kpa)


def test_ri_38_a_pressure_that_is_not_of_what_was_declared() -> None:
    saturation = 665.4  # R-134a at 25 °C
    assert s(measured(saturation), "RI-38") == 0
    assert s(measured(saturation * 1.0999), "RI-38") == 0
    assert s(measured(saturation * 1.1001), "RI-38") == 1
    assert s(measured(saturation * 0.9001), "RI-38") == 0
    assert s(measured(saturation * 0.8999), "RI-38") == 1
    assert s(measured(1043.9), "RI-38") == 1
    assert s(measured((saturation - ONE_ATMOSPHERE) / PER_PSI, "psig"), "RI-38") == 0
    assert s(measured((1043.9 - ONE_ATMOSPHERE) / PER_PSI, "psig"), "RI-38") == 1
    # 650 kPa may be 650 or 751 absolute: the first is that of R-134a; of 535 the second is.
    assert s(measured(650, "kPa"), "RI-38") == 0 and s(measured(535, "kPa"), "RI-38") == 0
    assert s(measured(535, "kPa abs"), "RI-38") == 1


def test_ri_38_says_what_was_measured() -> None:
    found = seen(measured(1043.9), "RI-38")
    assert found is not None and not isinstance(found, Missing)
    assert found.values["against"] == ["pressure"] and found.values["declared"] == "HFC-134a"
    assert found.values["pressure_kpa"] == [1043.9] and found.values["saturated_kpa"] == [665.4]


def test_ri_38_of_a_blend_between_dew_and_bubble() -> None:
    dew, bubble = 1019.5, 1187.0  # R-407C at 25 °C, roughly
    for kpa, strength in ((dew, 0), (bubble, 0), (dew * 0.85, 1), (bubble * 1.15, 1)):
        assert s(measured(kpa, declared="R-407C"), "RI-38") == strength


def test_ri_38_of_a_cylinder() -> None:
    world = gas()
    world.item("K1", "container", cylinder_serial="7", pressure=1043.9, pressure_unit="kPa abs", temperature_c=25)
    world.tie("carried_in", "M1", "K1")
    assert s(world, "RI-38") == 1
    say(world, "K1", pressure=665.4)
    assert s(world, "RI-38") == 0


@pytest.mark.parametrize("world", [
    lambda: measured(None, declared="R-22"), lambda: measured(900, None, declared="R-22"),
    lambda: measured(900, celsius=None, declared="R-22"), lambda: measured(900, "stone", declared="R-22"),
    lambda: measured(900, declared="halon 1301"), lambda: measured(900, celsius=90.0, declared="R-22")])
def test_ri_38_without_all_that_a_pressure_needs(world: Any) -> None:
    assert lacks(world(), "RI-38")


def painted(colour: str, arrival: str = "2019-12-31", declared: str = "R-22") -> World:
    world = gas(declared, line={"hs": None, "cylinder_colour": colour})
    say(world, "M1", arrival=arrival)
    return world


@pytest.mark.parametrize("colour", ["light green", "Vert clair", "verde claro", "PMS 352", "浅绿色"])
def test_ri_40_the_colour_of_the_convention(colour: str) -> None:
    assert s(painted(colour), "RI-40") == 0


@pytest.mark.parametrize("colour", ["light blue", "blanc", "naranja", "PMS 177", "白色"])
def test_ri_40_another_colour(colour: str) -> None:
    assert s(painted(colour), "RI-40") == 0.5


def test_ri_40_a_colour_proves_nothing_after_the_convention() -> None:
    assert convention_ended() == date(2019, 12, 31)
    found = seen(painted("blue", "2020-01-01"), "RI-40")
    assert isinstance(found, Missing) and "2019" in found.why
    score = Score(1, "party")
    _take(score, INDICATORS.get("RI-40"), found)
    assert score.why == {"RI-40": found.why} and score.coverage == 0
    bare = seen(gas("R-22", line={"hs": None}), "RI-40")
    assert isinstance(bare, Missing) and not bare.why


@pytest.mark.parametrize(("colour", "arrival", "declared"), [
    ("blue", "2015-01-01", "R-134a"),  # whose colour no source confirmed
    ("light green-grey", "2017-01-01", "R-22"), ("RAL 7044", "2017-01-01", "R-22"),  # any cylinder, since 2016
    ("grey with yellow shoulder", "2015-01-01", "R-22"),  # recovered
    ("faded", "2015-01-01", "R-22"), ("blue", "", "R-22")])
def test_ri_40_colours_that_tell_nothing(colour: str, arrival: str, declared: str) -> None:
    assert isinstance(seen(painted(colour, arrival, declared), "RI-40"), Missing) or not arrival


def test_a_colour_needs_a_day() -> None:
    assert of_its_colour(named("R-22"), "blue", None) is None
    assert of_its_colour(named("R-22"), "blue", date(2015, 1, 1)) is False


def beasts(species: str, code: str | None, on: str = "2024-08-01", permit: dict[str, Any] | None = None) -> World:
    world = World()
    world.load("M1", ship_date=on, delivered_date=None, cross_date=None, hs="010619", line={
        "hs": None, "epa_waste": None, "un": None, "us_consent_no": None, "quantity": None, "quantity_received": None})
    world.item("X1", "specimen", name=species, source_code=code)
    world.tie("contains", "M1", "X1")
    if permit is not None:
        world.item("C1", "consent", cites_permit="MX-1", **permit)
        world.tie("permitted_by", "M1", "C1")
    return world


@pytest.mark.parametrize(("species", "code", "strength"), [
    ("Manis javanica", "C", 0.5), ("Manis javanica", "D – Appendix I, bred", 0.5), ("Manis javanica", "F", 0),
    ("Manis javanica", "W", 0), ("European eel", "F", 0.5), ("Narwhal", "c", 0.5), ("Phocoena sinus", "C", 0.5),
    ("Totoaba macdonaldi", "C", 0), ("Python regius", "C", 0)])
def test_ri_45_bred_though_nobody_breeds_it(species: str, code: str, strength: float) -> None:
    assert s(beasts(species, code), "RI-45") == strength


def test_ri_45_the_source_code_of_the_permit() -> None:
    assert s(beasts("Manis javanica", None, permit={"source_code": "C"}), "RI-45") == 0.5
    assert s(beasts("Manis javanica", "W", permit={"source_code": "C"}), "RI-45") == 0
    named_there = {"source_code": "C", "species_name": "Smutsia gigantea"}
    assert s(beasts("Python regius", "W", permit=named_there), "RI-45") == 0.5


def test_ri_45_a_case_says_of_its_own_species_that_nobody_breeds_it() -> None:
    world = beasts("Python regius", "C")
    world.item("S9", "species", scientific_name="Python regius")
    world.tie("specimen_of", "X1", "S9")
    assert s(world, "RI-45") == 0
    say(world, "S9", no_captive_breeding=True)
    assert s(world, "RI-45") == 0.5


def test_ri_45_without_a_source_code_nothing_is_said_of_breeding() -> None:
    world = beasts("Manis javanica", None, permit={})
    assert lacks(world, "RI-45")


def test_the_list_of_breeding_goes_by_genus_or_species() -> None:
    assert cannot_be("Phataginus tricuspis", "C") and not cannot_be("Anguilla japonica", "C")
    assert source_letter("C") == "C" and source_letter("captive") == "" and source_letter("") == ""


def boxes(*kilograms: float, term: str = "LIV", **last: Any) -> World:
    """Loads of ten specimens each, the last exported by P09, who has no other."""
    world = World()
    world.party("P09")
    for at, kg in enumerate(kilograms):
        world.load(f"M{at}", exporter="P09" if at == len(kilograms) - 1 else "P01", hs="010620", gross_kg=kg,
                   line={"hs": None, "epa_waste": None, "un": None, "us_consent_no": None, "quantity": None,
                         "quantity_received": None})
        world.item(f"X{at}", "specimen", name="Python regius", quantity=10, unit="specimens", specimen_term=term)
        world.tie("contains", f"M{at}", f"X{at}")
    say(world, f"X{len(kilograms) - 1}", **last)
    return world


USUAL = (18.0, 19.0, 20.0, 20.0, 21.0, 22.0, 23.0)
"""With an eighth box of at least 20.5 kg, 20.0 and 21.0 are in the middle: the median is 20.5 kg for ten."""


def test_ri_45_a_box_too_heavy_for_its_count() -> None:
    # With x the heaviest: median 20.5; distances 2.5 1.5 .5 .5 .5 1.5 2.5 and x's: MAD 1.5.
    edge = 20.5 + 3.5 * 1.5 / 0.6745  # 28.284
    assert s(boxes(*USUAL, edge + 0.01), "RI-45", "P09") == 0.5
    assert s(boxes(*USUAL, edge - 0.01), "RI-45", "P09") == 0
    assert s(boxes(*USUAL[1:], 60.0), "RI-45", "P09") == 0  # seven peers


@pytest.mark.parametrize("last", [{"quantity": None}, {"unit": "kg"}, {"specimen_term": "SKI"},
                                  {"name": "Python sebae"}, {"quantity": 0}])
def test_ri_45_a_box_that_cannot_be_compared(last: dict[str, Any]) -> None:
    world = boxes(*USUAL, 22.0, 60.0, **last)
    found = seen(world, "RI-45", "P09")
    assert found is None or isinstance(found, Missing)
    assert s(boxes(*USUAL, 22.0, 60.0), "RI-45", "P09") == 0.5


def slices(amount: float, currency: str | None, changed: dict[str, float] | None = None) -> float:
    world = loaded(importer="P02", value=100_000, currency="USD")
    for at in range(3):
        dated(world, "paid", "P02", "P01", str(date(2024, 8, 1) + timedelta(days=at)), amount=amount,
              currency=currency, reference="rent")
    trade = world.trade()
    setting = Setting(AS_OF, replace(parameters(), changed=changed))
    found = INDICATORS.get("RI-47").of(trade.parties[id_of(world, "P02")], trade,
                                       Surroundings(trade, RowsSource(world.rows)), setting)
    assert not isinstance(found, Missing)
    return 0.0 if found is None else found.s


@pytest.mark.parametrize("currency", ["USD", "CAD", "MXN", None])
def test_ri_47_slices_below_the_limit_of_the_currency(currency: str | None) -> None:
    assert slices(9_000, currency) == 0.5 and slices(9_999.99, currency) == 0.5
    assert slices(8_999.99, currency) == 0 and slices(10_000, currency) == 0


def test_ri_47_a_case_has_its_own_limit() -> None:
    assert slices(18_500, "CAD", {"cash_report:CA": 20_000}) == 0.5
    assert slices(18_500, "USD", {"cash_report:CA": 20_000}) == 0
    assert slices(9_500, "MXN", {"cash_report:*": 500_000}) == 0
    limit = parameters().find("cash_report", "US", date(2024, 1, 1))
    assert limit is not None and limit.value == 10_000 and "1010.311" in limit.source


def test_codes_to_be_expected_are_those_in_force() -> None:
    assert expected_hs({"UN2794"}, date(2021, 12, 31)) == {"854810"}
    assert expected_hs({"UN2794"}, date(2022, 1, 1)) == {"854911"}
    assert expected_hs({"K061", "UN2794"}, date(2023, 1, 1)) == {"854911", "262029", "262021"}
    assert expected_hs({"UN9999"}) == frozenset()
