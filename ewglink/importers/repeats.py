"""Rows of a table that say word for word what an earlier one says: counted, since two of them can be one mistake."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from ewglink.importers.contract import Problem, Row
from ewglink.text import NN_, counted

_MOST = 20_000_000
"""Rows that are compared: a bound on memory, twelve bytes a row."""

_FEW = 100_000


class Repeats:
    """What the rows of a table have been, by the hash of their text."""

    def __init__(self, part: str) -> None:
        self.part = part
        self._hashes = array("q")
        self._numbers = array("q")

    def add(self, found: Sequence[Row | Problem]) -> None:
        """Take note of the rows of a batch."""
        rows = found if set(map(type, found)) == {Row} else [one for one in found if type(one) is Row]
        if rows and len(self._hashes) < _MOST:
            _parts, numbers, _lines, _cells, raws = zip(*rows, strict=True)
            self._hashes.extend(map(hash, raws))
            self._numbers.extend(numbers)

    def problem(self) -> Problem | None:
        """How many rows repeat an earlier one, and which is the first that does; None where none does."""
        if len(self._hashes) < _FEW and len(set(self._hashes)) == len(self._hashes):
            return None
        again = self._few() if len(self._hashes) < _FEW else self._many()
        if not again:
            return None
        words = NN_(
            "{n} row says word for word what an earlier one says: row {row}. Both are kept.",
            "{n} rows say word for word what an earlier one says, the first of them row {row}. All are kept.",
        )
        said = counted(*words, len(again), row=again[0])
        return Problem(self.part, again[0], None, None, "repeated_rows", said)

    def _few(self) -> list[int]:
        seen: set[int] = set()
        again = []
        for number, one in zip(self._numbers, self._hashes, strict=True):
            if one in seen:
                again.append(number)
            seen.add(one)
        return again

    def _many(self) -> list[int]:
        import numpy as np

        hashes = np.frombuffer(self._hashes, np.int64)
        order = np.argsort(hashes, kind="stable")
        placed = hashes[order]
        later = order[1:][placed[1:] == placed[:-1]]
        return [self._numbers[place] for place in sorted(later.tolist())]
