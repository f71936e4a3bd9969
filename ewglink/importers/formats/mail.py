"""E-mail: single messages (EML) and mailboxes (MBOX); who wrote to whom, when, about what, with which attachments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from ewglink.identifiers.catalogue import check
from ewglink.importers import dates, guard
from ewglink.importers.contract import Drafted, Part, Problem, Recognised, Row
from ewglink.importers.drafting import listed
from ewglink.importers.mail_message import MOST_VALUE, Headers, record_of
from ewglink.importers.record_draft import FALLBACK, NAME, RecordDraft, Stated
from ewglink.plugins.options import option
from ewglink.text import N_, counted, message

PART = "messages"
MESSAGES = "message_id"
"""The namespace of messages: one that stands in two mailboxes is one."""

MOST_MESSAGE = 128 * guard.MB
_HEADER = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{0,60}):", re.MULTILINE)
_TELLING = {b"from", b"to", b"date", b"subject", b"message-id", b"received", b"mime-version", b"return-path", b"cc"}
_ROLES = (("to", "To"), ("cc", "Cc"), ("bcc", "Bcc"))
_SAMPLE = 100
_MOST_PEOPLE = 2_000


@dataclass(frozen=True)
class MailOptions:
    """What is kept of messages beside who wrote to whom."""

    documents: str = option("attachments", N_("Keep messages as documents"), choices=("attachments", "all", "none"),
                            choice_labels=(N_("Those with attachments"), N_("All"), N_("None")))  # fmt: skip
    body_hash: bool = option(False, N_("Keep a hash of the text (never the text)"))


class MailFormat:
    """The format: one part; each record is the headers of a message and the list of its attachments."""

    key = "mail"
    name = N_("E-mail messages (EML, MBOX)")
    suffixes = (".eml", ".mbox", ".mbx", ".msg.eml")
    kind = "records"
    options = MailOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """The headers of a message, after the line "From …" in a mailbox."""
        mailbox = head.startswith(b"From ")
        start = head.partition(b"\n")[2] if mailbox else head.lstrip(b"\xef\xbb\xbf\r\n")
        top = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0][:16384]
        names = {found.lower() for found in _HEADER.findall(top)}
        known = names & _TELLING
        if len(known) < 2 or not _HEADER.match(start) or not known & {b"from", b"received", b"message-id"}:
            return Recognised(0.0, message(N_("no e-mail")))
        if mailbox:
            return Recognised(0.97, message(N_("a mailbox: “From ” and the headers of a message")))
        shown = ", ".join(sorted(one.decode() for one in known))
        return Recognised(0.97, message(N_("an e-mail message with the headers {names}"), names=shown))

    def parts(self, path: Path, options: MailOptions) -> list[Part]:
        """The one part."""
        sample: list[Row] = []
        for one in self.read(path, options):
            if isinstance(one, Row):
                sample.append(one)
            if len(sample) >= _SAMPLE:
                break
        return [Part(PART, (), None, sample=tuple(sample))]

    def read(self, path: Path, options: MailOptions, part: str | None = None) -> Iterator[Row | Problem]:
        """The messages in order, one in memory at a time."""
        guard.check_file(path)
        for no, (line, data) in enumerate(_messages(path), 1):
            if data is None:
                words = N_("The message is larger than {limit} MB; it is not imported.")
                text = message(words, limit=MOST_MESSAGE // guard.MB)
                yield Problem(PART, no, line, None, "message_too_large", text, True)
                continue
            try:
                record = record_of(data, body_hash=options.body_hash)
            except (RecursionError, ValueError, LookupError, AttributeError, TypeError):
                text = message(N_("The message is malformed and cannot be read; it is not imported."))
                yield Problem(PART, no, line, None, "malformed_message", text, True)
                continue
            yield Row(PART, no, line, (options.documents,), json.dumps(record, ensure_ascii=True))

    def draft(self, row: Row) -> Drafted:
        """Who wrote to whom."""
        record, headers = RecordDraft(row), Headers(row.raw)
        _tell_of_cuts(record, headers)
        found = headers.date()
        when = dates.parse(found[0]) if found else None
        if found and when is not None:
            when = when._replace(raw=found[1])
        elif headers.all("Date"):
            words = N_("“{text}” is not a date; the message has none.")
            record.problem("Date", "not_a_date", message(words, text=headers.all("Date")[0][:100]))
        senders = _people(record, headers, "From")
        number = headers.text("Message-ID").strip("<> ")
        subject = headers.text("Subject")
        for role, name in _ROLES:
            for sender, other in product(senders, _people(record, headers, name)):
                key = (MESSAGES, f"{number}#{role} {sender.ref} {other.ref}") if number else None
                record.link("emailed", sender, other, key=key, start=when, direction=role, name=subject)
        chosen = str(row.cells[0]) if row.cells else "attachments"
        attachments = headers.record.get("attachments", [])
        if chosen == "all" or chosen == "attachments" and attachments:
            _document(record, headers, number, subject, when, senders)
        return record.drafted()


def _messages(path: Path) -> Iterator[tuple[int, bytes | None]]:
    """(line, bytes) of each message; None for one that is too large. A file without "From " is one message."""
    with path.open("rb") as stream:
        held: list[bytes] = []
        size, start, blank, begun, mailbox = 0, 1, True, False, False
        for no, line in enumerate(stream, 1):
            if line.startswith(b"From ") and (no == 1 or mailbox and blank):
                if begun:
                    yield start, b"".join(held) if size <= MOST_MESSAGE else None
                held, size, start, begun, mailbox, blank = [], 0, no, False, True, False
                continue
            blank = not line.strip(b"\r\n")
            if not begun and blank:
                continue
            begun = True
            size += len(line)
            if size <= MOST_MESSAGE:
                held.append(line)
            else:
                held.clear()
        if begun:
            yield start, b"".join(held) if size <= MOST_MESSAGE else None


def _tell_of_cuts(record: RecordDraft, headers: Headers) -> None:
    """Say which headers were too long, or too many, to be read whole."""
    for name in headers.record.get("cut", []):
        words = N_("The header {name} has more than {n} characters; what follows is not read.")
        record.problem(name, "header_cut", message(words, name=name, n=MOST_VALUE))
    left = int(headers.record.get("headers_left_out", 0))
    if left:
        said = counted("{n} header is left out: the message has too many.",
                       "{n} headers are left out: the message has too many.", left)  # fmt: skip
        record.problem(None, "headers_left_out", said)


def _people(record: RecordDraft, headers: Headers, name: str) -> list[Stated]:
    """The accounts that a header names, each once."""
    people, malformed = headers.addresses(name)
    if malformed:
        words = N_("The header {name} is malformed; the addresses that could be found in it are taken.")
        record.problem(name, "malformed_header", message(words, name=name))
    if len(people) > _MOST_PEOPLE:
        words = N_("The header {name} names {n} people; the first {most} are taken.")
        said = message(words, name=name, n=len(people), most=_MOST_PEOPLE)
        record.problem(name, "people_left_out", said)
    if not people:
        record.placeholder(name, headers.text(name))
    found: dict[str, Stated] = {}
    for shown, address in people[:_MOST_PEOPLE]:
        ref = check("email", address).normalised or address
        account = record.known(ref)
        if account is None:
            account = record.entity("account", ref)
            account.vals["account_kind"] = listed("email")
            account.identifier("email", address, field=name).named(ref, NAME)
        if shown and shown.casefold() != ref and "name" not in account.vals:
            account.text("name", shown)
        found[ref] = account
    return list(found.values())


def _document(
    record: RecordDraft, headers: Headers, number: str, subject: str, when: Any, senders: list[Stated]
) -> None:
    """The message as a document that names its sender and its attachments."""
    said = headers.record
    document = record.entity("document", "message").named(subject or number or said["sha256"][:12], NAME)
    if number:
        document.key(MESSAGES, number)
    document.text("title", subject).identifier("sha256", said["sha256"])
    document.vals["document_type"] = listed("e-mail")
    document.vals["mime"] = listed("message/rfc822")
    document.text("author", headers.text("From"))
    if when is not None:
        document.vals["date"] = listed(dates.local(when)[:10], when.raw, precision=3)
    hashed = f"; SHA-256 of the text: {said['body_sha256']}" if "body_sha256" in said else ""
    document.text("provenance", f"Message-ID: {number or '–'}; {said['size']} B{hashed}")
    for sender in senders:
        record.link("mentions", document, sender, key=_key(number, f"mentions {sender.ref}"), start=when)
    for attachment in said.get("attachments", []):
        _attached(record, document, attachment, number, when)


def _attached(record: RecordDraft, document: Stated, said: dict[str, Any], number: str, when: Any) -> None:
    ref = f"attachment {said['sha256']}"
    if record.known(ref) is not None:
        return
    attachment = record.entity("document", ref).named(said["name"], FALLBACK)
    attachment.text("title", said["name"]).identifier("sha256", said["sha256"]).text("mime", said["type"])
    attachment.text("provenance", f"{said['name']}; {said['size']} B; attached to a message")
    record.link("mentions", document, attachment, key=_key(number, f"mentions {said['sha256']}"), start=when)


def _key(number: str, text: str) -> tuple[str, str] | None:
    return (MESSAGES, f"{number}#{text}") if number else None


MEMBER = MailFormat()
