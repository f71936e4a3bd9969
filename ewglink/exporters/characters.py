"""Characters that a file format cannot hold, replaced by ones that people can see."""

from __future__ import annotations

import re

from ewglink.text import Message, counted

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


class Visible:
    """Makes texts fit and counts what it had to replace."""

    def __init__(self) -> None:
        self.replaced = 0

    def __call__(self, text: str) -> str:
        """`text` with control characters as pictures (␀, ␁ …) and broken ones as �; tabs and line ends stay."""
        fit, count = _UNFIT.subn(_picture, text)
        self.replaced += count
        return fit

    def notes(self) -> list[Message]:
        """What a person must know of it."""
        if not self.replaced:
            return []
        return [counted("{n} control character, which the format cannot hold, is shown as a symbol (␀, ␁ …).",
                        "{n} control characters, which the format cannot hold, are shown as symbols (␀, ␁ …).",
                        self.replaced)]
