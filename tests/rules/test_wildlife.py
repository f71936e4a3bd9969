"""WL-01 to WL-11: each fires, does not at its boundary, and says where it cannot be evaluated."""

from __future__ import annotations

from typing import Any

from ewglink.reference.cites import appendix_of, cites_codes, listed_species, species_key

FIRMS = [{"party_id": "P01", "name": "Importer", "country": "US"},
         {"party_id": "P02", "name": "Caracol", "country": "MX"},
         {"party_id": "P03", "name": "Golfo", "country": "MX"}, {"party_id": "P04", "name": "Kowloon", "country": "HK"},
         {"party_id": "P05", "name": "Nowhere", "country": ""}]
PERMIT = {"permit_no": "PERM1"}


def load(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"shipment_id": f"L{number}"} | more


def test_the_vocabulary() -> None:
    for kind, count in (("appendix", 3), ("source", 11), ("purpose", 12)):
        assert sum(key[0] == kind for key in cites_codes()) == count, kind
    assert species_key("Strombus gigas") == species_key("Aliger gigas") == species_key("queen conch")
    totoaba = listed_species("totoaba")
    assert totoaba is not None and totoaba.appendix == "I" and totoaba.home == {"MX"}
    assert [appendix_of(text) for text in ("App. II", "I", "Annexe III", "2", "none", "")] == [
        "II", "I", "III", "II", "", ""]


def test_a_sound_load_breaks_nothing(judged: Any) -> None:
    said = judged(parties=FIRMS, permits=[PERMIT], wildlife_shipments=[load()])
    assert said.rows == [] and said.missing == {}


def test_no_permit(judged: Any) -> None:
    said = judged(parties=FIRMS, permits=[PERMIT], wildlife_shipments=[
        load(1, permit_no=""), load(2, permit_no="", species="Totoaba macdonaldi", declared="dried fish maw"),
        load(3, permit_no="", to="P03"), load(4, permit_no="", species="Gadus morhua"),
        load(5, permit_no="", to="P05")])
    assert said.of("WL-01") == ["L1", "L2"], "L3 stays in Mexico"
    assert said.missing["WL-01"] == 2, "a species nobody lists, a party without a country"


def test_the_last_day_of_a_permit(judged: Any) -> None:
    said = judged(parties=FIRMS, permits=[PERMIT], wildlife_shipments=[
        load(1, date="2025-06-30"), load(2, date="2025-07-01", qty=10), load(3, permit_no="LOST", qty=10)])
    assert said.of("WL-02") == ["L2"] and said.missing["WL-02"] == 1


def test_the_first_kilogram_over_a_permit(judged: Any) -> None:
    said = judged(parties=FIRMS, permits=[PERMIT, {"permit_no": "PERM2", "qty": ""}], wildlife_shipments=[
        load(1, qty=600), load(2, qty=400, date="2025-03-04"), load(3, qty="0.5", date="2025-03-05"),
        load(4, permit_no="PERM2")])
    assert said.of("WL-03") == ["L3"] and said.missing["WL-03"] == 1
    pounds = judged(parties=FIRMS, permits=[PERMIT], wildlife_shipments=[
        load(1, qty=2204, unit="lb"), load(2, qty=1, unit="lb", date="2025-03-04"),
        load(3, qty=3, unit="pieces", date="2025-03-05")])
    assert pounds.of("WL-03") == ["L2"], "2,204 lb are 999.7 kg, 2,205 are 1,000.2"
    assert pounds.missing["WL-03"] == 1


def test_a_permit_shown_by_others(judged: Any) -> None:
    said = judged(parties=FIRMS, permits=[PERMIT | {"importer": ""}], wildlife_shipments=[
        load(1, qty=1), load(2, qty=1, date="2025-03-04"), load(3, qty=1, date="2025-03-05", to="P04"),
        load(4, qty=1, date="2025-03-06", species="Strombus gigas"), load(5, qty=1, date="2025-03-07", to="")])
    assert said.of("WL-04") == ["L3"], "a synonym is the same species"
    assert said.missing["WL-04"] == 1, "nobody knows who L5 was for"
    assert said.of("WL-07") == [], "the permit names no importer"


def test_appendix_one_from_the_wild_for_trade(judged: Any) -> None:
    shell = {"species": "Eretmochelys imbricata", "appendix": "I"}
    permits = [shell | {"permit_no": f"T{at}"} | more for at, more in enumerate(
        ({}, {"source": "C"}, {"purpose": "S"}, {"source": ""}, {"appendix": ""}), 1)]
    said = judged(parties=FIRMS, permits=permits, wildlife_shipments=[
        load(at, permit_no=f"T{at}", species=shell["species"]) for at in range(1, 6)])
    assert said.of("WL-05") == ["L1", "L5"], "the list knows the appendix where the permit does not say"
    assert said.missing["WL-05"] == 1
    assert said.missing["WL-08"] >= 1, "no range is listed for the turtle"


