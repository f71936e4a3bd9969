"""Which encoding a text file is in, found from its bytes, with the reason."""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from ewglink.model.refusal import Refusal
from ewglink.text import N_, Message, message

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_HIGH = re.compile(rb"[^\x00-\x7f]")
_LIKE_DOS = frozenset(("cp1250", "cp775", "cp852", "cp437", "cp857", "cp858", "cp860", "cp863", "cp865"))
_USUAL = {
    "mac_iceland": "mac-roman",
    "cp932": "shift_jis",
    "euc_jis_2004": "euc_jp",
    "cp949": "euc_kr",
    "latin_1": "cp1252",
}
_WESTERN = ("cp1252", "latin_1", "iso8859_15")

CHOICES = (
    "auto",
    "utf-8",
    "utf-16",
    "cp1252",
    "iso8859-1",
    "iso8859-15",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp850",
    "mac-roman",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_kr",
)
"""The encodings a person can choose from; any other Python codec name is accepted too."""


@dataclass(frozen=True)
class Encoding:
    """A codec name, and why it was taken. `damaged`: a few bytes do not fit it and will be reported where they are."""

    name: str
    reason: Message
    damaged: bool = False


def detect(path: Path) -> Encoding:
    """The encoding of the text file at `path`; the whole file is looked at once, and the answer remembered."""
    status = path.stat()
    return _detect(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=32)
def _detect(path: Path, size: int, changed: int) -> Encoding:
    with path.open("rb") as stream:
        return detect_stream(stream)


def detect_bytes(data: bytes) -> Encoding:
    """The encoding of `data`."""
    return detect_stream(io.BytesIO(data))


def detect_stream(stream: BinaryIO) -> Encoding:
    """The encoding of a binary stream, read from where it is to its end."""
    head = stream.read(_SAMPLE)
    marked = _marked(head) or _wide(head)
    if marked:
        return marked
    decoder = codecs.getincrementaldecoder("utf-8")()
    chunk, ascii_only, offset = head, True, 0
    while chunk:
        ascii_only = ascii_only and chunk.isascii()
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            return _legacy(head, _around(chunk + stream.read(_SAMPLE), max(0, error.start)), offset + error.start)
        offset += len(chunk)
        chunk = stream.read(_CHUNK)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return Encoding("utf-8", message(N_("UTF-8; the last character is cut off")), damaged=True)
    if ascii_only:
        return Encoding("utf-8", message(N_("plain ASCII, which is UTF-8")))
    return Encoding("utf-8", message(N_("UTF-8: every byte of the file fits")))


def _marked(head: bytes) -> Encoding | None:
    for mark, name in _BOMS:
        if head.startswith(mark):
            return Encoding(name, message(N_("{name}: the file begins with its byte-order mark"), name=_shown(name)))
    return None


