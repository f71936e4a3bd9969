"""The terminal itself: exit statuses, languages, encodings, and that it needs no Qt where nothing is drawn."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from ewglink import __main__ as way_in
from ewglink.cli.contract import VERBS
from ewglink.cli.output import harmless, width
from tests.cli.terminal import Terminal

PROGRAM = [sys.executable, "-m", "ewglink"]
NO_QT = """
import sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6", "pyqtgraph"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Blocker())
from ewglink.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def run(*words: object, **more: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*PROGRAM, *map(str, words)], capture_output=True, check=False, timeout=120, **more)


def without_qt(*words: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", NO_QT, *map(str, words)], capture_output=True, check=False, timeout=120
    )


def test_wrong_usage_is_2(ewglink: Terminal) -> None:
    for words in (["nonsense"], ["info"], ["list", "x.ewg", "nothing"], ["info", "x.ewg", "--nonsense"], ["new"]):
        said = ewglink(*words)
        assert said.code == 2, words
        assert said.out == ""
        assert said.err


def test_help_names_every_verb(ewglink: Terminal) -> None:
    said = ewglink("--help")
    assert said.code == 0
    for verb in VERBS:
        assert f" {verb.key} " in said.out
        assert ewglink(verb.key, "--help").code == 0


def test_help_in_another_language(ewglink: Terminal) -> None:
    assert ewglink("info", "--help", "--lang=fr").code == 0
    assert ewglink("info", "x", "--lang", "xx").code == 2


def test_version(ewglink: Terminal) -> None:
    from ewglink import __version__

    assert ewglink("--version").out.strip() == f"EWGLink {__version__}"


