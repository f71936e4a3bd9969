"""How proposals and pictures travel between the reader process and its parent: plain values, nothing executable."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ewglink.importers.graph_file import Picture, Placed
from ewglink.model.schema import Schema

PLACED_A_FRAME = 10_000


@dataclass(frozen=True)
class Proposal:
    """What a file needs of the case: types and properties beyond those built in, and by table the specification (JSON,
    without a namespace) that its format suggests."""

    schema: Schema = field(default_factory=Schema)
    specifications: dict[str, dict[str, Any]] = field(default_factory=dict)


def proposal_of(member: Any, path: Path, options: Any) -> Proposal:
    """What a format proposes for a file."""
    proposes, suggests = getattr(member, "proposes", None), getattr(member, "suggests", None)
    return Proposal(
        proposes(path, options) if proposes else Schema(), suggests(path, options) if suggests else {}
    )


def proposal_out(proposal: Proposal) -> Any:
    """A proposal as plain values; the order within specifications is kept."""
    return json.dumps(proposal.schema.to_json()), json.dumps(proposal.specifications)


def proposal_in(body: Any) -> Proposal:
    """What `proposal_out` made; ValueError or KeyError where it is none."""
    schema, specifications = body
    return Proposal(Schema.from_json(json.loads(schema)), dict(json.loads(specifications)))


def frames(picture: Picture) -> Iterator[tuple[str, Any]]:
    """A picture as frames: its head, and what is placed."""
    yield "picture", (picture.name, json.dumps(picture.annotations), json.dumps(picture.settings))
    for first in range(0, len(picture.placed), PLACED_A_FRAME):
        yield "placed", [_out(one) for one in picture.placed[first : first + PLACED_A_FRAME]]


def _out(one: Placed) -> tuple[Any, ...]:
    return one.ns, one.value, float(one.x), float(one.y), json.dumps(one.look) if one.look else ""


def pictures_in(found: Iterable[tuple[str, Any]]) -> Iterator[Picture]:
    """The pictures that frames hold; ValueError where they are none."""
    head: Any = None
    placed: list[Placed] = []
    for kind, body in found:
        if kind == "picture":
            if head is not None:
                yield _picture(head, placed)
            head, placed = body, []
        elif kind == "placed":
            placed += [Placed(str(ns), str(value), float(x), float(y), json.loads(look) if look else {})
                       for ns, value, x, y, look in body]  # fmt: skip
        else:
            raise ValueError("not a picture")
    if head is not None:
        yield _picture(head, placed)


def _picture(head: Any, placed: list[Placed]) -> Picture:
    name, annotations, settings = head
    return Picture(str(name), tuple(placed), tuple((str(kind), dict(body)) for kind, body in json.loads(annotations)),
                   dict(json.loads(settings)))  # fmt: skip