def _wide(head: bytes) -> Encoding | None:
    """UTF-16 and UTF-32 without a mark: every other byte of mostly Western text is zero, or three of four."""
    sample = head[: len(head) // 4 * 4][:4096]
    if len(sample) < 8:
        return None
    quarter = len(sample) // 4
    zeros_at = [sample[place::4].count(0) for place in range(4)]
    for high, name in (((2, 3), "utf-32-le"), ((0, 1), "utf-32-be")):
        if all(zeros_at[place] > quarter * 0.9 for place in high) and zeros_at[0 if high[0] else 3] < quarter * 0.1:
            return Encoding(name, message(N_("{name}: of four bytes, two or three are zero"), name=_shown(name)))
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    for zeros, other, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if zeros > half * 0.6 and other < half * 0.1:
            return Encoding(name, message(N_("{name}: every other byte is zero"), name=_shown(name)))
    return None


def _around(chunk: bytes, start: int) -> bytes:
    return chunk[max(0, start - _SAMPLE // 2) : start + _SAMPLE // 2]


def _legacy(head: bytes, around: bytes, offset: int) -> Encoding:
    text = around.decode("utf-8", "surrogateescape")
    bad = sum("\udc80" <= char <= "\udcff" for char in text)
    good = sum(ord(char) > 0x7F and not "\udc80" <= char <= "\udcff" for char in text)
    if good >= 10 * bad:
        return Encoding(
            "utf-8", message(N_("UTF-8, although some bytes do not fit (first at byte {n})"), n=offset + 1), True
        )
    sample = around if _HIGH.search(around) else head
    name = _guess(sample)
    return Encoding(name, message(N_("{name}: the bytes are not UTF-8 and read best so"), name=_shown(name)))


def _guess(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    matches = list(from_bytes(sample, enable_fallback=False))
    if not matches:
        return "cp1252" if _decodes(sample, "cp1252") else "iso8859-1"
    best = matches[0]
    if _polish(sample):
        return "iso8859-2" if _central(sample) else "cp1250"
    # On short samples single-byte encodings are indistinguishable: the one of this continent goes first. A coherent
    # reading in a known language outweighs that.
    western = next((match for match in matches if match.encoding in _WESTERN), None)
    if _letters(sample, "cp1252") and (western is None or best.coherence <= western.coherence + 0.2):
        return "cp1254" if _turkish(sample) else "cp1252"
    if best.encoding in _WESTERN and _decodes(sample, "cp1254") and _turkish(sample):
        return "cp1254"
    if best.encoding in _LIKE_DOS and _letters(sample, "cp850"):
        return "cp850"
    if best.encoding == "cp1250" and _central(sample):
        return "iso8859-2"
    # Of two that read the sample alike, the one that programs write.
    if best.encoding.startswith("utf_"):
        return best.encoding.replace("_", "-")
    usual = _USUAL.get(best.encoding, best.encoding)
    return usual if _decodes(sample, usual) and sample.decode(usual) == sample.decode(best.encoding) else best.encoding


def _turkish(sample: bytes) -> bool:
    """Whether what Windows-1252 reads as Icelandic letters is more likely Turkish: it lacks Icelandic accents."""
    text = sample.decode("cp1252", "replace")
    return any(char in text for char in "ÐÝÞðýþ") and not any(char in text for char in "ÁÉÍÓÚÆáéíóúæ")


def _polish(sample: bytes) -> bool:
    """Whether Windows-1252 would read signs inside words or at their head (z³oty, £ódŸ) where Windows-1250 reads
    letters."""
    if not _decodes(sample, "cp1250"):
        return False
    text = sample.decode("cp1252", "replace")
    odd = len(re.findall(r"[^\W\d_][³¹¿±¶¼][^\W\d_]|(?<![\w£¯¦])[£¯¦][^\W\d_]", text))
    return odd >= 2 and odd * 10 >= len(_HIGH.findall(sample))


def _central(sample: bytes) -> bool:
    """Whether ISO 8859-2 makes more letters of the high bytes than Windows-1250 does."""
    if re.search(rb"[\x80-\x9f]", sample) or not _decodes(sample, "iso8859-2"):
        return False
    one, other = (sum(map(str.isalpha, sample.decode(name))) for name in ("iso8859-2", "cp1250"))
    return one > other


def _letters(sample: bytes, name: str) -> bool:
    """Whether the high bytes, so read, are letters inside words and the punctuation of offices, as in Western text."""
    if not _decodes(sample, name):
        return False
    high = [char for char in sample.decode(name) if ord(char) > 0x7F]
    plain = sum(
        char in "àâäáãåæçéèêëíìîïñóòôöõøœúùûüýÿßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜÝŸ’‘“”–—…€°ºª«»¿¡½¼§®™©·•\u00a0²³µ"
        for char in high
    )
    if plain < 0.9 * len(high):
        return False
    return len(high) < 0.3 * len(sample)


def _decodes(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _shown(name: str) -> str:
    return {
        "utf-8-sig": "UTF-8",
        "cp1252": "Windows-1252",
        "utf-16": "UTF-16",
        "utf-32": "UTF-32",
        "utf-16-le": "UTF-16LE",
        "utf-16-be": "UTF-16BE",
        "utf-32-le": "UTF-32LE",
        "utf-32-be": "UTF-32BE",
        "mac-roman": "Mac Roman",
        "shift_jis": "Shift-JIS",
        "cp850": "DOS 850",
        "cp437": "DOS 437",
    }.get(name, re.sub(r"^cp(?=125\d$)", "Windows-", name.replace("_", "-")).upper().replace("WINDOWS", "Windows"))


def chosen(path: Path, name: str) -> Encoding:
    """The encoding a person chose (`auto`: found from the bytes); a `Refusal` for one that does not exist."""
    if name == "auto":
        return detect(path)
    try:
        known = codecs.lookup(name)
    except LookupError:
        raise Refusal(
            "unknown_encoding",
            message(N_("There is no encoding named “{name}”."), name=name),
            file=str(path),
            field="encoding",
        ) from None
    if not known._is_text_encoding:
        raise Refusal(
            "unknown_encoding",
            message(N_("“{name}” is not an encoding of text."), name=name),
            file=str(path),
            field="encoding",
        )
    if known.name == "utf-8":
        return Encoding("utf-8-sig", message(N_("{name}: as chosen"), name="UTF-8"))
    return Encoding(known.name, message(N_("{name}: as chosen"), name=_shown(known.name)))


def open_text(path: Path, encoding: Encoding) -> io.TextIOWrapper:
    """`path` opened as text, line ends untouched; bytes that do not fit come as lone surrogates, to be reported."""
    handler = "surrogateescape" if not encoding.name.startswith(("utf-16", "utf-32")) else "replace"
    return io.TextIOWrapper(path.open("rb", buffering=1 << 18), encoding=encoding.name, errors=handler, newline="")
