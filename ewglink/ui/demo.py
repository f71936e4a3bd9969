"""The demo case, built beside the user's cases as a job: generated files, imported and charted like anybody's."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from ewglink import places
from ewglink.model.progress import Job, Progress
from ewglink.text import N_, Message, message


def demo_path() -> Path:
    """Where the window keeps its demo case."""
    return places.cache_folder().parent / "demo" / "grey-cell.ewg"


def demo_case(window: Any) -> None:
    """Open the demo case; build it first where it is not there yet."""
    session, path = window.session, demo_path()
    if path.is_file():
        session.open(path)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    session.jobs.run(
        Message(N_("Building the demo case")),
        _build(path),
        finished=lambda built: session.open(built) if built is not None else None,
    )


def _build(path: Path) -> Job[Path]:
    from ewglink.training.generators.grey_cell import MEMBER
    from ewglink.workspace.workspace import Workspace

    waiting = path.with_name("building.ewg")
    _remove(waiting)
    yield Progress(0.0, message(N_("Building the demo case")))
    with tempfile.TemporaryDirectory() as folder, Workspace.create(waiting, "GREY CELL") as workspace:
        files = []
        for name, text in MEMBER.generate().files.items():
            target = Path(folder) / name
            target.write_text(text, encoding="utf-8")
            files.append(target)
        yield from _filled(workspace, files)
    waiting.rename(path)
    yield Progress(1.0, best=path)


def _filled(workspace: Any, files: list[Path]) -> Job[Path]:
    from ewglink.workspace.arranging import add_to_chart
    from ewglink.workspace.commands.charts import create_chart
    from ewglink.workspace.commands.importing import ImportRequest, import_files

    for step in import_files(workspace, [ImportRequest(path) for path in files], in_process=True):
        yield Progress(None if step.done is None else step.done * 0.7, step.message)
    made: list[int] = []

    def command(_workspace: Any) -> Any:
        changeset, chart = create_chart(workspace.case, "GREY CELL")
        made.append(chart)
        return changeset

    workspace.do(command)
    workspace.do(lambda found: add_to_chart(found, made[0], found.network().ids.tolist()))
    yield Progress(0.95)


def _remove(path: Path) -> None:
    for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        name.unlink(missing_ok=True)