def test_other_goods_and_parties(judged: Any) -> None:
    said = judged(parties=FIRMS, permits=[PERMIT, {"permit_no": "PERM2", "species": ""}], wildlife_shipments=[
        load(1, qty=1, species="Isostichopus fuscus"), load(2, qty=1, date="2025-03-04", frm="P03"),
        load(3, qty=1, date="2025-03-05", to="P04"), load(4, qty=1, date="2025-03-06", to=""),
        load(5, permit_no="PERM2")])
    assert said.of("WL-06") == ["L1"] and said.missing["WL-06"] == 1
    assert said.of("WL-07") == ["L2", "L3"] and said.missing["WL-07"] == 1


def test_where_an_animal_does_not_live(judged: Any) -> None:
    eel = {"species": "Anguilla anguilla"}
    permits = [eel | {"permit_no": "W"}, eel | {"permit_no": "C", "source": "C"},
               eel | {"permit_no": "R", "type": "re-export"}, {"permit_no": "SHARK", "species": "Sphyrna lewini"}]
    said = judged(parties=FIRMS, permits=permits, wildlife_shipments=[
        load(1, permit_no="W", **eel), load(2, permit_no="C", **eel), load(3, permit_no="R", **eel),
        load(4, permit_no="SHARK", species="Sphyrna lewini")])
    assert said.of("WL-08") == ["L1", "L2"], "nobody breeds eels, whatever the permit says"
    assert said.missing["WL-08"] == 1
    at_home = judged(parties=FIRMS, permits=[PERMIT], wildlife_shipments=[load(1)])
    assert at_home.of("WL-08") == []


def test_sent_on(judged: Any) -> None:
    """What came in is 400 kg: WL-09 where nothing came, WL-11 from the first kilogram over."""
    onward = {"permit_no": "RX", "type": "re-export", "issuer": "US", "exporter": "P01", "importer": "P04"}
    late = onward | {"permit_no": "LATE", "issued": "2025-04-02"}
    out = {"permit_no": "RX", "frm": "P01", "to": "P04"}
    said = judged(parties=FIRMS, permits=[PERMIT, onward, late], wildlife_shipments=[
        load(1, qty=10, date="2025-03-02", **out), load(2), load(3, qty=390, date="2025-03-20", **out),
        load(4, qty=1, date="2025-03-21", **out), load(5, qty=400, date="2025-03-25"),
        load(6, qty=5, date="2025-04-01", **(out | {"permit_no": "LATE"}))])
    assert said.of("WL-09") == ["L1"]
    assert said.of("WL-11") == ["L4", "L6"]
    uncounted = judged(parties=FIRMS, permits=[PERMIT, onward], wildlife_shipments=[
        load(1, qty=""), load(2, qty=10, date="2025-03-20", **out)])
    assert uncounted.of("WL-09") == [] and uncounted.missing["WL-09"] == 1
    assert uncounted.of("WL-11") == [] and uncounted.missing["WL-11"] == 1


def test_quotas_and_seasons(judged: Any) -> None:
    blank = {"source": "", "purpose": "", "exporter": "", "importer": ""}
    quota = blank | {"permit_no": "Q", "type": "quota", "qty": 700, "issued": "2025-03-01", "valid_to": "2025-03-31"}
    season = blank | {"permit_no": "S", "type": "closed season", "qty": "", "unit": "",
                      "species": "Isostichopus fuscus", "issued": "2025-04-01", "valid_to": "2025-04-30"}
    cucumber = {"permit_no": "PERM2", "species": "Isostichopus fuscus"}
    open_quota = quota | {"permit_no": "Q2", "issuer": ""}
    said = judged(parties=FIRMS, permits=[PERMIT, cucumber, quota, season, open_quota], wildlife_shipments=[
        load(1, qty=300, date="2025-02-28"), load(2, qty=300), load(3, qty=400, date="2025-03-31"),
        load(4, **cucumber, date="2025-03-31", qty=1), load(5, **cucumber, date="2025-04-01", qty=1),
        load(6, **cucumber, date="2025-05-01", qty=1)])
    assert said.of("WL-10") == ["L5"] and said.missing["WL-10"] == 1
    more = judged(parties=FIRMS, permits=[PERMIT, quota], wildlife_shipments=[
        load(1, qty=300), load(2, qty=401, date="2025-03-31")])
    assert more.of("WL-10") == ["L2"]


def test_wildlife_is_not_judged_by_consents(judged: Any) -> None:
    said = judged(parties=FIRMS, permits=[PERMIT], wildlife_shipments=[load()])
    assert not any(rule.startswith("NC-") for rule in said.missing)
