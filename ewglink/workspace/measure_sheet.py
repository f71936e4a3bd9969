"""What a measure answers as tables with a histogram: measured over a declared network, as a job."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ewglink.analysis.comparison import Comparison
from ewglink.analysis.contract import Groups, Measure, Ranking
from ewglink.drawing.answers import AnswerSheet, AnswerTable, Cell
from ewglink.graph.declared import Declaration
from ewglink.graph.network import Network
from ewglink.model.progress import Job, Progress
from ewglink.text import _, language, number
from ewglink.workspace.declaring import declare
from ewglink.workspace.facets import Column, Facet
from ewglink.workspace.histograms import Histogram, histogram
from ewglink.workspace.projection_words import lines, narrowing
from ewglink.workspace.questions import compare, measure, measure_named, without_tentative
from ewglink.workspace.workspace import Workspace

_FIRST = 8


@dataclass(frozen=True)
class Measured:
    """What a window works on: the measure, and of a ranking the histogram of its values. `usual`: options and links as
    they come, over `n` entities, so that a chart can measure the same itself; `narrowing` says
    what was not so."""

    measure: Measure
    bars: Histogram | None = None
    n: int = 0
    usual: bool = False
    narrowing: str = ""


def values_of(table: AnswerTable, column: int | None = None) -> tuple[str, dict[int, float]]:
    """A heading, and the number that stands under it for each entity of a table with one entity a row; no numbers where
    there are none. `column` where it holds numbers, else the first after the entity, else the last."""
    if not table.rows or any(len(items) != 1 for items in table.items) or len(table.items) != len(table.rows):
        return "", {}
    numbers = [at for at in range(len(table.headings))
               if any(isinstance(row[at], (int, float)) for row in table.rows)
               and not any(isinstance(row[at], str) for row in table.rows)]
    if not numbers:
        return "", {}
    first = numbers[0] if numbers[0] > 0 else numbers[-1]
    at = column if column in numbers else first
    return table.headings[at], {items[0]: float(value) for items, row in zip(table.items, table.rows, strict=True)
                                if isinstance(value := row[at], (int, float)) and math.isfinite(value)}


def measure_sheet(workspace: Workspace, key: str, options: Any = None, links: str = "all",
                  subset: Collection[int] | None = None, asked: Declaration | None = None) -> Job[AnswerSheet]:
    """Measure over what `asked` declares of the whole case or of the entities `subset`; `links` is `all`, `without`
    tentative ones, or `compare`: both rankings. The last progress has the answer, with what was measured in its first
    lines."""
    found = measure_named(key)
    yield Progress(None)
    asked = replace(asked or Declaration(), subset=tuple(sorted(subset)) if subset is not None else None)
    times = bool(getattr(found, "needs_times", False))
    fewer = without_tentative(asked)
    network = declare(workspace, fewer if links == "without" else asked, times=times)
    said = [_(found.definition), *lines(network, workspace.schema)]
    job = compare(workspace, key, options, network, declare(workspace, fewer, times=times)) if links == "compare" \
        else measure(workspace, key, options, network)
    answer: Any = None
    for step in job:
        answer = step.best if step.best is not None else answer
        yield Progress(step.done, step.message)
    caution = getattr(found, "caution", "")
    said += [_(caution)] if caution else []
    usual = asked == Declaration(subset=asked.subset) and links == "all" and options in (None, found.options())
    yield Progress(1.0, None, _sheet(workspace, found, network, answer, said, usual))


def _sheet(workspace: Workspace, found: Measure, network: Network, answer: Any, said: list[str],
           usual: bool) -> AnswerSheet:
    words = _Words(workspace)
    bars = None
    if isinstance(answer, Comparison):
        tables = [_compared(words, found, answer)]
        said.append(_("Agreement of both (Kendall's tau, 1 where nothing changes): {tau}",
                      tau="–" if math.isnan(answer.agreement) else number(answer.agreement, 3)))
    elif isinstance(answer, Ranking):
        tables, bars = [_ranking(words, found, network, answer)], _histogram(found, network, answer)
    elif isinstance(answer, Groups):
        tables = _groups(words, found, network, answer)
        said += [f"{name}: {number(value, 4)}" for name, value in answer.facts.items()]
    else:
        tables = [_table(words, found, network, answer)]
    named = frozenset(item for table in tables for row in table.items for item in row)
    return AnswerSheet(f"measure_{found.key}", _(found.name), tuple(said), tuple(tables), named=named,
                       data=Measured(found, bars, network.n, usual, narrowing(network.described, workspace.schema)))


class _Words:
    """Labels and types of entities, read for many at once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def of(self, ids: Collection[int]) -> dict[int, tuple[str, str]]:
        """Entity → its label and its type in words."""
        schema, code = self._workspace.schema, language()
        names: dict[str, str] = {}
        refs = self._workspace.case.items.refs(ids)
        return {item: (ref.label or str(item), names.setdefault(ref.type, schema.label(ref.type, code)))
                for item, ref in refs.items()}


