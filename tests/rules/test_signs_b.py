"""Indicators RI-26 to RI-50: each there, at its threshold not there, and not evaluable."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import exp, factorial
from typing import Any

import pytest

from ewglink.reference.parameters import parameters
from ewglink.rules.beside import RowsSource
from ewglink.rules.contract import Missing, Setting
from ewglink.rules.indicators import INDICATORS, Seen
from ewglink.rules.rows import Tie
from ewglink.rules.signs.ri_46_communication_burst import poisson_tail
from ewglink.rules.surroundings import Surroundings
from tests.rules.made_trade import AS_OF, World

MINE = [f"RI-{number}" for number in range(26, 51)]
SEA = (25.0, -90.0)
"""In the Gulf of Mexico, far from ports and coasts."""


def id_of(world: World, ref: str) -> int:
    return next(row.id for row in world.rows.items.values() if row.ref == ref)


def seen(world: World, key: str, subject: str = "P01") -> Seen:
    trade = world.trade()
    around = Surroundings(trade, RowsSource(world.rows))
    item = id_of(world, subject)
    indicator = INDICATORS.get(key)
    known: Any = trade.parties if indicator.over == "party" else around.vessels
    return indicator.of(known[item], trade, around, Setting(AS_OF, parameters()))


def s(world: World, key: str, subject: str = "P01") -> float:
    """How strong it is; 0 where there is none."""
    found = seen(world, key, subject)
    assert not isinstance(found, Missing), found
    return 0.0 if found is None else found.s


def lacks(world: World, key: str, subject: str = "P01") -> bool:
    return isinstance(seen(world, key, subject), Missing)


def say(world: World, ref: str = "P01", **values: Any) -> None:
    world.rows.values[id_of(world, ref)] |= values


def dated(world: World, kind: str, a: str, b: str, start: str | None, end: str | None = None, **said: Any) -> None:
    """A link with its time."""
    world.tie(kind, a, b, **said)
    last = world.rows.ties.pop()
    world.rows.ties.append(Tie(last.id, kind, last.a, last.b, start, end, 0))


def event(world: World, ref: str, kind: str, start: str, who: str = "P01", role: str = "subject", **more: Any) -> None:
    world.item(ref, "event", event_kind=kind, start=start, **more)
    world.tie("participated_in", who, ref, role=role)


def loaded(**values: Any) -> World:
    world = World()
    world.load(**values)
    return world


def ship(**values: Any) -> World:
    world = World()
    world.item("V1", "vessel", **values)
    return world


def track(world: World, vessel: str, spots: list[tuple[float, float, float, float | None]]) -> None:
    """Positions: hours since the beginning of 2024, latitude, longitude, knots."""
    for at, (hour, latitude, longitude, speed) in enumerate(spots):
        when = datetime(2024, 1, 1) + timedelta(hours=hour)
        event(world, f"{vessel}-{at}", "position", when.isoformat() + "Z", vessel, latitude=latitude,
              longitude=longitude, speed_knots=speed)


def gas(declared: str = "R-134a", **values: Any) -> World:
    """A load of a refrigerant from P01 to its importer P02."""
    line = {"epa_waste": None, "un": None, "hazard_class": None, "us_consent_no": None, "hs": "290345",
            "description": declared, **values.pop("line", {})}
    return loaded(line=line, importer="P02", arrival="2024-03-01", **values)


@pytest.mark.parametrize("key", MINE)
def test_a_party_that_does_nothing_shows_nothing(key: str) -> None:
    world = ship()
    world.party("P99", None)
    found = seen(world, key, "P99" if INDICATORS.get(key).over == "party" else "V1")
    assert found is None or isinstance(found, Missing)


def balances(first: int, *others: int) -> World:
    world = World(quantity=first)
    for at, quantity in enumerate(others):
        world.load(f"M{at}", ship_date=f"2024-08-{at + 1:02d}",
                   line={"quantity": quantity, "quantity_received": quantity})
    return world


def test_ri_26_more_than_two_in_five_just_under_what_is_left() -> None:
    # Left before each: 100,000, 9,000, 900, 90, 9; the first three are 91, 90 and 90 % of it.
    assert s(balances(100_000, 91_000, 8_100, 810, 1, 1), "RI-26") == pytest.approx(3 / 5)
    assert s(balances(100_000, 91_000, 8_100, 1, 1, 1), "RI-26") == 0  # exactly 40 %
    assert s(balances(100_000, 91_000, 8_100, 810, 1), "RI-26") == 0  # fewer than five
    assert lacks(loaded(line={"unit": None}), "RI-26")


def drawn(*draws: tuple[str, int]) -> World:
    world = World(valid_from="2024-01-01", valid_to="2024-12-31", quantity=100_000)
    for at, (day, quantity) in enumerate(draws):
        world.load(f"M{at}", ship_date=day, line={"quantity": quantity})
    return world


def test_ri_27_burned_before_half_or_only_at_the_end() -> None:
    # 20 t every ten days: 100 t after some fifty days of 365.
    assert s(drawn(("2024-01-11", 20_000), ("2024-01-21", 20_000), ("2024-01-31", 20_000)), "RI-27") == 1
    assert s(drawn(("2024-01-01", 10_000), ("2024-02-01", 10_000), ("2024-03-01", 10_000)), "RI-27") == 0
    late = (("2024-12-02", 10), ("2024-12-06", 10))
    assert s(drawn(("2024-11-25", 10), *late), "RI-27") == 1  # 329 of 365 days: 90.1 %
    assert s(drawn(("2024-11-24", 10), *late), "RI-27") == 0  # 328 of 365 days: 89.9 %
    assert lacks(drawn(("2024-01-11", 20_000), ("2024-01-21", 20_000), ("", 20_000)), "RI-27")


def recycled(made: float) -> World:
    world = loaded(line={"quantity": 20_000, "quantity_received": 20_000})
    world.load("M2", exporter="P02", receiver="P01", line={"hs": "780110", "quantity": made, "un": None,
                                                            "quantity_received": None, "epa_waste": None})
    return world


def test_ri_28_yield_of_lead_and_capacity() -> None:
    assert s(recycled(13_001), "RI-28", "P02") == 1
    assert s(recycled(13_000), "RI-28", "P02") == 0  # exactly 65 %
    assert s(recycled(10_999), "RI-28", "P02") == 1
    assert lacks(loaded(), "RI-28", "P02")
    world = loaded()
    say(world, "P02", capacity_kg=19_999)
    assert s(world, "RI-28", "P02") == 1
    say(world, "P02", capacity_kg=20_000)
    assert s(world, "RI-28", "P02") == 0


def nights(hour: int, parties: int = 8) -> World:
    world = loaded(carrier=None, cross_date=f"2024-08-01T{hour:02d}:30:00-05:00")
    for at in range(1, parties):
        world.party(f"Q{at}")
        world.load(f"MQ{at}", exporter=f"Q{at}", carrier=None, cross_date="2024-08-01T12:00:00-05:00")
    return world


def test_ri_29_nights_against_the_corridor() -> None:
    assert s(nights(23), "RI-29") == 1
    assert s(nights(12), "RI-29") == 0
    assert lacks(nights(23, parties=7), "RI-29")  # too few to compare with
    assert lacks(loaded(cross_date="2024-08-01"), "RI-29")  # no hour


def test_ri_30_authority_and_vehicles() -> None:
    world = loaded()
    assert lacks(world, "RI-30", "P06")
    say(world, "P06", nra="ABC123")
    assert s(world, "RI-30", "P06") == 0
    for issued, strength in (("2024-05-04", 1), ("2024-05-03", 0)):  # 89 and 90 days before 1 August
        fresh = loaded()
        fresh.item("C1", "consent", issued=issued)
        fresh.tie("holds", "P06", "C1")
        assert s(fresh, "RI-30", "P06") == strength
    world.item("T1", "vehicle", plate="AB1234")
    world.tie("carried_by", "M1", "T1")
    world.party("P90")
    world.tie("owns", "P90", "T1")
    assert s(world, "RI-30", "P06") == 1
    world.tie("controls", "P06", "P90")
    assert s(world, "RI-30", "P06") == 0


def boxed(number: str = "CSQU3054383") -> World:
    world = loaded()
    world.item("K1", "container", iso6346=number)
    world.tie("carried_in", "M1", "K1", seals=["S-1"])
    return world


def test_ri_31_containers_seals_and_scales() -> None:
    assert lacks(loaded(), "RI-31")
    assert s(boxed(), "RI-31") == 0
    assert s(boxed("CSQU3054384"), "RI-31") == 1
    world = boxed()
    world.load("M2", ship_date="2024-09-01", delivered_date="2024-09-05")
    world.item("K2", "container", iso6346="MSKU0000000")
    world.tie("carried_in", "M2", "K1", seals=["S-1"])
    found = seen(world, "RI-31")
    assert found is not None and not isinstance(found, Missing) and found.values["reason"] == "seal used twice"
    for kilograms, strength in ((22_000, 0), (22_001, 1)):
        weighed = loaded()
        weighed.item("D1", "document", document_type="weight ticket", net_kg=kilograms)
        weighed.tie("documented_by", "M1", "D1")
        assert s(weighed, "RI-31") == strength


def test_ri_32_what_cannot_have_happened() -> None:
    assert s(loaded(delivered_date="2024-07-31"), "RI-32") == 1
    assert s(loaded(delivered_date="2024-08-01"), "RI-32") == 0
    assert lacks(loaded(ship_date=None, delivered_date=None), "RI-32")
    world = loaded()
    world.item("T1", "vehicle", plate="AB1234")
    world.tie("carried_by", "M1", "T1")
    world.load("M2", ship_date="2024-08-04", delivered_date="2024-08-08")
    world.tie("carried_by", "M2", "T1")
    assert s(world, "RI-32") == 1


def flags(*since: tuple[str, str]) -> World:
    world = ship()
    for at, (country, start) in enumerate(since):
        world.item(f"L{at}", "location", country=country, name=country)
        dated(world, "flagged_in", "V1", f"L{at}", start)
    return world


def test_ri_33_changes_of_flag() -> None:
    three = (("PA", "2020-01-01"), ("LR", "2022-01-01"), ("MH", "2023-12-31"))
    assert s(flags(*three), "RI-33", "V1") == pytest.approx(2 / 3)
    assert s(flags(*three[:2], ("MH", "2024-01-02")), "RI-33", "V1") == 0  # 731 days apart
    assert lacks(ship(flag="PA"), "RI-33", "V1") is True
    for held, strength in (("2021-12-03", 1 / 3), ("2021-12-02", 0)):  # 29 and 30 days before
        world = flags(*three[:2])
        event(world, "E1", "detention", held, "V1")
        assert s(world, "RI-33", "V1") == pytest.approx(strength)


def test_ri_34_hours_without_a_report() -> None:
    for hours, strength in ((12.0, 0.0), (13.0, 13 / 48), (60.0, 1.0)):
        world = ship()
        track(world, "V1", [(0, *SEA, 10.0), (hours, SEA[0] + 1.0, SEA[1], 10.0)])
        assert s(world, "RI-34", "V1") == pytest.approx(strength)
    jump = ship()
    track(jump, "V1", [(0, *SEA, 10.0), (13, SEA[0] - 40.0, SEA[1], 10.0)])
    assert s(jump, "RI-34", "V1") == 0  # no ship is that fast: another one's position
    assert lacks(ship(), "RI-34", "V1")


def test_ri_35_numbers_of_a_vessel() -> None:
    good = {"imo_ship": "9074729", "flag": "CA", "mmsi": "316001234"}
    assert s(ship(**good), "RI-35", "V1") == 0
    assert s(ship(**{**good, "flag": "PA"}), "RI-35", "V1") == 1
    assert s(ship(**{**good, "imo_ship": "9074728"}), "RI-35", "V1") == 1
    assert s(ship(**{**good, "imo_ship": None}), "RI-35", "V1") == 1
    assert lacks(ship(), "RI-35", "V1")
    twin = ship(**good)
    twin.item("V2", "vessel", **{**good, "imo_ship": "9176187"})
    assert s(twin, "RI-35", "V1") == 1


def beside(hours: float, apart: float) -> World:
    world = ship()
    world.item("V2", "vessel")
    steps = int(hours * 4) + 1
    track(world, "V1", [(at / 4, *SEA, 0.5) for at in range(steps)])
    track(world, "V2", [(at / 4, SEA[0] + apart / 111.195, SEA[1], 0.5) for at in range(steps)])
    return world


def test_ri_36_two_vessels_side_by_side() -> None:
    assert s(beside(4.25, 0.49), "RI-36", "V1") == 1
    assert s(beside(4.0, 0.49), "RI-36", "V1") == 0
    assert s(beside(4.25, 0.51), "RI-36", "V1") == 0
    assert lacks(ship(), "RI-36", "V1")
    told = beside(1, 0.49)
    told.tie("sts_with", "V1", "V2")
    assert s(told, "RI-36", "V2") == 1


def test_ri_37_one_ship_companies_and_new_managers() -> None:
    world = ship()
    world.party("O1", "PA")
    world.tie("owns", "O1", "V1")
    assert s(world, "RI-37", "V1") == 0.5
    world.party("G1")
    world.party("G2")
    dated(world, "manages", "G1", "V1", "2020-01-01")
    dated(world, "manages", "G2", "V1", "2024-01-01")  # 365 days before
    assert s(world, "RI-37", "V1") == 1
    world.item("V2", "vessel")
    world.tie("owns", "O1", "V2")
    assert s(world, "RI-37", "V1") == 0.5
    assert lacks(ship(), "RI-37", "V1")
    open_to_all = ship()
    open_to_all.party("O1", "CA")
    open_to_all.tie("owns", "O1", "V1")
    assert s(open_to_all, "RI-37", "V1") == 0
    dated(open_to_all, "manages", "O1", "V1", "2020-01-01")
    open_to_all.party("G2")
    dated(open_to_all, "manages", "G2", "V1", "2023-12-31")  # 366 days before
    assert s(open_to_all, "RI-37", "V1") == 0


def test_ri_38_name_and_numbers() -> None:
    assert s(gas("R-134a", line={"hs": "290345"}), "RI-38") == 0
    assert s(gas("R-134a", line={"hs": "290371"}), "RI-38") == 1
    assert s(gas("R-134a", line={"un": "UN3159"}), "RI-38") == 0
    assert s(gas("R-134a", line={"un": "UN1018"}), "RI-38") == 1
    assert s(gas("R-134a", lab_result="R-22"), "RI-38") == 1
    assert lacks(gas("gas", line={"hs": "290345"}), "RI-38")


def allowed(tonnes: float, holder: str = "P02") -> World:
    """20,000 kg of R-134a (GWP 1430): 28,600 t of exchange value, imported by P02."""
    world = gas()
    world.item("A1", "allowance", year=2024, allowance_mteve=tonnes)
    world.tie("holds", holder, "A1")
    return world


def test_ri_39_an_allowance_used_up_early() -> None:
    assert s(allowed(28_600 / 0.9 - 1), "RI-39", "P02") == 1
    assert s(allowed(28_600 / 0.9 + 1), "RI-39", "P02") == 0
    assert lacks(gas(), "RI-39", "P02")
    other = allowed(1_000_000, "P06")
    other.tie("permitted_by", "M1", "A1")
    assert lacks(other, "RI-39", "P02")
    other.tie("controls", "P02", "P06")
    assert s(other, "RI-39", "P02") == 1


def test_ri_40_cylinders() -> None:
    assert s(gas(line={"container_type": "disposable cylinder DOT-39"}), "RI-40") == 0.5
    assert s(gas(line={"container_type": "refillable cylinder"}), "RI-40") == 0
    assert lacks(gas(), "RI-40")
    for found, strength in (("HFC-134a", 0), ("R-22", 0.5)):
        sampled = gas()
        sampled.item("B1", "substance", name=found)
        sampled.tie("contains", "M1", "B1", declared="R-134a", found=found)
        assert s(sampled, "RI-40") == strength
    world = gas(line={"container_type": "disposable cylinder"})
    for ref in ("K1", "K2"):
        world.item(ref, "container", cylinder_serial="55 501")
        world.tie("carried_in", "M1", ref)
    assert s(world, "RI-40") == 1


def test_ri_41_recovered_by_nobody() -> None:
    world = gas("R-22 recovered", line={"hs": "290371"})
    say(world, "P02", roles=["importer"])
    assert lacks(world, "RI-41")
    say(world, "P02", roles=["reclaimer"])
    assert s(world, "RI-41") == 1
    for capacity, strength in ((19_999, 1), (20_000, 0)):
        say(world, "P01", roles=["reclaimer"], capacity_kg=capacity)
        assert s(world, "RI-41") == strength


def test_ri_42_scrap_as_goods() -> None:
    def told(text: str | None) -> World:
        return loaded(line={"hs": "847130", "description": text})

    assert s(told("laptops, failed functionality test, loose, mixed"), "RI-42") == 1
    assert s(told("laptops, untested"), "RI-42") == 0.5
    assert s(told("laptops, new"), "RI-42") == 0
    assert lacks(told(None), "RI-42")


def test_ri_43_batteries() -> None:
    def told(received: int | None, text: str | None = "batteries") -> World:
        return loaded(line={"description": text, "quantity_received": received})

    assert s(told(17_999), "RI-43") == 0.5
    assert s(told(18_000), "RI-43") == 0  # exactly 10 %
    assert s(told(20_000, "drained batteries"), "RI-43") == 0.5
    assert s(told(20_000, "drained batteries, acid neutralized"), "RI-43") == 0
    assert lacks(told(None, None), "RI-43")


def engine(**values: Any) -> World:
    world = World()
    world.item("N9", "engine", **values)
    world.item("E9", "event", event_kind="import", start="2024-05-01")
    world.tie("participated_in", "N9", "E9")
    world.tie("participated_in", "P02", "E9", role="importer")
    return world


def test_ri_44_engines() -> None:
    good = {"engine_family": "RABCS.225ABC".replace(".", "1"), "model_year": 2024, "label_present": "yes"}
    assert s(engine(**good), "RI-44", "P02") == 0
    assert s(engine(**{**good, "model_year": 2023}), "RI-44", "P02") == 0.5
    assert s(engine(**{**good, "engine_family": "RABC", "label_present": "no"}), "RI-44", "P02") == 1
    assert lacks(engine(), "RI-44", "P02")


def parcels(count: int, days: int) -> World:
    world = World()
    for at in range(count):
        world.load(f"M{at}", ship_date=str(date(2024, 1, 1) + timedelta(days=days * at)), hs="010620", line={
            "hs": None, "epa_waste": None, "un": None, "us_consent_no": None, "quantity": 2})
        world.item(f"X{at}", "specimen", name="Python regius")
        world.tie("contains", f"M{at}", f"X{at}")
    return world


def test_ri_45_small_parcels_and_adverts() -> None:
    assert s(parcels(3, 45), "RI-45") == 0.5  # 90 days from the first to the third
    assert s(parcels(3, 46), "RI-45") == 0
    assert s(parcels(2, 1), "RI-45") == 0
    world = parcels(3, 45)
    world.item("U1", "account", account_kind="marketplace")
    world.tie("has_account", "P01", "U1")
    world.tie("advertises", "U1", "X0")
    assert s(world, "RI-45") == 1
    unknown = parcels(1, 1)  # of no weight, and of a species whose range is not listed
    say(unknown, "M0.1", quantity=None)
    unknown.item("C1", "consent", cites_permit="MX-1")
    unknown.tie("permitted_by", "M0", "C1")
    assert lacks(unknown, "RI-45")


def calls(burst: int, others: int = 100) -> World:
    world = loaded(cross_date="2024-08-01T12:00:00Z")
    for ref in ("U1", "U2"):
        world.item(ref, "account", account_kind="phone")
    world.tie("has_account", "P01", "U1")
    for at in range(others):
        when = datetime(2024, 8, 3) + timedelta(hours=2 * at)
        dated(world, "called", "U1", "U2", when.isoformat() + "Z")
    for at in range(burst):
        when = datetime(2024, 8, 1, 6) + timedelta(minutes=at)
        dated(world, "called", "U1", "U2", when.isoformat() + "Z")
    return world


def test_ri_46_calls_about_a_crossing() -> None:
    # One call every two hours or less: some eight are usual in eighteen hours.
    assert s(calls(60), "RI-46") == 1
    assert s(calls(30), "RI-46") == 0
    assert lacks(loaded(cross_date="2024-08-01T12:00:00Z"), "RI-46")


def test_the_chance_of_so_many_calls() -> None:
    below = sum(exp(-2.5) * 2.5 ** k / factorial(k) for k in range(7))
    assert poisson_tail(7, 2.5) == pytest.approx(1 - below)


def paid(amount: float, payer: str = "P02", reference: str = "M1", times: int = 1, days: int = 1) -> World:
    world = loaded(importer="P02", value=100_000, currency="USD")
    world.party("P90", "PA")
    for at in range(times):
        dated(world, "paid", payer, "P01", str(date(2024, 8, 1) + timedelta(days=days * at)), amount=amount,
              currency="USD", reference=reference)
    return world


def test_ri_47_payments() -> None:
    assert s(paid(95_000), "RI-47", "P02") == 0  # exactly 5 %
    assert s(paid(94_999), "RI-47", "P02") == 0.5
    assert s(paid(100_000, "P90"), "RI-47", "P02") == 1  # a stranger, in a third country
    assert s(paid(9_500, reference="rent", times=3, days=15), "RI-47", "P02") == 0.5
    assert s(paid(9_500, reference="rent", times=3, days=16), "RI-47", "P02") == 0
    assert s(paid(10_000, reference="rent", times=3), "RI-47", "P02") == 0
    assert lacks(loaded(importer="P02"), "RI-47", "P02")


def star(leaves: int) -> World:
    world = World()
    for at in range(leaves):
        world.party(f"Q{at}")
        world.load(f"M{at}", exporter="P01", receiver=f"Q{at}", carrier=None)
    return world


def test_ri_48_who_holds_it_together() -> None:
    assert s(star(7), "RI-48") == 1
    assert s(star(7), "RI-48", "Q0") == 0
    assert lacks(star(6), "RI-48")  # seven parties only
    world = star(7)
    say(world, "P01", roles=["carrier"])
    assert s(world, "RI-48") == 0


def test_ri_49_corrected_after_an_inspection() -> None:
    assert lacks(loaded(), "RI-49")
    for updated, strength in (("2024-08-21", 1), ("2024-08-20", 0)):
        world = loaded(updated=updated, correction_version=2)
        event(world, "E1", "inspection", "2024-08-20")
        assert s(world, "RI-49") == strength


def test_ri_50_forms() -> None:
    assert s(loaded(), "RI-50") == 0
    assert s(loaded(created="2024-08-01"), "RI-50") == 0
    assert s(loaded(created="2024-08-02"), "RI-50") == 0.5
    assert s(loaded(mtn="123456789QQQ"), "RI-50") == 0.5
    assert lacks(loaded(mtn=None), "RI-50")
    world = loaded(created="2024-08-02")
    world.load("M2", ship_date="2024-09-01")
    assert s(world, "RI-50") == 1  # the number twice, too
