"""E-mail: who wrote to whom and when, the headers as they are, attachments by name, size and hash, never the text."""

from __future__ import annotations

import hashlib
import json
import mailbox
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from ewglink.importers import sniff
from ewglink.importers.contract import FORMATS, Drafted, Problem, Row
from ewglink.importers.formats import mail
from ewglink.model.progress import finish
from ewglink.workspace.commands.importing import ImportReport, ImportRequest, import_files
from ewglink.workspace.workspace import Workspace

SECRET = "the load crosses on Thursday"


def message(number: str = "<a1@example.org>", **more: str) -> EmailMessage:
    found = EmailMessage()
    found["Message-ID"] = number
    found["From"] = more.pop("From", '"Ruán, Héctor" <Hector@Example.org>')
    found["To"] = more.pop("To", "buyer@example.com, Zoë <zoe@example.net>")
    found["Date"] = more.pop("Date", "Tue, 05 Mar 2024 10:00:00 -0500")
    found["Subject"] = more.pop("Subject", "Baterías 电池")
    for name, value in more.items():
        found[name] = value
    found.set_content(SECRET + "\n")
    return found


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "case.ewg", "T") as found:
        yield found


def bring(workspace: Workspace, *requests: ImportRequest) -> ImportReport:
    report = finish(import_files(workspace, list(requests), in_process=True))
    assert report is not None
    return report


def drafts(path: Path, **options: Any) -> tuple[list[Drafted], list[Problem]]:
    assert sniff.recognise(path).format == "mail"
    found = list(mail.MEMBER.read(path, mail.MailOptions(**options)))
    rows = [mail.MEMBER.draft(one) for one in found if isinstance(one, Row)]
    return rows, [one for one in found if isinstance(one, Problem)] + [one for row in rows for one in row.problems]


def test_a_message_with_an_attachment(workspace: Workspace, tmp_path: Path) -> None:
    data = b"\x00\x01\x02" * 1000
    one = message(Cc="BUYER@example.com")
    one.add_attachment(data, maintype="application", subtype="pdf", filename="Factura é.pdf")
    path = tmp_path / "one.eml"
    path.write_bytes(one.as_bytes())
    report = bring(workspace, ImportRequest(path))
    assert report.sources[0].format == "mail"
    assert workspace.case.items.counts("entity") == {"account": 3, "document": 2}
    assert workspace.case.items.counts("link") == {"emailed": 3, "mentions": 2}
    (account,) = workspace.case.items.identified("email", "hector@example.org")
    assert account.label == "hector@example.org"
    names = [s.vals["name"][0] for s in workspace.case.items.statements([account.id]) if "name" in s.vals]
    assert names == ["Ruán, Héctor"]
    for link in workspace.case.items.links():
        assert (link.start, link.precision) == ("2024-03-05T15:00:00Z", 5)
    (attachment,) = workspace.case.items.identified("sha256", hashlib.sha256(data).hexdigest())
    assert attachment.label == "Factura é.pdf"
    (letter,) = workspace.case.items.identified("message_id", "a1@example.org")
    assert letter.label == "Baterías 电池"
    record = workspace.case.sources.record(1)
    assert record is not None
    assert SECRET not in record.raw
    assert [name for name, _value in json.loads(record.raw)["headers"]][:3] == ["Message-ID", "From", "To"]
    assert SECRET.encode() not in workspace.path.read_bytes()


def test_the_same_message_in_two_mailboxes_is_one(workspace: Workspace, tmp_path: Path) -> None:
    for name, more in (("sent", {}), ("received", {"Received": "from a by b; Tue, 05 Mar 2024 10:00:09 -0500"})):
        box = mailbox.mbox(tmp_path / f"{name}.mbox")
        for number in ("<a1@x.org>", "<a2@x.org>", f"<{name}@x.org>"):
            box.add(message(number, **more))
        box.close()
    report = bring(workspace, *(ImportRequest(tmp_path / f"{name}.mbox") for name in ("sent", "received")))
    assert [one.rows for one in report.sources] == [3, 3]
    assert workspace.case.items.counts("entity") == {"account": 3}
    assert workspace.case.items.counts("link") == {"emailed": 4 * 2}


