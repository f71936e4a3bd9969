"""A PDF or a picture as a document of the case: its name, hash, size and pages, and what its metadata say of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ewglink.importers import guard
from ewglink.importers.contract import Drafted, Origin, Part, Problem, Recognised, Row
from ewglink.importers.dates import local, parse
from ewglink.importers.document_facts import KINDS, facts_of, kind_of
from ewglink.importers.drafting import listed
from ewglink.importers.record_draft import RecordDraft
from ewglink.model.property_types import PropertyType
from ewglink.model.schema import EntityType, Schema
from ewglink.plugins.options import option
from ewglink.text import N_, message

FILE, METADATA = "file", "metadata"
DOUBTFUL = "F6"
"""The grade of what a file says of itself: neither the source nor the information can be judged (Admiralty)."""


@dataclass(frozen=True)
class DocumentOptions:
    """What a person knows of the document."""

    exhibit: str = option("", N_("Exhibit no."))
    title: str = option("", N_("Title (empty: the file's name)"))


def _property(key: str, **labels: str) -> PropertyType:
    return PropertyType(key, "integer", labels)


PROPOSED = Schema({
    "document": EntityType("document", properties=(
        _property("file_size", en="File size (bytes)", fr="Taille du fichier (octets)",
                  es="Tamaño del archivo (bytes)", zh="文件大小（字节）"),
        _property("width_px", en="Width (pixels)", fr="Largeur (pixels)", es="Ancho (píxeles)", zh="宽度（像素）"),
        _property("height_px", en="Height (pixels)", fr="Hauteur (pixels)", es="Alto (píxeles)", zh="高度（像素）"),
    )),
})  # fmt: skip
"""What files say of documents beyond the built-in properties."""


class Document:
    """The format: one record of what the file is, and one of what its metadata say. Nothing in it is executed."""

    key = "document"
    name = N_("Document: PDF or picture")
    suffixes = tuple(suffix for kind in KINDS.values() for suffix in kind.suffixes)
    kind = "records"
    options = DocumentOptions
    binary = True

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """The first bytes of a PDF or a picture."""
        found = kind_of(head)
        if found is None:
            return Recognised(0.0, message(N_("neither a PDF nor a picture")))
        return Recognised(0.9, message(N_("a document: {kind}"), kind=message(KINDS[found].name)))

    def parts(self, path: Path, options: DocumentOptions) -> list[Part]:
        """The file, and its metadata."""
        rows = [one for one in self.read(path, options) if isinstance(one, Row)]
        said = [json.loads(row.raw) for row in rows]
        columns = tuple(dict.fromkeys(name for one in said for name in one))
        shown = [tuple(str(one.get(name, "")) for name in columns) for one in said]
        sample = tuple(row._replace(cells=cells) for row, cells in zip(rows, shown, strict=True))
        return [Part(FILE, columns, None, sample=sample)]

    def read(self, path: Path, options: DocumentOptions, part: str | None = None) -> Iterator[Row | Problem]:
        """The two records."""
        size = guard.check_file(path)
        with path.open("rb") as stream:
            head = stream.read(1 << 16)
            found = kind_of(head)
            digest = hashlib.sha256(head)
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
        if found is None:
            words = N_("{file} is neither a PDF nor a picture that is read.")
            raise guard.refuse("not_a_document", message(words, file=path.name), path)
        facts = facts_of(path, found)
        body: dict[str, Any] = {"file": path.name, "sha256": digest.hexdigest(), "size": size}
        body |= {"mime": KINDS[found].mime, "kind": found} | facts.shape
        given = {"exhibit": options.exhibit.strip(), "title": options.title.strip()}
        body |= {name: text for name, text in given.items() if text}
        yield Row(FILE, 1, None, (), json.dumps(body, ensure_ascii=True))
        for code, words_ in facts.remarks:
            yield Problem(FILE, 1, None, None, code, words_)
        if facts.metadata:
            said = {"sha256": digest.hexdigest()} | facts.metadata
            yield Row(METADATA, 2, None, (), json.dumps(said, ensure_ascii=True))

    def proposes(self, path: Path, options: DocumentOptions) -> Schema:
        """Size and dimensions."""
        return PROPOSED

    def draft(self, row: Row) -> Drafted:
        """What a record says of the document."""
        said: dict[str, Any] = json.loads(row.raw)
        record = RecordDraft(row)
        document = record.entity("document", "document").key("sha256", said["sha256"])
        if row.part == METADATA:
            document.named(said["sha256"][:12], -1)
            document.text("author", said.get("author"))
            _dated(document.vals, said.get("created"))
            rest = [f"{name}: {value}" for name, value in said.items() if name not in ("sha256", "author", "created")]
            document.text("note", "; ".join(rest))
            origin = Origin("what the file says of itself", DOUBTFUL)
            return record.drafted()._replace(origin=origin)
        document.text("title", said.get("title") or said["file"]).named(said.get("title") or said["file"])
        document.vals["sha256"] = listed(said["sha256"], validity="ok")
        document.text("mime", said["mime"]).number("pages", said.get("pages")).text("exhibit_no", said.get("exhibit"))
        document.text("document_type", said["kind"]).number("file_size", said["size"])
        document.number("width_px", said.get("width")).number("height_px", said.get("height"))
        shape = [f"{said['file']}", f"{said['size']} B"]
        shape += [str(said["page_size"])] if said.get("page_size") else []
        shape += ["encrypted"] if said.get("encrypted") else []
        document.text("provenance", "; ".join(shape))
        return record.drafted()


def _dated(vals: dict[str, str], created: str | None) -> None:
    """The day of making as the metadata give it, where it was made."""
    found = parse(created) if created else None
    if found is not None:
        vals["date"] = listed(local(found)[:10], found.raw if len(found.raw) > 10 else None, precision=3)


MEMBER = Document()
