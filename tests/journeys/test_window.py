"""A case in the real window, under a window manager, with mouse and keys."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.journey
PROGRAM = "import sys; from ewglink.ui.application import main; sys.exit(main(sys.argv[1], 'en'))"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Two people who know each other, on a chart."""
    import numpy as np

    from ewglink.workspace.commands.charts import create_chart, place
    from ewglink.workspace.commands.items import add_entity, add_link
    from ewglink.workspace.workspace import Workspace

    path = tmp_path / "journey.ewg"
    with Workspace.create(path, "Journey") as workspace:
        workspace.do(lambda found: add_entity(found.case, "person", "Ann")[0])
        workspace.do(lambda found: add_entity(found.case, "person", "Bo")[0])
        workspace.do(lambda found: add_link(found.case, "knows", 1, 2)[0])
        workspace.do(lambda found: create_chart(found.case, "Two")[0])
        workspace.do(lambda found: place(found.case, 1, [1, 2], np.array([[0.0, 0.0], [300.0, 0.0]])))
    return path


@pytest.fixture
def program(screen: Any, case: Path) -> Iterator[subprocess.Popen[str]]:
    """The program on the case, its window in front."""
    running = subprocess.Popen([sys.executable, "-c", PROGRAM, str(case)], env=screen.env, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    try:
        until(lambda: _in_front(screen), "the window comes to the front")
        yield running
    finally:
        if running.poll() is None:
            running.kill()
        running.communicate()


def _in_front(screen: Any) -> bool:
    try:
        window = screen.xdotool("search", "--onlyvisible", "--name", "Journey").split()[0]
        screen.xdotool("windowactivate", window)
        return "Journey" in screen.xdotool("getactivewindow", "getwindowname")
    except (subprocess.CalledProcessError, IndexError):
        return False


def steps(case: Path) -> list[str]:
    """What the journal says, oldest first; asked of a copy, so that nothing of the window is held up."""
    from ewglink.store.case_file import CaseFile

    with CaseFile.open(case, read_only=True) as opened:
        return [f"{entry.kind} {entry.label}" for entry in opened.journal_entries(newest_first=False)]


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait for the window to have done something."""
    last = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < last, what
        time.sleep(0.1)


def test_hide_undo_and_leave_by_the_keyboard(screen: Any, program: Any, case: Path) -> None:
    begun = len(steps(case))
    until(lambda: _tried(screen, case, begun), "Ctrl+A and Ctrl+H hide everything")
    screen.xdotool("key", "ctrl+z")
    until(lambda: steps(case)[begun:] == ["change hidden", "undo hidden"], "Ctrl+Z takes it back")
    screen.xdotool("key", "ctrl+q")
    _out, err = program.communicate(timeout=30)
    assert program.returncode == 0
    assert "Traceback" not in err
    assert not Path(f"{case}-wal").exists()


def _tried(screen: Any, case: Path, begun: int) -> bool:
    screen.xdotool("key", "ctrl+a")
    screen.xdotool("key", "ctrl+h")
    time.sleep(0.5)
    return steps(case)[begun:] == ["change hidden"]


@pytest.mark.skipif(shutil.which("xdotool") is None, reason="xdotool is not installed")
def test_a_drag_is_one_step(screen: Any, program: Any, case: Path) -> None:
    begun = len(steps(case))
    time.sleep(1)
    screen.xdotool("key", "ctrl+0")
    time.sleep(0.5)
    at = _blue(screen.picture())
    assert at is not None, "no person is seen on the chart"
    screen.xdotool("mousemove", *at, "mousedown", "1")
    for step in range(1, 7):
        screen.xdotool("mousemove", at[0] + 12 * step, at[1] + 8 * step)
    screen.xdotool("mouseup", "1")
    until(lambda: steps(case)[begun:] == ["change moved"], "one drag, one step")


def _blue(picture: Any) -> tuple[int, int] | None:
    """The middle of the leftmost large patch of a person's colour in the middle of the screen."""
    import numpy as np

    pixels = np.asarray(picture.convert("RGB")).astype(int)
    mask = np.abs(pixels - (0x00, 0x72, 0xB2)).sum(axis=2) < 12
    mask[:, :520] = mask[:, 1150:] = False
    columns = np.flatnonzero(mask.sum(axis=0) > 12)
    if not len(columns):
        return None
    left = columns[columns < columns[0] + 60]
    rows = np.flatnonzero(mask[:, left].any(axis=1))
    return int(left.mean()) - 8, int(rows.mean())
