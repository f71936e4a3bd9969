"""The specifications that a person keeps: named, in versions, offered where a file fits, shared as files."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Any

from ewglink import places
from ewglink.importers import templates
from ewglink.importers.contract import Part
from ewglink.importers.specification import Specification
from ewglink.model.refusal import Refusal
from ewglink.model.schema import Schema
from ewglink.text import N_, Message, counted, message

_EARLIER = "earlier"


@dataclass(frozen=True)
class Kept:
    """A specification among the person's own: its file, what it says, and its version (1 is the first)."""

    path: Path
    spec: Specification
    version: int


@dataclass(frozen=True)
class Offer:
    """A specification that fits a table, and why."""

    spec: Specification
    own: bool
    why: Message
    share: float
    """How many of the columns it reads are there, 0 to 1; all are where it is 1."""


def _stem(name: str) -> str:
    return re.sub(r"[^\w.-]+", "_", name).strip("._")[:80] or "specification"


def _earlier(name: str) -> Path:
    return places.specifications_folder() / _EARLIER / _stem(name)


def listed() -> list[Kept]:
    """The specifications kept, by name; files that are none are passed over."""
    found = []
    for path in sorted(places.specifications_folder().glob("*.json")):
        try:
            spec = Specification.read(path)
        except Refusal:
            continue
        found.append(Kept(path, spec, len(versions(spec.name)) + 1))
    return sorted(found, key=lambda one: one.spec.name.casefold())


def versions(name: str) -> list[Path]:
    """The files of the earlier versions of a specification, the first first."""
    return sorted(_earlier(name).glob("*.json"), key=lambda path: int(path.stem) if path.stem.isdigit() else 0)


def keep(spec: Specification, name: str | None = None, types: Schema | None = None) -> Kept:
    """Keep a specification under its name, or another; one of that name that says something else becomes an earlier
    version. It is found again by the headings that it reads, and carries the `types` that were made for it."""
    body = {**spec.body, "name": name or spec.name}
    if types is not None and (types.entity_types or types.link_types):
        body["types"] = types.to_json()
    body.setdefault("recognise", sorted(spec.columns()))
    made = Specification.from_json(body)
    path = places.specifications_folder() / f"{_stem(made.name)}.json"
    if path.is_file():
        _put_by(path, made)
    made.write(path)
    return Kept(path, made, len(versions(made.name)) + 1)


def _put_by(path: Path, made: Specification) -> None:
    try:
        before = Specification.read(path)
    except Refusal:
        return
    if before.sha256 == made.sha256:
        return
    folder = _earlier(made.name)
    folder.mkdir(parents=True, exist_ok=True)
    before.write(folder / f"{len(versions(made.name)) + 1}.json")


def rename(kept: Kept, name: str) -> Kept:
    """Give a specification, with its earlier versions, another name; a `Refusal` where another has it."""
    name = name.strip()
    target = places.specifications_folder() / f"{_stem(name)}.json"
    if not name or target.exists() and target != kept.path:
        words = N_("There is a specification named “{name}” already.") if name else N_("A specification needs a name.")
        raise Refusal("spec_name_taken", message(words, name=name))
    old, new = _earlier(kept.spec.name), _earlier(name)
    spec = Specification.from_json({**kept.spec.body, "name": name})
    spec.write(target)
    if target != kept.path:
        kept.path.unlink()
        if old.is_dir():
            new.parent.mkdir(parents=True, exist_ok=True)
            old.rename(new)
    return Kept(target, spec, kept.version)


def delete(kept: Kept) -> None:
    """Forget a specification and its earlier versions; what was imported by it stays."""
    kept.path.unlink(missing_ok=True)
    rmtree(_earlier(kept.spec.name), ignore_errors=True)


def share(spec: Specification, path: Path) -> None:
    """Write a specification to a file that can be handed on; a `Refusal` where it cannot be written."""
    try:
        spec.write(path)
    except OSError as error:
        words = N_("{file} cannot be written: {reason}.")
        raise Refusal("cannot_write", message(words, file=path.name, reason=error.strerror or str(error))) from error


def offers(part: Part, schema: Schema) -> list[Offer]:
    """The specifications that fit a table, the best first: all that they read is there, or at least half of it."""
    known = templates.recognise(part, schema)
    best = known[0].sha256 if known else ""
    found = []
    own = [kept.spec for kept in listed()]
    for spec in (*own, *templates.builtin()):
        offer = _offer(spec, part, spec in own)
        fits = offer.share == 1.0 and _checks(spec, part, schema) or offer.share >= 0.5 and offer.own
        if fits and (offer.own or spec.sha256 == best):
            found.append(offer)
    return sorted(found, key=lambda one: (one.spec.sha256 != best, -one.share, not one.own, -len(one.spec.columns())))


def _offer(spec: Specification, part: Part, own: bool) -> Offer:
    wanted = spec.columns() or spec.recognise
    have = wanted & set(templates.as_called(spec, part).columns)
    said: dict[str, Any] = {"all": len(wanted)}
    if have == wanted:
        words = counted("The one column that it reads is there.", "All {n} columns that it reads are there.",
                        len(wanted))  # fmt: skip
    else:
        missing = sorted(wanted - have)
        words = counted("{n} of the {all} columns that it reads is there; missing: {missing}.",
                        "{n} of the {all} columns that it reads are there; missing: {missing}.",
                        len(have), missing=", ".join(missing[:6]), **said)  # fmt: skip
    return Offer(spec, own, words, len(have) / len(wanted) if wanted else 0.0)


def _checks(spec: Specification, part: Part, schema: Schema) -> bool:
    try:
        spec.check(templates.as_called(spec, part).columns, schema.extended(templates.types_in(spec)))
    except Refusal:
        return False
    return True


def without(spec: Specification, columns: frozenset[str] | set[str]) -> Specification | None:
    """The specification without what reads columns that are not there; None where too little is left."""
    gone = spec.columns() - columns
    body = json.loads(json.dumps(dict(spec.body)))

    def reads(source: Any) -> bool:
        name = source if isinstance(source, str) else source.get("column") if isinstance(source, dict) else None
        return name in gone

    entities = {}
    for role, one in body["entities"].items():
        keys = one["key"] if isinstance(one["key"], list) else [one["key"]]
        if any(map(reads, keys)) or isinstance(one["type"], dict) and reads(one["type"]):
            continue
        labels = one.get("label", [])
        labels = [label for label in (labels if isinstance(labels, list) else [labels]) if not reads(label)]
        one |= {"label": labels} if labels else {}
        one.pop("label", None) if not labels else None
        one["properties"] = {name: said for name, said in one.get("properties", {}).items() if not reads(said)}
        entities[role] = {word: said for word, said in one.items() if word not in ("start", "end") or not reads(said)}
    links = [link for link in body.get("links", ()) if {link["from"], link["to"]} <= entities.keys()]
    for link in links:
        link["properties"] = {name: said for name, said in link.get("properties", {}).items() if not reads(said)}
        for word in ("start", "end", "label", "strength", "directed"):
            if word in link and reads(link[word]):
                del link[word]
    try:
        made = Specification.from_json({**body, "entities": entities, "links": links})
    except Refusal:
        return None
    return made if made.columns() <= columns else None


__all__ = ["Kept", "Offer", "delete", "keep", "listed", "offers", "rename", "share", "versions", "without"]
