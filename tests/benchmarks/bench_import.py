"""Imports of the same payments from CSV, XLSX, JSON and GraphML: rows a second, processor time, memory of processes.

Beside them, in the same run: csv.reader with executemany into the same tables, unindexed and unvalidated, and pandas
with networkx building the same graph. `cpu_ratio` is processor time over that of the first, which holds on a machine
that others use too.
"""

from __future__ import annotations

import multiprocessing
import resource
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import import_files
import import_peers
import psutil

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
_ENOUGH = 100_000
"""Rows from which on ratios are judged: below, starting the processes is most of it."""

READING = {"csv": 1 / 0.6, "xlsx": 1 / 10}
"""Processor time of reading alone, at most so many times that of csv.reader and of openpyxl."""


class Cost(NamedTuple):
    """Seconds on the wall, seconds of processor (all processes), and MB held above what stood before."""

    wall: float
    cpu: float
    most: float


def _cpu() -> float:
    """Seconds of processor of this process and those it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def measured(work: Callable[..., object], *given: Any) -> Cost:
    """What `work` costs in this process and those it starts."""
    with _Memory() as memory:
        began, before = time.perf_counter(), _cpu()
        work(*given)
        return Cost(time.perf_counter() - began, _cpu() - before - memory.cpu, memory.most)


def apart(work: Callable[..., None], *given: Any) -> Cost:
    """The same of a function of `import_peers`, in a process of its own."""

    def follow() -> None:
        process = multiprocessing.get_context("spawn").Process(target=work, args=given)
        process.start()
        process.join()
        if process.exitcode:
            raise RuntimeError(f"{work.__name__} ended with {process.exitcode}")

    return measured(follow)


class _Memory:
    """The most memory this process and its children held above what they began with, in MB, and the seconds of
    processor that looking took."""

    def __init__(self) -> None:
        self.most = self.cpu = 0.0
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
            self.cpu = time.thread_time()


def ours(source: Path, format: str, case: Path) -> None:
    """The import command, ready to search."""
    from ewglink.model.progress import finish
    from ewglink.workspace.commands.importing import ImportRequest, import_files
    from ewglink.workspace.workspace import Workspace

    spec = None if format == "graphml" else SPEC
    with Workspace.create(case, "bench") as workspace:
        finish(import_files(workspace, [ImportRequest(source, format=format, spec=spec, chart="")]))


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
    """Figures for 10,000, 100,000 and 1,000,000 rows (or `size`) of each format, with their peers."""
    found: list[dict[str, Any]] = []
    for rows in (size,) if size else (10_000, 100_000, 1_000_000):
        with tempfile.TemporaryDirectory() as named:
            folder = Path(named)
            found += _imports(folder, rows)
            if rows >= _ENOUGH:
                found += _reading(folder, min(rows, 200_000))
            if rows == _ENOUGH:
                found += _waiting(folder / "rows.csv", rows, folder)
    return found


def _imports(folder: Path, rows: int) -> list[dict[str, Any]]:
    from ewglink.importers.contract import FORMATS

    table = folder / "rows.csv"
    import_files.make(table, rows)
    peer = apart(import_peers.baseline, str(table), str(folder / "peer.db"))
    found = [_row(f"csv.reader + executemany, {rows:,} rows", rows, peer)]
    for format in import_files.FORMATS:
        if format not in FORMATS:
            found.append({"what": f"{format}: no such importer; skipped"})
            continue
        source = folder / f"rows.{format}"
        if not source.exists():
            import_files.make(source, rows)
        cost = measured(ours, source, format, folder / f"{format}.ewg")
        judged = format == "csv" and rows >= _ENOUGH
        goal = {"value": round(cost.cpu / peer.cpu, 2), "target": TARGET} if judged else {}
        found.append(_row(f"import of {format}, {rows:,} rows", rows, cost, peer) | goal)
        found.append({"what": "  memory above idle (MB)", "value": round(cost.most), "target": TARGET_MB})
        name = "networkx" if format == "graphml" else "pandas + networkx"
        if lacking := import_peers.missing(source):
            found.append({"what": f"  {name}: {lacking} not installed; skipped"})
        else:
            found.append(_row(f"  {name}, the same graph", rows, apart(import_peers.graph, str(source)), peer))
        (folder / f"{format}.ewg").unlink()
    return found


def _row(what: str, rows: int, cost: Cost, peer: Cost | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"what": what, "seconds": round(cost.wall, 2), "cpu": round(cost.cpu, 2)}
    found |= {"rows_s": round(rows / cost.wall), "mb": round(cost.most)}
    return found | ({"cpu_ratio": round(cost.cpu / peer.cpu, 2)} if peer else {})


def _reading(folder: Path, rows: int) -> list[dict[str, Any]]:
    """Reading alone, beside the bare readers; what starting a process costs is taken off both."""
    found: list[dict[str, Any]] = []
    idle = apart(import_peers.nothing).cpu
    for format, work, name in (
        ("csv", import_peers.read_csv, "csv.reader"),
        ("xlsx", import_peers.read_openpyxl, "openpyxl read_only"),
    ):
        source = folder / f"reading.{format}"
        import_files.make(source, rows)
        peer = max(0.01, apart(work, str(source)).cpu - apart(import_peers.start, str(source)).cpu)
        mine = max(0.0, apart(import_peers.read_ours, str(source), format).cpu - idle)
        what = f"reading {format} alone, {rows:,} rows: processor time over that of {name}"
        found.append({"what": what, "value": round(mine / peer, 2), "target": round(READING[format], 2)})
    return found


def _waiting(source: Path, rows: int, folder: Path) -> list[dict[str, Any]]:
    """What a person waits for: the window while an import runs, and a cancel."""
    idle, busy = stall(None, folder / "idle.ewg"), stall(source, folder / "busy.ewg")
    return [
        {"what": "longest stall of a loop of 1 ms, nothing running (ms)", "value": round(idle, 1)},
        {"what": f"  while {rows:,} rows come in (ms)", "value": round(busy, 1), "target": 16},
        {"what": f"cancel, {rows:,} rows (s)", "value": round(cancel(source, rows, folder), 2), "target": 0.5},
    ]
