"""Breaking texts into lines."""

from __future__ import annotations

import unicodedata

from ewglink.drawing.measure import TextMeasure

ELLIPSIS = "…"
_SPACES = "\n\r\t\v\f\u2028\u2029"
_BREAK_AFTER = "-/,;·–_@."


def cleaned(text: str) -> str:
    """The text on one line, without control characters and without marks that turn the direction of what follows."""
    kept = (" " if char in _SPACES else char for char in text
            if char in _SPACES or char == "\u200d" or unicodedata.category(char) not in ("Cc", "Cf", "Cs"))
    return " ".join("".join(kept).split())


def _pieces(word: str, size: float, width: float, measure: TextMeasure, bold: bool) -> list[str]:
    """A word that is too wide, cut where it fits, after a hyphen or the like if there is one in the second half."""
    out = []
    while word and measure.width(word, size, bold) > width:
        low, high = 1, len(word)
        while low < high:
            middle = (low + high + 1) // 2
            if measure.width(word[:middle], size, bold) <= width:
                low = middle
            else:
                high = middle - 1
        cut = next((at for at in range(low, low // 2, -1) if word[at - 1] in _BREAK_AFTER), low)
        out.append(word[:cut])
        word = word[cut:]
    return [*out, word] if word else out


def wrapped(text: str, size: float, width: float, measure: TextMeasure, *, bold: bool = False,
            most: int = 3) -> tuple[str, ...]:
    """The text in at most `most` lines no wider than `width`; what does not fit ends in an ellipsis."""
    text = cleaned(text)
    if not text:
        return ()
    if measure.width(text, size, bold) <= width:
        return (text,)
    lines = _filled(text, size, width, measure, bold)
    if len(lines) > most:
        return (*lines[:most - 1], _shortened(" ".join(lines[most - 1:]), size, width, measure, bold))
    return tuple(_balanced(text, size, width, measure, bold, lines))


def in_paragraphs(text: str, size: float, width: float, measure: TextMeasure, *, bold: bool = False,
                  most: int = 3) -> tuple[str, ...]:
    """The text with its own line breaks kept, each paragraph broken as by `wrapped`; an empty line stays one."""
    out: list[str] = []
    for paragraph in text.strip().splitlines():
        left = most - len(out)
        if left < 1:
            out[-1] = _shortened(f"{out[-1]} {cleaned(paragraph)}", size, width, measure, bold)
            break
        out += wrapped(paragraph, size, width, measure, bold=bold, most=left) or ("",)
    return tuple(out) if any(out) else ()


def in_whole_words(text: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    """The `lines` of `text`, the last cut short after a word rather than inside one; none where a word is broken."""
    words = set(cleaned(text).split(" "))
    if lines and lines[-1].endswith(ELLIPSIS) and lines[-1].split(" ")[-1] not in words:
        last = lines[-1].removesuffix(ELLIPSIS).rstrip()
        if last.split(" ")[-1] not in words:
            last = last.rpartition(" ")[0]
        kept = (*lines[:-1], last + ELLIPSIS) if last else ()
        return kept if all(word in words for line in (*lines[:-1], last) for word in line.split(" ")) else ()
    return lines if all(word in words for line in lines for word in line.split(" ")) else ()


def _balanced(text: str, size: float, width: float, measure: TextMeasure, bold: bool, lines: list[str]) -> list[str]:
    """As many lines, but of the least width that holds them: no last line of one short word."""
    low, high = width / len(lines), width
    for _step in range(5):
        middle = (low + high) / 2
        tried = _filled(text, size, middle, measure, bold)
        if len(tried) <= len(lines) and " ".join(tried) == " ".join(lines):
            lines, high = tried, middle
        else:
            low = middle
    return lines


def _filled(text: str, size: float, width: float, measure: TextMeasure, bold: bool) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        for piece in _pieces(word, size, width, measure, bold):
            longer = f"{line} {piece}" if line else piece
            if measure.width(longer, size, bold) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            line = piece
    return [*lines, line]


def _shortened(text: str, size: float, width: float, measure: TextMeasure, bold: bool) -> str:
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure.width(text[:middle].rstrip() + ELLIPSIS, size, bold) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS
