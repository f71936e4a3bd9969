"""A case made once by the terminal itself, and the terminal as a script uses it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ewglink.__main__ import main
from ewglink.training.contract import GENERATORS
from tests.cli.terminal import Answered, Terminal


@pytest.fixture
def ewglink(capfd: pytest.CaptureFixture[str]) -> Terminal:
    """Run a command in this process: `ewglink("info", case, "--json")`."""

    def run(*words: object) -> Answered:
        capfd.readouterr()
        code = main([str(word) for word in words])
        said = capfd.readouterr()
        return Answered(code, said.out, said.err)

    return run


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the GREY CELL records and the case imported from them, not to be changed."""
    folder = tmp_path_factory.mktemp("grey-cell")
    files = GENERATORS.get("grey-cell").generate().write(folder)
    assert main(["new", str(folder / "case.ewg"), "--title", "Grey é"]) == 0
    assert main(["import", str(folder / "case.ewg"), *map(str, files)]) == 0
    return folder


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    """A copy of the case, to do anything with."""
    return Path(shutil.copy(made / "case.ewg", tmp_path / "case.ewg"))