def _number(value: float) -> float | int | None:
    return None if math.isnan(value) else int(value) if value == int(value) and abs(value) < 2**53 else value


def _ranking(words: _Words, found: Measure, network: Network, answer: Ranking) -> AnswerTable:
    ids = network.ids[answer.rows].tolist()
    said = words.of(ids)
    values = [_number(value) for value in answer.values.tolist()]
    errors = answer.errors.tolist() if answer.errors is not None else None
    head = [_("Entity"), _(found.name), *([_("Standard error")] if errors else []), _("Type")]
    rows: list[tuple[Cell, ...]] = [
        (said[item][0], value, *([errors[at]] if errors else []), said[item][1])
        for at, (item, value) in enumerate(zip(ids, values, strict=True))]
    return AnswerTable(found.key, _(found.name), tuple(head), tuple(rows), tuple((item,) for item in ids))


def _histogram(found: Measure, network: Network, answer: Ranking) -> Histogram | None:
    there = np.isfinite(answer.values)
    if not there.any():
        return None
    ids = network.ids[answer.rows]
    none = np.empty(0, np.int32)
    return histogram(Column(Facet(f"measure:{found.key}", kind="numbers"), ids[there], none, (), answer.values[there],
                            ids[~there], len(ids)))


def _compared(words: _Words, found: Measure, answer: Comparison) -> AnswerTable:
    ids = answer.ids.tolist()
    said = words.of(ids)
    head = (_("Entity"), _(found.name), _("Without tentative links"), _("Place"), _("Place without"), _("Places up"),
            _("Type"))
    rows = [(said[item][0], _number(before), _number(after), first or None, second or None, shift, said[item][1])
            for item, before, after, first, second, shift in zip(
                ids, answer.before.tolist(), answer.after.tolist(), answer.place_before.tolist(),
                answer.place_after.tolist(), answer.shift.tolist(), strict=True)]
    return AnswerTable(found.key, _(found.name), head, tuple(rows), tuple((item,) for item in ids))


def _groups(words: _Words, found: Measure, network: Network, answer: Groups) -> list[AnswerTable]:
    groups = [network.ids[group].tolist() for group in answer.groups]
    said = words.of([item for group in groups for item in group])
    whole = [(at, len(group), ", ".join(said[item][0] for item in group[:_FIRST])
              + (" …" if len(group) > _FIRST else "")) for at, group in enumerate(groups, 1)]
    each = [(at, *said[item]) for at, group in enumerate(groups, 1) for item in group]
    return [
        AnswerTable(found.key, _("Groups"), (_("Group"), _("Entities"), _("Members")), tuple(whole),
                    tuple(tuple(group) for group in groups)),
        AnswerTable("members", _("Members"), (_("Group"), _("Entity"), _("Type")), tuple(each),
                    tuple((item,) for group in groups for item in group))]


def _table(words: _Words, found: Measure, network: Network, answer: Any) -> AnswerTable:
    ids = [tuple(int(network.ids[int(row[at])]) for at in answer.items) for row in answer.rows]
    said = words.of({item for row in ids for item in row})
    rows = []
    for row, items in zip(answer.rows, ids, strict=True):
        named = dict(zip(answer.items, items, strict=True))
        rows.append(tuple(said[named[at]][0] if at in named else _plain(cell) for at, cell in enumerate(row)))
    if answer.members:
        ids = [tuple(network.ids[list(row)].tolist()) for row in answer.members]
    note = _("There is more than what is listed.") if answer.truncated else ""
    head = tuple(_(one) for one in answer.headings)
    return AnswerTable(found.key, _(found.name), head, tuple(rows), tuple(ids), note)


def _plain(cell: Any) -> Cell:
    item = getattr(cell, "item", None)
    plain: Cell = item() if callable(item) else cell
    return plain
