"""The first mapping of tables nobody has described, in three languages, and what columns are said to hold."""

from __future__ import annotations

from typing import Any

import pytest

from ewglink.importers.contract import Part, Row
from ewglink.importers.preview import columns, describe
from ewglink.importers.specification import Specification
from ewglink.importers.suggesting import kind_named, suggest
from ewglink.importers.values import guess
from ewglink.reference.schema_files import builtin_schema


def table(*rows: tuple[Any, ...]) -> Part:
    """A table whose first row are its headings."""
    headings, *rest = rows
    sample = tuple(Row("t", n, n, cells, "[]") for n, cells in enumerate(rest, 2))
    return Part("t", tuple(map(str, headings)), 1, sample=sample)


def drawn(spec: Specification) -> tuple[dict[str, tuple[str, dict[str, str]]], list[tuple[str, str, str | None]]]:
    """Entities by their key column as (type, property → column), and links as (from, to, start)."""
    entities = {
        str(one.key[0].column): (
            str(one.type.constant),
            {key: str(said.column) for key, said in one.properties.items()},
        )
        for one in spec.entities
    }
    return entities, [(one.a, one.b, one.start.column if one.start else None) for one in spec.links]


def test_two_parties_with_what_is_said_of_each() -> None:
    spanish = table(
        (
            "Número de guía",
            "Razón social del remitente",
            "RFC del remitente",
            "Destinatario",
            "Ciudad",
            "Fecha de envío",
        ),
        ("0012", "Acumuladores Ñandú", "MAB9307148T4", "Batería Reciclada", "Monterrey", "03/04/2024"),
        ("0013", "José Ibáñez", "XAXX010101000", "Fundidora Peñoles", "Torreón", "25/04/2024"),
        ("0014", "José Ibáñez", "GODE561231GR8", "Fundidora Peñoles", "Torreón", "mayo 2024"),
    )
    entities, links = drawn(suggest(spanish, builtin_schema()))
    sender, receiver = "Razón social del remitente", "Destinatario"
    assert entities == {
        sender: ("organization", {"name": sender, "rfc": "RFC del remitente"}),
        receiver: ("organization", {"name": receiver}),
    }
    assert links == [(sender, receiver, "Fecha de envío")]


def test_headings_of_two_rows_and_paths_of_json() -> None:
    rows = [("A1", "CA", "S1", "MX", f"{n:04}", f"2024-01-{n:02}", n / 4) for n in range(1, 9)]
    names = ("Name", "Country", "Name", "Country", "No.", "Date", "Quantity (t)")
    tops = ("Exporter", "Exporter", "Importer", "Importer", "Shipment", "Shipment", "Shipment")
    sheet = table(tuple(f"{top} / {name}" for top, name in zip(tops, names, strict=True)), *rows)
    entities, links = drawn(suggest(sheet, builtin_schema()))
    assert entities["Importer / Name"] == (
        "organization", {"name": "Importer / Name", "country": "Importer / Country"})  # fmt: skip
    assert links == [("Exporter / Name", "Importer / Name", "Shipment / Date")]
    paths = ("id", "shipper.name", "shipper.address.country", "shipper.ids.ein", "consignee.name", "dates.shipped")
    nested = table(paths, *(("S1", "Firm", "US", "91-1144442", "Buyer", "01/13/2023") for _n in range(3)))
    entities, links = drawn(suggest(nested, builtin_schema()))
    assert entities["shipper.name"][1] == {
        "name": "shipper.name", "country": "shipper.address.country", "us_ein": "shipper.ids.ein"}  # fmt: skip
    assert links == [("shipper.name", "consignee.name", "dates.shipped")]


def test_a_number_beside_a_name_is_that_name_s() -> None:
    french = table(
        ("Déclarant", "Numéro d’entreprise", "Entrepôt", "Date d’entrée"),
        *((f"Société {n}", "123026635RC0001", "Entrepôt 1", f"2024-02-0{n}") for n in range(1, 5)),
    )
    entities, _links = drawn(suggest(french, builtin_schema()))
    assert entities == {
        "Déclarant": ("organization", {"name": "Déclarant", "ca_bn15": "Numéro d’entreprise"}),
        "Entrepôt": ("facility", {"name": "Entrepôt"}),
    }


def test_calls_are_between_numbers() -> None:
    calls = table(
        ("caller", "called", "call date"), *((f"+1613555{n:04}", "+16135550199", "01/02/2024") for n in range(4))
    )
    entities, _links = drawn(suggest(calls, builtin_schema()))
    assert entities == {"caller": ("account", {"phone": "caller"}), "called": ("account", {"phone": "called"})}


@pytest.mark.parametrize("rows", [(("a",), (1,)), (("a", "b"), (1, 2)), (("Ort", "Stadt"), (None, None))])
def test_whatever_the_table_something_is_suggested(rows: tuple[tuple[Any, ...], ...]) -> None:
    assert suggest(table(*rows), builtin_schema()).entities


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("Nombre del remitente", "organization"), ("Exporter / Country", "location"), ("País de destino", "location"),
     ("shipperName", "organization"), ("Beneficiary", "person"), ("EPA ID", "facility"), ("Colour", None)],
)  # fmt: skip
def test_what_headings_name(heading: str, kind: str | None) -> None:
    assert kind_named(heading) == kind


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["03/04/2024", "25/04/2024", "mayo 2024", "31/06/2024"], "dates, day first; 1 cell is something else"),
        (["1.250,50", "900", "N/A", "12,5"], "numbers with a decimal comma"),
        (["TBD", "2024-01-02", "unknown"], "dates"),
        (["a", "2024-01-02", "b"], "text"),
        (["N/A", "NULL"], "text"),
    ],
)
def test_a_column_is_judged_by_what_most_of_it_holds(cells: list[str], said: str) -> None:
    assert str(describe(guess(cells))) == said
    assert str(columns(table(("a",), *((cell,) for cell in cells)))[0].kind) == said
