"""The wheel: it carries the program, its resources and its translations, and finds them where it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel was unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    answer = subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT,
                            capture_output=True, text=True, timeout=300)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_everything_is_in_it(installed: Path) -> None:
    data = installed / "ewglink" / "_data"
    for name in ("resources", "i18n"):
        there = {path.relative_to(ROOT / name) for path in (ROOT / name).rglob("*") if path.is_file()}
        assert there <= {path.relative_to(data / name) for path in (data / name).rglob("*") if path.is_file()}
    modules = {path.relative_to(ROOT) for path in (ROOT / "ewglink").rglob("*.py")}
    assert modules == {path.relative_to(installed) for path in (installed / "ewglink").rglob("*.py")}
    assert not list(installed.rglob("test_*.py"))


def test_it_finds_its_data_and_starts(installed: Path, tmp_path: Path) -> None:
    ask = "from ewglink import places; print(places.resources('schema').is_dir(), places.resources().parent.name)"
    env = {**os.environ, "PYTHONPATH": str(installed)}
    answer = subprocess.run([sys.executable, "-c", ask], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert answer.stdout.split() == ["True", "_data"], answer.stderr
