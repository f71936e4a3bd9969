"""What stands for nobody, in four languages; and names that only look like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ewglink.identifiers.catalogue import check
from ewglink.identifiers.placeholders import is_placeholder, names_nobody
from ewglink.model.progress import finish
from ewglink.workspace.commands.importing import ImportRequest, import_files
from ewglink.workspace.workspace import Workspace

NOBODY = (
    "N/A", "n.a.", "NULL", "(null)", "None", "CHANGE ME", "TO THE ORDER OF BANCO X", "TO ORDER", "ORDER OF SHIPPER",
    "à l'ordre de la banque", "A L’ORDRE DE X", "A LA ORDEN DEL PORTADOR", "a la orden", "-0-", "-0- ", "---",
    "0000000", "999999999", "xxx", "?", "TBD", "PÚBLICO EN GENERAL", "Varios", "SAME AS CONSIGNEE", "Undisclosed",
    "同上", "无", "sin nombre", "En trámite", "n/d", "s/n", "  ",
)  # fmt: skip
SOMEBODY = (
    "Order Logistics Inc", "Orderly Freight", "A. Ordóñez", "Nullarbor Shipping", "Nadia", "Ann", "XXL Metals",
    "O'Neil", "Toyota", "To Thi Lan", "Various Metals Ltd", "Ausencio", "Alan Order", "A", "Nil Kanth", "0A1",
)  # fmt: skip


@pytest.mark.parametrize("text", NOBODY)
def test_it_stands_for_nobody(text: str) -> None:
    assert is_placeholder(text)
    assert names_nobody(text)


@pytest.mark.parametrize("text", SOMEBODY)
def test_it_is_somebody(text: str) -> None:
    assert not names_nobody(text)


@pytest.mark.parametrize("text", ["XAXX010101000", "xexx010101000", "XEXX-010101-000", "XAXX 010101 000"])
def test_generic_tax_numbers_are_nobodys_own(text: str) -> None:
    assert names_nobody(text)
    assert not check("rfc", text).may_join


def test_as_keys_they_make_nothing_and_are_told(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("rfc,name\nXAXX010101000,A\nXAXX010101000,B\nGODE561231GR8,C\nN/A,D\n")
    for key in ("rfc", {"column": "rfc", "scheme": "rfc"}):
        entity = {"type": "organization", "key": [key], "properties": {"name": "name", "rfc": "rfc"}}
        spec = {"ewglink_spec": 1, "name": "t", "namespace": "t", "entities": {"one": entity}}
        with Workspace.create(tmp_path / f"{isinstance(key, str)}.ewg", "T") as workspace:
            report = finish(import_files(workspace, [ImportRequest(path, spec=spec)], in_process=True))
            assert report is not None
            assert [ref.label for ref in workspace.case.items.listed("entity")] == ["C"]
            problems = [*report.sources[0].warnings, *report.sources[0].rejected]
            assert sum(one.code == "placeholder_key" for one in problems) == 3
