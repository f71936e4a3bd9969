"""Every rule of notice and consent: what fires it, what stands just on the right side of it, what it cannot tell."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from made_trade import AS_OF, World

from ewglink.rules.contract import RULES

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


def mirrored(exported: float, imported: float) -> Make:
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


CASES: dict[str, tuple[Make, Make, Make | None]] = {
    # rule: what fires it, what stands at the boundary and does not, what cannot be evaluated
    "NC-01": (world(**NONE), world(line={"us_consent_no": None}),  # the second fits the consent, and is inferred
              world(**NONE, exporter=None, exit=None, entry=None)),
    "NC-02": (world(**line(us_consent_no="240117E00002")), world(), None),
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
    "NC-18": (duplicates(ship_date="2024-08-02"), duplicates(line={"quantity": 20_400}), None),
    "NC-19": (world(mtn="12345"), world(), None),
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
    "NC-27": (world(**line(un_received="UN3077")), world(**line(un_received="UN2794")), None),
    "NC-28": (world(**line(unit="lb")), world(**line(unit="KG")), world(**line(unit=None))),
    "NC-29": (built(lambda made: (made.rows.values[made._ids["N1"]].update(submitted="2024-06-03"), made.load())[-1]),
              built(lambda made: (made.rows.values[made._ids["N1"]].update(submitted="2024-06-02"), made.load())[-1]),
              built(lambda made: (made.rows.values[made._ids["N1"]].pop("submitted"), made.load())[-1])),
    "NC-30": (world({"valid_to": "2025-07-01"}), world({"valid_to": "2025-06-30"}), world({"valid_to": None})),
    "NC-31": (on_units("vehicle", {}, {"ship_date": "2024-08-04", "delivered_date": "2024-08-09"}),
              on_units("vehicle", {}, {"ship_date": "2024-08-05", "delivered_date": "2024-08-09"}), None),
    "NC-32": (rejected(), rejected(new_manifest_numbers=["987654321TRN"]), world(rejection=True, ship_date=None,
                                                                               delivered_date=None)),
    "NC-33": (declared(20_000, "2024-08-13"), declared(22_000, "2024-08-12"), declared(None)),
    "NC-34": (declared(20_000, "2024-08-13"), declared(20_000, "2024-08-12"), world()),
    "NC-35": (world(**line(hs="780200")), world(**line(hs="8549.11.01")), world(**line(hs=None))),
    "NC-36": (declared(22_001, tied=True), declared(22_000, tied=True), declared(None, tied=True)),
    "NC-37": (mirrored(100_000, 79_999), mirrored(100_000, 80_000), None),
    "NC-38": (reported(21_054), reported(21_052), reported(100, unit="L")),
    "NC-39": (actor(["exporter", "customs_broker"]), actor(["exporter", "customs_broker"], facility=True), actor(None)),
    "NC-40": (two_consents(100_000, 99_999), two_consents(100_000, 100_000), two_consents(None, 1)),
    "NC-41": (facility(valid_to="2024-08-04"), facility(valid_to="2024-08-05"), facility()),
    "NC-42": (handed("2024-08-01T10:00", "2024-08-02T10:01"), handed("2024-08-01T10:00", "2024-08-02T10:00"), None),
    "NC-43": (drawn_twice("240118E00001"), world(), None),
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


@pytest.mark.parametrize("rule", sorted(rule for rule, cases in CASES.items() if cases[2]))
def test_without_its_inputs_it_is_not_evaluable(rule: str) -> None:
    make = CASES[rule][2]
    assert make is not None
    assert make().found(rule) == []
    assert make().missing(rule) > 0


@pytest.mark.parametrize("rule", sorted(CASES))
def test_a_sound_load_breaks_nothing(rule: str) -> None:
    sound = World()
    sound.load()
    assert sound.found(rule, date(2024, 10, 1)) == []


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
