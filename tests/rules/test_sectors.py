"""Every rule on refrigerants, engines and wildlife: what fires it, what stands at its boundary, what it cannot tell."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from made_trade import World

from ewglink.rules.contract import RULES

Make = Callable[[], World]
AS_OF = date(2026, 2, 2)
"""The day after annual declarations of 2025 are due."""
VIN = "1M8GDM9AXKP042788"
"""Its check digit holds; it is of 1989 or 2019."""


# refrigerants: P01 (US) imports from P09 (CN)


def gas(made: World, ref: str = "G1", *, line: dict[str, Any] | None = None, importer: str | None = "P01",
        exporter: str | None = "P09", **values: Any) -> None:
    """A load of ten tonnes of R-134a, 14,300 tonnes of exchange value."""
    made.item(ref, "movement", **{"arrival": "2025-06-20", "filed": "2025-06-10", "declared": "R-134a", "hs": "290345",
                                  "cylinder": "refillable", "mode": "sea", **values})
    made.item(ref + ".1", "movement_line", **{"quantity": 10_000, "unit": "kg", **(line or {})})
    made.tie("contains", ref, ref + ".1")
    for kind, party in (("importer_of", importer), ("exporter_of", exporter)):
        if party is not None:
            made.tie(kind, party, ref)


def imported(*loads: dict[str, Any], country: str = "US", year: int | None = 2025,
             paper: dict[str, Any] | None = None) -> Make:
    def make() -> World:
        made = World()
        made.party("P09", "CN", roles=["exporter"])
        made.rows.values[made._ids["P01"]]["country"] = country
        if year is not None:
            made.item("A1", "allowance", year=year, allowance_mteve=14_300)
            made.tie("holds", "P01", "A1")
        if paper is not None:
            made.item("K1", "consent", **paper)
            made.tie("holds", "P01", "K1")
        for no, load in enumerate(loads, 1):
            gas(made, f"G{no}", **load)
        return made

    return make


def passing(left: str | None, kg: float | None = 10_000) -> Make:
    """Ten tonnes that came to a free zone on 10 January 2025, and left again on a day."""
    def make() -> World:
        made = imported()()
        made.party("Z1", "PA", roles=["free_zone_operator"])
        gas(made, "G1", importer="Z1", arrival="2025-01-10", line={"quantity": kg})
        if left is not None:
            gas(made, "G2", exporter="Z1", arrival=left)
        return made

    return make


USED = {"declared": "reclaimed R-134a"}
LEAVE = {"kind": "non-objection notice", "valid_from": "2025-01-01"}

# engines: P01 (CA) imports from P09 (CN)


def engine(came: dict[str, Any] | None = None, *, certificate: str | None = "SKPMS.2081GA",
           approval: dict[str, Any] | None = None, left: str | None = None, maker_tied: bool = True,
           twin: dict[str, Any] | None = None, **values: Any) -> Make:
    def make() -> World:
        made = World()
        made.party("P09", "CN", roles=["exporter"])
        made.party("Kestrel Power", "CN")
        if maker_tied:
            made.tie("acts_for", "P09", "Kestrel Power")
        made.item("U1", "engine", **{"engine_family": "SKPMS.2081GA", "model_year": 2025, "label_present": "yes",
                                     "manufacturer": "Kestrel Power", "serial": "K1", **values})
        if twin is not None:
            made.item("U2", "engine", **twin)
        entry(made, "I1", ["U1"], **{"event_kind": "import", "start": "2025-03-03", **(came or {})})
        if left is not None:
            entry(made, "X1", ["U1"], event_kind="re-export", start=left)
        if certificate is not None:
            made.item("COC1", "consent", kind="certificate of conformity", engine_family=certificate)
        if approval is not None:
            made.item("AP1", "consent", **approval)
            made.tie("certified_under", "U1", "AP1")
        return made

    return make


def entry(made: World, ref: str, units: list[str], **values: Any) -> None:
    """An event of customs, with the units and both parties."""
    made.item(ref, "event", **values)
    for unit in units:
        made.tie("participated_in", unit, ref)
    made.tie("participated_in", "P01", ref, role="importer")
    made.tie("participated_in", "P09", ref, role="exporter")


def fleet(count: int, undated: int = 0, declared: str | None = None) -> Make:
    """A Canadian importer of so many units in 2025, and of some on a day nobody knows."""
    def make() -> World:
        made = World()
        made.party("P09", "CN")
        made.rows.values[made._ids["P01"]]["country"] = "CA"
        units = [f"U{no}" for no in range(count + undated)]
        for unit in units:
            made.item(unit, "engine")
        entry(made, "I1", units[:count], event_kind="import", start="2025-03-03")
        entry(made, "I2", units[count:], event_kind="import")
        if declared is not None:
            made.item("D1", "consent", kind="annual declaration", issued=declared)
            made.tie("holds", "P01", "D1")
        return made

    return make


# wildlife: P02 (MX) sends queen conch to P01 (US)


def permit(made: World, ref: str, species: str = "Aliger gigas", *, exporter: str | None = "P02",
           importer: str | None = "P01", **values: Any) -> None:
    made.item(ref, "consent", **{"cites_permit": ref, "kind": "export", "authority": "MX", "quantity": 1000,
                                 "unit": "kg", "source_code": "W", "purpose_code": "T", "issued": "2025-01-01",
                                 "valid_to": "2025-06-30", **values})
    made.item(ref + ".s", "consent_stream", description=species)
    made.tie("covers", ref, ref + ".s")
    for kind, party in (("authorises_exporter", exporter), ("authorises_importer", importer)):
        if party is not None:
            made.tie(kind, ref + ".s", party)


def sent(made: World, ref: str, paper: str | None, species: str = "Aliger gigas", *, by: str | None = "P02",
         to: str | None = "P01", on: str | None = "2025-03-03", **specimen: Any) -> None:
    made.item(ref, "movement", ship_date=on, declared="conch")
    made.item(ref + ".x", "specimen", **{"name": species, "quantity": 400, "unit": "kg", **specimen})
    made.tie("contains", ref, ref + ".x")
    if paper is not None:
        made.tie("permitted_by", ref, paper)
    for kind, party in (("exporter_of", by), ("importer_of", to)):
        if party is not None:
            made.tie(kind, party, ref)


def wild(*loads: dict[str, Any], paper: dict[str, Any] | None = None, **more: dict[str, Any]) -> Make:
    """Loads under the permit `E1`; `more`: other permits by number."""
    def make() -> World:
        made = World()
        made.party("P03", "HK")
        for ref, values in {"E1": paper or {}, **more}.items():
            permit(made, ref, **values)
        for no, load in enumerate(loads, 1):
            sent(made, f"L{no}", **{"paper": "E1", **load})
        return made

    return make


def onward(came: dict[str, Any] | None, went: float, **paper: Any) -> Make:
    """400 kg that came to P01 and what it sent on to P03 under a certificate of re-export."""
    paper = {"kind": "re-export", "authority": "US", "exporter": "P01", "importer": "P03",
             "issued": "2025-03-20", **paper}
    out = {"paper": "RX", "by": "P01", "to": "P03", "on": "2025-03-20", "quantity": went}
    return wild(*([] if came is None else [came]), out, RX=paper)


EEL = {"species": "Anguilla anguilla"}
TURTLE = {"species": "Eretmochelys imbricata"}
QUOTA = {"kind": "quota", "quantity": 700, "valid_from": "2025-03-01", "valid_to": "2025-03-31"}
SEASON = {"kind": "closed season", "quantity": None, "unit": None, "valid_from": "2025-03-03", "valid_to": "2025-03-31"}

CASES: dict[str, tuple[Make, Make, Make]] = {
    # rule: what fires it, what stands at the boundary and does not, what cannot be evaluated
    "HF-01": (imported({"arrival": "2026-01-01"}), imported({"arrival": "2025-12-31"}), imported({"arrival": None})),
    "HF-02": (imported({}, {"arrival": "2025-12-31", "line": {"quantity": 0.001}}),
              imported({}, {"arrival": "2026-01-01"}), imported({"line": {"unit": "drum"}})),
    "HF-03": (imported({"filed": "2025-06-11"}), imported({"filed": "2025-06-10"}), imported({"filed": None})),
    "HF-04": (imported({"declared": "R-134a, CAS 75-45-6"}), imported({"declared": "R-134a, CAS 811-97-2"}),
              imported({"hs": "290345", "declared": "gas"})),
    "HF-05": (passing("2025-07-10"), passing("2025-07-09"), passing(None, None)),
    "HF-06": (imported({"cylinder": "non-refillable"}), imported({"cylinder": "refillable"}),
              imported({"cylinder": "blue"})),
    "HF-07": (imported(USED, paper=LEAVE | {"valid_to": "2025-06-19"}),
              imported(USED, paper=LEAVE | {"valid_to": "2025-06-20"}), imported(USED | {"arrival": None})),
    "HF-08": (imported({"lab_result": "R-12"}), imported({"lab_result": "HFC-134a"}), imported({"lab_result": "?"})),
    "EN-01": (engine(engine_family="SKPMS.20811GA"), engine(), engine(engine_family=None)),
    "EN-02": (engine(model_year=2024), engine(model_year=2025), engine(model_year=None)),
    "EN-03": (engine(certificate="SKPMS.2999ZZ"), engine(engine_family=" skpms.2081ga "), engine(certificate=None)),
    "EN-04": (engine(label_present="removable"), engine(label_present="oui"), engine(label_present="behind the tank")),
    "EN-05": (engine(vin=VIN[:8] + "1" + VIN[9:], model_year=2019), engine(vin=VIN, model_year=2019),
              engine(vin=VIN, model_year=None)),
    "EN-06": (engine(twin={"manufacturer": "KESTREL POWER", "serial": "k 1"}),
              engine(twin={"manufacturer": "Other Works", "serial": "K1"}), engine(serial=None)),
    "EN-07": (fleet(51), fleet(50), fleet(50, undated=1)),
    "EN-08": (engine(exemption_code="TST", approval={"kind": "approval", "valid_to": "2025-03-02"}),
              engine(exemption_code="TST", approval={"kind": "approval", "valid_to": "2025-03-03"}),
              engine({"start": None}, exemption_code="TST", approval={"kind": "approval", "valid_to": "2025-03-03"})),
    "EN-09": (engine(maker_tied=False), engine(), engine(manufacturer=None)),
    "EN-10": (engine({"event_kind": "temporary import", "start": "2025-01-01"}, left="2026-01-02"),
              engine({"event_kind": "temporary import", "start": "2025-01-01"}, left="2026-01-01"),
              engine({"event_kind": "temporary import", "start": None})),
    "WL-01": (wild({"paper": None}), wild({"paper": None, "to": "P02"}), wild({"paper": None, "to": None})),
    "WL-02": (wild({"on": "2025-07-01"}), wild({"on": "2025-06-30"}), wild({}, paper={"valid_to": None})),
    "WL-03": (wild({"quantity": 1000.001}), wild({"quantity": 600}, {"quantity": 400}), wild({"quantity": None})),
    "WL-04": (wild({}, {"paper": "E2", "to": "P03", "on": "2025-03-04"}, E2={"cites_permit": "E1"}),
              wild({}, {"paper": "E2", "on": "2025-03-04", "species": "Strombus gigas"}, E2={"cites_permit": "e1"}),
              wild({}, {"to": None, "on": "2025-03-04"})),
    "WL-05": (wild({**TURTLE, "paper": None, "source_code": "W", "purpose_code": "T"}),
              wild(TURTLE, paper={**TURTLE, "source_code": "F"}), wild(TURTLE, paper={**TURTLE, "source_code": None})),
    "WL-06": (wild({"source_code": "C"}), wild({"source_code": "W", "species": "Strombus gigas"}),
              wild({}, paper={"species": None})),
    "WL-07": (wild({"to": "P03"}), wild({"to": "P03"}, paper={"importer": None}), wild({"to": None})),
    "WL-08": (wild(EEL, paper=EEL), wild({}), wild(TURTLE, paper=TURTLE)),
    "WL-09": (onward(None, 1), onward({}, 400), onward({"quantity": None}, 1)),
    "WL-10": (wild({}, {"quantity": 301, "on": "2025-03-31"}, Q=QUOTA),
              wild({}, {"quantity": 300, "on": "2025-03-31"}, {"on": "2025-04-01"}, Q=QUOTA),
              wild({}, Q=QUOTA | {"authority": None})),
    "WL-11": (onward({}, 400.001), onward({}, 400), onward({}, 1, issued=None)),
}


def test_every_rule_is_here() -> None:
    assert sorted(CASES) == sorted(rule.key for rule in RULES if not rule.key.startswith("NC-"))


@pytest.mark.parametrize("rule", sorted(CASES))
def test_it_fires(rule: str) -> None:
    assert CASES[rule][0]().found(rule, AS_OF)


@pytest.mark.parametrize("rule", sorted(CASES))
def test_it_does_not_at_the_boundary(rule: str) -> None:
    made = CASES[rule][1]()
    assert made.found(rule, AS_OF) == [] and made.missing(rule, AS_OF) == 0


@pytest.mark.parametrize("rule", sorted(CASES))
def test_without_its_inputs_it_is_not_evaluable(rule: str) -> None:
    made = CASES[rule][2]()
    assert made.found(rule, AS_OF) == [] and made.missing(rule, AS_OF) > 0


@pytest.mark.parametrize(("rule", "fires", "stands"), [
    ("HF-03", imported({"mode": "road", "filed": "2025-06-16"}), imported({"mode": "road", "filed": "2025-06-15"})),
    ("HF-03", imported({"arrival": "2023-09-17", "filed": "2023-09-04"}, year=2023),
     imported({"arrival": "2023-09-18", "filed": "2023-09-08"}, year=2023)),  # fourteen days, then ten
    ("HF-03", imported({"declared": "R-134a in transit", "filed": "2025-06-06"}, country="CA"),
     imported({"declared": "R-134a in transit", "filed": "2025-06-05"}, country="CA")),
    ("HF-01", imported({}, year=None), imported({"hs": "841510"}, year=None)),  # charged equipment is no bulk
    ("HF-01", imported({"hs": "841510", "lab_result": "R-410A"}, year=None),
     imported({"declared": "R-22", "hs": "290371"}, year=None)),  # an HCFC is Canada's
    ("HF-01", imported({"declared": "R-22", "hs": "290371"}, country="CA", year=None),
     imported({"declared": "R-22", "hs": "290371"}, country="CA", year=None, paper={"valid_to": "2025-06-20"})),
    ("HF-04", imported({"hs": "382763"}), imported({"declared": "R-410A (CAS 75-10-5, 354-33-6)", "hs": "382763"})),
    ("EN-05", engine(vin=VIN, model_year=2020), engine(vin=VIN, model_year=1989)),
    ("EN-06", engine(vin=VIN, serial=None, twin={"vin": VIN}),
     engine(vin=VIN, serial=None, twin={"vin": "N/A", "serial": "K2"})),
    ("EN-07", fleet(51, declared="2026-02-02"), fleet(51, declared="2026-02-01")),
    ("EN-10", engine({"event_kind": "temporary import", "start": "2025-02-01"}),
     engine({"event_kind": "temporary import", "start": "2025-02-02"})),
    ("WL-05", wild({**TURTLE}, paper=TURTLE), wild({**TURTLE, "purpose_code": "S"}, paper=TURTLE)),
    ("WL-08", wild(EEL, paper={**EEL, "source_code": "C"}), wild({}, paper={"source_code": "C"})),  # nobody breeds eels
    ("WL-10", wild({}, S=SEASON), wild({"on": "2025-03-02"}, S=SEASON)),
    ("WL-11", onward({}, 1, issued="2025-03-21"), onward({}, 1, issued="2025-03-20")),
])
def test_the_other_sides_of_a_rule(rule: str, fires: Make, stands: Make) -> None:
    assert fires().found(rule, AS_OF)
    assert stands().found(rule, AS_OF) == [] and stands().missing(rule, AS_OF) == 0


@pytest.mark.parametrize("make", [imported({}), engine(), wild({})])
def test_what_is_sound_breaks_nothing(make: Make) -> None:
    assert {rule: made for rule in CASES if (made := make().found(rule, AS_OF))} == {}
