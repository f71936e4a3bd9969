"""The benchmark runner: figures of this machine beside a calibration figure, as a table or as JSON.

A benchmark is a module `bench_<name>.py` here with `run(size: int | None) -> list[dict]`; each row is one figure:
`{"what": str, "value": float, "unit": str}` and, optionally, `"target": float` (the most it should be) and whatever
else helps to read it. Peers measured for comparison are rows too. Ratios within a run hold; milliseconds do not.
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
ORDER = ("canvas", "layout", "import", "analysis", "rules", "store")


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


def _show(name: str, rows: list[dict[str, Any]]) -> None:
    print(f"\n{name}")
    width = max((len(str(row["what"])) for row in rows), default=0)
    for row in rows:
        extra = {key: value for key, value in row.items() if key not in ("what", "value", "unit", "target")}
        target = f"  target {row['target']:g}" if row.get("target") is not None else ""
        over = "  OVER" if row.get("target") is not None and row["value"] > row["target"] else ""
        more = "  " + ", ".join(f"{key} {value}" for key, value in extra.items()) if extra else ""
        print(f"  {row['what']!s:<{width}}  {row['value']:>12,.3f} {row['unit']}{target}{over}{more}")


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
