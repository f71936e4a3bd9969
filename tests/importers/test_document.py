"""PDFs and pictures: a document with its hash, pages and dimensions; metadata of low grade; nothing executed."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from ewglink.importers import sniff
from ewglink.importers.formats.document import MEMBER, DocumentOptions
from ewglink.model.progress import finish
from ewglink.model.refusal import Refusal
from ewglink.workspace.commands.importing import ImportReport, ImportRequest, import_files
from ewglink.workspace.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "case.ewg", "T") as found:
        yield found


def bring(workspace: Workspace, path: Path, **options: str) -> ImportReport:
    report = finish(import_files(workspace, [ImportRequest(path, options=options)], in_process=True))
    assert report is not None
    return report


def values(workspace: Workspace, path: Path) -> dict[str, list[Any]]:
    (ref,) = workspace.case.items.identified("sha256", hashlib.sha256(path.read_bytes()).hexdigest())
    found: dict[str, list[Any]] = {"label": [ref.label]}
    for statement in workspace.case.items.statements([ref.id]):
        for name, value in statement.vals.items():
            found.setdefault(name, []).append(value[0])
    return found


def pdf(path: Path, pages: int = 3, **more: Any) -> Path:
    with pikepdf.new() as made:
        for _page in range(pages):
            made.add_blank_page(page_size=(612, 792))
        made.docinfo["/Author"] = "María Ñ"
        made.docinfo["/CreationDate"] = "D:20240305231500-06'00'"
        if more.pop("script", False):
            made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        made.save(path, **more)
    return path


def test_a_pdf_is_a_document_with_its_pages_and_exhibit_number(workspace: Workspace, tmp_path: Path) -> None:
    path = pdf(tmp_path / "Factura 7.pdf")
    assert sniff.recognise(path).format == "document"
    report = bring(workspace, path, exhibit="A-12")
    assert (report.sources[0].rows, report.sources[0].warnings) == (2, [])
    assert workspace.case.items.counts("entity") == {"document": 1}
    said = values(workspace, path)
    assert said["label"] == said["title"] == ["Factura 7.pdf"]
    assert (said["pages"], said["exhibit_no"], said["mime"]) == ([3], ["A-12"], ["application/pdf"])
    assert said["sha256"] == [hashlib.sha256(path.read_bytes()).hexdigest()]
    assert said["file_size"] == [path.stat().st_size]
    assert "216 × 279 mm" in said["provenance"][0]
    assert (said["author"], said["date"]) == (["María Ñ"], ["2024-03-05"])
    assert bring(workspace, path).sources[0].known


def test_what_a_file_says_of_itself_has_a_low_grade(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "IMG_1.jpg"
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    exif.get_ifd(0x8769)[0x9003] = "2023:07:01 14:30:00"
    exif.get_ifd(0x8769)[0x9011] = "-05:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (25.0, 40.0, 12.0), 3: "W", 4: (100.0, 18.0, 36.0)})
    Image.new("RGB", (64, 48), "red").save(path, exif=exif)
    bring(workspace, path)
    said = values(workspace, path)
    assert (said["width_px"], said["height_px"]) == ([64], [48])
    assert said["date"] == ["2023-07-01"]
    assert "latitude: 25.670000" in said["note"][0]
    assert "longitude: -100.310000" in said["note"][0]
    (ref,) = workspace.case.items.listed("entity")
    grades = {tuple(sorted(s.vals)): s.grade for s in workspace.case.items.statements([ref.id])}
    assert {grade for names, grade in grades.items() if "date" in names} == {"F6"}
    assert {grade for names, grade in grades.items() if "sha256" in names} == {None}


@pytest.mark.parametrize("suffix", ["png", "gif", "tiff", "bmp", "webp"])
def test_pictures_of_every_kind(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"picture.{suffix}"
    Image.new("RGB", (30, 20), "blue").save(path)
    found = sniff.recognise(path)
    assert (found.format, found.note) == ("document", None)
    (part,) = MEMBER.parts(path, DocumentOptions())
    assert dict(zip(part.columns, part.sample[0].cells, strict=True))["width"] == "30"
    (row,) = MEMBER.read(path, DocumentOptions())
    (entity,) = MEMBER.draft(row).entities  # type: ignore[arg-type]
    assert '"width_px":[30],"height_px":[20]' in str(entity.vals)


def test_active_content_is_named_and_a_locked_file_gives_its_hash(workspace: Workspace, tmp_path: Path) -> None:
    report = bring(workspace, pdf(tmp_path / "script.pdf", script=True))
    assert [one.code for one in report.sources[0].warnings] == ["active_content"]
    locked = pdf(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    report = bring(workspace, locked)
    assert [one.code for one in report.sources[0].warnings] == ["password_protected"]
    assert "pages" not in values(workspace, locked)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_a_picture_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", b"") + _chunk(b"IEND", b""))
    with pytest.raises(Refusal) as refused:
        list(MEMBER.read(path, DocumentOptions()))
    assert refused.value.code == "picture_too_large"


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\nnothing here", b"\xff\xd8\xff\xe0 broken", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"II*\x00" * 4]
)
def test_a_damaged_file_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "damaged"
    path.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        list(MEMBER.read(path, DocumentOptions()))
    assert refused.value.code == "damaged_file"
