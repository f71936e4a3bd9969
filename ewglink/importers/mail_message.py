"""One e-mail message as it concerns a case: its headers, its attachments by name, size and hash; never its text."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message as Mail
from email.utils import parsedate_to_datetime
from typing import Any

MOST_HEADERS = 500
MOST_VALUE = 20_000
"""Characters of a header that are read: the parser of headers takes long over more."""
_ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]]+@[^\s<>,;:\"()\[\]]+")


def record_of(data: bytes, *, body_hash: bool = False) -> dict[str, Any]:
    """What is kept of the message `data`: headers in order as they are, attachments; the hash of its text if asked
    for."""
    mail = message_from_bytes(data, policy=policy.compat32)
    given = [(name, _plain(str(value))) for name, value in mail.raw_items()]
    headers = [[name, _cut(value)] for name, value in given[:MOST_HEADERS]]
    cut = [name for name, value in given[:MOST_HEADERS] if len(value) > MOST_VALUE]
    found: dict[str, Any] = {"headers": headers, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    attachments, digest = [], hashlib.sha256()
    for part in _leaves(mail):
        payload = _payload(part)
        name = _decoded(part.get_filename() or "")
        if name or part.get_content_disposition() == "attachment":
            attachments.append(
                {
                    "name": name or part.get_content_type(),
                    "type": part.get_content_type(),
                    "size": len(payload),
                    "sha256": hashlib.sha256(payload).hexdigest(),
                }
            )
        else:
            digest.update(payload)
    if cut:
        found["cut"] = sorted(set(cut))
    if len(given) > MOST_HEADERS:
        found["headers_left_out"] = len(given) - MOST_HEADERS
    if attachments:
        found["attachments"] = attachments
    if body_hash:
        found["body_sha256"] = digest.hexdigest()
    if mail.defects:
        found["defects"] = sorted({type(one).__name__ for one in mail.defects})
    return found


def _cut(text: str) -> str:
    """A header as far as it is read: no address is cut in two."""
    if len(text) <= MOST_VALUE:
        return text
    head, comma, _rest = text[:MOST_VALUE].rpartition(",")
    return head if comma else text[:MOST_VALUE]


def _plain(text: str) -> str:
    """A header unfolded; bytes outside ASCII as UTF-8 where they are, else as Latin-1."""
    text = re.sub(r"\r?\n[ \t]*", " ", text)
    if text.isascii():
        return text
    data = text.encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _leaves(mail: Mail) -> Iterator[Mail]:
    """The parts that hold something; a message inside the message is one part."""
    stack = [mail]
    while stack:
        part = stack.pop()
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            stack.extend(one for one in reversed(inner) if isinstance(one, Mail))
        else:
            yield part


def _payload(part: Mail) -> bytes:
    if part.is_multipart():
        inner = part.get_payload()
        return b"".join(one.as_bytes() for one in inner if isinstance(one, Mail)) if isinstance(inner, list) else b""
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _decoded(text: str) -> str:
    """A header with its encoded words (RFC 2047) read; as it is where they are malformed."""
    try:
        shown = str(make_header(decode_header(text)))
    except (LookupError, ValueError, MessageError):
        shown = text
    return "".join(char for char in shown if char.isprintable() or char == "\t").strip()


class Headers:
    """The headers of a record, read."""

    def __init__(self, raw: str) -> None:
        self.record: dict[str, Any] = json.loads(raw)

    def all(self, name: str) -> list[str]:
        """The values of a header, as they are."""
        return [value for key, value in self.record["headers"] if key.casefold() == name.casefold()]

    def text(self, name: str) -> str:
        """The first value of a header, decoded."""
        found = self.all(name)
        return _decoded(found[0]) if found else ""

    def date(self) -> tuple[Any, str] | None:
        """When it was sent, with the text of the header; None where that is no date."""
        for value in self.all("Date"):
            try:
                return parsedate_to_datetime(value), value.strip()
            except (ValueError, TypeError, IndexError, OverflowError):
                continue
        return None

    def addresses(self, name: str) -> tuple[list[tuple[str, str]], bool]:
        """(name shown, address) of everybody a header names, and whether it is malformed."""
        found: list[tuple[str, str]] = []
        malformed = False
        for value in self.all(name):
            try:
                header = policy.default.header_factory(name, value)
                people = [(_decoded(str(one.display_name)), str(one.addr_spec)) for one in header.addresses]
                people = [one for one in people if "@" in one[1]]
                bad = bool(header.defects)
            except Exception:  # the header parser of the standard library stumbles over hostile headers
                people, bad = [], True
            if bad and (not people or len(people) < len(_ADDRESS.findall(_decoded(value)))):
                people, malformed = [("", one) for one in _ADDRESS.findall(_decoded(value))], True
            found += people
        return found, malformed
