"""The words of a DOT text: names, quoted and HTML strings, operators, each with where it stands."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

_SKIPPED = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/|(?<=\n)#[^\n]*|\A\ufeff?#[^\n]*)+", re.DOTALL)
_WORD = re.compile(
    r'(?P<quoted>"[^"\\]*(?:\\.[^"\\]*)*")'
    r"|(?P<operator>->|--|[{}\[\];,=:+])"
    r"|(?P<name>[A-Za-z_\u0080-\U0010ffff][A-Za-z0-9_\u0080-\U0010ffff]*)"
    r"|(?P<number>-?(?:\.\d+|\d+(?:\.\d*)?))",
    re.DOTALL,
)
_ESCAPED = re.compile(r'\\(\\|"|\r?\n)', re.DOTALL)
_ANGLES = re.compile("[<>]")
_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LABEL = re.compile(r"\\(.)", re.DOTALL)


class Word(NamedTuple):
    """A word: `kind` is `id`, `html`, `keyword`, `operator`, `end` or `wrong`; from `start` to `end` in the text."""

    kind: str
    text: str
    start: int
    end: int


KEYWORDS = frozenset({"graph", "digraph", "subgraph", "node", "edge", "strict"})


class Words:
    """The words of `text`, one after the other; `+` between quoted strings has been done."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.ahead = self._word(0)
        self.behind = 0
        """Where the word ends that was taken last."""
        self._line, self._counted = 1, 0

    def take(self) -> Word:
        """The next word."""
        word = self.ahead
        if word.kind != "end":
            self.behind = word.end
            self.ahead = self._word(word.end)
        return word

    def taken(self, text: str) -> bool:
        """Take the next word if it is this operator."""
        if self.ahead.kind == "operator" and self.ahead.text == text:
            self.take()
            return True
        return False

    def line(self, at: int) -> int:
        """The line of a place; places are asked for in rising order."""
        if at >= self._counted:
            self._line += self.text.count("\n", self._counted, at)
            self._counted = at
            return self._line
        return self.text.count("\n", 0, at) + 1

    def skip_line(self) -> None:
        """Go on at what follows the next semicolon, line end or closing brace: something here is wrong."""
        found = re.compile(r"[;\n]|(?=\})").search(self.text, self.ahead.start)
        at = max(found.end(), self.ahead.start) if found else len(self.text)
        if at == self.ahead.start and not self.text.startswith("}", at):
            at += 1
        self.ahead = self._word(at)

    def _word(self, at: int) -> Word:
        first = self._one(at)
        if first.kind != "id" or not self.text.startswith('"', first.start):
            return first
        pieces, end = [first.text], first.end
        while True:
            plus = self._one(end)
            if plus.text != "+" or plus.kind != "operator":
                break
            more = self._one(plus.end)
            if more.kind != "id" or not self.text.startswith('"', more.start):
                break
            pieces.append(more.text)
            end = more.end
        return first if len(pieces) == 1 else Word("id", "".join(pieces), first.start, end)

    def _one(self, at: int) -> Word:
        text = self.text
        skipped = _SKIPPED.match(text, at)
        at = skipped.end() if skipped else at
        if at >= len(text):
            return Word("end", "", at, at)
        if text[at] == "<":
            return self._html(at)
        match = _WORD.match(text, at)
        if match is None:
            return Word("wrong", text[at], at, len(text) if text[at] == '"' or text.startswith("/*", at) else at + 1)
        if match.lastgroup == "quoted":
            return Word("id", unquoted(match[0]), at, match.end())
        if match.lastgroup == "operator":
            return Word("operator", match[0], at, match.end())
        lower = match[0].lower()
        if lower in KEYWORDS:
            return Word("keyword", lower, at, match.end())
        return Word("id", match[0], at, match.end())

    def _html(self, at: int) -> Word:
        depth = 0
        for found in _ANGLES.finditer(self.text, at):
            depth += 1 if found[0] == "<" else -1
            if depth == 0:
                return Word("html", self.text[at + 1 : found.start()], at, found.end())
        return Word("wrong", "<", at, len(self.text))


def unquoted(text: str) -> str:
    """What a quoted string stands for: an escaped quotation mark, and a line that goes on; all else stays."""
    inner = text[1:-1]
    if "\\" not in inner:
        return inner
    return _ESCAPED.sub(lambda found: {"\\": "\\\\", '"': '"'}.get(found[1], ""), inner)


def shown(text: str, **names: str) -> str:
    """A label as it is drawn: line ends, and the names that `\\N`, `\\G`, `\\E`, `\\T`, `\\H` stand for."""
    if "\\" not in text:
        return text
    return _LABEL.sub(lambda found: "\n" if found[1] in "nlr" else names.get(found[1], found[1]), text).strip("\n")


def plain(text: str) -> str:
    """The words of an HTML label."""
    return " ".join(html.unescape(_TAG.sub("", _BREAK.sub("\n", text))).split())
