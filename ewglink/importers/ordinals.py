"""The ordinal of each row among equal rows of a file, counted in little memory."""

from __future__ import annotations

from typing import Any

_RECENT = 1 << 18


class Ordinals:
    """Counts how often a hash was seen. What is not recent is kept as sorted arrays of 64-bit hashes: 12 bytes each."""

    def __init__(self) -> None:
        self._recent: dict[int, int] = {}
        self._older: list[tuple[Any, Any]] = []

    def next(self, digest: str) -> int:
        """How often `digest` (hexadecimal) was seen before."""
        known = int(digest[:16], 16)
        seen = self._recent.get(known)
        if seen is None:
            seen = self._seen_before(known) if self._older else 0
            if len(self._recent) >= _RECENT:
                self._put_away()
        self._recent[known] = seen + 1
        return seen

    def _seen_before(self, known: int) -> int:
        """The latest array that has the hash has its whole count."""
        import numpy

        wanted = numpy.uint64(known)
        for hashes, counts in reversed(self._older):
            place = int(hashes.searchsorted(wanted))
            if place < len(hashes) and int(hashes[place]) == known:
                return int(counts[place])
        return 0

    def _put_away(self) -> None:
        import numpy

        hashes = numpy.fromiter(self._recent.keys(), dtype=numpy.uint64, count=len(self._recent))
        counts = numpy.fromiter(self._recent.values(), dtype=numpy.uint32, count=len(self._recent))
        order = hashes.argsort()
        self._older.append((hashes[order], counts[order]))
        self._recent.clear()
