"""The demo cases in the window: those the terminal builds, opened, or built first in the language in force."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ewglink import places
from ewglink.text import N_, Message, language

NAME = "grey-cell"


def demo_folder(name: str = NAME) -> Path:
    """Where a demo is kept, for the window and for the terminal."""
    return places.settings_file().parent / "demo" / name


def demo_path(name: str = NAME) -> Path:
    """The demo's case file."""
    return demo_folder(name) / f"{name}.ewg"


def demo_case(window: Any, name: str = NAME) -> None:
    """Open a demo case; build it first, as a job, where it is not there yet or speaks another language.

    One that was changed since it was built is kept under another name.
    """
    from ewglink.workspace.demo import build_demo_job

    session, path = window.session, demo_path(name)
    is_open = session.workspace is not None and session.workspace.path == path
    if is_open and _spoken(session.workspace) == language():
        return
    if is_open and not session.close():
        return
    if path.is_file() and _opened(session, path):
        return
    session.jobs.run(
        Message(N_("Building the demo case")),
        build_demo_job(name, demo_folder(name), language()),
        finished=lambda built: session.open(built.case) if built is not None else None,
    )


def _opened(session: Any, path: Path) -> bool:
    """Open the case that is there; False where it speaks another language or cannot be opened."""
    from ewglink.model.refusal import Refusal
    from ewglink.workspace.workspace import Workspace

    try:
        workspace = Workspace.open(path)
    except Refusal:
        return False
    if _spoken(workspace) != language():
        workspace.close()
        return False
    session.take(workspace)
    return True


def _spoken(workspace: Any) -> str:
    """The language of the first chart, empty where it says none."""
    charts = workspace.case.charts.listed()
    return str(charts[0].settings.get("language", "")) if charts else ""
