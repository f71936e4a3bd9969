"""An open case as one works on it: commands go in, everything that follows the case hears what changed."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Collection
from functools import cached_property
from pathlib import Path

import numpy as np

from ewglink.drawing.content import ChartContent
from ewglink.graph.network import Ints, Network
from ewglink.graph.projection import Projection
from ewglink.model.changes import Changed, Changeset
from ewglink.model.refusal import Refusal
from ewglink.model.schema import Schema
from ewglink.reference.schema_files import builtin_schema
from ewglink.store.case_file import CaseFile
from ewglink.text import N_, Message, message
from ewglink.workspace.chart_content import chart_content, seen
from ewglink.workspace.filtering import Layer, active, layers_of
from ewglink.workspace.history import label_of
from ewglink.workspace.projecting import build_projection, follow_change

Command = Changeset | Callable[["Workspace"], Changeset]
Follower = Callable[[Changed], None]
_WRITTEN = frozenset({"item", "link", "statement", "source", "record", "identity", "meta"})
_DRAWN = frozenset({"chart", "placement", "style", "annotation"})
"""The tables that an import may write to; those of charts where there are any."""


class Workspace:
    """One open case with its schema, its network and those who follow it.

    All changes go through `do`, `undo` and `redo`, from one thread. While the writer process holds the case (`hold`),
    commands wait and are done in order when it lets go.
    """

    def __init__(self, case: CaseFile) -> None:
        self.case = case
        self._followers: list[Follower] = []
        self._projection: Projection | None = None
        self._projection_lock = threading.Lock()
        self._held = 0
        self.waiting: list[Command] = []
        self.windows: dict[int, Layer] = {}
        """Chart → the span of time it is seen through for now; part of no case, yet what leaves is what is seen."""

    @classmethod
    def create(cls, path: Path | str, title: str) -> Workspace:
        """Make a new case and open it; never replaces a file."""
        return cls(CaseFile.create(Path(path), title))

    @classmethod
    def open(cls, path: Path | str, *, read_only: bool = False) -> Workspace:
        """Open a case; a `Refusal` says why not."""
        return cls(CaseFile.open(Path(path), read_only=read_only))

    @property
    def path(self) -> Path:
        """The case file."""
        return self.case.path

    @property
    def title(self) -> str:
        """The case's title."""
        return self.case.meta("title") or self.path.stem

    @cached_property
    def schema(self) -> Schema:
        """The built-in types and the case's own."""
        own = self.case.meta("schema")
        return builtin_schema().extended(Schema.from_json(json.loads(own))) if own else builtin_schema()

    # changing

    def do(self, command: Command, joins: int | None = None) -> Changed | None:
        """Do `command` (a changeset, or what computes one) as one step; None where it changes nothing or waits. It
        becomes part of the step that entry `joins` began, where that is the last one."""
        if self._held:
            if isinstance(command, Changeset) and any(change.before is None for change in command.changes):
                raise Refusal("case_busy", message(N_("An import is being written; try this again when it is done.")))
            self.waiting.append(command)
            return None
        changeset = command if isinstance(command, Changeset) else command(self)
        return self._tell(self.case.apply(changeset, joins)) if changeset else None

    def undo(self) -> Changed:
        """Take back the last step."""
        self._must_be_free()
        return self._tell(self.case.undo())

    def redo(self) -> Changed:
        """Do again what was undone last."""
        self._must_be_free()
        return self._tell(self.case.redo())

    def _must_be_free(self) -> None:
        if self._held:
            raise Refusal("case_busy", message(N_("An import is being written; try this again when it is done.")))

    @property
    def can_undo(self) -> Message | None:
        """What would be undone next."""
        return self._label(self.case.stacks().undo)

    @property
    def can_redo(self) -> Message | None:
        """What would be redone next."""
        return self._label(self.case.stacks().redo)

    def _label(self, stack: tuple[int, ...]) -> Message | None:
        if not stack:
            return None
        entry = self.case.journal_entry(stack[-1])
        return label_of(entry.label, entry.args, self.schema)

    # the writer process

    @property
    def is_held(self) -> bool:
        """Whether the writer process has the case."""
        return self._held > 0

    def hold(self) -> None:
        """The writer process takes the case: commands wait from now on."""
        self._held += 1

    def release(self, seq: int | None = None) -> None:
        """The writer process is done; `seq` is the entry it has written, if any. What waited is done now."""
        self._held -= 1
        if seq is not None:
            self.absorb(seq)
        if not self._held:
            waiting, self.waiting = self.waiting, []
            for command in waiting:
                self.do(command)

    def absorb(self, seq: int) -> Changed:
        """Take note of entry `seq` that another process has written."""
        self.case.refresh()
        entry = self.case.journal_entry(seq)
        charts = frozenset(chart.id for chart in self.case.charts.listed())
        return self._tell(Changed(seq, entry.label, _WRITTEN | (_DRAWN if charts else set()), None, charts=charts))

    # following

    def follow(self, follower: Follower) -> Callable[[], None]:
        """Call `follower` after every change, until the function returned is called."""
        self._followers.append(follower)
        return lambda: self._followers.remove(follower) if follower in self._followers else None

    def _tell(self, changed: Changed) -> Changed:
        if "meta" in changed.tables:
            self.__dict__.pop("schema", None)  # the case's own types are kept there
        with self._projection_lock:
            if self._projection is not None and not follow_change(self._projection, self.case, changed):
                self._projection = None
        for follower in tuple(self._followers):
            follower(changed)
        return changed

    # looking

    @property
    def projection(self) -> Projection:
        """The case as a network, kept in step."""
        with self._projection_lock:
            if self._projection is None:
                self._projection = build_projection(self.case)
            return self._projection

    def network(
        self,
        types: Collection[str] | None = None,
        link_types: Collection[str] | None = None,
        strengths: Collection[int | str] | None = None,
        subset: Collection[int] | None = None,
    ) -> Network:
        """The network of all, or of the types, strengths and entities asked for."""
        return self.projection.network(types, link_types, strengths, subset)

    def chart_content(
        self, chart: int, language: str | None = None, *, wait: bool = True, filtered: bool = True
    ) -> ChartContent:
        """What a chart shows, ready to be drawn; its own language unless another is asked for.

        Without `wait`, measures that rules look at and that take long are left `pending`; without `filtered`, the
        chart's filters have no effect.
        """
        more = self.windows.get(chart)
        content = chart_content(self.case, self.schema, self.projection, chart, language, wait, more)
        return seen(content, self.schema, more) if filtered else content

    def left_out(self, chart: int) -> Ints:
        """The entities and links that a chart's filters leave out, ascending (k,)."""
        found = self.case.charts.get(chart)
        layers = layers_of(found.settings) if found is not None else []
        more = self.windows.get(chart)
        if not active([*layers, more] if more is not None else layers):
            return np.empty(0, np.int64)
        filtered = self.chart_content(chart).filtered
        return filtered.items if filtered is not None else np.empty(0, np.int64)

    def close(self) -> None:
        """Close the case."""
        self._followers.clear()
        self.case.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()
