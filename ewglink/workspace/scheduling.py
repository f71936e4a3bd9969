"""Where everything on a chart comes from: its entities and links with their sources, rows and checksums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ewglink.drawing.content import HIDDEN
from ewglink.release.marking import marking_of
from ewglink.release.view import Origin, ScheduleRow
from ewglink.store.charts import Chart
from ewglink.store.items import Statement
from ewglink.text import _, speaking
from ewglink.workspace.gathering import constituents
from ewglink.workspace.workspace import Workspace

BATCH = 5_000


def schedule_of(workspace: Workspace, chart: Chart, language: str) -> list[ScheduleRow]:
    """A row for each entity and link that `chart` shows, in the order of ids, in `language`."""
    placed = workspace.case.charts.placements(chart.id)
    out = workspace.left_out(chart.id)
    seen = ((placed.flags & HIDDEN) == 0) & ~np.isin(placed.items, out)
    network = workspace.network(subset=placed.items[seen].tolist())
    merged = constituents(workspace.case.items.canonical(), workspace)
    hidden = set(placed.items[~seen].tolist()) | set(out.tolist())
    checksums = {one.id: one.sha256 for one in workspace.case.sources.listed()}
    rows: list[ScheduleRow] = []
    kinds = [network.type_keys[code] for code in network.types.tolist()]
    with speaking(language):
        for ids, types in _batches(network.ids.tolist(), kinds):
            rows += _rows(workspace, ids, types, merged, checksums, language, {})
        kept = [at for at, item in enumerate(network.link_ids.tolist()) if item not in hidden]
        link_kinds = [network.link_type_keys[code] for code in network.link_types[kept].tolist()]
        links = network.link_ids[kept].tolist()
        pairs = network.ids[np.asarray(network.ends[kept], np.int64).reshape(-1, 2)]
        ends = dict(zip(links, ((int(a), int(b)) for a, b in pairs.tolist()), strict=True))
        for ids, types in _batches(links, link_kinds):
            rows += _rows(workspace, ids, types, {}, checksums, language, ends)
    return rows


def _batches(ids: list[int], kinds: list[str]) -> list[tuple[list[int], list[str]]]:
    return [(ids[at:at + BATCH], kinds[at:at + BATCH]) for at in range(0, len(ids), BATCH)]


def _rows(workspace: Workspace, ids: list[int], kinds: list[str], merged: dict[int, list[int]],
          checksums: dict[int, str], language: str, ends: dict[int, tuple[int, int]]) -> list[ScheduleRow]:
    items = workspace.case.items
    labels = items.labels(ids)
    members = {item: (item, *merged.get(item, ())) for item in ids}
    said: dict[int, list[Statement]] = {}
    for statement in items.statements([one for group in members.values() for one in group]):
        said.setdefault(statement.item, []).append(statement)
    rows = []
    for item, kind in zip(ids, kinds, strict=True):
        statements = [one for member in members[item] for one in said.get(member, ())]
        name = workspace.schema.label(kind, language)
        rows.append(ScheduleRow(item, name, labels.get(item) or name, _origins(statements, checksums), ends.get(item),
                                marking_of(one.handling for one in statements).text))
    return rows


def _origins(statements: Sequence[Statement], checksums: dict[int, str]) -> tuple[Origin, ...]:
    found: dict[tuple[Any, ...], set[int]] = {}
    for one in statements:
        if one.source is None:
            said_by = _("note by {analyst}", analyst=one.recorded_by)
            key: tuple[Any, ...] = (f"{said_by}: {one.note}" if one.note else said_by, "")
        else:
            key = (one.source_name or "", checksums.get(one.source, ""))
        found.setdefault(key, set()).update([one.row] if one.row is not None else [])
    return tuple(Origin(name, checksum, tuple(sorted(rows))) for (name, checksum), rows in found.items())
