"""Ports by the codes of customs offices."""

from __future__ import annotations

import pytest

from ewglink.reference.code_lists import ports, rows
from ewglink.rules.ports import port_keys
from tests.rules.made_trade import World


def keys(**values: str) -> frozenset[str]:
    world = World()
    item = world.item("A1", "location", **values)
    return port_keys(world.trade().places[item])


@pytest.mark.parametrize(("name", "code"), [
    ("2304", "USLRD"), ("Brownsville", "USBRO"), ("2301", "USBRO"), ("160", "MXZLO"), ("0809", "CAVAN"),
    ("0401", "USBOS")])
def test_a_port_under_another_code(name: str, code: str) -> None:
    assert code in keys(name=name)


def test_a_number_counts_in_its_own_country() -> None:
    assert "USBOS" not in keys(name="0401", country="CA") and "USBOS" in keys(name="0401", country="US")


def test_aliases_are_of_listed_ports_and_name_one_each() -> None:
    every = rows("port_aliases.csv")
    assert {row["unlocode"] for row in every} <= set(ports())
    for key, country in (("cbp_port", "US"), ("cbsa_office", "CA"), ("mx_aduana", "MX")):
        codes = [row[key] for row in every if row[key]]
        assert len(codes) == len(set(codes))
        assert all(row["unlocode"].startswith(country) for row in every if row[key])
