"""A table whose columns share its width by their weights, until a person sizes one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget


class SharingTable(QTableView):
    """`weights` are the columns' shares; no column becomes narrower than its heading."""

    def __init__(self, weights: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weights = tuple(weights)
        self._sharing = True
        self._by_us = False
        self.horizontalHeader().sectionResized.connect(self._sized)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self.share()

    def share(self) -> None:
        """Give every column its share; what is too narrow for its heading takes from the others."""
        header = self.horizontalHeader()
        if not self._sharing or self.model() is None or header.count() != len(self._weights):
            return
        least = [header.sectionSizeHint(at) for at in range(header.count())]
        free = max(0, self.viewport().width() - sum(least))
        wanted = [max(0, weight - small) for weight, small in zip(self._weights, least, strict=True)]
        total = sum(wanted) or 1
        self._by_us = True
        for at, small in enumerate(least):
            header.resizeSection(at, small + free * wanted[at] // total)
        self._by_us = False

    def _sized(self, at: int, _before: int, _now: int) -> None:
        if not self._by_us and at != self.horizontalHeader().count() - 1:  # the last one stretches by itself
            self._sharing = False
