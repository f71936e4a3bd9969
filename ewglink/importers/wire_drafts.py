"""How drafts travel between the reader process and its parent: plain values, nothing executable."""

from __future__ import annotations

import marshal
from collections.abc import Collection
from itertools import repeat
from json import JSONEncoder
from typing import Any, NamedTuple

from ewglink.importers import flat_drafts, wire
from ewglink.importers.contract import Drafted, EntityDraft, LinkDraft, Origin, Problem, Row, Vals
from ewglink.importers.flat_drafts import Flat
from ewglink.model.schema import Schema

_DRAFTED = 9
"""Values in the frame of a draft; a problem has one fewer."""


class Batch(NamedTuple):
    """Drafts and problems in order, and the identities the drafts name: namespace → different values. Or all of it as
    columns, where it is as plain as that: the other two are empty then."""

    drafts: list[Drafted | Problem]
    keys: dict[str, list[str]]
    flat: Flat | None = None


encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encoded(vals: Vals) -> str:
    """A statement's values as JSON text."""
    return vals if isinstance(vals, str) else encode(vals)


def batch_of(drafts: list[Drafted | Problem]) -> Batch:
    """Drafts with the identities they name."""
    keys: dict[str, dict[str, None]] = {}
    for one in drafts:
        if type(one) is Drafted:
            for entity in one.entities:
                for ns, value in entity.keys:
                    try:
                        keys[ns][value] = None
                    except KeyError:
                        keys[ns] = {value: None}
    return Batch(drafts, {ns: list(values) for ns, values in keys.items()})


def pack(batch: Batch) -> bytes:
    """A frame of drafts and problems in order. The cells are left behind: the row kept verbatim is enough."""
    drafts = batch.drafts
    flat = batch.flat or flat_drafts.flat_of(drafts)
    try:
        if flat is not None:
            return marshal.dumps(("flat", flat_drafts.pack(flat)))
        return marshal.dumps(("drafts", (list(map(_plain, drafts)), batch.keys)))
    except ValueError:  # a format's own numbers and values
        return marshal.dumps(("drafts", (list(map(_careful, drafts)), batch.keys)))


def unpack(kind: str, body: Any, schema: Schema) -> Batch:
    """What `pack` packed; ValueError where it names a type that `schema` does not have, or an end that is not there."""
    if kind == "flat":
        return Batch([], {}, flat_drafts.unpack(body, schema.entity_types, schema.link_types))
    rows, keys = body
    found: list[Drafted | Problem] = []
    new = tuple.__new__  # the same as Drafted(...), Row(...), at half the cost
    for one in rows:
        if len(one) != _DRAFTED:
            found.append(wire.problem_in(one))
            continue
        part, no, line, raw, entities, links, problems, _, origin = one
        drafted = (
            new(Row, (part, no, line, (), raw)),
            tuple(map(new, repeat(EntityDraft), entities)),
            tuple(map(new, repeat(LinkDraft), links)),
            tuple(map(wire.problem_in, problems)) if problems else (),
            Origin(*origin) if origin else None,
        )
        found.append(new(Drafted, drafted))
    _check([one for one in rows if len(one) == _DRAFTED], schema.entity_types, schema.link_types)
    return Batch(found, keys)


def _check(rows: list[Any], entity_types: Collection[str], link_types: Collection[str]) -> None:
    """A reader that a hostile file has taken over may say anything, but only of what the case knows."""
    if not {entity[1] for one in rows for entity in one[4]} <= set(entity_types):
        raise ValueError("not a type of entity")
    if not {link[0] for one in rows for link in one[5]} <= set(link_types):
        raise ValueError("not a type of link")
    for one in rows:
        if one[5]:
            refs = [entity[0] for entity in one[4]]
            for link in one[5]:
                if link[1] not in refs or link[2] not in refs:
                    raise ValueError("not an end")


def _plain(one: Drafted | Problem) -> tuple[Any, ...]:
    if isinstance(one, Problem):
        return wire.problem_out(one)
    (part, no, line, _cells, raw), entities, links, problems, origin = one
    said = tuple(map(wire.problem_out, problems)) if problems else ()
    plain = tuple(origin) if origin else None
    return part, no, line, raw, tuple(map(tuple, entities)), tuple(map(tuple, links)), said, None, plain


def _careful(one: Drafted | Problem) -> tuple[Any, ...]:
    if isinstance(one, Problem):
        return wire.problem_out(one)
    return _plain(
        one._replace(
            entities=tuple(
                entity._replace(label_rank=int(entity.label_rank), vals=encoded(entity.vals)) for entity in one.entities
            ),
            links=tuple(
                link._replace(
                    direction=int(link.direction),
                    strength=int(link.strength),
                    precision=None if link.precision is None else int(link.precision),
                    vals=encoded(link.vals),
                )
                for link in one.links
            ),
        )
    )
