"""Numbers named by letters, as columns of a spreadsheet are: A to Z, then AA and on."""

from __future__ import annotations


def letter(index: int) -> str:
    """The letters of number `index` (0 is A, 25 is Z, 26 is AA)."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
