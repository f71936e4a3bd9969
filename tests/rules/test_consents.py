"""Every rule of notice and consent: what fires it, what stands just on the right side of it, what it cannot tell."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from made_trade import AS_OF, World

from ewglink.model.progress import finish
from ewglink.reference.parameters import parameters
from ewglink.rules.contract import RULES, Setting
from ewglink.rules.reconcile import run

Make = Callable[[], World]


def world(consent: dict[str, Any] | None = None, **load: Any) -> Make:
    """A world with one load."""

    def make() -> World:
        made = World(**(consent or {}))
        made.load(**load)
        return made

    return make


def built(build: Callable[[World], None], consent: dict[str, Any] | None = None) -> Make:
    """A world that `build` fills."""

    def make() -> World:
        made = World(**(consent or {}))
        build(made)
        return made

    return make


def line(**values: Any) -> dict[str, Any]:
    return {"line": values}


def loads(count: int, **more: Any) -> Make:
    def build(made: World) -> None:
        for no in range(1, count + 1):
            made.load(f"M{no:02}", mtn=f"{no:09}TRN", ship_date=f"2024-08-{no:02}", **more)

    return built(build)


def stranger(made: World, **values: Any) -> None:
    made.party("P09", "MX", **values)


def to_stranger(**values: Any) -> Make:
    def build(made: World) -> None:
        stranger(made, **values)
        made.load(receiver="P09")

    return built(build)


def rejected(**more: Any) -> Make:
    return world(rejection=True, delivered_date="2024-08-05", **more)


def handed(*signed: str | None) -> Make:
    def build(made: World) -> None:
        made.load()
        made.party("P07", "MX")
        for order, (giver, taker) in enumerate((("P01", "P06"), ("P06", "P07"), ("P07", "P02"))[: len(signed)]):
            made.tie("handed_to", giver, taker, movement="M1", order=order, signed_date=signed[order])

    return built(build)


def on_units(ref: str, first: dict[str, Any], second: dict[str, Any]) -> Make:
    def build(made: World) -> None:
        made.item("T1", ref, vin="1M8GDM9AXKP042788")
        made.load("M1", mtn="1", **first)
        made.load("M2", mtn="2", exit="MXNLD", entry="USLRD", **second)
        kind = "carried_in" if ref == "container" else "carried_by"
        made.tie(kind, "M1", "T1")
        made.tie(kind, "M2", "T1")

    return built(build)


def declared(kg: float | None, day: str | None = "2024-08-01", *, tied: bool = False, hs: str = "854911",
             load: bool = True) -> Make:
    def build(made: World) -> None:
        if load:
            made.load()
        made.item("D1", "document", document_type="customs_declaration", hs=hs, date=day, net_kg=kg, country="US",
                  direction="export")
        made.tie("exporter_of", "P01", "D1")
        if tied:
            made.tie("declared_as", "M1", "D1")

    return built(build)


def mirrored(exported: float, imported: float | None) -> Make:
    def build(made: World) -> None:
        for ref, country, direction, kg, partner in (("D1", "US", "export", exported, "P02"),
                                                     ("D2", "MX", "import", imported, "P01")):
            made.item(ref, "document", document_type="customs_declaration", hs="854911", date="2024-08-01", net_kg=kg,
                      country=country, direction=direction)
            made.tie("exporter_of", partner, ref)

    return built(build)


def reported(quantity: float | None, shipments: int | None = None, unit: str = "kg") -> Make:
    return world({"quantity_actual": quantity, "shipments_actual": shipments, "unit": unit})


def actor(roles: list[str] | None, *, facility: bool = False) -> Make:
    def build(made: World) -> None:
        made.party("P09", "US", roles=roles)
        made.load(exporter="P09", line={"us_consent_no": None})
        if facility:
            made.item("F1", "facility", name="Works")
            made.tie("operates", "P09", "F1")

    return built(build)


def two_consents(quantity: float | None, capacity: float | None, second_start: str = "2025-06-30") -> Make:
    def build(made: World) -> None:
        made.rows.values[made._ids["P02"]] |= {} if capacity is None else {"capacity_kg": capacity}
        made.consent("S2", us_consent_no="240118E00001", quantity=quantity, valid_from=second_start,
                     valid_to="2026-06-29", notice=None)

    return built(build)


def facility(**values: Any) -> Make:
    def build(made: World) -> None:
        made.rows.values[made._ids["P02"]] |= values
        made.load()

    return built(build)


def drawn_twice(second: str) -> Make:
    def build(made: World) -> None:
        made.item("N2", "notice", notice_id="240118", submitted="2024-03-01")
        made.consent("S2", us_consent_no=second, reference=second, notice="N2")
        made.load(line={"us_consent_no": ["240117E00001", second]})

    return built(build)


def refused(**more: Any) -> Make:
    def build(made: World) -> None:
        stranger(made)
        made.consent("S2", us_consent_no="240300E00001", determination="OBJECTED", importer="P09", final="P09",
                     valid_from="2024-07-15", notice=None)
        made.load(receiver="P09", line={"us_consent_no": None}, **more)

    return built(build)


def duplicates(**second: Any) -> Make:
    def build(made: World) -> None:
        made.load("M1")
        made.load("M2", **second)

    return built(build)


def two_carriers() -> World:
    """A load that two carriers took, of whose custody nothing is known."""
    made = World()
    made.party("P07", "MX")
    made.load()
    made.tie("carrier_of", "P07", "M1")
    return made


def transit(country: str | None, allowed: list[str] | None = None, receiver: str | None = "P02") -> Make:
    def build(made: World) -> None:
        made.load(transit_countries=None if country is None else [country], receiver=receiver,
                  entry="MXNLD" if receiver else None)

    return built(build, {"transit_countries": allowed})


NONE = line(us_consent_no=None, un="UN9999")
"""A line that names no consent, and that none fits."""
CA_LOAD = {"exit": None, "entry": None}


def to_canada(**values: Any) -> Make:
    def build(made: World) -> None:
        made.party("P08", "CA")
        made.load(receiver="P08", **CA_LOAD, **values)

    return built(build)


CASES: dict[str, tuple[Make, Make, Make]] = {
    # rule: what fires it, what stands at the boundary and does not, what cannot be evaluated
    "NC-01": (world(**NONE), world(line={"us_consent_no": None}),  # the second fits the consent, and is inferred
              world(**NONE, exporter=None, exit=None, entry=None)),
    "NC-02": (world(**line(us_consent_no="240117E00002")), world(),
              built(lambda made: (made.rows.items.pop(made._ids["S1"]), made.load())[-1])),  # no consent in the case
    "NC-03": (refused(), refused(ship_date="2024-07-14"), world({"determination": None})),
    "NC-04": (world(ship_date="2024-06-30"), world(ship_date="2024-07-01"), world(ship_date=None)),
    "NC-05": (world(ship_date="2025-07-01"), world(ship_date="2025-06-30"), world({"valid_to": None})),
    "NC-06": (world({"quantity": 19_999.999}), world({"quantity": 20_000}), world(**line(unit="L"))),
    "NC-07": (loads(11, line={"quantity": 1}), loads(10, line={"quantity": 1}), world({"shipments": None})),
    "NC-08": (world(**line(epa_waste=["D002", "D004"])), world(**line(epa_waste=["D008"])),
              world(**line(epa_waste=None))),
    "NC-09": (world(**line(un="UN3077")), world(**line(un="2794")), world(**line(un=None, hazard_class=None))),
    "NC-10": (world(**line(op_code="R12")), world(**line(op_code="H010")), world(**line(op_code=None))),
    "NC-11": (to_stranger(), world(), world(receiver=None)),
    "NC-12": (world({"exporter": "P06"}), world(), world(exporter=None)),
    "NC-13": (world({"importer": "P06"}, importer="P02"), world(importer="P02"), world()),
    "NC-14": (world({"carrier": "P01"}), world(), world(carrier=None)),
    "NC-15": (world({"ports": ("USLRD",)}), world(), world({"ports": ()})),
    "NC-16": (transit("GT"), transit("GT", ["GT"]), transit("GT", None, None)),
    "NC-17": (world(mtn=None), world(), world(mtn=None, receiver=None, entry=None)),
    "NC-18": (duplicates(ship_date="2024-08-02"), duplicates(line={"quantity": 20_400}),
              duplicates(line={"quantity": 20_400, "unit": "drum"})),
    "NC-19": (world(mtn="12345"), world(), world(mtn="PENDING")),
    "NC-20": (world(receipt_date=None, ship_date="2024-10-01"), world(receipt_date=None, ship_date="2024-10-02"),
              world(receipt_date=None, ship_date=None)),
    # Monday 16 September 2024 is Mexico's Independence Day: from Friday the 13th, the 19th is the third working day.
    "NC-21": (world(delivered_date="2024-09-13", receipt_date="2024-09-20"),
              world(delivered_date="2024-09-13", receipt_date="2024-09-19"), world(delivered_date=None)),
    # Monday 2 September 2024 is Labour Day in Canada: from Friday 30 August, 5 September is the third working day.
    "NC-22": (to_canada(ship_date="2024-08-30", part_a_date="2024-09-06"),
              to_canada(ship_date="2024-08-30", part_a_date="2024-09-05"), to_canada(ship_date=None)),
    "NC-23": (world(completion_date=None, completion_reported=None, ship_date="2023-12-30",
                    delivered_date="2023-12-31"),
              world(completion_date=None, completion_reported=None, delivered_date="2024-01-01"),
              world(completion_date=None, completion_reported=None, delivered_date=None)),
    "NC-24": (world(completion_date="2025-08-06"), world(completion_date="2025-08-05"), world(delivered_date=None)),
    "NC-25": (world(completion_reported="2024-10-02"), world(completion_reported="2024-10-01"),
              world(completion_date=None)),
    "NC-26": (world(**line(quantity_received=17_999)), world(**line(quantity_received=18_000)),
              world(**line(quantity=None))),
    "NC-27": (world(**line(un_received="UN3077")), world(**line(un_received="UN2794")),
              world(**line(un_received="UN2794", un=None))),
    "NC-28": (world(**line(unit="lb")), world(**line(unit="KG")), world(**line(unit=None))),
    "NC-29": (built(lambda made: (made.rows.values[made._ids["N1"]].update(submitted="2024-06-03"), made.load())[-1]),
              built(lambda made: (made.rows.values[made._ids["N1"]].update(submitted="2024-06-02"), made.load())[-1]),
              built(lambda made: (made.rows.values[made._ids["N1"]].pop("submitted"), made.load())[-1])),
    "NC-30": (world({"valid_to": "2025-07-01"}), world({"valid_to": "2025-06-30"}), world({"valid_to": None})),
    "NC-31": (on_units("vehicle", {}, {"ship_date": "2024-08-04", "delivered_date": "2024-08-09"}),
              on_units("vehicle", {}, {"ship_date": "2024-08-05", "delivered_date": "2024-08-09"}),
              world(ship_date=None)),
    "NC-32": (rejected(), rejected(new_manifest_numbers=["987654321TRN"]), world(rejection=True, ship_date=None,
                                                                               delivered_date=None)),
    "NC-33": (declared(20_000, "2024-08-13"), declared(22_000, "2024-08-12"), declared(None)),
    "NC-34": (declared(20_000, "2024-08-13"), declared(20_000, "2024-08-12"), world()),
    "NC-35": (world(**line(hs="780200")), world(**line(hs="8549.11.01")), world(**line(hs=None))),
    "NC-36": (declared(22_001, tied=True), declared(22_000, tied=True), declared(None, tied=True)),
    "NC-37": (mirrored(100_000, 79_999), mirrored(100_000, 80_000), mirrored(100_000, None)),
    "NC-38": (reported(21_054), reported(21_052), reported(100, unit="L")),
    "NC-39": (actor(["exporter", "customs_broker"]), actor(["exporter", "customs_broker"], facility=True), actor(None)),
    "NC-40": (two_consents(100_000, 99_999), two_consents(100_000, 100_000), two_consents(None, 1)),
    "NC-41": (facility(valid_to="2024-08-04"), facility(valid_to="2024-08-05"), facility()),
    "NC-42": (handed("2024-08-01T10:00", "2024-08-02T10:01"), handed("2024-08-01T10:00", "2024-08-02T10:00"),
              two_carriers),
    "NC-43": (drawn_twice("240118E00001"), world(),
              world(**line(us_consent_no=["240117E00001", "999999E00001"]))),
}


def test_every_rule_is_here() -> None:
    known = RULES.keys()
    assert sorted(CASES) == sorted(key for key in known if key.startswith("NC-"))


@pytest.mark.parametrize("rule", sorted(CASES))
def test_it_fires(rule: str) -> None:
    assert CASES[rule][0]().found(rule)


@pytest.mark.parametrize("rule", sorted(CASES))
def test_it_does_not_at_the_boundary(rule: str) -> None:
    assert CASES[rule][1]().found(rule) == []


@pytest.mark.parametrize("rule", sorted(CASES))
def test_without_its_inputs_it_is_not_evaluable(rule: str) -> None:
    make = CASES[rule][2]
    assert make().found(rule) == []
    assert make().missing(rule) > 0


@pytest.mark.parametrize("rule", sorted(CASES))
def test_a_sound_load_breaks_nothing(rule: str) -> None:
    sound = World()
    sound.load()
    assert sound.found(rule, date(2024, 10, 1)) == []


def completed(days: int, *, interim: bool = False, elsewhere: bool = False) -> World:
    """A load delivered on 1 March 2024 and completed so many days later; `elsewhere`: after an interim operation."""
    made = World()
    done = date(2024, 3, 1) + timedelta(days=days)
    made.load(ship_date="2024-02-27", delivered_date="2024-03-01", completion_date=str(done), completion_reported=None,
              line={"op_code": "R12" if interim or elsewhere else "R4"})
    if elsewhere:
        made.rows.values[made.item("C1", "confirmation", date="2024-04-01", op_code="R12")]["kind"] = "interim"
        made.tie("confirms_completion", "C1", "M1.1")
    return made


def ended(second: dict[str, Any]) -> World:
    """A facility licensed for 40,000 kg a year received 20,000 kg on 5 August 2024, and a second load."""
    made = World()
    made.rows.values[made._ids["P02"]] |= {"capacity_kg": 40_000}
    made.load("M1", delivered_date="2024-08-05")
    made.load("M2", mtn="2", **second)
    return made


def carried(valid_to: str) -> World:
    made = World()
    made.rows.values[made._ids["P06"]] |= {"valid_to": valid_to}
    made.load(ship_date="2024-08-01")
    return made


def filed(day: str) -> World:
    made = World()
    made.load(ship_date="2024-08-01", filed=day, part_a_date=None)
    return made


def crossing(**dates: str) -> World:
    made = World()
    made.load(**dates)
    return made


def by_road(hours_apart: tuple[str, str], far: bool) -> World:
    """From Laredo by road: to Nuevo Laredo, or to a place 5,000 km away, from one day to another."""
    made = World()
    made.rows.values[made._ids["USLRD"]] |= {"latitude": 27.5, "longitude": -99.5}
    made.rows.values[made._ids["MXNLD"]] |= {"latitude": 27.5 if not far else -17.5, "longitude": -99.5}
    made.load(mode="road", ship_date=hours_apart[0], delivered_date=hours_apart[1])
    return made


@pytest.mark.parametrize(("rule", "fires", "stands"), [
    ("NC-05", lambda: crossing(ship_date="2025-06-29", cross_date="2025-07-01", delivered_date="2025-07-02"),
     lambda: crossing(ship_date="2025-06-29", cross_date="2025-06-30", delivered_date="2025-07-02")),
    ("NC-14", lambda: carried("2024-07-31"), lambda: carried("2024-08-01")),
    ("NC-22", lambda: filed("2024-08-02"), lambda: filed("2024-08-01")),
    ("NC-23", lambda: open_since("2024-07-03", "R12"), lambda: open_since("2024-07-04", "R12")),
    ("NC-24", lambda: completed(181, interim=True), lambda: completed(180, interim=True)),
    ("NC-24", lambda: completed(366), lambda: completed(365)),
    ("NC-24", lambda: completed(549, elsewhere=True), lambda: completed(548, elsewhere=True)),
    ("NC-26", lambda: pieces(99), lambda: pieces(100)),
    ("NC-31", lambda: crossing(delivered_date="2024-07-31"), lambda: crossing(delivered_date="2024-08-01")),
    ("NC-31", lambda: crossing(cross_date="2024-08-06"), lambda: crossing(cross_date="2024-08-05")),
    ("NC-31", lambda: by_road(("2024-08-01", "2024-08-01"), True), lambda: by_road(("2024-08-01", "2024-08-02"), True)),
    ("NC-32", lambda: turned_back("2024-10-01"), lambda: turned_back("2024-10-02")),
    ("NC-37", lambda: mirrored(300_000, 269_999)(), lambda: mirrored(300_000, 270_000)()),
    ("NC-41", lambda: ended({"delivered_date": "2025-08-04", "line": {"quantity_received": 20_001}}),
     lambda: ended({"delivered_date": "2025-08-04", "line": {"quantity_received": 20_000}})),
    ("NC-41", lambda: ended({"delivered_date": "2025-08-04", "line": {"quantity_received": 30_000}}),
     lambda: ended({"delivered_date": "2025-08-05", "line": {"quantity_received": 30_000}})),
    ("NC-42", lambda: handed(None, "2024-08-02T10:00")(), lambda: handed("2024-08-02T09:00", "2024-08-02T10:00")()),
    ("NC-33", lambda: declared(18_000 - 1, "2024-08-12")(), lambda: declared(18_000, "2024-08-12")()),
    ("NC-19", lambda: crossing(mtn="123456789QQQ"), lambda: crossing(mtn="123456789ELC")),
])
def test_the_other_sides_of_a_rule(rule: str, fires: Make, stands: Make) -> None:
    assert fires().found(rule)
    assert stands().found(rule) == [] and stands().missing(rule) == 0


def open_since(delivered: str, operation: str) -> World:
    """A load delivered on a day before 31 December 2024, of which no completion is known."""
    made = World()
    made.load(ship_date="2024-07-01", delivered_date=delivered, completion_date=None, completion_reported=None,
              line={"op_code": operation})
    return made


def pieces(received: int) -> World:
    made = World()
    made.load(pieces=100, pieces_received=received)
    return made


def turned_back(delivered: str) -> World:
    made = World()
    made.load(rejection=True, ship_date="2024-09-30", delivered_date=delivered)
    return made


@pytest.mark.parametrize("role", ["exporter", "importer", "final_facility"])
def test_a_firm_and_the_facility_it_owns_are_one_for_a_consent(role: str) -> None:
    made = World(exporter=None if role == "exporter" else "P01", importer=None if role == "importer" else "P02",
                 final=None if role == "final_facility" else "P02")
    made.item("F1", "facility", name="Works", country="US")
    made.tie("owns", "P01" if role == "exporter" else "P02", "F1")
    made.tie(f"authorises_{role}", "S1", "F1")
    made.load(importer="P02")
    for rule in ("NC-11", "NC-12", "NC-13"):
        assert made.found(rule) == []


def test_a_port_is_one_by_whatever_code_or_name() -> None:
    made = World(ports=())
    made.item("P-Laredo", "location", name="Laredo", cbp_port="2304")
    made.item("P-Nuevo", "location", name="Nuevo Laredo")
    for port in ("P-Laredo", "P-Nuevo"):
        made.tie("authorises_port", "S1", port)
    made.load()
    assert made.found("NC-15") == []


def driven(first: dict[str, Any], second: dict[str, Any], *, kind: str = "person", **said: Any) -> World:
    """Two loads with one driver (or vehicle): one arrives at a place 1,200 km from where the other begins."""
    made = World()
    made.item("T1", kind, **(said or {"driver_licence": "NL-1"}))
    made.item("Near", "location", latitude=27.5, longitude=-99.5)
    made.item("Far", "location", latitude=27.5 - 1200 / 111.19508, longitude=-99.5)
    for ref, place, role, more in (("M1", "Near", "arrived_at", first), ("M2", "Far", "departed_from", second)):
        at = more.pop("at", None)
        made.load(ref, mtn=ref, exit=None, entry=None, **more)
        made.tie(role, ref, place, on=at)
        if kind == "person":
            made.tie("carrier_of", "T1", ref)
        else:
            made.tie("carried_by", ref, "T1")
    return made


ONE_DAY = {"ship_date": "2024-08-01", "delivered_date": "2024-08-02"}
THE_NEXT = {"ship_date": "2024-08-02", "delivered_date": "2024-08-04"}


@pytest.mark.parametrize("kind", ["person", "vehicle"])
def test_nobody_is_in_two_places_sooner_than_the_road_takes(kind: str) -> None:
    """1,200 km take ten hours at 120 km/h."""
    def run(first: str, second: str) -> Any:
        return driven(ONE_DAY | {"at": first}, THE_NEXT | {"at": second}, kind=kind)

    assert run("2024-08-02T08:00", "2024-08-02T17:59").found("NC-31") == [("M1", "M2")]
    assert run("2024-08-02T08:00", "2024-08-02T18:00").found("NC-31") == []
    assert run("2024-08-02T08:00", "2024-08-02").found("NC-31") == [], "there were sixteen hours of that day"
    assert run("2024-08-02T14:01", "2024-08-02").found("NC-31") == [], "fourteen hours before it, ten after"
    (said,) = run("2024-08-02T08:00", "2024-08-02T17:59").check("NC-31").findings
    assert said.values == {"reason": "two places too soon", "first": "T1: Near 2024-08-02 08:00",
                           "second": "Far 2024-08-02 17:59"}


def test_by_days_alone_a_place_is_reached_as_long_as_it_can_be() -> None:
    made = driven(dict(ONE_DAY), {"ship_date": "2024-08-02", "delivered_date": "2024-08-02"})
    assert made.found("NC-31") == []
    far = driven(dict(ONE_DAY), {"ship_date": "2024-08-02", "delivered_date": "2024-08-02"})
    far.rows.values[far._ids["Far"]]["latitude"] = -50  # 8,600 km: 72 hours, and there were 48
    assert far.found("NC-31") == [("M1", "M2")]
    far.rows.values[far._ids["M2"]]["mode"] = "air"
    assert far.found("NC-31") == []


def test_a_driver_is_on_one_load_at_a_time_and_a_carrier_on_many() -> None:
    both = {"ship_date": "2024-08-01", "delivered_date": "2024-08-03"}
    for said, found in (({"driver_licence": "NL-1"}, [("M1", "M2")]), ({"role": "Chofer"}, [("M1", "M2")]),
                        ({"role": "owner"}, [])):
        assert driven(dict(both), {**THE_NEXT}, **said).found("NC-31") == found


def decided(*decisions: tuple[str, str | None], about: str = "S1", status: str | None = None) -> World:
    """A load shipped on 1 August 2024 under a consent of which an authority decided this, on these days."""
    made = World(status=status)
    made.item("K1", "consent", reference="K1", valid_from="2024-07-01")
    made.tie("covers", "K1", "S1")
    made.party("A1", "MX")
    for kind, on in decisions:
        made.tie(kind, "A1", about, on=on)
    made.load()
    return made


@pytest.mark.parametrize("about", ["S1", "K1", "N1"])
@pytest.mark.parametrize(("decisions", "status", "found", "since"), [
    ((("suspends", "2024-08-02"),), None, None, None),  # in force on the day of shipping, suspended the day after
    ((("suspends", "2024-08-01"),), None, "SUSPENDED", "2024-08-01"),
    ((("suspends", "2024-08-02"),), "Suspended", None, None),  # the state last recorded is of a later day
    ((("suspends", "2024-07-01"), ("grants", "2024-07-31")), "Suspended", None, None),
    ((("grants", "2024-08-02"),), None, "PENDING", None),
    ((("objects_to", "2024-07-31"),), None, "OBJECTED", "2024-07-31"),
    ((("revokes", None),), "Revoked", "REVOKED", None),  # nobody says when
    ((("grants", "2024-06-01"),), "Withdrawn", "WITHDRAWN", None),
])
def test_the_state_of_a_consent_is_that_of_the_day(
    decisions: Any, status: str | None, found: str | None, since: str | None, about: str
) -> None:
    made = decided(*decisions, about=about, status=status)
    if about == "N1":
        made.rows.values[made._ids["N1"]]["status"] = status
        made.rows.values[made._ids["S1"]].pop("status", None)
    said = [(one.values["status"], one.values["since"]) for one in made.check("NC-03").findings]
    assert said == ([] if found is None else [(found, since)])


@pytest.mark.parametrize(("submitted", "shipped", "late"), [
    ("2024-02-01", "2025-02-01", False),  # 366 days: a leap day lies between
    ("2024-02-01", "2025-02-02", True), ("2022-08-01", "2023-08-01", False), ("2022-08-01", "2023-08-02", True),
    ("2024-02-29", "2025-02-28", False), ("2024-02-29", "2025-03-01", True)])
def test_canada_counts_twelve_months_by_the_calendar(submitted: str, shipped: str, late: bool) -> None:
    made = World()
    made.rows.values[made._ids["N1"]] |= {"submitted": submitted, "country": "CA"}
    made.load(ship_date=shipped, delivered_date=None)
    assert bool(made.found("NC-29")) is late


def test_a_load_within_one_country_needs_no_consent_and_no_document() -> None:
    made = World()
    made.party("P08", "US")
    made.load(receiver="P08", mtn=None, exit=None, entry=None, **NONE)
    assert made.found("NC-01") == made.found("NC-17") == []


def test_the_outcome_is_the_same_whatever_the_order_of_the_rows() -> None:
    made = World()
    for no in range(1, 8):
        made.load(f"M{no}", mtn=f"{no % 3:09}TRN", line={"quantity": 20_000 + no, "quantity_received": 1})
    setting = Setting(AS_OF, parameters())
    first = finish(run(made.trade(), setting))
    made.rows.items = dict(reversed(made.rows.items.items()))
    made.rows.ties.reverse()
    again = finish(run(made.trade(), setting))
    assert first is not None and again is not None and first.findings == again.findings
    assert first.missing == again.missing and all(one.inputs_hash for one in first.findings)


@pytest.mark.parametrize("key", sorted(RULES.keys()))
def test_every_rule_says_what_it_stands_on(key: str) -> None:
    rule = RULES.get(key)
    assert rule.version and rule.inputs and rule.definition and rule.sentence and rule.clears
    assert len(rule.citation) > 3, "the law, guide or definition it stands on"


def test_severity_rises() -> None:
    lost = World()
    lost.load(line={"quantity_received": 14_999})
    assert [one.severity for one in lost.check("NC-26").findings] == ["high"]
    kept = World()
    kept.load(line={"quantity_received": 15_000})
    assert [one.severity for one in kept.check("NC-26").findings] == ["medium"]
    dumped = World()
    dumped.load(line={"op_code": "D1"})
    assert [one.severity for one in dumped.check("NC-10").findings] == ["high"]


def test_a_receiver_at_the_same_address_is_to_be_verified() -> None:
    made = World()
    made.rows.values[made._ids["P02"]]["address"] = "Av. Industrial 410, Col. Norte, Monterrey"
    made.party("P09", "MX", address="Avenida Industrial No. 410 Colonia Norte Monterrey NL")
    made.load(receiver="P09")
    (found,) = made.check("NC-11").findings
    assert (found.severity, found.values["verify"]) == ("medium", True)


def test_an_inferred_consent_is_said_to_be_inferred() -> None:
    made = World()
    made.load(line={"us_consent_no": None, "op_code": "R12"})
    (found,) = made.check("NC-10").findings
    assert found.values["inferred"] is True and found.values["consent"] == "240117E00001"


def test_ties_are_no_match() -> None:
    made = World()
    made.consent("S2", us_consent_no="240118E00001", reference="240118E00001")
    made.load(line={"us_consent_no": None})
    assert made.found("NC-01") == [("M1",)]


def test_the_day_decides_what_is_open() -> None:
    made = World()
    made.load(receipt_date=None)
    assert made.found("NC-20", date(2024, 10, 30)) == []
    assert made.found("NC-20", date(2024, 10, 31)) == [("M1",)]
    assert date(2024, 10, 31) < AS_OF
