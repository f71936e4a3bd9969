"""What imports are measured beside: csv.reader with executemany, and pandas with networkx; each in a process of its
own, as an import is."""

from __future__ import annotations

import csv
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_TABLES = (
    "record(id INTEGER PRIMARY KEY, import_id, part, no, raw)",
    "item(id INTEGER PRIMARY KEY, kind, type, label, label_rank, canonical_id)",
    "identity(id INTEGER PRIMARY KEY, ns, value, item_id, joins, validity)",
    "link(item_id INTEGER PRIMARY KEY, a, b, direction, strength, start, end, precision)",
    "statement(id INTEGER PRIMARY KEY, item_id, record_id, basis_id, vals)",
)


def baseline(source: str, target: str) -> None:
    """csv.reader and executemany into the same tables without indexes: keys in a dict, nothing validated."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(target, isolation_level=None)
    connection.execute("PRAGMA journal_mode = wal").fetchall()
    for sql in _TABLES:
        connection.execute(f"CREATE TABLE {sql}")
    connection.execute("BEGIN")
    keys: dict[str, int] = {}
    rows: dict[str, list[tuple[Any, ...]]] = {"record": [], "item": [], "identity": [], "link": [], "statement": []}
    widths = {"record": 5, "item": 6, "identity": 6, "link": 8, "statement": 5}
    item = statement = 0

    def flush() -> None:
        for table, held in rows.items():
            connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * widths[table])})", held)
            held.clear()

    with open(source, encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        next(reader)
        for no, (a, ca, b, cb, date, amount, reference, note) in enumerate(reader, 2):
            rows["record"].append((no, 1, "table", no, json.dumps([a, ca, b, cb, date, amount, reference, note])))
            ends = []
            for name, country in ((a, ca), (b, cb)):
                known = keys.get(name)
                if known is None:
                    item += 1
                    known = keys[name] = item
                    rows["item"].append((item, "entity", "organization", name, 2, None))
                    rows["identity"].append((item, "bench", name, item, 1, "ok"))
                statement += 1
                rows["statement"].append((statement, known, no, 1, json.dumps({"name": [name], "country": [country]})))
                ends.append(known)
            item += 1
            statement += 1
            rows["item"].append((item, "link", "paid", "", 0, None))
            rows["identity"].append((item, "link", f"{no}", item, 1, "ok"))
            rows["link"].append((item, *ends, 1, 0, date, None, 3))
            rows["statement"].append(
                (statement, item, no, 1, json.dumps({"amount": [amount], "reference": [reference]}))
            )
            if not no % 10_000:
                flush()
    flush()
    connection.execute("COMMIT")
    connection.close()


def missing(source: Path) -> str:
    """What the peer of a file needs and this Python lacks; empty where it lacks nothing."""
    needed = ["networkx"] if source.suffix == ".graphml" else ["pandas", "networkx"]
    return ", ".join(name for name in needed if find_spec(name) is None)


def graph(source: str) -> None:
    """The same graph by pandas and networkx (GraphML: networkx alone): no statements, records, validity or undo."""
    import networkx as nx

    path = Path(source)
    if path.suffix == ".graphml":
        nx.read_graphml(path)
        return
    import pandas as pd

    if path.suffix == ".csv":
        table = pd.read_csv(path, dtype=str)
    elif path.suffix == ".json":
        table = pd.read_json(path, dtype=False, convert_dates=False)
    else:
        table = pd.read_excel(path, engine="calamine")
    made = nx.from_pandas_edgelist(
        table, "name_a", "name_b", ["date", "amount", "reference"], create_using=nx.MultiDiGraph
    )
    for name, country in (("name_a", "country_a"), ("name_b", "country_b")):
        nx.set_node_attributes(made, dict(zip(table[name], table[country], strict=True)), "country")


def read_openpyxl(source: str) -> None:
    """Every cell of a workbook by openpyxl alone."""
    import openpyxl

    book = openpyxl.load_workbook(source, read_only=True, data_only=True)
    for _row in book.worksheets[0].iter_rows(values_only=True):
        pass
    book.close()


def read_csv(source: str) -> None:
    """Every row by csv.reader."""
    with open(source, encoding="utf-8", newline="") as stream:
        for _row in csv.reader(stream):
            pass


def read_ours(source: str, format: str) -> None:
    """Every row as the reader process has it, before anything is made of it."""
    import gc

    from ewglink.importers.contract import FORMATS
    from ewglink.importers.reader_service import InProcessReader

    gc.set_threshold(200_000, 50, 100)
    FORMATS.get(format)
    for _batch in InProcessReader().rows(Path(source), format):
        pass


def nothing(*_given: str) -> None:
    """What a process costs that only starts and imports what the readers import."""
    from ewglink.importers.contract import FORMATS

    len(FORMATS)


def start(*_given: str) -> None:
    """What a process costs that only starts."""
