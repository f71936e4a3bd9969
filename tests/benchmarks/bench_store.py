"""The case file measured: a bulk add, edits with their journal entry, moves, undo, search, neighbours and verifying.

The peer of the same run is Python's own `sqlite3` writing the same rows into tables without indexes, journal or search.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from ewglink.model.changes import Changeset
from ewglink.store.case_file import CaseFile
from ewglink.workspace.commands import charts, items

SIZE = 100_000
SYLLABLES = ("ka", "ro", "min", "del", "ta", "su", "ver", "no", "li", "gar", "pe", "zu", "mo", "chi", "ans", "tor")


def names(n: int) -> list[str]:
    """`n` made-up company names, the same every time."""
    drawn = np.random.default_rng(7).integers(0, len(SYLLABLES), (n, 5))
    spelled = ([SYLLABLES[i] for i in row] for row in drawn)
    return ["".join([*word[:3], " ", *word[3:]]).title() for word in spelled]


def milliseconds(work: Callable[[], Any], times: int) -> float:
    """The median of `times` runs."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def rows(n: int) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Items (`n` organizations, 2 `n` links between them) and the links' ends."""
    ends = np.random.default_rng(8).integers(1, n + 1, (2 * n, 2)).tolist()
    entities = [(k + 1, "entity", "organization", name, 2, None) for k, name in enumerate(names(n))]
    linked = [(n + 1 + k, "link", "owns", "", 2, None) for k in range(2 * n)]
    return entities + linked, [(n + 1 + k, a, b, 1, 0, None, None, None) for k, (a, b) in enumerate(ends)]


def load(case: CaseFile, item_rows: list[tuple[Any, ...]], link_rows: list[tuple[Any, ...]]) -> None:
    """One bulk add of everything that `rows` gives."""
    n = len(link_rows) // 2
    with case.bulk() as writer:
        writer.insert("item", item_rows)
        writer.insert("link", link_rows)
        writer.finish(Changeset("imported", {"n": n}, added={"item": (1, 3 * n), "link": (n + 1, 3 * n)}))


def peer(path: Path, item_rows: list[tuple[Any, ...]], link_rows: list[tuple[Any, ...]]) -> float:
    """Milliseconds that plain sqlite3 takes to write the same rows into bare tables."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=wal")
    connection.execute("CREATE TABLE item (a INTEGER PRIMARY KEY, b, c, d, e, f)")
    connection.execute("CREATE TABLE link (a INTEGER PRIMARY KEY, b, c, d, e, f, g, h)")
    started = time.perf_counter()
    with connection:
        connection.executemany("INSERT INTO item VALUES (?,?,?,?,?,?)", item_rows)
        connection.executemany("INSERT INTO link VALUES (?,?,?,?,?,?,?,?)", link_rows)
    taken = (time.perf_counter() - started) * 1000
    connection.close()
    return taken


def _figures(case: CaseFile, n: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []

    def figure(what: str, value: float, target: float | None = None) -> None:
        rows.append({"what": what, "value": value, "unit": "ms", "target": target})

    figure("add an entity, one step", milliseconds(lambda: case.apply(items.add_entity(case, "person", "New")[0]), 200))
    figure("rename an entity, one step", _renamed(case))
    figure("undo and redo it", milliseconds(lambda: (case.undo(), case.redo()), 50))
    for text, what in (("kar", "a beginning"), ("armin", "a middle"), ("karomin delta", "two words")):
        figure(f"search {what}", milliseconds(lambda text=text: case.search(text), 50), 5.0)
    figure("links of one entity", milliseconds(lambda: case.items.links([n // 2]), 200))
    changeset, chart = charts.create_chart(case, "All")
    case.apply(changeset)
    ids = range(1, n + 1)
    xy = np.random.default_rng(9).random((n, 2)) * 4000
    figure(f"place {n:,} on a chart", milliseconds(lambda: case.apply(charts.place(case, chart, ids, xy)), 1))
    figure(f"move {n:,}", milliseconds(lambda: case.apply(charts.move(case, chart, ids, xy[::-1])), 1))
    figure("take that move back", milliseconds(case.undo, 1))
    figure("verify the file and its chain", milliseconds(case.verify, 1))
    return rows


def _renamed(case: CaseFile) -> float:
    fresh = iter(range(1_000_000))
    return milliseconds(lambda: case.apply(items.rename(case, 1, f"Renamed {next(fresh)}")), 200)


def run(size: int | None) -> list[dict[str, Any]]:
    """Figures for a case of `size` entities and twice as many links."""
    n = size or SIZE
    with tempfile.TemporaryDirectory() as folder:
        with CaseFile.create(Path(folder, "case.ewg"), "Benchmark") as case:
            made = rows(n)
            loaded = milliseconds(lambda: load(case, *made), 1)
            compared = peer(Path(folder, "peer.db"), *made)
            first = [{"what": f"bulk add of {3 * n:,} items, indexed", "value": loaded, "unit": "ms", "target": None},
                     {"what": "(peer: sqlite3, bare tables)", "value": compared, "unit": "ms", "target": None}]
            found = first + _figures(case, n)
        mb = Path(folder, "case.ewg").stat().st_size / 1e6
    return [*found, {"what": "size of the file", "value": mb, "unit": "MB", "target": None}]
