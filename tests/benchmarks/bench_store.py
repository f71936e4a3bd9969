"""The case file under load: an edit, the undo of many placements, an expansion over two hops, a search."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ewglink.model.changes import Change, Changeset, PackedMove
from ewglink.store.case_file import CaseFile

LINKS_A_ENTITY = 3
PLACED = 10_000
BATCH = 20_000


def fill(case: CaseFile, entities: int) -> None:
    """`entities` organizations and three times as many links, in one bulk add."""
    dice = random.Random(5)
    with case.bulk() as writer:
        for start in range(1, entities + 1, BATCH):
            ids = range(start, min(start + BATCH, entities + 1))
            writer.insert("item", [(i, "entity", "organization", f"Transportes {i:07d} SA", 2, None) for i in ids])
            writer.insert("identity", [(i, "bench", f"T-{i}", i, True, "ok") for i in ids])
        last = entities * (1 + LINKS_A_ENTITY)
        for start in range(entities + 1, last + 1, BATCH):
            ids = range(start, min(start + BATCH, last + 1))
            ends = [(1 + dice.randrange(entities), 1 + dice.randrange(entities)) for _ in ids]
            writer.insert("item", [(i, "link", "paid", "", 0, None) for i in ids])
            writer.insert("link", [(i, *two, 1, 0, None, None, None) for i, two in zip(ids, ends, strict=True)])
        added = {"item": (1, last), "identity": (1, entities), "link": (entities + 1, last)}
        writer.finish(Changeset("imported", {"files": []}, added=added))


def _median_ms(times: int, work: Callable[[int], object]) -> float:
    taken = []
    for turn in range(times):
        started = time.perf_counter()
        work(turn)
        taken.append((time.perf_counter() - started) * 1000)
    return round(statistics.median(taken), 3)


def _two_hops(case: CaseFile, item: int) -> set[int]:
    seen = {item}
    for _hop in range(2):
        for link in case.items.links(seen):
            seen |= {link.a, link.b}
    return seen


def _edit(case: CaseFile, item: int) -> None:
    before = case.items.row("item", id=item)
    assert before is not None
    case.apply(Changeset("renamed", {}, (Change("item", before, before | {"label": f"Renamed {item}"}),)))


def _placed(case: CaseFile, entities: int) -> float:
    """Milliseconds to take back many placements."""
    chart = {"id": case.next_id("chart"), "name": "bench", "settings": "{}"}
    case.apply(Changeset("chart_created", {}, (Change("chart", None, chart),)))
    items = list(range(1, min(PLACED, entities) + 1))
    nowhere, somewhere = [float("nan")] * (2 * len(items)), [float(n) for n in range(2 * len(items))]
    case.apply(Changeset("placed", {}, moves=(PackedMove.of(chart["id"], items, nowhere, somewhere),)))
    started = time.perf_counter()
    case.undo()
    return round((time.perf_counter() - started) * 1000, 1)


def run(size: int | None) -> list[dict[str, Any]]:
    """Milliseconds on a case of 100,000 entities (or `size`) and three times as many links."""
    entities = size or 100_000
    dice = random.Random(9)
    with tempfile.TemporaryDirectory() as folder:
        case = CaseFile.create(Path(folder) / "case.ewg", "bench")
        started = time.perf_counter()
        fill(case, entities)
        filled = time.perf_counter() - started
        some = [1 + dice.randrange(entities) for _ in range(100)]
        rows: list[dict[str, Any]] = [
            {
                "what": f"fill and index {entities:,} entities, {entities * LINKS_A_ENTITY:,} links (s)",
                "value": round(filled, 1),
            },
            {"what": "edit, saved (ms)", "value": _median_ms(100, lambda turn: _edit(case, some[turn]))},
            {
                "what": "two hops from an entity (ms)",
                "value": _median_ms(100, lambda turn: _two_hops(case, some[turn])),
            },
            {
                "what": "search, a word (ms)",
                "value": _median_ms(50, lambda turn: case.search(f"{some[turn]:07d}")),
                "target": 5.0,
            },
            {
                "what": "search, a part of one (ms)",
                "value": _median_ms(50, lambda turn: case.search(f"{some[turn]:07d}"[1:])),
                "target": 5.0,
            },
            {"what": f"undo of {min(PLACED, entities):,} placements (ms)", "value": _placed(case, entities)},
        ]
        case.close()
    return rows
