"""Many plain drafts as columns: what most batches of a table are, at a fraction of the cost of a tuple a draft.

Records are plain where each entity has one key, nothing beside it that does not join, and the record no origin of its
own; links have a key. Everything else travels draft by draft (`wire_drafts`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from ewglink.importers import wire
from ewglink.importers.contract import Drafted, EntityDraft, LinkDraft, Problem


class Entities(NamedTuple):
    """The entities of all records, in order, a column each."""

    types: Sequence[str] = ()
    spaces: Sequence[str] = ()
    keys: Sequence[str] = ()
    labels: Sequence[str] = ()
    ranks: Sequence[int] = ()
    vals: Sequence[str] = ()


class Links(NamedTuple):
    """The links of all records, in order, a column each; `a` and `b` are places among the entities."""

    types: Sequence[str] = ()
    a: Sequence[int] = ()
    b: Sequence[int] = ()
    spaces: Sequence[str] = ()
    keys: Sequence[str] = ()
    directions: Sequence[int] = ()
    strengths: Sequence[int] = ()
    starts: Sequence[str | None] = ()
    ends: Sequence[str | None] = ()
    precisions: Sequence[int | None] = ()
    vals: Sequence[str] = ()
    labels: Sequence[str] = ()


class Flat(NamedTuple):
    """The records of a batch that name something: the number, text line and text of each row; how many entities and
    links each has; these. `rows` counts what was read, `problems` what is wrong, in order."""

    rows: int
    problems: list[Problem]
    part: str
    nos: Sequence[int]
    lines: Sequence[int | None]
    raws: Sequence[str]
    counts: Sequence[int]
    entities: Entities
    link_counts: Sequence[int]
    links: Links


def flat_of(drafts: Sequence[Drafted | Problem]) -> Flat | None:
    """A batch as columns; None where it is not plain."""
    problems: list[Problem] = []
    named: list[Drafted] = []
    rows = 0
    for one in drafts:
        if type(one) is Drafted:
            rows += 1
            problems += one.problems
            if one.entities:
                named.append(one)
        elif isinstance(one, Problem):
            rows += one.rejected
            problems.append(one)
        else:
            return None
    if not named:
        return None
    records, entities_of, links_of, _problems, origins = zip(*named, strict=True)
    parts, nos, lines, _cells, raws = zip(*records, strict=True)
    entities = _entities(list(chain.from_iterable(entities_of)))
    if entities is None or any(origins) or set(parts) != {parts[0]}:
        return None
    links = _links(entities_of, links_of)
    if links is None:
        return None
    counts, link_counts = list(map(len, entities_of)), list(map(len, links_of))
    return Flat(rows, problems, parts[0], nos, lines, raws, counts, entities, link_counts, links)


def _entities(drafts: list[EntityDraft]) -> Entities | None:
    _refs, types, keys, others, labels, ranks, vals = zip(*drafts, strict=True)
    if any(others) or set(map(len, keys)) != {1} or set(map(type, vals)) != {str}:
        return None
    spaces, values = zip(*map(itemgetter(0), keys), strict=True)
    return Entities(types, spaces, values, labels, ranks, vals)


def _links(entities_of: Sequence[tuple[EntityDraft, ...]], links_of: Sequence[tuple[LinkDraft, ...]]) -> Links | None:
    drafts = list(chain.from_iterable(links_of))
    if not drafts:
        return Links()
    types, _a, _b, keys, *columns = zip(*drafts, strict=True)
    if None in keys or set(map(type, columns[-2])) != {str}:
        return None
    spaces, values = zip(*keys, strict=True)
    starts: list[int] = []
    ends: list[int] = []
    places: dict[tuple[str, ...], dict[str, int]] = {}
    base = 0
    for entities, links in zip(entities_of, links_of, strict=True):
        if links:
            refs = tuple([entity[0] for entity in entities])
            at = places.get(refs)
            if at is None:
                at = places[refs] = {ref: place for place, ref in enumerate(refs)}
            for link in links:
                starts.append(base + at[link[1]])
                ends.append(base + at[link[2]])
        base += len(entities)
    return Links(types, starts, ends, spaces, values, *columns)


def pack(flat: Flat) -> Any:
    """The columns as plain values."""
    problems = [wire.problem_out(one) for one in flat.problems]
    return flat.rows, problems, *flat[2:7], tuple(flat.entities), flat.link_counts, tuple(flat.links)


def unpack(body: Any, entity_types: Collection[str], link_types: Collection[str]) -> Flat:
    """What `pack` packed; ValueError or TypeError where it names a type that is none of these, or its columns do not
    fit each other."""
    rows, problems, part, nos, lines, raws, counts, entities, link_counts, links = body
    found = Flat(int(rows), [wire.problem_in(one) for one in problems], part, nos, lines, raws, counts,
                 Entities(*entities), link_counts, Links(*links))  # fmt: skip
    if {len(lines), len(raws), len(counts), len(link_counts)} != {len(nos)}:
        raise ValueError("not as many rows")
    for columns, each in ((found.entities, counts), (found.links, link_counts)):
        if set(map(len, columns)) != {sum(each)} or min(each, default=0) < 0:
            raise ValueError("not as many values")
    if not set(found.entities.types) <= set(entity_types):
        raise ValueError("not a type of entity")
    if not set(found.links.types) <= set(link_types):
        raise ValueError("not a type of link")
    if not {*found.links.a, *found.links.b} <= set(range(len(found.entities.keys))):
        raise ValueError("not an end")
    return found
