"""What a person sees of a table before importing it: each column with what it seems to hold, and examples."""

from __future__ import annotations

from dataclasses import dataclass

from ewglink.identifiers.catalogue import scheme_name
from ewglink.importers import values
from ewglink.importers.contract import Cell, Part
from ewglink.text import N_, Message, counted, message

_EXAMPLES = 5


@dataclass(frozen=True)
class ColumnPreview:
    """A column: its name, what it seems to hold (with a sentence), and its first different values."""

    name: str
    guess: values.ColumnGuess
    kind: Message
    examples: tuple[str, ...]

    @property
    def needs_confirming(self) -> bool:
        """Whether the column's own evidence leaves day and month, or the decimal mark, open."""
        return bool(
            self.guess.dates and self.guess.dates.ambiguous or self.guess.numbers and self.guess.numbers.ambiguous
        )


def columns(part: Part) -> tuple[ColumnPreview, ...]:
    """The columns of a part, judged by its first rows."""
    found: list[ColumnPreview] = []
    for place, name in enumerate(part.columns):
        cells: list[Cell] = [row.cells[place] for row in part.sample]
        guess = values.guess(cells)
        examples = dict.fromkeys(text for cell in cells if (text := values.as_text(cell).strip()))
        found.append(ColumnPreview(name, guess, describe(guess), tuple(examples)[:_EXAMPLES]))
    return tuple(found)


def describe(guess: values.ColumnGuess) -> Message:
    """What a column seems to hold, in words."""
    what = scheme_name(guess.scheme) if guess.scheme else _described(guess)
    if not guess.odd:
        return what
    return counted("{what}; {n} cell is something else", "{what}; {n} cells are something else", guess.odd, what=what)


def _described(guess: values.ColumnGuess) -> Message:
    if guess.dates:
        if guess.dates.ambiguous:
            return message(N_("dates; day or month first?"))
        words = {"dmy": N_("dates, day first"), "mdy": N_("dates, month first")}
        return message(words.get(guess.dates.order, N_("dates")))
    if guess.numbers and guess.numbers.ambiguous:
        return message(N_("numbers; whether a mark stands for thousands or decimals is open"))
    if guess.numbers and guess.numbers.decimal == ",":
        return message(N_("numbers with a decimal comma"))
    plain = {
        "empty": N_("empty"),
        "text": N_("text"),
        "integer": N_("whole numbers"),
        "number": N_("numbers"),
        "boolean": N_("yes or no"),
        "identifier": N_("identifiers"),
    }
    return message(plain[guess.kind])
