"""What the terminal says: one JSON document, or lines and tables for people; messages go to standard error."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

# Control characters, which could drive the terminal, and the signs that turn the direction of writing.
_DANGEROUS = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WIDEST = 60


def harmless(text: str) -> str:
    """`text` on one line, with every character that could drive the terminal made visible."""
    def shown(match: re.Match[str]) -> str:
        code = ord(match.group())
        if code < 0x20:
            return " " if match.group() in "\r\n" else chr(0x2400 + code)
        return f"<U+{code:04X}>"

    return _DANGEROUS.sub(shown, text.replace("\r\n", " ").replace("\t", " "))


def width(text: str) -> int:
    """The columns that `text` takes: two for wide signs, none for marks that sit on others."""
    standing = [sign for sign in text if not unicodedata.combining(sign)]
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in standing)


class Output:
    """Standard output and standard error of one command."""

    def __init__(self, as_json: bool = False) -> None:
        self.as_json = as_json

    def document(self, data: Any) -> None:
        """The answer for a script; nothing where a person asked."""
        if self.as_json:
            sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")

    def line(self, text: object = "") -> None:
        """A line for a person; nothing where a script asked."""
        if not self.as_json:
            sys.stdout.write(harmless(str(text)) + "\n")

    def table(self, headings: Sequence[object], rows: Iterable[Sequence[object]]) -> None:
        """A table for a person; the last column is as wide as it likes."""
        if self.as_json:
            return
        cells = [[harmless("" if cell is None else str(cell)) for cell in row] for row in rows]
        if not cells:
            return
        lines = [[str(heading) for heading in headings], *cells]
        widths = [min(_WIDEST, max(width(line[at]) for line in lines)) for at in range(len(headings))]
        for line in lines:
            padded = [cell + " " * max(0, widths[at] - width(cell)) for at, cell in enumerate(line[:-1])]
            sys.stdout.write("  ".join([*padded, line[-1]]).rstrip() + "\n")

    def note(self, text: object) -> None:
        """A message, on standard error, for both."""
        sys.stderr.write(harmless(str(text)) + "\n")
        sys.stderr.flush()
