"""The charts of a case as questions: placements, styles, annotations."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewglink.store.items import Reading

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True)
class Chart:
    """A chart: its id, its name and its settings."""

    id: int
    name: str
    settings: dict[str, Any]


@dataclass(frozen=True)
class Placements:
    """The items of a chart: `items` (n,) int64 ascending, `xy` (n, 2) float64, `flags` (n,) uint8; "
    "representation and style by
    row where they are not the type's own."""

    items: npt.NDArray[np.int64]
    xy: npt.NDArray[np.float64]
    flags: npt.NDArray[np.uint8]
    representations: dict[int, str]
    styles: dict[int, int]


class Charts:
    """Questions about the charts of a case."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def listed(self) -> list[Chart]:
        """All charts, in the order they were made."""
        with self._reading() as connection:
            rows = connection.exec_driver_sql("SELECT id, name, settings FROM chart ORDER BY id")
            return [Chart(row[0], row[1], json.loads(row[2])) for row in rows]

    def named(self, name: str) -> Chart | None:
        """The chart of that name."""
        return next((chart for chart in self.listed() if chart.name == name), None)

    def get(self, chart: int) -> Chart | None:
        """The chart with that id."""
        return next((found for found in self.listed() if found.id == chart), None)

    def placements(self, chart: int) -> Placements:
        """Where everything stands on a chart. What was merged into another gives up its place, to which it comes back
        when it is apart again; the other has a place of its own."""
        import numpy as np  # the writer process, which draws nothing, starts without it

        with self._reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT p.item_id, p.x, p.y, p.flags, p.representation, p.style_id FROM placement p JOIN item i "
                "ON i.id = p.item_id WHERE p.chart_id = ? AND i.canonical_id IS NULL ORDER BY p.item_id",
                (chart,),
            ).all()
        return Placements(
            np.array([row[0] for row in rows], dtype=np.int64),
            np.array([(row[1], row[2]) for row in rows], dtype=np.float64).reshape(len(rows), 2),
            np.array([row[3] for row in rows], dtype=np.uint8),
            {no: row[4] for no, row in enumerate(rows) if row[4] is not None},
            {no: row[5] for no, row in enumerate(rows) if row[5] is not None},
        )

    def styles(self) -> dict[int, dict[str, Any]]:
        """All styles of the case."""
        with self._reading() as connection:
            return {row[0]: json.loads(row[1]) for row in connection.exec_driver_sql("SELECT id, body FROM style")}

    def annotations(self, chart: int) -> list[dict[str, Any]]:
        """The annotations of a chart: id, kind, and what they hold."""
        with self._reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT id, kind, body FROM annotation WHERE chart_id = ? ORDER BY id", (chart,)
            )
            return [{"id": row[0], "kind": row[1], **json.loads(row[2])} for row in rows]
