"""The first command a person types: run.py, and the locked list it installs from."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = (ROOT / "run.py").read_text("utf-8")
LOCK = (ROOT / "requirements.lock").read_text("utf-8")


@pytest.fixture
def run() -> ModuleType:
    """run.py as a module."""
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_old_python_can_read_it() -> None:
    tree = ast.parse(SOURCE, feature_version=(3, 6))
    assert not any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in ast.walk(tree))


def test_it_stands_on_the_standard_library_alone() -> None:
    found = (node for node in ast.walk(ast.parse(SOURCE)) if isinstance(node, ast.Import))
    names = {alias.name.split(".")[0] for node in found for alias in node.names}
    assert names <= sys.stdlib_module_names


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 1), (3, 15, 0)])
def test_a_python_that_does_not_fit_is_told_which_one_to_install(run: ModuleType, version: tuple[int, int, int],
                                                                   monkeypatch: pytest.MonkeyPatch,
                                                                   capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(run.sys, "version_info", version)
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit) as end:
        run.check_python()
    said = capsys.readouterr().err
    assert end.value.code == 1
    assert f"this is {version[0]}.{version[1]}" in said
    assert "Install Python 3.13 " in said


def test_missing_libraries_are_named_exactly(run: ModuleType, monkeypatch: pytest.MonkeyPatch,
                                             capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(run.sys, "platform", "linux")
    monkeypatch.setattr(run, "_present", lambda sign: sign not in ("libEGL.so.1", "libxcb-cursor.so.0"))
    monkeypatch.setattr(run, "_apt", lambda: None)
    assert run.missing_libraries("offscreen") == ["libegl1"]
    assert run.missing_libraries("window") == ["libegl1", "libxcb-cursor0"]
    with pytest.raises(SystemExit):
        run.check_libraries("window", {})
    assert "libegl1 libxcb-cursor0" in capsys.readouterr().err


def test_without_a_display_the_demo_writes_files(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    went: list[tuple[str, ...]] = []
    monkeypatch.setattr(run, "go", lambda *words, **more: went.append(words) or 0)
    monkeypatch.setattr(run, "check_libraries", lambda kind, ready: None)
    monkeypatch.setattr(run, "compile_catalogues", lambda: None)
    monkeypatch.setattr(run, "has_display", lambda: False)
    assert run.demo(["grey-cell"], {}) == 0
    assert run.demo(["--out", "there"], {}) == 0
    monkeypatch.setattr(run, "has_display", lambda: True)
    assert run.demo([], {}) == 0
    assert went == [("-m", "ewglink", "demo", "grey-cell", "--headless", "--out", "demo-out"),
                    ("-m", "ewglink", "demo", "--out", "there", "--headless"), ("-m", "ewglink", "demo")]


@pytest.mark.parametrize(("words", "status"), [([], 2), (["--help"], 0), (["dance"], 2)])
def test_usage(words: list[str], status: int) -> None:
    answer = subprocess.run([sys.executable, str(ROOT / "run.py"), *words], capture_output=True, text=True, timeout=60)
    assert answer.returncode == status
    assert "demo" in answer.stdout + answer.stderr


def entries() -> dict[str, list[str]]:
    """The lock's requirement lines by package name."""
    found: dict[str, list[str]] = {}
    for line in LOCK.splitlines():
        if named := re.match(r"([a-z0-9][a-z0-9._-]*)==", line):
            found.setdefault(named[1], []).append(line)
    return found


def test_the_lock_has_hashes_and_no_addresses() -> None:
    blocks = re.split(r"\n(?=\S)", LOCK.strip())
    assert all("==" in block.splitlines()[0] and "--hash=sha256:" in block for block in blocks)
    assert "://" not in LOCK
    assert " @ " not in LOCK


def test_the_lock_has_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = project["project"]["dependencies"] + project["project"]["optional-dependencies"]["dev"]
    wanted += project["build-system"]["requires"]
    names = {re.match(r"[A-Za-z0-9._-]+", text)[0].lower().replace("_", "-") for text in wanted}  # type: ignore[index]
    assert names <= entries().keys()


def test_python_3_11_gets_the_qt_binding_that_holds_its_references() -> None:
    assert any("==6.11.3 ; python_full_version < '3.12'" in line for line in entries()["pyside6-essentials"])
    assert not any("6.12" in line and "< '3.12'" in line for line in entries()["pyside6-essentials"])


def test_the_licence_list_has_every_package_of_the_lock() -> None:
    table = (ROOT / "packaging" / "THIRD-PARTY.md").read_text("utf-8")
    listed = dict(re.findall(r"^\| ([A-Za-z0-9._-]+) \| (\S+) \| [^|]+ \|$", table, re.M))
    versions = {name.lower().replace("_", "-"): version for name, version in listed.items() if name != "package"}
    assert versions.keys() == entries().keys()
    for name, version in versions.items():
        fits = any(f"=={version} " in line for line in entries()[name])
        assert fits, f"{name} {version} is not what is locked: run packaging/third_party.py"
