"""The same payments as a CSV, a workbook, JSON and a GraphML graph, for the benchmark of imports."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

COLUMNS = ("name_a", "country_a", "name_b", "country_b", "date", "amount", "reference", "note")
COUNTRIES = ("MX", "US", "CA", "CN", "PA")
Payment = tuple[str, str, str, str, str, str, str, str]
FORMATS = ("csv", "xlsx", "json", "graphml")


def payments(rows: int, distinct: float = 0.5) -> Iterator[Payment]:
    """Rows of two names and five properties; `distinct` names a row."""
    dice = random.Random(7)
    names = max(2, int(rows * distinct))
    for row in range(rows):
        a, b = dice.randrange(names), dice.randrange(names)
        yield (
            f"Comercializadora {a:07d} S.A. de C.V.",
            COUNTRIES[a % 5],
            f"Recycling Works {b:07d} Inc.",
            COUNTRIES[b % 5],
            f"{2015 + row % 9}-{1 + row % 12:02}-{1 + row % 28:02}",
            f"{dice.randrange(10**6) / 100:.2f}",
            f"INV-{row}",
            "second-hand batteries",
        )


def make(path: Path, rows: int) -> None:
    """A file of payments in the format its suffix says."""
    {".csv": _csv, ".xlsx": _xlsx, ".json": _json, ".graphml": _graphml}[path.suffix](path, rows)


def _csv(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows(payments(rows))


def _xlsx(path: Path, rows: int) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("payments")
    sheet.append(COLUMNS)
    for row in payments(rows):
        sheet.append((*row[:5], float(row[5]), *row[6:]))
    book.save(path)


def _json(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8") as stream:
        for no, row in enumerate(payments(rows)):
            stream.write("[\n" if not no else ",\n")
            stream.write(json.dumps(dict(zip(COLUMNS, row, strict=True))))
        stream.write("\n]\n")


def _graphml(path: Path, rows: int) -> None:
    ids: dict[str, str] = {}
    with path.open("w", encoding="utf-8") as stream:
        stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        for on, name in (("node", "name"), ("node", "country"), ("edge", "date"), ("edge", "reference")):
            stream.write(f'<key id="{name}" for="{on}" attr.name="{name}" attr.type="string"/>\n')
        stream.write('<key id="amount" for="edge" attr.name="amount" attr.type="double"/>\n')
        stream.write('<graph id="G" edgedefault="directed">\n')
        for a, country_a, b, country_b, date, amount, reference, _note in payments(rows):
            for name, country in ((a, country_a), (b, country_b)):
                if name not in ids:
                    ids[name] = f"n{len(ids)}"
                    stream.write(f'<node id="{ids[name]}"><data key="name">{escape(name)}</data>')
                    stream.write(f'<data key="country">{country}</data></node>\n')
            stream.write(f'<edge source="{ids[a]}" target="{ids[b]}"><data key="date">{date}</data>')
            stream.write(f'<data key="amount">{amount}</data><data key="reference">{reference}</data></edge>\n')
        stream.write("</graph>\n</graphml>\n")
