"""A table whose columns share its width by their weights, until a person sizes one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget


class SharingTable(QTableView):
    """`weights` are the columns' shares; no column becomes narrower than its heading, and the first, which names the
    row, none that cuts most names: where there is no room for that, the table scrolls sideways."""

    _NAME = 24  # letters

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
        widths = self._shared(least)
        name = min(self._weights[0], self._NAME * self.fontMetrics().averageCharWidth())
        if widths[0] < name:
            widths = [name, *self._shared([name, *least[1:]])[1:]]
        self._by_us = True
        for at, width in enumerate(widths):
            header.resizeSection(at, width)
        self._by_us = False

    def _shared(self, least: Sequence[int]) -> list[int]:
        """What each column gets of the width, beyond its least by its weight."""
        free = max(0, self.viewport().width() - sum(least))
        wanted = [max(0, weight - small) for weight, small in zip(self._weights, least, strict=True)]
        total = sum(wanted) or 1
        return [small + free * want // total for small, want in zip(least, wanted, strict=True)]

    def _sized(self, at: int, _before: int, _now: int) -> None:
        if not self._by_us and at != self.horizontalHeader().count() - 1:  # the last one stretches by itself
            self._sharing = False
