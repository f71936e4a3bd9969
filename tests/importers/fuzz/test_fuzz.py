"""Every reader, given damaged files for some minutes: rows, problems or a refusal, never a crash, a hang or a leak.

EWGLINK_FUZZ_SECONDS says how long in all (300 where it is not given; an hour is 3600), EWGLINK_FUZZ_SEED repeats a run,
EWGLINK_FUZZ_ONLY names formats, EWGLINK_FUZZ_KEEP a folder that keeps the inputs behind what is found.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ewglink.importers.contract import FORMATS

ROOT = Path(__file__).resolve().parents[3]
SECONDS = float(os.environ.get("EWGLINK_FUZZ_SECONDS") or 300)
SEED = os.environ.get("EWGLINK_FUZZ_SEED") or time.strftime("%Y%m%d%H%M%S")
ONLY = os.environ.get("EWGLINK_FUZZ_ONLY", "").split()
KEYS = ONLY or sorted(FORMATS.keys())
_GRACE = 120


def _run(folder: Path, key: str, seconds: float) -> list[str]:
    """What a worker finds with one reader; one that dies or does not come back is a finding too."""
    words = [sys.executable, "-m", "tests.importers.fuzz.worker", str(folder), str(seconds), f"{SEED}-{key}", key]
    try:
        ended = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=seconds + _GRACE, check=False)
        code, last = ended.returncode, ended.stderr[-500:]
    except subprocess.TimeoutExpired:
        code, last = 1, "does not come back"
    found = []
    if (folder / "findings").exists():
        lines = (folder / "findings").read_text(encoding="utf-8").splitlines()
        found = [f"{one['key']} ({one['input']}): {one['what']}" for one in map(json.loads, lines)]
    if code:
        found.append(f"{key}: the process ended with {code}: {last}")
    return found


@pytest.mark.long
@pytest.mark.parametrize("key", KEYS)
def test_damaged_files(key: str, tmp_path: Path) -> None:
    found = _run(tmp_path, key, SECONDS / len(KEYS))
    keep = os.environ.get("EWGLINK_FUZZ_KEEP")
    if keep and found:
        shutil.copytree(tmp_path, Path(keep) / key, dirs_exist_ok=True)
    tried = tmp_path / "tried"
    print(f"{key}: {tried.read_text() if tried.exists() else 'none'} files tried, seed {SEED}")
    assert not found, "\n\n".join([f"seed {SEED}", *found])
