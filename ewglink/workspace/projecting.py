"""How the network follows the case: built from its rows, patched after each step."""

from __future__ import annotations

from typing import Any

from ewglink.graph.projection import EntityRows, LinkRows, Projection
from ewglink.model.changes import Changed
from ewglink.store.case_file import CaseFile
from ewglink.store.columns import network_columns

MOST_PATCHED = 2000
"""Above this many touched items the network is built anew."""


def _coded(keys: list[str]) -> tuple[list[int], tuple[str, ...]]:
    known: dict[str, int] = {}
    codes = [known.setdefault(key, len(known)) for key in keys]
    return codes, tuple(known)


def _entity_rows(rows: list[tuple[int, str]]) -> EntityRows:
    codes, keys = _coded([row[1] for row in rows])
    return EntityRows([row[0] for row in rows], codes, keys)


def _link_rows(rows: list[tuple[Any, ...]]) -> LinkRows:
    codes, keys = _coded([row[3] for row in rows])
    ids, a, b, _types, directions, strengths = zip(*rows, strict=True) if rows else ((),) * 6
    return LinkRows(ids, a, b, codes, keys, directions, strengths)


def build_projection(case: CaseFile) -> Projection:
    """The network of the whole case."""
    entities, links = network_columns(case)
    return Projection.build(
        EntityRows(entities.ids, entities.types, entities.type_keys),
        LinkRows(links.ids, links.a, links.b, links.types, links.type_keys, links.directions, links.strengths),
        case.items.canonical())


def follow_change(projection: Projection, case: CaseFile, changed: Changed) -> bool:
    """Patch `projection` by what changed; False where it has to be built anew."""
    if not changed.tables & {"item", "link", "merge"}:
        return True
    if changed.items is None or len(changed.items) > MOST_PATCHED:
        return False
    rows = {row["id"]: row for row in case.items.rows("item", "id", changed.items)}
    links = {row["item_id"]: row for row in case.items.rows("link", "item_id", changed.items)}
    gone = [item for item in changed.items if item not in rows]
    projection.patch(
        entities=_entity_rows([(item, row["type"]) for item, row in rows.items() if row["kind"] == "entity"]),
        links=_link_rows(
            [
                (item, link["a"], link["b"], rows[item]["type"], link["direction"], link["strength"])
                for item, link in links.items()
                if item in rows
            ]
        ),
        removed_entities=gone,
        removed_links=[item for item in changed.items if item not in links],
        canonical=case.items.canonical(),
    )
    return True
