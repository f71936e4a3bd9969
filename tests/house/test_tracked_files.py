"""What is in the repository names no machine that it was made on."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# In pieces, so that this file does not hold what it looks for.
HOSTS = ["pypi" + ".org", "python" + "hosted", "deb." + "debian", "registry." + "npmjs", "artifact" + "registry"]
FOLDERS = ["/" + "work/", "/" + "root/", "/" + "opt/pypi", "/" + "tmp/house"]
UNWANTED = re.compile("|".join(map(re.escape, HOSTS + FOLDERS)))


def tracked() -> list[Path]:
    """Files under version control."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("this is no git checkout")
    command = ["git", "-C", str(ROOT), "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    answer = subprocess.run(command, capture_output=True, check=True)
    return [ROOT / name for name in answer.stdout.decode().split("\0") if name]


def test_no_registry_and_no_folder_of_somebodys_machine() -> None:
    found = []
    for path in tracked():
        content = path.read_bytes() if path.is_file() else b""
        if b"\0" not in content[:8000]:
            hits = set(UNWANTED.findall(content.decode("utf-8", "replace")))
            found += [f"{path.relative_to(ROOT)}: {hit}" for hit in hits]
    assert found == []


def test_what_is_made_is_not_tracked() -> None:
    made = re.compile(r"(^|/)(__pycache__|\.venv|demo-out|wheelhouse)(/|$)|\.(mo|pyc|ewg)$")
    assert [str(path) for path in tracked() if made.search(path.relative_to(ROOT).as_posix())] == []
