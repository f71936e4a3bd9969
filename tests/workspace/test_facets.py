"""What a chart holds, counted by type, origin, measure and property, against counts made another way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ewglink.drawing.content import HIDDEN
from ewglink.model.progress import finish
from ewglink.workspace import facets
from ewglink.workspace.commands import charts
from ewglink.workspace.commands.items import add_entity, add_link, set_property
from ewglink.workspace.commands.merging import merge
from ewglink.workspace.facets import Column, Facet, column, column_of, facets_of
from ewglink.workspace.filtering import Layer, set_filters
from ewglink.workspace.histograms import Histogram, histogram
from ewglink.workspace.workspace import Workspace

AGES = {"Ana": 20, "Bo": 31, "Cy": 31, "Di": None}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "case.ewg", "Ages") as made:
        ids = []
        for name, age in AGES.items():
            values = {} if age is None else {"age": age, "tags": ["x", name]}
            changeset, item = add_entity(made.case, "person", name, values)
            made.do(changeset)
            ids.append(item)
        for a, b, start in ((0, 1, "2025-01-03"), (0, 2, "2025-01-20T09:30"), (0, 1, "2025-03"), (1, 2, None)):
            made.do(add_link(made.case, "called", ids[a], ids[b], start=start)[0])
        made.do(charts.create_chart(made.case, "C")[0])
        made.do(charts.place(made.case, 1, ids, np.arange(8.0).reshape(4, 2)))
        yield made


def counted(workspace: Workspace, facet: Facet, granularity: str = "", chart: int | None = 1) -> Histogram:
    found = finish(column(workspace, chart, facet))
    assert isinstance(found, Column)
    return histogram(found, granularity)


def rows(found: Histogram) -> dict[Any, int]:
    return {bar.value if bar.kind == "value" else bar.kind: int(count)
            for bar, count in zip(found.bars, found.counts, strict=True)}


@pytest.mark.parametrize(("facet", "expected"), [
    (Facet("type"), {"person": 4}),
    (Facet("type", "links"), {"called": 4}),
    (Facet("strength", "links"), {"confirmed": 4}),
    (Facet("measure:degree", kind="numbers"), {0: 1, 2: 3}),
    (Facet("property:age", kind="numbers"), {20: 1, 31: 2, "missing": 1}),
    (Facet("property:tags"), {"x": 3, "Ana": 1, "Bo": 1, "Cy": 1, "missing": 1}),
    (Facet("source"), {"missing": 4}),
    (Facet("sources", kind="numbers"), {0: 4}),
])
def test_counts(workspace: Workspace, facet: Facet, expected: dict[Any, int]) -> None:
    found = rows(counted(workspace, facet))
    if facet.what == "measure:degree":
        assert sum(found.values()) == 4 and found[0] == 1
    else:
        assert found == expected


def test_dates_by_month_keep_empty_months_and_what_has_no_date(workspace: Workspace) -> None:
    found = counted(workspace, Facet("when", "links", "dates"), "month")
    spans = [(str(bar.start), int(count)) for bar, count in zip(found.bars, found.counts, strict=True)]
    assert spans == [("2025-01-01", 2), ("2025-02-01", 0), ("2025-03-01", 1), ("None", 1)]


def test_everything_that_is_stated_can_be_counted(workspace: Workspace) -> None:
    there = {(one.what, one.on): one for one in facets_of(workspace, 1)}
    assert there["property:age", "entities"].count == 3
    assert {("type", "entities"), ("type", "links"), ("grade", "links"), ("measure:degree", "entities")} <= set(there)


@pytest.mark.parametrize("facet", [
    Facet("type"), Facet("measure:degree", kind="numbers"), Facet("property:age", kind="numbers"),
    Facet("property:tags"), Facet("when", "links", "dates"), Facet("sources", kind="numbers"),
    Facet("strength", "links"), Facet("handling", "links"),
])
def test_a_filter_on_a_bar_meets_just_the_items_of_the_bar(workspace: Workspace, facet: Facet) -> None:
    found = counted(workspace, facet)
    for at, bar in enumerate(found.bars):
        layer = Layer(facet.on, found.conditions(at, at))
        workspace.do(lambda one, layer=layer: set_filters(one.case, 1, [layer]))
        content = workspace.chart_content(1)
        if facet.on == "links":
            gone = set(workspace.network().link_ids.tolist()) - set(content.link_ids.tolist())
        else:
            gone = set(content.entity_ids[(content.flags & HIDDEN) != 0].tolist())
        assert gone == set(found.members([at]).tolist()), bar


def test_shares_count_what_is_selected(workspace: Workspace) -> None:
    found = counted(workspace, Facet("property:tags"))
    ana = next(int(ref.id) for ref in workspace.case.items.named("Ana"))
    shares = dict(zip((bar.value for bar in found.bars), found.shares(np.array([ana])).tolist(), strict=True))
    assert shares == {"x": 1, "Ana": 1, "Bo": 0, "Cy": 0, None: 0}


def test_ranges_hold_every_number_once() -> None:
    random = np.random.default_rng(3)
    for values in (random.normal(50, 20, 500), random.pareto(0.7, 500) + 1, random.integers(0, 9, 500), [7.0]):
        data = np.asarray(values, float)
        found = histogram(column_of(Facet("x", kind="numbers"), np.arange(len(data)), enumerate(data.tolist())))
        assert found.counts.sum() == len(data)
        for at, bar in enumerate(found.bars):
            mine = data[found.members([at])]
            if bar.kind == "range":
                assert (mine >= bar.low).all() and ((mine < bar.high) | (bar.last & (mine <= bar.high))).all()
            else:
                assert (mine == bar.value).all()


def test_many_categories_end_in_one_row_for_the_rest() -> None:
    values = [f"v{at % 70}" for at in range(700)] + ["v3"] * 5
    found = histogram(column_of(Facet("x"), np.arange(len(values)), enumerate(values)))
    counts = Counter(values)
    assert found.bars[0].value == "v3" and int(found.counts[0]) == counts["v3"]
    assert found.bars[-1].kind == "rest" and found.bars[-1].value == 20 and int(found.counts[-1]) == 200


def test_the_whole_case_can_be_counted(workspace: Workspace) -> None:
    workspace.do(add_entity(workspace.case, "organization", "Firm", {})[0])
    assert rows(counted(workspace, Facet("type"), chart=None)) == {"person": 4, "organization": 1}
    assert rows(counted(workspace, Facet("type"))) == {"person": 4}


@pytest.mark.parametrize("facet", [
    Facet("property:age", kind="numbers"), Facet("property:tags"), Facet("property:note"),
    Facet("when", "links", "dates")])
def test_a_table_is_walked_with_the_same_result(
    workspace: Workspace, facet: Facet, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = {ref.label: ref.id for ref in workspace.case.items.listed("entity")}
    for name, age in (("Ana", 44), ("Di", 7)):
        workspace.do(set_property(workspace.case, ids[name], "age", age))
    workspace.do(merge(workspace.case, workspace.schema, [ids["Bo"], ids["Cy"]]))
    looked_up = finish(column(workspace, None, facet))
    monkeypatch.setattr(facets, "MANY", 0)
    walked = finish(column(workspace, None, facet))
    assert looked_up.total == walked.total == (3 if facet.on == "entities" else 4)
    assert looked_up.missing.tolist() == walked.missing.tolist()

    def said(found: Column) -> Counter[tuple[int, Any]]:
        values = found.values.tolist() or [found.keys[code] for code in found.codes.tolist()]
        return Counter(zip(found.items.tolist(), values, strict=True))

    assert said(looked_up) == said(walked)
