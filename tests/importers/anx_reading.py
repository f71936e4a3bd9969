"""Exchange charts read by tests: drafts, what they state, and the picture."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ewglink.importers.contract import Drafted, Problem, Row
from ewglink.importers.formats.anx import MEMBER, AnxOptions
from ewglink.importers.graph_file import Picture
from tests.importers.anx_charts import entity, icon, items, link

OPTIONS = AnxOptions()


def read(path: Path, options: AnxOptions = OPTIONS) -> tuple[list[Drafted], list[Problem]]:
    rows = list(MEMBER.read(path, options))
    return [MEMBER.draft(row) for row in rows if isinstance(row, Row)], [
        one for one in rows if isinstance(one, Problem)
    ]


def stated(drafts: list[Drafted]) -> dict[str, Any]:
    """Label → (type, what is said of it) of the entities that an item states."""
    return {
        one.label: (one.type, {key: said[0] for key, said in json.loads(str(one.vals)).items()})
        for draft in drafts
        for one in draft.entities
        if one.label_rank >= 0
    }


def the_links(drafts: list[Drafted]) -> list[tuple[str, str, str, int]]:
    """(type, label of the one end, of the other, direction)."""
    found = []
    for draft in drafts:
        labels = {one.ref: one.label for one in draft.entities}
        found += [(one.type, labels[one.a], labels[one.b], int(one.direction)) for one in draft.links]
    return found


def counts(drafts: list[Drafted]) -> tuple[int, int, int, int]:
    """Entities, links, attributes, cards, counted by what tells them apart."""
    entities = {one.keys[0] for draft in drafts for one in draft.entities}
    links = {one.key for draft in drafts for one in draft.links}
    return len(entities), len(links), 0, sum(draft.row.part == "cards" for draft in drafts)


def picture(path: Path) -> Picture:
    (found,) = MEMBER.pictures(path, OPTIONS)
    return found


TWO = items(
    entity(1, "Éva Šimůnek", icon("Person"), identity="a"),
    entity(2, "北京", icon("Company"), identity="b"),
    link(3, "Knows", {"End1Id": 1, "End2Id": 2}),
)
