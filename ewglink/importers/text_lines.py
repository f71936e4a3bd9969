"""A text file line by line, each with its number, and what is odd about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ewglink.importers import characters, encoding, guard
from ewglink.importers.contract import Problem
from ewglink.text import N_, message

LONGEST = 32 << 20
"""The longest line that is read, in characters."""

ENDS = "\r\n\x1a"


class Line(NamedTuple):
    """A line without its end; `no` is 1 for the first. Bytes that do not fit the encoding are U+FFFD."""

    no: int
    text: str


def lines(path: Path, spoken: str = "auto") -> Iterator[Line]:
    """The lines of the file at `path`; a `Refusal` where one is too long to be one."""
    found = encoding.chosen(path, spoken)
    with encoding.open_text(path, found) as stream:
        number = 0
        while text := stream.readline(LONGEST):
            number += 1
            if len(text) >= LONGEST:
                words = N_("Line {line} of {file} is longer than {n} characters; it is not read.")
                raise guard.refuse(
                    "line_too_long", message(words, file=path.name, line=number, n=LONGEST), path
                )
            if number == 1:
                text = text.removeprefix("\ufeff")
            text = text.rstrip(ENDS)
            yield Line(number, text if text.isascii() else characters.clean((text,))[0])


def oddities(part: str, no: int | None, line: Line) -> Iterator[Problem]:
    """What is suspicious about the characters of a line."""
    if characters.suspicious(line.text):
        for code, what in characters.findings(line.text):
            yield Problem(part, no, line.no, None, code, message(N_("The row {what}."), what=what), raw=line.text)


def empty(path: Path) -> Exception:
    """The refusal of a file that says nothing."""
    return guard.refuse(
        "empty_file", message(N_("{file} is empty: there is nothing to import."), file=path.name), path
    )
