"""Ways as sentences: A —owns→ B ←paid (3)— C."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from ewglink.model.items import Direction, Ref
from ewglink.model.progress import Job, Progress
from ewglink.text import _, language, ngettext, number
from ewglink.workspace.finding import Answered, Way
from ewglink.workspace.workspace import Workspace

_EVERY = 0.3
"""Seconds between two answers of a search on its way."""


@dataclass(frozen=True)
class Sentence:
    """A way in words: the whole of it, and step by step the links and the entity they lead to."""

    whole: str
    steps: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Told:
    """An answer with its first ways in words: `said` one for each of `shown`, and `words` that can say their steps."""

    found: Answered
    shown: tuple[Way, ...]
    said: tuple[Sentence, ...]
    words: Sentences

    @classmethod
    def of(cls, workspace: Workspace, found: Answered, most: int) -> Told:
        """Read labels and links of the first `most` ways, and say them."""
        shown = found.ways[:most]
        words = Sentences(workspace, shown)
        return cls(found, shown, tuple(words.say(way) for way in shown), words)


def told(workspace: Workspace, job: Job[Answered], most: int) -> Job[Told]:
    """A search whose answers come in words; what it finds on its way, when there is more of it and not too often."""
    known, at = -1, 0.0
    for step in job:
        best = None
        if step.best is not None:
            ready = step.done is not None or (len(step.best.ways) != known and monotonic() - at > _EVERY)
            if ready:
                best, known, at = Told.of(workspace, step.best, most), len(step.best.ways), monotonic()
        yield Progress(step.done, step.message, best)


class Sentences:
    """Says ways; reads labels and links of all of them at once."""

    def __init__(self, workspace: Workspace, ways: Iterable[Way]) -> None:
        known = tuple(ways)
        items = workspace.case.items
        self._schema = workspace.schema
        self._refs: dict[int, Ref] = items.refs({one for way in known for one in way.every()})
        links = {link for way in known for step in way.links for link in step}
        stands = workspace.projection.stands_for
        self._ends: dict[int, tuple[int, int, dict[str, Any]]] = {
            row["item_id"]: (stands(row["a"]), stands(row["b"]), row)
            for row in items.rows("link", "item_id", links)}

    def name(self, item: int) -> str:
        """An entity's label."""
        ref = self._refs.get(item)
        return (ref.label or self._schema.label(ref.type, language())) if ref is not None else str(item)

    def type_of(self, item: int) -> str | None:
        """An entity's type."""
        ref = self._refs.get(item)
        return ref.type if ref is not None else None

    def say(self, way: Way) -> Sentence:
        """A way as a sentence, and its steps."""
        if len(way.items) == 1:
            return Sentence(self.name(way.items[0]) + " · " + ngettext("{n} step", "{n} steps", way.away))
        if way.star:
            spokes = tuple((self.step(way.items[0], other, links), self.name(other))
                           for other, links in zip(way.items[1:], way.links, strict=True))
            return Sentence(self.name(way.items[0]) + ": " + "; ".join(f"{by} {to}" for by, to in spokes), spokes)
        after = [*way.items[1:], way.items[0]] if way.round else way.items[1:]
        steps = tuple((self.step(a, b, links), self.name(b))
                      for a, b, links in zip(way.items, after, way.links, strict=False))
        return Sentence(self.name(way.items[0]) + "".join(f" {by} {to}" for by, to in steps), steps)

    def step(self, a: int, b: int, links: Sequence[int]) -> str:
        """The links of a step, with their arrows as they lie between `a` and `b`."""
        said: dict[tuple[str, int], list[str | None]] = {}
        for link in links:
            if link in self._ends and link in self._refs:
                first, _second, row = self._ends[link]
                heads = int(row["direction"])
                if first != a and heads in (Direction.FORWARD, Direction.BACKWARD):
                    heads = Direction.BACKWARD if heads == Direction.FORWARD else Direction.FORWARD
                said.setdefault((self._refs[link].type, heads), []).append(row["start"] or row["end"])
        heads_there = {heads for _type, heads in said}
        tail = "←" if heads_there & {Direction.BACKWARD, Direction.BOTH} else "—"
        tip = "→" if heads_there & {Direction.FORWARD, Direction.BOTH} else "—"
        words = ", ".join(self._phrase(key, days) for (key, _heads), days in said.items())
        return f"{tail}{words}{tip}" if words else "—"

    def _phrase(self, key: str, days: list[str | None]) -> str:
        phrase = self._schema.phrase(key, language())
        known = sorted(day[:10] for day in days if day)
        if len(days) == 1:
            return f"{phrase} {known[0]}" if known else phrase
        if known and known[0] != known[-1]:
            return _("{phrase} ({n}, {first} to {last})", phrase=phrase, n=number(len(days)), first=known[0],
                     last=known[-1])
        return f"{phrase} ({number(len(days))})"
