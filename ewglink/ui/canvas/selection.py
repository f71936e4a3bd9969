"""The selection: item ids that every view of a case shares."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal


class Selection(QObject):
    """A set of item ids; `changed` carries the new set, once for each real change."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: frozenset[int] = frozenset()

    @property
    def items(self) -> frozenset[int]:
        """The selected item ids."""
        return self._items

    def __contains__(self, item: object) -> bool:
        return item in self._items

    def __len__(self) -> int:
        return len(self._items)

    def set(self, items: Iterable[int]) -> None:
        """Select these and nothing else."""
        new = frozenset(map(int, items))
        if new != self._items:
            self._items = new
            self.changed.emit(set(new))

    def add(self, items: Iterable[int]) -> None:
        """Select these too."""
        self.set(self._items | set(items))

    def toggle(self, items: Iterable[int]) -> None:
        """Select those of these that are not selected, and let go of those that are."""
        self.set(self._items ^ set(items))

    def remove(self, items: Iterable[int]) -> None:
        """Let go of these."""
        self.set(self._items - set(items))

    def clear(self) -> None:
        """Select nothing."""
        self.set(())
