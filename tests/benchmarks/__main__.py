"""The benchmark runner: figures of this machine beside a calibration figure, as a table or as JSON.

A benchmark is a module `bench_<name>.py` here with `run(size: int | None) -> list[dict]`; each row is a dict of what
was measured, printed as a table with the dicts' keys as headings. Peers measured for comparison are rows too. Where a
row has `value` and `target`, more than the target is marked. Ratios within a run hold; milliseconds do not.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import statistics
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ORDER = ("canvas", "layout", "import", "analysis", "matching", "rules", "store", "case")


def available() -> list[str]:
    """Names of the benchmarks that there are, in the order of `ORDER`."""
    found = {path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py")}
    return [name for name in ORDER if name in found] + sorted(found - set(ORDER))


def calibration() -> float:
    """Milliseconds of one fixed piece of work, half Python and half NumPy: the median of nine."""
    import numpy as np

    values = np.random.default_rng(1).random(400_000)
    taken = []
    for _ in range(9):
        started = time.perf_counter()
        sum(i * i % 7 for i in range(100_000))
        np.sort(values)
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.3f}" if abs(value) < 1000 else f"{value:,.0f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return "" if value is None else str(value)


def _show(name: str, rows: list[dict[str, Any]]) -> None:
    """Print the rows under their headings, numbers to the right."""
    print(f"\n{name}")
    headings = list(dict.fromkeys(key for row in rows for key in row))
    cells = [[_cell(row.get(key)) for key in headings] for row in rows]
    widths = [max(map(len, column)) for column in zip(headings, *cells, strict=True)]
    numbers = [all(isinstance(row.get(key), (int, float, type(None))) for row in rows) for key in headings]
    for row, line in zip([{}, *rows], [headings, *cells], strict=True):
        placed = [text.rjust(w) if n else text.ljust(w) for text, w, n in zip(line, widths, numbers, strict=True)]
        over = row.get("target") is not None and row.get("value", 0) > row["target"]
        print("  " + "  ".join(placed).rstrip() + ("  OVER TARGET" if over else ""))


def main() -> int:
    """Run what is asked for; 2 where there is no such benchmark."""
    names = available()
    parser = argparse.ArgumentParser(prog="run.py bench", description="Figures of EWGLink on this machine.")
    parser.add_argument("what", nargs="?", choices=names, help="one of them; all where none is named")
    parser.add_argument("--size", type=int, help="how big the case is (items, rows or nodes); each has its own default")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output, nothing else there")
    chosen = parser.parse_args()
    sys.path.insert(0, str(HERE))
    report: dict[str, Any] = {"machine": {"python": platform.python_version(), "system": platform.platform(),
                                          "cores": os.cpu_count()},
                              "calibration_ms": round(calibration(), 2), "figures": {}}
    if not chosen.json:
        print("Python {python} on {system}, {cores} cores".format(**report["machine"]))
        print(f"calibration {report['calibration_ms']:.2f} ms")
    for name in [chosen.what] if chosen.what else names:
        rows = importlib.import_module(f"bench_{name}").run(chosen.size)
        report["figures"][name] = rows
        if not chosen.json:
            _show(name, rows)
    if chosen.json:
        json.dump(report, sys.stdout, ensure_ascii=False, indent=1)
        print()
    return 0


if __name__ == "__main__":
    # Benchmarks start processes, which import this module again on some systems.
    sys.exit(main())
