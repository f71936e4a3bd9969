"""Tables of a generated case, any size: people, organizations, vessels and accounts with numbers and addresses, in
several scripts, and three links each; a few of the entities are hubs. The importer makes a case of them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import name_files
import numpy as np

LINKS_AN_ENTITY = 3
NAMESPACE = "bench"

_GIVEN = ("María", "José", "Juan", "Guadalupe", "John", "Mary", "Wei", "Élise", "François", "Zoë", "Николай", "Ольга",
          "Ivan", "محمد", "فاطمة", "伟", "秀英", "Γιώργος", "Ελένη", "Łukasz", "Ngọc", "Søren", "Ahmed", "Renée")
_FAMILY = ("Hernández", "García", "Martínez", "Tremblay", "Gagnon", "Smith", "Johnson", "Иванов", "Смирнова", "Chen",
           "王", "李", "الحسن", "Παπαδόπουλος", "Nguyễn", "Kowalski", "O'Brien", "Núñez", "Fernández", "López", "Côté",
           "Brown", "Singh", "Müller")
_STREETS = ("Av. Insurgentes Sur", "Calle Hidalgo", "rue Saint-Denis", "Main Street", "Boulevard Díaz Ordaz",
            "Industrial Parkway", "ул. Ленина", "人民路", "Calzada del Valle", "Queen Street West")
_CITIES = ("Monterrey", "Tijuana", "Montréal", "Toronto", "Houston", "Laredo", "Ciudad Juárez", "Veracruz", "Detroit",
           "Vancouver")
_COUNTRIES = ("MX", "MX", "MX", "US", "US", "CA", "CA", "CN", "RU", "PA")
TYPES = ("organization", "person", "account", "vessel", "facility")
_SHARES = (0.50, 0.28, 0.14, 0.03, 0.05)
_KINDS = {(0, 0): "paid", (1, 0): "director_of", (1, 1): "associate_of", (2, 2): "called", (0, 1): "paid",
          (0, 3): "operates", (0, 4): "operates", (1, 2): "has_account", (0, 2): "has_account"}

ENTITY_COLUMNS = ("id", "type", "name", "country", "tax_id", "registry_no", "phone", "address", "city", "opened",
                  "remark")
ENTITIES = {
    "ewglink_spec": 1, "name": "bench entities", "namespace": NAMESPACE,
    "entities": {"it": {
        "type": {"column": "type"}, "key": ["id"], "label": "name",
        "properties": {"name": "name", "country": "country", "tax_id": "tax_id", "registry_no": "registry_no",
                       "phone": "phone", "address": "address", "city": "city", "formed": "opened",
                       "note": "remark"}}},
    "links": [],
}
LINK_COLUMNS = ("no", "from", "to", "type", "date", "amount", "reference", "certainty")
LINKS = {
    "ewglink_spec": 1, "name": "bench links", "namespace": NAMESPACE,
    "entities": {"a": {"type": "?", "key": ["from"], "reference": True},
                 "b": {"type": "?", "key": ["to"], "reference": True}},
    "links": [{"type": {"column": "type"}, "from": "a", "to": "b", "key": ["no"], "start": "date",
               "strength": "certainty", "properties": {"amount": "amount", "reference": "reference"}}],
}


def entity_types(count: int) -> np.ndarray[Any, Any]:
    """The type of each entity, as an index into `TYPES`."""
    return np.random.default_rng(11).choice(len(TYPES), count, p=_SHARES)


def _entities(count: int) -> Iterator[tuple[str, ...]]:
    chance = np.random.default_rng(12)
    types = entity_types(count).tolist()
    companies = iter(name_files.generate(sum(code != 1 for code in types), seed=12)[0])
    picks = chance.integers(0, 1 << 30, (count, 6)).tolist()
    for row, (code, (one, two, three, four, five, six)) in enumerate(zip(types, picks, strict=True)):
        name = next(companies) if code != 1 else ""
        if code == 1:
            name = " ".join((_GIVEN[one % 24], _GIVEN[two % 24], _FAMILY[three % 24], _FAMILY[four % 24]))
        if code == 2:
            name = f"MX{one % 100:02d} {two:010d}"
        if code == 3:
            name = f"M/V {name.split(' ')[0]} {one % 400}"
        yield (f"E{row}", TYPES[code], name, _COUNTRIES[five % 10], f"TX{six:010d}", f"R-{row:08d}",
               f"+52 81 {two % 10_000:04d} {three % 10_000:04d}",
               f"{_STREETS[three % 10]} {four % 3000}", _CITIES[six % 10],
               f"{1990 + one % 34}-{1 + two % 12:02}-{1 + three % 28:02}",
               "second-hand batteries" if four % 9 == 0 else "")


def ends(count: int) -> np.ndarray[Any, Any]:
    """The ends of all links, (3 · count, 2): one in five is drawn towards few, which so become hubs."""
    chance = np.random.default_rng(13)
    drawn = chance.random((count * LINKS_AN_ENTITY, 2))
    towards = chance.random(drawn.shape) < 0.2
    found: np.ndarray[Any, Any] = np.where(towards, drawn ** 3, drawn) * count
    return found.astype(np.int64)


def _links(count: int) -> Iterator[tuple[str, ...]]:
    types = entity_types(count)
    pairs = ends(count)
    picks = np.random.default_rng(14).integers(0, 1 << 30, len(pairs)).tolist()
    codes = types[pairs].tolist()
    for no, ((a, b), (one, two), pick) in enumerate(zip(pairs.tolist(), codes, picks, strict=True)):
        yield (f"L{no}", f"E{a}", f"E{b}", _KINDS.get((one, two), "paid"),
               f"{2012 + pick % 13}-{1 + pick % 12:02}-{1 + pick % 28:02}", f"{pick % 10_000_000 / 100:.2f}",
               f"INV-{no:07d}", "tentative" if pick % 10 == 0 else "confirmed")


def write(folder: Path, count: int) -> tuple[Path, Path]:
    """The tables of `count` entities and of three times as many links, as CSV."""
    paths = folder / "entities.csv", folder / "links.csv"
    for path, columns, rows in zip(paths, (ENTITY_COLUMNS, LINK_COLUMNS), (_entities(count), _links(count)),
                                   strict=True):
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(columns)
            writer.writerows(rows)
    return paths


def make(case: Path, count: int) -> None:
    """A case file of `count` entities, imported from its tables as a person imports them."""
    from ewglink.model.progress import finish
    from ewglink.workspace.commands.importing import ImportRequest, import_files
    from ewglink.workspace.workspace import Workspace

    tables = write(case.parent, count)
    requests = [ImportRequest(path, spec=spec, chart="") for path, spec in zip(tables, (ENTITIES, LINKS), strict=True)]
    with Workspace.create(case, "bench") as workspace:
        report = finish(import_files(workspace, requests))
        if report is None or report.rejected:
            raise RuntimeError(f"rows were rejected: {report and report.rejected[:3]}")
    for path in tables:
        path.unlink()
