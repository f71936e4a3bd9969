"""A case file of a million entities and three links each, asked as the application asks it.

The file is made by the importer from tables (`case_files`): every item stands on a source row, with identifiers,
properties, labels in several scripts, and the same indexes as any case. It is made anew in a temporary folder, or kept
in the folder that EWGLINK_BENCH_CASES names. `ms` and `value` are the middle one of several askings, in processor time
of the thread that asks; `first` is the first asking. `MB` is what the process holds then.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import case_files
import numpy as np
import psutil

SIZE = 100_000
SEARCH_MS = 5.0
MOST_MATCHED = 120_000
"""Names up to which who is who is waited for here; `bench matching` measures it by itself."""
WORDS = ("t", "tr", "tra", "trans", "transport", "s.a. de c.v.", "industries ltd", "trans mon", "transport monterrey",
         "sa zan", "garcía", "garcia hernandez", "GARCIA tremblay wei", "иванов", "ivanov", "王", "wang", "alhsn",
         "papad", "+52 81", "52811", "5281123", "TX02", "R-0001", "R-00012345", "INV-0", "INV-0012345", "inv 0012",
         "monterrey", "2013", "ransporte", "zzzz")
Row = dict[str, Any]


def _memory() -> int:
    return round(psutil.Process().memory_info().rss / (1 << 20))


def timed(what: str, ask: Callable[[], Any], times: int = 5, target: float | None = None, said: str = "") -> Row:
    """A row with the milliseconds of the first asking and of the middle one."""
    began, before = time.perf_counter(), time.thread_time()
    answer = ask()
    first, once = (time.perf_counter() - began) * 1000, (time.thread_time() - before) * 1000
    spent = []
    for _turn in range(times):
        before = time.thread_time()
        answer = ask()
        spent.append((time.thread_time() - before) * 1000)
    middle = statistics.median(spent) if spent else once
    found = said or (f"{len(answer):,}" if hasattr(answer, "__len__") else "")
    row: Row = {"what": what, "first ms": round(first, 2), "ms": round(middle, 3), "found": found, "MB": _memory()}
    return row | ({"value": round(middle, 3), "target": target} if target is not None else {})


def run(size: int | None = None) -> list[Row]:
    """Rows for a case of `size` entities, else 100,000."""
    entities = size or SIZE
    kept = os.environ.get("EWGLINK_BENCH_CASES")
    with tempfile.TemporaryDirectory() as named:
        folder = Path(kept) if kept else Path(named)
        path = folder / f"{entities}.ewg"
        rows: list[Row] = []
        if not path.exists():
            began = time.perf_counter()
            case_files.make(path, entities)
            rows.append({"what": f"import of {entities:,} entities and {3 * entities:,} links (s)",
                         "ms": round(time.perf_counter() - began, 1)})
        for part in (_opened, _searched, _network, _asked):
            for row in part(path):
                rows.append(row)
                print(row["what"], row["ms"], file=sys.stderr, flush=True)
        return rows


def _opened(path: Path) -> Iterator[Row]:
    """Opening, and the first tables a window shows."""
    from ewglink.store import listing
    from ewglink.workspace.workspace import Workspace

    yield {"what": "the file (MB)", "ms": round(path.stat().st_size / 1e6)}
    with Workspace.open(path) as workspace:
        case = workspace.case
        with case.reading() as connection:
            for table in ("item", "link", "identity", "statement", "record"):
                yield {"what": f"rows of {table}", "ms": int(
                    connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())}
    yield timed("open the case", lambda: Workspace.open(path).close())
    with Workspace.open(path) as workspace:
        case = workspace.case
        yield timed("counts by type", lambda: (case.items.counts("entity"), case.items.counts("link")), 3)
        ids = listing.entity_ids(case)
        yield timed("entities table: all ids", lambda: listing.entity_ids(case), 3)
        yield timed("  a page of 100 lines", lambda: listing.entity_rows(case, ids[:100].tolist()), 5)
        yield timed("  in order of labels", lambda: listing.entity_ids(case, "label"), 1)
        yield timed("  holding a word", lambda: listing.entity_ids(case, text="garcia"), 1)
        links = listing.link_ids(case)
        yield timed("links table: all ids", lambda: listing.link_ids(case), 1)
        yield timed("  a page of 100 lines", lambda: listing.link_lines(case, links[-100:].tolist()), 5)


def _searched(path: Path) -> Iterator[Row]:
    """Searching as a person types, with the excerpts that are shown; and a hub and its links straight from the file."""
    from ewglink.model.progress import finish
    from ewglink.store.row_search import search_rows
    from ewglink.workspace import searching
    from ewglink.workspace.workspace import Workspace

    with Workspace.open(path) as workspace:
        case = workspace.case
        for text in WORDS:
            total = searching.search(case, text, count_to=searching.COUNTED)[0]
            yield timed(f"search “{text}”", lambda text=text: case.search(text, 40, searching.COUNTED), 9, SEARCH_MS,
                        said=f"{total} or more" if total >= searching.COUNTED else str(total))
            yield timed("  with what is shown of 40 hits",
                        lambda text=text: searching.search(case, text, count_to=searching.COUNTED)[1], 5)
        began = time.perf_counter()
        finish(search_rows(case, "batteries"))
        yield {"what": "index of source rows, once (s)", "ms": round(time.perf_counter() - began, 1), "MB": _memory()}
        for text in ("batteries monterrey", "INV-0012345", "TX0"):
            yield timed(f"source rows with “{text}”", lambda text=text: finish(search_rows(case, text)), 3)
        yield from _expanded_in_store(case)


def _around(case: Any, item: int, hops: int, hub: int = 200) -> set[int]:
    """What is within so many hops, straight from the file; hubs are not expanded, but for the first."""
    seen, front = {item}, {item}
    for _hop in range(hops):
        ends = {end for link in case.items.links(front) for end in (link.a, link.b)}
        front = ends - seen
        seen |= front
        if len(front) > 50 * hub:
            break
    return seen


def _expanded_in_store(case: Any) -> Iterator[Row]:
    count = sum(case.items.counts("entity").values())
    some = (np.random.default_rng(3).integers(count // 2, count, 20) + 1).tolist()
    for hops in (1, 2, 3):
        row = timed("", lambda hops=hops: [_around(case, item, hops) for item in some], 1)
        yield row | {"what": f"{hops} hops from the file (mean of 20)", "first ms": round(row["first ms"] / 20, 2),
                     "ms": round(row["ms"] / 20, 3), "found": ""}
    yield timed("all links of the largest hub, from the file", lambda: case.items.links([1]), 3)


def _network(path: Path) -> Iterator[Row]:
    """The network in arrays, what is near, ways, and measures of the whole."""
    from ewglink.graph.neighbours import around
    from ewglink.workspace import expanding, questions
    from ewglink.workspace.workspace import Workspace

    with Workspace.open(path) as workspace:
        row = timed("the network read into arrays", workspace.network, 0)
        network = workspace.network()
        yield row | {"found": f"{network.m:,} links"}
        yield timed("  neighbours of each", lambda: network.adjacency, 0)
        yield timed("  links of each", lambda: network.incidence, 0)
        some = network.ids[np.random.default_rng(3).integers(0, network.n, 50)].tolist()
        a, b, c = some[:3]
        hub = int(network.ids[network.adjacency.degrees().argmax()])
        for hops in (1, 2, 3):
            row = timed("", lambda hops=hops: [around(network, [item], hops) for item in some], 5)
            middle = round(row["ms"] / len(some), 4)
            reached = np.mean([len(around(network, [item], hops)) for item in some])
            yield row | {"what": f"{hops} hops in the arrays, hubs and all (mean of 50)", "ms": middle,
                         "found": f"{reached:,.0f}"}
        yield timed("neighbours offered for expansion", lambda: expanding.near(workspace, [a]), 5)
        yield timed("  of the largest hub", lambda: expanding.near(workspace, [hub]), 3)
        yield timed("linked within 3 steps, hubs listed", lambda: questions.find_linked(workspace, [a], 3).items, 5,
                    1.0)
        yield timed("  from the largest hub, 1 step", lambda: questions.find_linked(workspace, [hub], 1).items, 3)
        yield timed("a shortest path", lambda: questions.find_paths(workspace, a, b).paths, 5)
        yield timed("all shortest paths", lambda: questions.find_paths(workspace, a, b, all_shortest=True).paths, 5)
        yield timed("paths of at most 6 steps", lambda: questions.find_paths(workspace, a, b, max_length=6).paths, 1)
        yield timed("what connects three", lambda: questions.connect(workspace, [a, b, c]).items, 3)
        yield timed("common neighbours", lambda: questions.shared_neighbours(workspace, [a, b]), 5)
        for key, options, target in (("degree", {}, None), ("components", {}, 1_000.0), ("pagerank", {}, None),
                                     ("k_core", {}, None), ("articulation_points", {}, None), ("bridges", {}, None),
                                     ("betweenness", {"sources": 64}, 30_000.0), ("closeness", {"sources": 64}, None)):
            yield _measured(workspace, key, options, target)


def _measured(workspace: Any, key: str, options: dict[str, Any], target: float | None) -> Row:
    """A measure as the window runs it: large ones in a process of their own."""
    from ewglink.analysis.contract import Ranking
    from ewglink.model.progress import finish
    from ewglink.workspace import questions

    found = questions.measure_named(key)
    began = time.perf_counter()
    answer = finish(questions.measure(workspace, key, found.options(**options)))
    passed = (time.perf_counter() - began) * 1000
    here = time.process_time()
    finish(found.run(workspace.network(), found.options(**options)))
    spent = (time.process_time() - here) * 1000
    said = ""
    if isinstance(answer, Ranking) and answer.errors is not None:
        said = f"standard error {answer.errors[0] / answer.values[0]:.1%} of the first"
    name = " ".join((key, *(f"{name}={value}" for name, value in options.items())))
    row: Row = {"what": name, "first ms": round(passed), "ms": round(spent, 1), "found": said, "MB": _memory()}
    return row | ({"value": round(spent, 1), "target": target} if target else {})


def _asked(path: Path) -> Iterator[Row]:
    """Conditions, facets and who is who over the whole case."""
    from ewglink.model.progress import finish
    from ewglink.workspace.facets import Facet, column, facets_of
    from ewglink.workspace.histograms import histogram
    from ewglink.workspace.item_query import parse
    from ewglink.workspace.querying import entities_where
    from ewglink.workspace.resolving.review import find_matches
    from ewglink.workspace.workspace import Workspace

    with Workspace.open(path) as workspace:
        workspace.network()
        for query in ("type=vessel", "label~garcía", "name~garcía", "city=Laredo", "registry_no=R-00000004",
                      "identifier~TX0203", "identifier=TX0447638715", "text~batteries",
                      "type=person AND linked(by=director_of, to(country=CN))"):
            yield timed(f"query {query}", lambda query=query: finish(entities_where(workspace, parse(query))), 0)
        yield timed("what can be counted by", lambda: facets_of(workspace, None), 1)
        for facet in (Facet("type"), Facet("property:city"), Facet("when", "links", "dates"), Facet("grade")):
            yield timed(f"histogram of {facet.what}, {facet.on}",
                        lambda facet=facet: histogram(finish(column(workspace, None, facet))).bars, 0)
        yield _edited(workspace)
        counts = workspace.case.items.counts("entity")
        for kind in ("vessel", "person", "organization"):
            what = f"who is who: {kind}, {counts.get(kind, 0):,} of them"
            if counts.get(kind, 0) > MOST_MATCHED:
                yield {"what": what, "ms": None, "found": "left out: minutes"}
            else:
                yield timed(what, lambda kind=kind: finish(find_matches(workspace, [kind])), 0)


def _edited(workspace: Any) -> Row:
    """The network after an edit: what an added link costs at its next use. The file itself stays as it is."""
    from ewglink.graph.projection import Projection

    projection: Projection = workspace.projection
    network = projection.network()
    a, b, kind = network.ids[0], network.ids[-1], network.link_type_keys[0]
    new = int(max(network.ids[-1], network.link_ids[-1])) + 1

    def edit() -> Any:
        projection.patch(links=([new], [a], [b], [0], (kind,), [0], [0]))
        projection.patch(removed_links=[new])
        return projection.network().link_ids

    return timed("the network after a link came and went", edit, 3)
