"""Indicators RI-01 to RI-25: each there, at its threshold not there, and not evaluable."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ewglink.reference.parameters import parameters
from ewglink.rules.beside import RowsSource
from ewglink.rules.contract import Missing, Setting
from ewglink.rules.indicators import INDICATORS, Seen, Sign
from ewglink.rules.surroundings import Surroundings
from tests.rules.made_trade import AS_OF, World

MINE = [f"RI-{number:02d}" for number in range(1, 26)]
SITE = "1200 Industrial Road Laredo TX 78045"


def seen(world: World, key: str, party: str = "P01", as_of: date = AS_OF) -> Seen:
    trade = world.trade()
    around = Surroundings(trade, RowsSource(world.rows))
    item = next(row.id for row in world.rows.items.values() if row.ref == party)
    return INDICATORS.get(key).of(trade.parties[item], trade, around, Setting(as_of, parameters()))


def s(world: World, key: str, party: str = "P01", as_of: date = AS_OF) -> float:
    """How strong it is; 0 where there is none."""
    found = seen(world, key, party, as_of)
    assert not isinstance(found, Missing), found
    return 0.0 if found is None else found.s


def lacks(world: World, key: str, party: str = "P01", as_of: date = AS_OF) -> bool:
    return isinstance(seen(world, key, party, as_of), Missing)


def say(world: World, ref: str = "P01", **values: Any) -> None:
    """Let an item show these values too."""
    item = next(row.id for row in world.rows.items.values() if row.ref == ref)
    world.rows.values[item] |= values


def event(world: World, ref: str, kind: str, start: str, party: str = "P01", role: str = "subject") -> None:
    world.item(ref, "event", event_kind=kind, start=start)
    world.tie("participated_in", party, ref, role=role)


def place(world: World, party: str, kind: str) -> None:
    world.item("A1", "location", name="A1", location_kind=kind)
    world.tie("located_at", party, "A1")


def loaded(**values: Any) -> World:
    world = World()
    world.load(**values)
    return world


def neighbours(count: int, **values: Any) -> World:
    """P01, and `count` others that move regulated goods and show the same."""
    world = loaded()
    say(world, **values)
    for at in range(count):
        world.party(f"Q{at}", **values)
        world.load(f"MQ{at}", exporter=f"Q{at}")
    return world


@pytest.mark.parametrize("key", MINE)
def test_a_party_without_anything_has_no_sign(key: str) -> None:
    world = World()
    world.item("Nobody", "organization")
    found = seen(world, key, "Nobody")
    assert found is None or isinstance(found, Missing)


def test_newly_formed() -> None:
    world = loaded(ship_date="2024-08-01")
    assert lacks(world, "RI-01")
    say(world, formed="2024-02-03")  # 180 days before
    assert s(world, "RI-01") == 0
    say(world, formed="2024-02-04")
    assert s(world, "RI-01") == pytest.approx(1 - 179 / 365)


@pytest.mark.parametrize(("others", "expected"), [(1, 0), (2, 0.25), (3, 0.5), (5, 1), (7, 1), (26, 0)])
def test_shared_address_and_telephone(others: int, expected: float) -> None:
    assert s(neighbours(others, address=SITE), "RI-02") == expected
    assert s(neighbours(others, phone="+19565550101"), "RI-03") == expected


def test_a_shared_address_of_one_group_is_no_sign() -> None:
    world = neighbours(2, address=SITE)
    world.tie("subsidiary_of", "Q0", "P01")
    assert s(world, "RI-02") == 0
    assert lacks(loaded(), "RI-02") and lacks(loaded(), "RI-03")
    world = neighbours(3, address="Laredo TX")  # a town
    assert lacks(world, "RI-02")
    assert lacks(neighbours(3, email="someone@gmail.com"), "RI-03") is False
    assert s(neighbours(3, email="someone@gmail.com"), "RI-03") == 0.5  # the address itself is shared
    world = neighbours(3)
    for at, ref in enumerate(("P01", "Q0", "Q1", "Q2")):
        say(world, ref, email=f"a{at}@gmail.com")  # only the public domain is
    assert s(world, "RI-03") == 0


def test_mail_drop() -> None:
    assert lacks(loaded(), "RI-04")
    world = loaded()
    say(world, address="P.O. Box 1234, Laredo TX 78041")
    assert s(world, "RI-04") == 1
    say(world, address=SITE)
    assert s(world, "RI-04") == 0
    place(world, "P01", "virtual_office")
    assert s(world, "RI-04") == 1


def test_name_variants() -> None:
    world = neighbours(1, phone="+19565550101")
    say(world, "P01", tax_id="911144442")
    for ref, name in (("P01", "Border Metals Recycling"), ("Q0", "Recycling Border Metal")):
        item = next(row.id for row in world.rows.items.values() if row.ref == ref)
        world.rows.items[item] = world.rows.items[item]._replace(label=name)
    assert lacks(world, "RI-05")  # the other's number is not known
    say(world, "Q0", tax_id="911144443")
    assert s(world, "RI-05") == 1
    say(world, "Q0", tax_id="91-1144442")
    assert s(world, "RI-05") == 0
    assert lacks(loaded(), "RI-05")


def test_look_alike() -> None:
    world = loaded()
    world.item("F1", "organization", name="Genuine Lead Smelting", country="CA", nra="ABC1234567890")
    world.item("F2", "organization", name="Genuine Lead Smelting", country="MX")
    for ref in ("F1", "F2"):
        item = next(row.id for row in world.rows.items.values() if row.ref == ref)
        world.rows.items[item] = world.rows.items[item]._replace(label="Genuine Lead Smelting")
    assert s(world, "RI-06", "F2") == 1
    assert s(world, "RI-06", "F1") == 0  # the licensed firm is alike to nobody licensed
    say(world, "F2", country="CA")
    assert s(world, "RI-06", "F2") == 0
    say(world, "F2", country=None)
    assert lacks(world, "RI-06", "F2")
    say(world, "F2", country="MX", nra="ABC1234567890")
    assert s(world, "RI-06", "F2") == 0


def test_shell() -> None:
    world = loaded(ship_date="2024-08-01", value=1_000_000)
    say(world, formed="2024-01-01")  # under a year, no contact, one shipment
    assert s(world, "RI-07") == 1
    say(world, phone="+19565550101")
    assert lacks(world, "RI-07")  # two, and director and capital are not known
    say(world, capital=10_000)  # exactly 1 %
    assert lacks(world, "RI-07")
    world.item("D1", "person")
    world.tie("director_of", "D1", "P01")
    assert s(world, "RI-07") == 0
    say(world, capital=9_999)
    assert s(world, "RI-07") == 1


def test_invalid_identifier() -> None:
    assert lacks(loaded(), "RI-08")
    world = loaded()
    say(world, "P02", rfc="MAB9307148T4")
    assert s(world, "RI-08", "P02") == 0
    say(world, "P02", rfc="XAXX010101000")
    assert s(world, "RI-08", "P02") == 1
    say(world, epa_id="TXD009999999", address=SITE)
    assert s(world, "RI-08") == 0
    say(world, address="77 Pier Street, Oakland, CA 94607")
    assert s(world, "RI-08") == 1


def test_no_licence() -> None:
    assert lacks(loaded(), "RI-09")
    world = loaded(ship_date="2024-08-01")
    world.party("P09", epa_id="TXD009999991")
    assert s(world, "RI-09") == 1
    say(world, epa_id="TXD009999999", valid_to="2024-08-01")
    assert s(world, "RI-09") == 0
    say(world, valid_to="2024-07-31")
    assert s(world, "RI-09") == 1


def test_no_capability() -> None:
    world = loaded()
    assert lacks(world, "RI-10", "P02") and s(world, "RI-10", "P01") == 0
    say(world, "P02", operations=["R4"])
    assert s(world, "RI-10", "P02") == 0
    say(world, "P02", operations=["D10"])
    assert s(world, "RI-10", "P02") == 1
    say(world, "P02", operations=["R4"], permitted_waste_codes=["D001"])
    assert s(world, "RI-10", "P02") == 1
    say(world, "P02", permitted_waste_codes=["D008"])
    assert s(world, "RI-10", "P02") == 0
    place(world, "P02", "vacant_lot")
    assert s(world, "RI-10", "P02") == 1


def test_dual_role() -> None:
    world = loaded()
    world.party("B1", roles=["broker"])
    assert lacks(world, "RI-11", "B1")
    world.tie("broker_of", "B1", "M1")
    assert s(world, "RI-11", "B1") == 0
    say(world, "B1", phone="+19565550101")
    say(world, "P06", phone="+1 956 555 0101")
    assert s(world, "RI-11", "B1") == 1
    world = loaded(carrier="P01")
    world.tie("customs_broker_of", "P01", "M1")
    assert s(world, "RI-11") == 1


def test_successor() -> None:
    world = loaded()
    assert lacks(world, "RI-12")
    world.party("OLD", address=SITE, phone="+19565550101", dissolved="2022-08-01")
    say(world, address=SITE, formed="2024-07-31")  # 730 days after
    assert s(world, "RI-12") == 0  # one thing shared
    say(world, phone="+19565550101")
    assert s(world, "RI-12") == 1
    say(world, formed="2024-08-01")
    assert s(world, "RI-12") == 0
    event(world, "E1", "penalty", "2024-01-15", "OLD")
    assert s(world, "RI-12") == 1


def test_prior_violations() -> None:
    world = loaded()
    assert lacks(world, "RI-13")
    event(world, "E1", "Warning", "2024-12-31")
    assert s(world, "RI-13") == pytest.approx(0.25)
    assert s(world, "RI-13", as_of=date(2027, 12, 31)) == pytest.approx(0.125, rel=0.01)
    event(world, "E2", "conviction", "2024-12-31")
    assert s(world, "RI-13") == 1
    assert s(world, "RI-13", "P02") == 0
    event(world, "E3", "conviction", "2024-12-31", "P02", role="witness")
    assert s(world, "RI-13", "P02") == 0


def priced(values: list[float]) -> World:
    """Loads of 1,000 kg, one for each value; the first is that of X."""
    world = World()
    world.party("X")
    for at, value in enumerate(values):
        world.load(f"V{at}", exporter="P01" if at else "X", value=value, currency="USD", line={"quantity": 1000})
    return world


def test_unit_value() -> None:
    assert lacks(priced([100, *[100] * 6]), "RI-14", "X")  # seven
    assert s(priced([200, *[100] * 7]), "RI-14", "X") == 0  # twice, not more
    assert s(priced([201, *[100] * 7]), "RI-14", "X") == 1
    assert s(priced([50, *[100] * 7]), "RI-14", "X") == 0
    assert s(priced([49, *[100] * 7]), "RI-14", "X") == 1
    # Median 100, deviations 0 1 1 1 1 1 1 1 and the value's own: MAD 1, so 3.5 / 0.6745 = 5.189 lies at the border.
    peers = [100, 99, 99, 99, 101, 101, 101]
    assert s(priced([105, *peers, 99]), "RI-14", "X") == 0
    assert s(priced([106, *peers, 99]), "RI-14", "X") == 1


def test_weight_implausible() -> None:
    world = loaded(line={"quantity": 1999})
    assert lacks(world, "RI-15")
    world.item("C1", "container", iso6346="CSQU3054383")
    world.tie("carried_in", "M1", "C1")
    assert s(world, "RI-15") == 1
    for kg, expected in ((2000, 0), (28_300, 0), (28_301, 1)):
        say(world, "M1.1", quantity=kg)
        assert s(world, "RI-15") == expected
    say(world, "C1", tare=2179)
    assert s(world, "RI-15") == 0
    world = loaded(line={"quantity": 136, "container_type": "cylinder", "container_count": 10})
    assert s(world, "RI-15") == 0
    say(world, "M1.1", container_count=4)  # 34 kg each: no such cylinder
    assert s(world, "RI-15") == 1


def test_hs_against_description() -> None:
    clean = {"epa_waste": None, "un": None}
    assert lacks(loaded(line={**clean, "description": "spent batteries", "hs": None}), "RI-16")
    assert s(loaded(line={**clean, "description": "spent batteries", "hs": "850710"}), "RI-16") == 1
    assert s(loaded(line={**clean, "description": "spent batteries", "hs": "854911"}), "RI-16") == 0
    assert s(loaded(line={**clean, "description": "engine parts", "hs": "840999"}), "RI-16") == 0
    assert s(loaded(line={**clean, "description": "batteries", "hs": "850710"}), "RI-16") == 0
    assert s(loaded(line={"hs": "780200"}), "RI-16") == 1  # UN2794 is declared as 8549.11


def test_hs_switching() -> None:
    def switched(on: str) -> World:
        world = loaded(ship_date="2024-05-01")
        world.load("M2", ship_date=on, line={"hs": "780200"})
        return world

    assert lacks(switched("2024-08-30"), "RI-17")
    for on, expected in (("2024-08-30", 1), ("2024-08-31", 0), ("2024-06-01", 0)):
        world = switched(on)
        event(world, "E1", "inspection", "2024-06-01")  # 90 days are over on 30 August
        assert s(world, "RI-17") == expected


def test_second_hand() -> None:
    def world(value: float, text: str = "used monitors, donation", kg: float = 10_000) -> World:
        made = World()
        made.party("X")
        made.load("U1", exporter="X", value=value, declared=text, line={"hs": "852859", "quantity": kg})
        made.item("C1", "container")
        made.tie("carried_in", "U1", "C1")
        for at in range(8):
            made.load(f"G{at}", value=10_000, declared="monitors", line={"hs": "852859", "quantity": 1000})
        return made

    assert s(world(20_000), "RI-18", "X") == 0  # 2 of 10 a kilogram: exactly 20 %
    assert s(world(19_990), "RI-18", "X") == 1
    assert s(world(19_990, "monitors"), "RI-18", "X") == 0
    assert s(world(19_000, kg=9_999), "RI-18", "X") == 0
    tested = world(19_990)
    tested.item("T1", "document", title="Functionality test report")
    tested.tie("documented_by", "U1", "T1")
    assert s(tested, "RI-18", "X") == 0
    bare = loaded(declared="used monitors")
    assert lacks(bare, "RI-18") and lacks(loaded(), "RI-18")


def test_scrap_paradox() -> None:
    assert lacks(loaded(), "RI-19") and lacks(loaded(value=500), "RI-19")
    world = loaded(value=500)
    world.tie("paid", "P01", "P02", amount=900, currency="USD", reference="Treatment of M1")
    assert s(world, "RI-19") == 1
    say(world, "M1", value=0)
    assert s(world, "RI-19") == 0
    world = loaded(value=500)
    world.tie("paid", "P02", "P01", amount=900, reference="M1")
    assert lacks(world, "RI-19")  # the importer paid: nothing of freight or of the exporter's payments is known
    assert s(loaded(value=500, freight=500), "RI-19") == 0
    assert s(loaded(value=500, freight=501), "RI-19") == 1


def declared(exported: float, imported: float) -> World:
    world = loaded()
    for ref, country, direction, kg in (("X1", "US", "export", exported), ("X2", "MX", "import", imported)):
        world.item(ref, "document", document_type="customs_declaration", hs="854911", country=country,
                   direction=direction, date="2024-08-02", net_kg=kg)
        world.tie("exporter_of", "P01", ref)
        world.tie("importer_of", "P02", ref)
    return world


def test_mirror_gap() -> None:
    assert lacks(loaded(), "RI-20")
    assert s(declared(200_000, 180_000), "RI-20") == 0  # 20 t
    assert s(declared(200_000, 179_999), "RI-20") == 1
    assert s(declared(300_000, 270_000), "RI-20") == 0  # 10 %
    assert s(declared(300_000, 269_000), "RI-20", "P02") == 1


def test_circular_trade() -> None:
    def circle(back: str = "2025-01-28", kg: float = 16_000, hs: str = "854911") -> World:
        world = loaded(ship_date="2024-08-01", importer="P02")  # 180 days are over on 28 January
        world.party("P03", "CA")
        world.load("M2", exporter="P02", receiver="P03", ship_date="2024-09-01")
        world.load("M3", exporter="P03", receiver="P01", ship_date=back, line={"quantity": kg, "hs": hs})
        return world

    found = seen(circle(), "RI-21")
    assert isinstance(found, Sign) and found.s == 1 and found.values["steps"] == 3 and len(found.objects) == 3
    assert s(circle(), "RI-21", "P03") == 1
    assert s(circle(back="2025-01-29"), "RI-21") == 0
    assert s(circle(kg=15_999), "RI-21") == 0
    assert s(circle(hs="780200"), "RI-21") == 0
    assert s(circle(back="2024-08-15"), "RI-21") == 0  # before it came to P03
    assert lacks(loaded(line={"hs": None}), "RI-21")


@pytest.mark.parametrize(("steps", "expected"), [(2, 1), (4, 1), (5, 0)])
def test_circles_have_at_most_four_steps(steps: int, expected: float) -> None:
    world = World()
    ring = [f"R{at}" for at in range(steps)]
    for ref in ring:
        world.party(ref)
    for at, ref in enumerate(ring):
        world.load(f"L{at}", exporter=ref, receiver=ring[(at + 1) % steps], ship_date=f"2024-08-{at + 1:02d}")
    assert {s(world, "RI-21", ref) for ref in ring} == {expected}


def test_a_container_that_comes_back_with_the_same_goods() -> None:
    world = loaded(ship_date="2024-08-01")
    world.load("M2", exporter="P02", receiver="P01", ship_date="2024-09-01", line={"quantity": 5000})
    assert s(world, "RI-21") == 0
    world.item("C1", "container")
    world.tie("carried_in", "M1", "C1")
    world.tie("carried_in", "M2", "C1")
    assert s(world, "RI-21") == 1


def test_free_zone() -> None:
    def through(**values: Any) -> World:
        world = loaded(exit=None, entry=None)
        for ref, kind, latitude in (("O", "departed_from", 0), ("D", "arrived_at", 10)):
            world.item(ref, "location", name=ref, latitude=latitude, longitude=0)
            world.tie(kind, "M1", ref)
        world.item("Z", "location", name="Z", **values)
        world.tie("transited", "M1", "Z")
        return world

    zone = {"location_kind": "Free Zone"}
    assert lacks(through(**zone), "RI-22")
    assert s(through(**zone, latitude=11.499, longitude=0), "RI-22") == 0  # at 11.5 the way is 13 / 10 as long
    assert s(through(**zone, latitude=11.51, longitude=0), "RI-22") == 1
    assert s(through(latitude=30, longitude=0), "RI-22") == 0  # no zone
    changed = through(**zone, latitude=5, longitude=0)
    assert s(changed, "RI-22") == 0
    changed.tie("consignee_of", "P02", "M1")
    changed.tie("importer_of", "P06", "M1")
    assert s(changed, "RI-22") == 1
    assert lacks(loaded(exit=None, entry=None), "RI-22")


def test_consignee_change() -> None:
    world = loaded()
    assert lacks(world, "RI-23")
    world.tie("consignee_of", "P02", "M1")
    world.tie("importer_of", "P02", "M1")
    assert s(world, "RI-23") == 0
    world.tie("importer_of", "P06", "M1")
    assert s(world, "RI-23") == 0  # one of them is the consignee
    amended = {"correction_version": 1, "arrival": "2024-08-05T12:00:00"}
    assert s(loaded(**amended, updated="2024-08-02T12:00:00"), "RI-23") == 0
    assert s(loaded(**amended, updated="2024-08-02T12:00:01"), "RI-23") == 1
    world = loaded()
    world.item("TO ORDER", "organization")
    world.tie("consignee_of", "TO ORDER", "M1")
    assert s(world, "RI-23") == 1
    world = loaded(importer="P06")
    world.tie("consignee_of", "P02", "M1")
    assert s(world, "RI-23") == 1


def test_port_shopping() -> None:
    def world(entries: str, exam: bool = True) -> World:
        made = World()
        made.item("MXTIJ", "location", unlocode="MXTIJ", name="MXTIJ")
        made.party("X", "MX")
        for at, entry in enumerate(entries):
            made.load(f"E{at}", receiver="X", entry="MXNLD" if entry == "n" else "MXTIJ", exit=None,
                      ship_date=f"2024-07-{at + 1:02d}")
        if exam:
            event(made, "EX", "inspection", "2024-07-03", "X")
        return made

    assert s(world("nnnn"), "RI-24", "X") == 0
    assert s(world("nnnt"), "RI-24", "X") == 1  # never used before
    assert s(world("ntnt"), "RI-24", "X") == 0
    assert lacks(world("nnnt", exam=False), "RI-24", "X")


def test_ports_less_concentrated() -> None:
    world = World()
    world.item("MXTIJ", "location", unlocode="MXTIJ", name="MXTIJ")
    world.party("X", "MX")
    # Nine of ten before (HHI .82), half after (HHI .5): a drop of .32 without any new port.
    for at, entry in enumerate("nnnnnnnnntnntt"):
        world.load(f"E{at}", receiver="X", entry="MXNLD" if entry == "n" else "MXTIJ",
                   ship_date=f"2024-07-{at + 1:02d}")
    event(world, "EX", "inspection", "2024-07-10", "X")
    found = seen(world, "RI-24", "X")
    assert isinstance(found, Sign) and found.values["hhi_drop"] == pytest.approx(0.32)


def transit(left: str | None, kg: float | None = 19_600) -> World:
    world = loaded(direction="transit", cross_date="2024-08-02", ship_date="2024-08-01")
    if left is not None:
        world.item("X1", "document", document_type="customs_declaration", direction="export", date=left, net_kg=kg)
        world.tie("declared_as", "M1", "X1")
    return world


def test_transit_not_exited() -> None:
    assert lacks(loaded(), "RI-25")
    assert s(transit("2024-09-01"), "RI-25") == 0  # the thirtieth day, 2 % less
    assert s(transit("2024-09-02"), "RI-25") == 1
    assert s(transit("2024-09-01", 19_599), "RI-25") == 1
    assert lacks(transit("2024-09-01", None), "RI-25")
    assert s(transit(None), "RI-25", as_of=date(2024, 9, 1)) == 0
    assert s(transit(None), "RI-25", as_of=date(2024, 9, 2)) == 1
