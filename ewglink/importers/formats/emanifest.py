"""EPA e-Manifest JSON: one manifest, or a list of them, each a movement with its sites, wastes and custody legs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ewglink.dialects.emanifest import TELLING
from ewglink.importers import encoding, guard
from ewglink.importers.contract import Drafted, Part, Problem, Recognised, Row
from ewglink.importers.manifest_draft import ManifestDraft, is_manifest
from ewglink.text import N_, message

PART = "$"
_SPACE = re.compile(r"[\s\ufeff]*")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:]')
_PREVIEW_ROWS = 100


@dataclass(frozen=True)
class EmanifestOptions:
    """Nothing needs choosing."""


class Emanifest:
    """The format: records, each a manifest kept verbatim; the part is the JSON path `$`."""

    key = "emanifest"
    name = N_("EPA e-Manifest (JSON)")
    suffixes = (".json",)
    kind = "records"
    options = EmanifestOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """JSON that names the parties and wastes of a manifest."""
        text = head.decode(encoding.detect_bytes(head).name, "replace").lstrip("\ufeff \t\r\n")
        if text[:1] not in ("{", "["):
            return Recognised(0.0, message(N_("not JSON")))
        keys = _outer_keys(text)
        found = [name for name in TELLING if name in keys]
        if len(found) < 3:
            return Recognised(0.0, message(N_("JSON that is no manifest")))
        return Recognised(
            0.5 + 0.08 * len(found),
            message(N_("JSON with the fields of a manifest: {fields}"), fields=", ".join(found)),
        )

    def parts(self, path: Path, options: EmanifestOptions) -> list[Part]:
        """The one part, with the first manifests."""
        sample: list[Row] = []
        for one in self.read(path, options):
            if isinstance(one, Row):
                sample.append(one)
            if len(sample) >= _PREVIEW_ROWS:
                break
        return [Part(PART, (), None, sample=tuple(sample))]

    def read(self, path: Path, options: EmanifestOptions, part: str | None = None) -> Iterator[Row | Problem]:
        """The manifests, in order; `no` counts them, `line` is where each begins."""
        text = _text(path)
        at, line, no = 0, 1, 0
        for start, end, found in _values(path, text):
            line += text.count("\n", at, start)
            at, no = start, no + 1
            raw = text[start:end]
            if is_manifest(found):
                yield Row(PART, no, line, (), raw)
            else:
                yield Problem(
                    PART,
                    no,
                    line,
                    None,
                    "not_a_manifest",
                    message(N_("The record is no manifest; it is not imported.")),
                    True,
                    raw,
                )

    def draft(self, row: Row) -> Drafted:
        """What the manifest says."""
        return ManifestDraft(row).drafted()


def _outer_keys(text: str) -> set[str]:
    """The field names of the outermost object, or of the first objects of a list."""
    level = 2 if text.startswith("[") else 1
    depth, before, keys = 0, "", set()
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in "{[":
            depth += 1
        elif token in "}]":
            depth -= 1
        elif token == ":" and depth == level:
            keys.add(before[1:-1])
        before = token
    return keys


def _text(path: Path) -> str:
    size = guard.check_file(path)
    if size > guard.LIMITS.json_size:
        raise guard.refuse(
            "file_too_large",
            message(
                N_("{file} has {size} MB; at most {limit} MB are read."),
                file=path.name,
                size=size // guard.MB,
                limit=guard.LIMITS.json_size // guard.MB,
            ),
            path,
        )
    with encoding.open_text(path, encoding.detect(path)) as stream:
        return stream.read()


def _values(path: Path, text: str) -> Iterator[tuple[int, int, Any]]:
    """(start, end, value) of the records of a JSON text: the elements of a list, or the one object."""
    decoder = json.JSONDecoder(parse_constant=_constant)
    at = _skip(text, 0)
    listed = text[at : at + 1] == "["
    if listed:
        at = _skip(text, at + 1)
        if text[at : at + 1] == "]":
            raise guard.refuse(
                "empty_file", message(N_("{file} is empty: there is nothing to import."), file=path.name), path
            )
    while True:
        try:
            found, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise _malformed(path, text, getattr(error, "pos", at)) from None
        yield at, end, found
        at = _skip(text, end)
        following = text[at : at + 1]
        if listed and following == ",":
            at = _skip(text, at + 1)
            continue
        if not listed and not following or listed and following == "]" and not text[_skip(text, at + 1) :]:
            return
        raise _malformed(path, text, at)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _constant(name: str) -> Any:
    raise ValueError(name)


def _malformed(path: Path, text: str, at: int) -> Exception:
    return guard.refuse(
        "malformed_json",
        message(
            N_("{file} is not well-formed JSON: line {line}, column {column}. It is damaged or cut off."),
            file=path.name,
            line=text.count("\n", 0, at) + 1,
            column=at - text.rfind("\n", 0, at),
        ),
        path,
    )


MEMBER = Emanifest()