def test_an_internal_error_is_70_and_one_sentence(
    ewglink: Terminal, case: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ewglink.workspace.workspace import Workspace

    def broken(path: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(Workspace, "open", broken)
    said = ewglink("info", case, "--json")
    assert said.code == 70
    assert said.data["error"]["code"] == "internal"
    assert "Traceback" not in said.err
    assert said.err.count("\n") == 1
    where = Path(said.data["error"]["file"])
    assert home in where.parents
    assert "secret detail" in where.read_text(encoding="utf-8")
    assert str(where) in said.err


def test_control_c_is_130(ewglink: Terminal, case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ewglink.workspace.workspace import Workspace

    def stopped(path: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Workspace, "open", stopped)
    assert ewglink("info", case).code == 130


def _rest(screen: int) -> bytes:
    """All that comes until the program at the other end of a pseudo-terminal has ended."""
    found = b""
    with suppress(OSError):  # how Linux says that it has
        while more := os.read(screen, 1 << 16):
            found += more
    os.close(screen)
    return found


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_control_c_in_an_import_leaves_the_case(case: Path, made: Path, tmp_path: Path, ewglink: Terminal) -> None:
    before = ewglink("info", case, "--json").data
    table = tmp_path / "people.csv"
    table.write_text("person_id,name\n" + "".join(f"Q{n},Name {n}\n" for n in range(200_000)), encoding="utf-8")
    try:
        ours, theirs = os.openpty()
    except OSError:
        pytest.skip("no pseudo-terminal here")
    process = subprocess.Popen(
        [*PROGRAM, "import", str(case), str(table)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    err = os.read(ours, 1 << 16)  # the first word of progress: the import is under way
    os.killpg(process.pid, signal.SIGINT)
    err += _rest(ours)
    process.wait(timeout=60)
    assert process.returncode == 130, err
    assert b"Traceback" not in err
    assert ewglink("info", case, "--json").data == before
    assert ewglink("verify", case).code == 0


def test_the_language_is_spoken_and_keys_are_not(ewglink: Terminal, case: Path) -> None:
    english, french = ewglink("info", case, "--json"), ewglink("info", case, "--json", "--lang", "fr")
    assert english.data == french.data
    assert ewglink("info", case, "--lang", "fr").out != ewglink("info", case).out
    assert "Organisation" in ewglink("info", case, "--lang", "fr").out
    assert "Organización" in ewglink("info", case, "--lang", "es").out


def test_output_is_utf8_whatever_the_locale(case: Path) -> None:
    env = dict(os.environ, LC_ALL="C", LANG="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    said = run("list", case, "entities", "--type", "person", "--json", env=env)
    assert said.returncode == 0
    assert "Héctor Villalobos Ruán" in [row["label"] for row in json.loads(said.stdout.decode("utf-8"))["rows"]]


def test_a_reader_that_leaves_early_is_no_error(case: Path) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "list", str(case), "links", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=60) == 0
    assert b"Traceback" not in said
    assert b"BrokenPipe" not in said


def test_imported_names_cannot_drive_the_terminal(ewglink: Terminal, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("person_id,name\nX1,evil\x1b[2J\u202ename\n", encoding="utf-8")
    ewglink("new", tmp_path / "c.ewg")
    assert ewglink("import", tmp_path / "c.ewg", table).code == 0
    out = ewglink("list", tmp_path / "c.ewg", "entities").out + ewglink("show", tmp_path / "c.ewg", "case:X1").out
    assert "evil" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_widths() -> None:
    assert (width("abc"), width("中文"), width("e\u0301")) == (3, 4, 1)
    assert harmless("a\r\nb\tc\x00") == "a b c␀"


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["formats", "--json"],
        ["info", "CASE"],
        ["list", "CASE", "links", "--json"],
        ["show", "CASE", "case:P01"],
        ["search", "CASE", "otay"],
        ["analyse", "CASE", "betweenness"],
        ["path", "CASE", "case:P01", "case:P08"],
        ["verify", "CASE"],
        ["identify", "CSQU3054383"],
        ["chart", "CASE", "All"],
        ["undo", "CASE"],
        ["export", "CASE", "OUT.xlsx"],
        ["export", "CASE", "OUT.csv"],
        ["export", "CASE", "OUT.graphml"],
        ["export", "CASE", "OUT.gexf"],
    ],
)
def test_no_qt_is_needed_where_nothing_is_drawn(words: list[str], case: Path, tmp_path: Path) -> None:
    said = without_qt(*(str(case) if word == "CASE" else word.replace("OUT", str(tmp_path / "out")) for word in words))
    assert said.returncode == 0, said.stderr.decode()


def test_an_import_needs_no_qt(case: Path, made: Path) -> None:
    said = without_qt("import", case, made / "parties.csv", "--json")
    assert said.returncode == 0, said.stderr.decode()


def test_what_needs_qt_says_so(case: Path, tmp_path: Path) -> None:
    assert without_qt("chart", case, "All").returncode == 0
    for words in ([], ["export", case, tmp_path / "x.png"]):
        said = without_qt(*words)
        assert said.returncode == 1
        assert b"PySide6" in said.stderr
        assert b"Traceback" not in said.stderr


def test_help_imports_nothing_heavy() -> None:
    heavy = ("numpy", "networkx", "sqlalchemy", "openpyxl", "PySide6", "igraph", "numba", "scipy", "babel")
    program = (
        "import sys\nfrom ewglink.__main__ import main\nmain(['--help'])\n"
        f"sys.exit(' '.join(name for name in {heavy!r} if name in sys.modules) or 0)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert said.returncode == 0, said.stderr.decode()


def test_the_demo_is_opened_in_the_window(ewglink: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[object] = []
    monkeypatch.setattr(way_in, "window", lambda case=None: opened.append(case) or 0)
    assert ewglink("demo", "--out", tmp_path).code == 0
    assert opened == [tmp_path / "grey-cell.ewg"]
    assert (tmp_path / "grey-cell.ewg").is_file()


@pytest.mark.parametrize(("words", "spoken"), [(["--lang", "fr"], "fr"), (["--lang=es"], "es"), ([], "en")])
def test_the_window_speaks_the_language_that_was_asked_for(
    ewglink: Terminal, monkeypatch: pytest.MonkeyPatch, words: list[str], spoken: str
) -> None:
    from ewglink.ui import application

    heard: list[object] = []
    monkeypatch.setattr(application, "main", lambda path=None, language=None: heard.append((path, language)) or 0)
    assert ewglink(*words).code == 0
    assert heard == [(None, spoken)]


def test_no_verb_opens_the_window(ewglink: Terminal, monkeypatch: pytest.MonkeyPatch, case: Path) -> None:
    opened: list[object] = []

    def window(named: object = None) -> int:
        opened.append(named)
        return 0

    monkeypatch.setattr(way_in, "window", window)
    assert ewglink().code == 0
    assert ewglink("--lang", "fr").code == 0
    assert ewglink(case).code == 0
    assert opened == [None, None, str(case)]
