"""What a file is: by its content first, by its suffix only where content leaves it open, with the reason."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ewglink.importers import guard
from ewglink.importers.contract import FORMATS, Format, Recognised
from ewglink.model.refusal import Refusal
from ewglink.text import N_, Message, message

HEAD = 1 << 16
_LEAST = 0.25

_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", N_("a PDF document")),
    (b"\x89PNG\r\n\x1a\n", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"II*\x00", N_("a picture")),
    (b"MM\x00*", N_("a picture")),
    (b"BM", N_("a picture")),
    (b"SQLite format 3\x00", N_("a database or an EWGLink case")),
    (b"\x1f\x8b", N_("a compressed file (gzip)")),
    (b"7z\xbc\xaf\x27\x1c", N_("a compressed file (7-Zip)")),
    (b"Rar!\x1a\x07", N_("a compressed file (RAR)")),
    (b"BZh", N_("a compressed file (bzip2)")),
    (b"\xfd7zXZ\x00", N_("a compressed file (xz)")),
    (b"{\\rtf", N_("a text document (RTF)")),
    (b"MZ", N_("a program")),
    (b"\x7fELF", N_("a program")),
    (b"PAR1", N_("a Parquet table")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", N_("an older Office file")),
)
_JSON = re.compile(r'[{\[]\s*(?:["{\[\]}\d-]|true|false|null|$)')
_MARKUP: tuple[tuple[str, str], ...] = (
    (r"<(?:!doctype\s+html|html)", N_("a web page (HTML); open it in a spreadsheet program and save it as XLSX")),
    (r"<(?:\?xml|[A-Za-z][\w.:-]*[\s>/])", N_("an XML file")),
)


@dataclass(frozen=True)
class Found:
    """The format a file is of. `note` says so where its name promises something else; `options` are those that were
    found."""

    format: str
    confidence: float
    reason: Message
    options: dict[str, Any] = field(default_factory=dict)
    note: Message | None = None
    others: tuple[str, ...] = ()
    """The other formats it could be, likelier first."""


@dataclass(frozen=True)
class Fingerprint:
    """The SHA-256 (hexadecimal) and size in bytes of a source."""

    sha256: str
    size: int


def fingerprint(path: Path) -> Fingerprint:
    """The hash and size of the file at `path`, read once in pieces; a `Refusal` where it cannot be read."""
    guard.check_file(path)
    size, digest = 0, hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            size += len(chunk)
            digest.update(chunk)
    return Fingerprint(digest.hexdigest(), size)


def recognise(path: Path) -> Found:
    """The format of the file at `path`; a `Refusal` that names what it seems to be where no importer reads it."""
    guard.check_file(path)
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    asked = [member for member in FORMATS if not _binary(head) or getattr(member, "binary", False)]
    answers, refused = _answers(asked, path, head)
    if not answers or answers[0][1].confidence < _LEAST:
        if refused is not None:
            raise refused
        raise guard.refuse(
            "unknown_format",
            message(N_("{file} cannot be imported: it seems to be {what}."), file=path.name, what=message(seems(head))),
            path,
        )
    key, best = answers[0]
    member = FORMATS.get(key)
    note = None
    packed = head.startswith(b"PK\x03\x04") and path.suffix.lower() == ".zip"
    if path.suffix and path.suffix.lower() not in member.suffixes and not packed:
        note = message(
            N_("The name ends in {suffix}, but the content is: {what}. It is read as such."),
            suffix=path.suffix,
            what=best.reason,
        )
    return Found(
        key,
        best.confidence,
        best.reason,
        dict(best.options),
        note,
        tuple(other for other, answer in answers[1:] if answer.confidence >= _LEAST),
    )


def _answers(
    asked: Sequence[Format], path: Path, head: bytes
) -> tuple[list[tuple[str, Recognised]], Refusal | None]:
    """What each format says of the file, the surest first. One that refuses or stumbles does not keep the others from
    it; its refusal counts where nobody takes the file."""
    answers: list[tuple[str, Recognised]] = []
    refused: Refusal | None = None
    for member in asked:
        try:
            answers.append((member.key, member.recognise(path, head)))
        except Refusal as reason:
            refused = refused or reason
        except Exception:  # another's format, or a library on a foreign file: the file is none of its own
            continue
    answers.sort(key=lambda pair: -pair[1].confidence)
    return answers, refused


def _binary(head: bytes) -> bool:
    """Whether the file is of a kind that only formats which say so (`binary`) read, whatever its name."""
    return any(
        head.startswith(mark) for mark, _what in _FOREIGN[:-1] if mark not in (b"BM", b"MZ") or b"\x00" in head[:64]
    )


def seems(head: bytes) -> str:
    """What a file that begins with `head` seems to be: a phrase marked for translation."""
    for mark, what in _FOREIGN:
        if head.startswith(mark):
            return what
    if head.startswith(b"PK\x03\x04"):
        for name, what in ((b"word/", N_("a text document (DOCX)")), (b"ppt/", N_("a presentation (PPTX)"))):
            if name in head:
                return what
        return N_("a ZIP archive; unpack it and choose the files in it")
    text = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace").lstrip(
        "\ufeff \t\r\n"
    )
    if _JSON.match(text):
        return N_("a JSON file, but one that is damaged or cut off")
    for pattern, what in _MARKUP:
        if re.match(pattern, text, re.IGNORECASE):
            return what
    return N_("a file of an unknown kind")
