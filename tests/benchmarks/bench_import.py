"""Import of a large table, beside csv.reader and executemany into the same tables, unindexed and unvalidated."""

from __future__ import annotations

import csv
import json
import random
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import psutil

COLUMNS = ("name_a", "country_a", "name_b", "country_b", "date", "amount", "reference", "note")
SPEC = {
    "ewglink_spec": 1,
    "name": "payments",
    "namespace": "bench",
    "entities": {
        "a": {"type": "organization", "key": ["name_a"], "properties": {"name": "name_a", "country": "country_a"}},
        "b": {"type": "organization", "key": ["name_b"], "properties": {"name": "name_b", "country": "country_b"}},
    },
    "links": [
        {
            "type": "paid",
            "from": "a",
            "to": "b",
            "start": "date",
            "properties": {"amount": "amount", "reference": "reference"},
        }
    ],
}
TARGET = 3.0
TARGET_MB = 500


def make_csv(path: Path, rows: int, distinct: float = 0.5) -> None:
    """A table of payments: two names, five properties; `distinct` names a row."""
    dice = random.Random(7)
    names = max(2, int(rows * distinct))
    countries = ["MX", "US", "CA", "CN", "PA"]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for row in range(rows):
            a, b = dice.randrange(names), dice.randrange(names)
            writer.writerow(
                (
                    f"Comercializadora {a:07d} S.A. de C.V.",
                    countries[a % 5],
                    f"Recycling Works {b:07d} Inc.",
                    countries[b % 5],
                    f"{2015 + row % 9}-{1 + row % 12:02}-{1 + row % 28:02}",
                    f"{dice.randrange(10**6) / 100:.2f}",
                    f"INV-{row}",
                    "second-hand batteries",
                )
            )


def baseline(source: Path, target: Path) -> float:
    """Seconds of csv.reader and executemany into the same tables without indexes: keys in a dict, nothing validated."""
    from sqlcipher3 import dbapi2

    started = time.perf_counter()
    connection = dbapi2.connect(str(target), isolation_level=None)
    connection.execute("PRAGMA journal_mode = wal").fetchall()
    for sql in (
        "record(id INTEGER PRIMARY KEY, import_id, part, no, raw)",
        "item(id INTEGER PRIMARY KEY, kind, type, label, label_rank, canonical_id)",
        "identity(id INTEGER PRIMARY KEY, ns, value, item_id, joins, validity)",
        "link(item_id INTEGER PRIMARY KEY, a, b, direction, strength, start, end, precision)",
        "statement(id INTEGER PRIMARY KEY, item_id, record_id, basis_id, vals)",
    ):
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

    with source.open(encoding="utf-8", newline="") as stream:
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
    return time.perf_counter() - started


class _Memory:
    """The most memory this process and its children held above what they began with, in MB."""

    def __init__(self) -> None:
        self.most = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> _Memory:
        self._began = self._now()
        self._thread.start()
        return self

    def __exit__(self, *_rest: object) -> None:
        self._stop.set()
        self._thread.join()

    @staticmethod
    def _now() -> float:
        own = psutil.Process()
        total = own.memory_info().rss
        for child in own.children(recursive=True):
            try:
                total += child.memory_info().rss
            except psutil.Error:
                continue
        return total / 1e6

    def _watch(self) -> None:
        while not self._stop.wait(0.05):
            self.most = max(self.most, self._now() - self._began)


def ours(source: Path, case: Path) -> tuple[float, float]:
    """Seconds and MB of the import command, ready to search."""
    from ewglink.model.progress import finish
    from ewglink.workspace.commands.importing import ImportRequest, import_files
    from ewglink.workspace.workspace import Workspace

    with Workspace.create(case, "bench") as workspace, _Memory() as memory:
        started = time.perf_counter()
        finish(import_files(workspace, [ImportRequest(source, spec=SPEC)]))
        return time.perf_counter() - started, memory.most


def stall(source: Path | None, case: Path, seconds: float = 3.0) -> float:
    """The longest time, in ms, that a loop of 1 ms ticks stood still in the main thread while a job's thread followed
    an import, as the window does; without `source` while nothing ran for `seconds`: what the machine itself adds."""
    from ewglink.model.progress import finish
    from ewglink.workspace.commands.importing import ImportRequest, import_files
    from ewglink.workspace.workspace import Workspace

    with Workspace.create(case, "bench") as workspace:
        if source is None:
            thread = threading.Thread(target=time.sleep, args=(seconds,))
        else:
            job = import_files(workspace, [ImportRequest(source, spec=SPEC)])
            thread = threading.Thread(target=finish, args=(job,))
        thread.start()
        longest, last = 0.0, time.perf_counter()
        while thread.is_alive():
            time.sleep(0.001)
            now = time.perf_counter()
            longest, last = max(longest, now - last), now
        thread.join()
    return longest * 1000


def cancel(source: Path, rows: int, folder: Path) -> float:
    """The most seconds it took to cancel: while rows come in, indexes are built, words gathered."""
    from ewglink.workspace.commands.importing import ImportRequest, import_files
    from ewglink.workspace.workspace import Workspace

    worst = 0.0
    for moment in (0.0, 0.05, 0.6, 0.96, 0.97):
        with Workspace.create(folder / f"cancel-{moment}.ewg", "bench") as workspace:
            job = import_files(workspace, [ImportRequest(source, spec=SPEC)])
            for step in job:
                if (step.done or 0) >= moment:
                    break
            time.sleep(0.2)
            began = time.perf_counter()
            job.close()
            worst = max(worst, time.perf_counter() - began)
            # What was committed before the cancel stays, whole; anything else leaves nothing.
            entries, records = workspace.case.journal_length(), workspace.case.sources.counts()[1]
            if (entries, records) not in ((1, 0), (2, rows)):
                raise AssertionError("a cancelled import left a part of itself behind")
    return worst


def run(size: int | None) -> list[dict[str, Any]]:
    """Seconds for 10,000 and 100,000 rows (or `size`), and how many times the baseline of the same run."""
    found: list[dict[str, Any]] = []
    for rows in (size,) if size else (10_000, 100_000):
        with tempfile.TemporaryDirectory() as named:
            folder = Path(named)
            source = folder / "rows.csv"
            make_csv(source, rows)
            peer = baseline(source, folder / "peer.db")
            taken, most = ours(source, folder / "case.ewg")
            found += _figures(rows, peer, taken, most)
            if rows == 100_000:
                idle, busy = stall(None, folder / "idle.ewg"), stall(source, folder / "busy.ewg")
                found.append({"what": "longest stall of a loop of 1 ms, nothing running (ms)", "value": round(idle, 1)})
                found.append({"what": f"  while {rows:,} rows come in (ms)", "value": round(busy, 1), "target": 16})
                late = cancel(source, rows, folder)
                found.append({"what": f"cancel, {rows:,} rows (s)", "value": round(late, 2), "target": 0.5})
    return found


def _figures(rows: int, peer: float, taken: float, most: float) -> list[dict[str, Any]]:
    return [
        {"what": f"csv.reader + executemany, {rows:,} rows", "seconds": round(peer, 2), "rows_s": round(rows / peer)},
        {
            "what": f"import, {rows:,} rows",
            "seconds": round(taken, 2),
            "rows_s": round(rows / taken),
            "value": round(taken / peer, 2),
            "target": TARGET,
        },
        {"what": f"memory above idle, {rows:,} rows (MB)", "value": round(most), "target": TARGET_MB},
    ]
