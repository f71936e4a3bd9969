"""Rows of a case as they would be after what is under way: read once, changed here, told as one list of changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ewglink.model.changes import Change, Row
from ewglink.store.case_file import CaseFile

_KEYS = {"choice": ("item_id", "property"), "placement": ("chart_id", "item_id"), "decision": ("a", "b", "kind")}


class Rows:
    """Rows of the case with changes on top of them. Rows with a key of their own are known by `id`."""

    def __init__(self, case: CaseFile) -> None:
        self._case = case
        self._before: dict[tuple[Any, ...], Row | None] = {}
        self._after: dict[tuple[Any, ...], Row | None] = {}
        self._next: dict[str, int] = {}

    def get(self, table: str, **key: Any) -> Row | None:
        """A row as it would be now; None where there is none."""
        mark = (table, *(key[name] for name in _KEYS.get(table, ("id",))))
        if mark not in self._after:
            self._before[mark] = self._after[mark] = self._case.items.row(table, **key)
        return self._after[mark]

    def where(self, table: str, column: str, values: Iterable[int]) -> list[Row]:
        """The rows of a table whose `column` is one of `values`, as they would be now, in the order of their keys."""
        wanted = set(values)
        for row in self._case.items.rows(table, column, wanted):
            mark = self._mark(table, row)
            if mark not in self._after:
                self._before[mark] = self._after[mark] = row
        found = {mark: row for mark, row in self._after.items()
                 if mark[0] == table and row is not None and row[column] in wanted}
        return [found[mark] for mark in sorted(found)]

    @staticmethod
    def _mark(table: str, row: Row) -> tuple[Any, ...]:
        return (table, *(row[name] for name in _KEYS.get(table, ("id",))))

    def put(self, table: str, row: Row) -> None:
        """Put a whole row in place of what is there."""
        self.get(table, **{name: row[name] for name in _KEYS.get(table, ("id",))})
        self._after[self._mark(table, row)] = row

    def add(self, table: str, row: Row) -> int:
        """Add a row of a table with ids of its own; the id it has."""
        number = self._next.get(table) or self._case.next_id(table)
        self._next[table] = number + 1
        self._before[table, number] = None
        self._after[table, number] = {"id": number} | row
        return number

    def drop(self, table: str, **key: Any) -> None:
        """Take a row out, where it is there."""
        if self.get(table, **key) is not None:
            self._after[(table, *(key[name] for name in _KEYS.get(table, ("id",))))] = None

    def changes(self) -> tuple[Change, ...]:
        """What is different from the case, in the order it was first looked at."""
        return tuple(Change(mark[0], self._before[mark], after) for mark, after in self._after.items()
                     if self._before[mark] != after)
