"""The open case as the window sees it: the workspace, what is selected, the jobs, and the settings."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from ewglink.model.changes import Changed, Changeset
from ewglink.model.refusal import Refusal
from ewglink.text import N_, language, message, set_language
from ewglink.ui.canvas.selection import Selection
from ewglink.ui.change_relay import ChangeRelay
from ewglink.ui.job_runner import JobRunner
from ewglink.workspace.settings import Settings

log = logging.getLogger(__name__)


class Session(QObject):
    """One window's case. `told(kind, text)` carries a sentence for the person: `refusal`, `error` or `done`."""

    opened = Signal()
    closed = Signal()
    changed = Signal(object)
    language_changed = Signal()
    theme_changed = Signal()
    told = Signal(str, str)

    def __init__(self, settings: Settings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings or Settings.load()
        self.workspace: Any = None
        self.selection = Selection(self)
        self.jobs = JobRunner(self)
        self.jobs.task_failed.connect(self.tell_of)
        self.saved_at: datetime | None = None
        self._relay: ChangeRelay | None = None

    @property
    def case(self) -> Any:
        """The case file, None without a case."""
        return self.workspace.case if self.workspace is not None else None

    @property
    def schema(self) -> Any:
        """The types of the open case."""
        return self.workspace.schema

    @property
    def read_only(self) -> bool:
        """Whether the open case can only be looked at."""
        return self.workspace is not None and bool(self.case.read_only)

    # opening and closing

    def open(self, path: Path) -> bool:
        """Open a case; False where it was refused (and told)."""
        from ewglink.workspace.workspace import Workspace

        workspace = self.attempt(lambda: Workspace.open(path))
        return self.take(workspace) if workspace is not None else False

    def create(self, path: Path, title: str, handling: str = "") -> bool:
        """Make a case, say how it is to be handled, and open it."""
        from ewglink.workspace.commands.items import set_handling
        from ewglink.workspace.workspace import Workspace

        workspace = self.attempt(lambda: Workspace.create(path, title))
        if workspace is None:
            return False
        self.attempt(lambda: workspace.do(set_handling(workspace.case, handling)))
        return self.take(workspace)

    def take(self, workspace: Any) -> bool:
        """Work on `workspace` from now on."""
        if self.workspace is not None and not self.close():
            workspace.close()
            return False
        self.workspace = workspace
        self._relay = ChangeRelay(workspace, self)
        self._relay.changed.connect(self._hear)
        self.saved_at = datetime.now()
        self.settings.remember(workspace.path)
        self.settings.save()
        self.opened.emit()
        return True

    def close(self) -> bool:
        """Close the case; jobs are stopped first. False where one would not stop."""
        if self.workspace is None:
            return True
        if not self.jobs.cancel_all():
            self.told.emit("refusal", str(message(N_("A task is still ending; try again in a moment."))))
            return False
        workspace, self.workspace = self.workspace, None
        if self._relay is not None:
            self._relay.stop()
            self._relay.deleteLater()
            self._relay = None
        self.selection.clear()
        self.closed.emit()
        workspace.close()
        return True

    def _hear(self, changed: Changed) -> None:
        if self.workspace is not None:
            self.saved_at = datetime.now()
            self.changed.emit(changed)

    # doing

    def do(
        self, command: Changeset | Callable[[Any], Changeset] | None, joins: int | None = None
    ) -> Changed | None:
        """Do a command as one step, or as part of the step `joins` where that is the last; a refusal is told and gives
        None."""
        if self.workspace is None or command is None:
            return None
        return self.attempt(lambda: self.workspace.do(command, joins))

    def attempt(self, deed: Callable[[], Any]) -> Any:
        """What `deed` gives; where it fails the person is told why, in one sentence, and None comes back."""
        try:
            return deed()
        except Refusal as refusal:
            self.told.emit("refusal", str(refusal))
        except Exception as error:
            self.tell_of(error)
        return None

    def tell_of(self, error: BaseException) -> None:
        """Tell of a failure: a refusal by its sentence, anything else by a sentence of its kind and the log."""
        if isinstance(error, Refusal):
            self.told.emit("refusal", str(error))
            return
        log.error("unexpected failure", exc_info=error)
        self.told.emit(
            "error",
            str(
                message(
                    N_("Something unexpected went wrong ({kind}). Nothing was lost; the details are in the log file."),
                    kind=type(error).__name__,
                )
            ),
        )

    def speak(self, code: str) -> None:
        """Speak another language from now on."""
        if code == language():
            return
        set_language(code)
        self.settings.language = code
        self.settings.save()
        self.language_changed.emit()
