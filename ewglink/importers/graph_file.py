"""What a file that is a graph says: nodes, edges, and what its format must be able to tell of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

from ewglink.importers.contract import Cell, Part, Problem, Recognised, Row
from ewglink.model.property_types import Kind

NODES, EDGES = "nodes", "edges"
"""The parts that a file which is a graph has."""

Value = Cell | list[Cell]
"""What an attribute says; a list is several values of the same attribute."""


class GraphNode(NamedTuple):
    """A node as the file has it. `x`, `y` in the file's own units, y down (a format whose y goes up turns it round).

    `look` may hold: `colour` (`#RRGGBB`), `size` (a factor, 1 is usual), `shape` (the file's word), `representation`
    (a key of drawing.representations), `picture`, `frame` (`#RRGGBB`), `w` and `h` (in the file's units). `no` counts
    the nodes, first is 1; `line` is the text line where the node begins; `raw` the element verbatim, or as JSON."""

    id: str
    label: str | None
    type: str | None
    values: dict[str, Value]
    x: float | None
    y: float | None
    look: dict[str, Any]
    no: int
    line: int | None
    raw: str
    start: str | None = None
    """When what is said held, as text."""
    end: str | None = None


class GraphEdge(NamedTuple):
    """An edge as the file has it; `id` None where it has none. `start` and `end` say when it held, as text. `no` counts
    the edges, first is 1."""

    id: str | None
    source: str
    target: str
    label: str | None
    type: str | None
    directed: bool | Literal["both"]
    values: dict[str, Value]
    start: str | None
    end: str | None
    no: int
    line: int | None
    raw: str


class GraphAttribute(NamedTuple):
    """An attribute that the file declares, with the kind of its values. It comes before the first that has it; what is
    not declared is judged by its values: text is text, unless all of it are ISO dates."""

    part: str
    name: str
    kind: Kind


class GraphTitle(NamedTuple):
    """What the file says of itself: its title, whether EWGLink has written it (`ours`), and of which case."""

    title: str | None
    ours: bool = False
    case: str = ""


Element = GraphNode | GraphEdge | GraphAttribute | GraphTitle | Problem


@dataclass(frozen=True)
class GraphOptions:
    """A graph's options: there are none of its own."""


@dataclass(frozen=True)
class Placed:
    """An item on a picture that a file brings, named by an identity that the import gives it. `x`, `y` in chart units
    (0.25 mm), y down; `look` as of a `GraphNode`. An empty `ns` stands for the namespace of the file's nodes."""

    ns: str
    value: str
    x: float
    y: float
    look: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Picture:
    """A chart as a file has it. `annotations` are (kind, body) of the case's annotation table. `settings` the chart's,
    `placed` in any order; items that the import does not make are left out and counted."""

    name: str
    placed: tuple[Placed, ...]
    annotations: tuple[tuple[str, dict[str, Any]], ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)


class GraphFormat(Protocol):
    """An import format whose files are graphs: it gives elements, `graph_tables` makes tables of them.

    A member is a class that derives from `graph_tables.GraphReading` (which gives `parts`, `read`, `proposes` and
    `pictures`) and writes `elements`. Everything runs in the reader process, within the limits of `guard`."""

    key: str
    name: str
    suffixes: tuple[str, ...]
    kind: Literal["graph"]
    options: type

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """How likely the file is of this format."""
        ...

    def elements(self, path: Path, options: Any) -> Iterator[Element]:
        """Nodes, edges and problems as they come, streaming where the format allows it; edges may come before the
        nodes they join. A `Refusal` where the file cannot be read."""
        ...

    def parts(self, path: Path, options: Any) -> list[Part]:
        """The tables “nodes” and “edges”."""
        ...

    def read(self, path: Path, options: Any, part: str | None = None) -> Iterator[Row | Problem]:
        """The rows of one of them, or of both, nodes first."""
        ...
