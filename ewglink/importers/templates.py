"""Specifications that need no wizard: those EWGLink has and those a user saved, recognised by their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

from ewglink import places
from ewglink.importers.contract import Part
from ewglink.importers.specification import Specification, refuse
from ewglink.importers.values import as_text
from ewglink.model.refusal import Refusal
from ewglink.model.schema import Schema
from ewglink.text import N_


def _in(folder: Path) -> Iterator[Specification]:
    for path in sorted(folder.glob("*.json")):
        yield Specification.read(path)


@cache
def builtin() -> tuple[Specification, ...]:
    """The templates that come with EWGLink."""
    return tuple(_in(places.resources("specifications")))


def saved() -> tuple[Specification, ...]:
    """The specifications the user has saved; files that are none are passed over."""
    found = []
    for path in sorted(places.specifications_folder().glob("*.json")):
        with suppress(Refusal):
            found.append(Specification.read(path))
    return tuple(found)


def save(spec: Specification) -> Path:
    """Keep a specification among the user's own, under its name; one of that name is replaced."""
    name = re.sub(r"[^\w.-]+", "_", spec.name).strip("._") or "specification"
    path = places.specifications_folder() / f"{name}.json"
    spec.write(path)
    return path


def named(name: str) -> Specification:
    """The specification called `name`, or kept in the file `name`; a `Refusal` where there is none."""
    path = Path(name)
    if path.suffix.lower() == ".json" and path.is_file():
        return Specification.read(path)
    for spec in (*saved(), *builtin()):
        if spec.name == name:
            return spec
    if path.suffix.lower() == ".json":
        return Specification.read(path)
    raise refuse(
        "unknown_spec",
        N_("There is no specification “{name}”. Give the name of a saved one or a JSON file."),
        name=name,
    )


def _plain(heading: str) -> str:
    return "_".join(heading.strip().casefold().replace("-", " ").split())


def recognise(part: Part, schema: Schema) -> tuple[Specification, Part] | None:
    """The specification whose headings the table has, with the columns as it calls them; None where there is none.

    Order does not matter and further columns are tolerated; of several the one that names most columns is taken, and
    the user's own before a built-in one."""
    have = {_plain(column): column for column in part.columns}
    found: Specification | None = None
    for spec in (*builtin(), *saved()):
        wanted = {_plain(column) for column in spec.recognise}
        if (
            wanted
            and wanted <= have.keys()
            and (found is None or len(wanted) >= len(found.recognise))
            and _plausible(spec, part, schema)
        ):
            found = spec
    if found is None:
        return None
    return found, as_called(found, part)


def as_called(spec: Specification, part: Part) -> Part:
    """The table with its columns as a specification calls them."""
    have = {_plain(column): column for column in part.columns}
    wanted = (spec.recognise | spec.columns()) - set(part.columns)
    called = {have[_plain(column)]: column for column in wanted if _plain(column) in have}
    return replace(part, columns=tuple(called.get(column, column) for column in part.columns))


def types_in(spec: Specification | None) -> Schema:
    """The types and properties that a specification carries with it, made by the person who drew it up."""
    try:
        return Schema.from_json(spec.body["types"]) if spec is not None and "types" in spec.body else Schema()
    except (ValueError, TypeError, KeyError, AttributeError):
        return Schema()


def _plausible(spec: Specification, part: Part, schema: Schema) -> bool:
    """A column of link types holds some: headings such as source, target, type mean other things elsewhere."""
    for link in spec.links:
        if link.type.column is None or link.type.map:
            continue
        have = {_plain(column): place for place, column in enumerate(part.columns)}
        place = have[_plain(link.type.column)]
        texts = [as_text(row.cells[place]).strip() for row in part.sample]
        known = sum(_plain(text) in schema.link_types for text in texts)
        if texts and known * 2 < len(texts):
            return False
    return True