def test_a_mailbox_is_read_as_the_standard_library_reads_it(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box.mbox")
    for number in range(50):
        one = message(f"<{number}@x.org>", Subject=f"No {number}")
        one.set_content(f"From here on {number}\n\nFrom there too\n")
        box.add(one)
    subjects = [one["Subject"] for one in box]
    box.close()
    found, problems = drafts(tmp_path / "box.mbox")
    read = [dict(json.loads(one.row.raw)["headers"])["Subject"] for one in found]
    assert read == subjects
    assert not problems
    lines = (tmp_path / "box.mbox").read_bytes().split(b"\n")
    assert all(lines[(one.row.line or 0) - 1].startswith(b"From ") for one in found)


def test_encoded_words_and_malformed_headers_are_read_as_far_as_they_go(tmp_path: Path) -> None:
    path = tmp_path / "odd.eml"
    path.write_bytes(
        b"From: =?utf-8?B?UnXDoW4sIEjDqWN0b3I=?= <hector@example.org>\r\n"
        b"To: buyer@example.com; =?utf-8?Q?broken zoe@example.net>, <<third@example.net>>\r\n"
        b"Cc: undisclosed-recipients:;\r\nBcc: N/A\r\n"
        b"Subject: =?iso-8859-1?Q?Factura_n=FAmero?= =?utf-8?Q?_=E2=82=AC?=\r\n"
        b"Date: soon\r\nMessage-ID: <x\r\nContent-Type: multipart/mixed; boundary\r\n\r\n--x\r\n"
    )
    (one,), problems = drafts(path, documents="all")
    labels = {entity.label for entity in one.entities if entity.type == "account"}
    assert labels == {"hector@example.org", "buyer@example.com", "zoe@example.net", "third@example.net"}
    assert "Factura número €" in {entity.label for entity in one.entities}
    assert {problem.code for problem in problems} == {"malformed_header", "placeholder", "not_a_date"}
    assert all(link.start is None for link in one.links)


def test_a_header_whose_encoding_is_broken_is_kept_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "odd.eml"
    path.write_bytes(
        b"From: =?utf-8?B?\x00nXDoW4=?= <a@example.org>\r\nTo: b@example.com\r\nSubject: =?utf-8?B?x?=\r\n\r\n"
    )
    (one,), _problems = drafts(path)
    assert {entity.label for entity in one.entities} == {"a@example.org", "b@example.com"}


def test_the_hash_of_the_text_is_kept_only_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "one.eml"
    path.write_bytes(message().as_bytes())
    (plain,), _ = drafts(path)
    assert "body_sha256" not in json.loads(plain.row.raw)
    (hashed,), _ = drafts(path, body_hash=True)
    assert json.loads(hashed.row.raw)["body_sha256"] == hashlib.sha256((SECRET + "\n").encode()).hexdigest()


def test_a_huge_message_is_listed_and_the_others_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MOST_MESSAGE", 5_000)
    box = mailbox.mbox(tmp_path / "box.mbox")
    for number in range(3):
        one = message(f"<{number}@x.org>")
        if number == 1:
            one.set_content("x\n" * 10_000)
        box.add(one)
    box.close()
    found, problems = drafts(tmp_path / "box.mbox")
    assert len(found) == 2
    assert [(one.code, one.row, one.rejected) for one in problems] == [("message_too_large", 2, True)]


@pytest.mark.parametrize(
    "text",
    [
        "name: value\nother: 1\n",
        "From the beginning it was clear.\nTo: be or not\n",
        "a,b\n1,2\n",
        "To: x\nCc: y\n\nbody\n",
    ],
)
def test_other_text_is_no_mail(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.txt"
    path.write_text(text, encoding="utf-8")
    assert FORMATS.get("mail").recognise(path, text.encode()).confidence == 0.0


@pytest.mark.parametrize(("address", "code"), [("someone{}@example.org", "header_cut"), ("{}@b", "people_left_out")])
def test_recipients_that_are_too_many_are_told_of_and_none_is_cut_in_two(
    tmp_path: Path, address: str, code: str
) -> None:
    path = tmp_path / "many.eml"
    most = 3_000 if code == "header_cut" else 2_500
    everybody = [address.format(n) for n in range(most)]
    text = "From: a@example.org\nTo: " + ",\n ".join(everybody) + "\nDate: Tue, 05 Mar 2024 10:00:00 -0500\n\nhi\n"
    path.write_bytes(text.encode())
    (drafted,), problems = drafts(path)
    assert {one.code for one in problems} - {"domain"} == {code}
    told = {one.label for one in drafted.entities} - {"a@example.org"}
    assert 800 < len(told) <= 2_000 and told <= {one.casefold() for one in everybody}


def test_headers_that_are_too_many_are_told_of(tmp_path: Path) -> None:
    path = tmp_path / "headers.eml"
    head = "From: a@example.org\nTo: b@example.org\nDate: Tue, 05 Mar 2024 10:00:00 -0500\n"
    path.write_bytes((head + "X-A: 1\n" * 600 + "\nhi\n").encode())
    _drafted, problems = drafts(path)
    assert ["103 headers are left out" in str(one.message) for one in problems] == [True]


def test_deep_nesting_does_not_stop_the_reader(tmp_path: Path) -> None:
    path = tmp_path / "deep.eml"
    inner = b"Content-Type: text/plain\r\n\r\nx\r\n"
    for level in range(400):
        mark = b"b%d" % level
        inner = b'Content-Type: multipart/mixed; boundary="' + mark + b'"\r\n\r\n--' + mark + b"\r\n" + inner
    path.write_bytes(b"From: a@example.org\r\nTo: b@example.org\r\n" + inner)
    found, problems = drafts(path)
    assert len(found) == 1 or [one.code for one in problems] == ["malformed_message"]
