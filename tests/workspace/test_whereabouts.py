"""When and where entities are: from their own properties, their links and their locations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from ewglink.model.progress import finish
from ewglink.model.refusal import Refusal
from ewglink.workspace import arranging
from ewglink.workspace.commands import charts, items
from ewglink.workspace.whereabouts import Whereabouts, days
from ewglink.workspace.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "case.ewg", "T") as found:
        yield found


def _add(workspace: Workspace, kind: str, label: str, **vals: object) -> int:
    changeset, item = items.add_entity(workspace.case, kind, label, vals)
    workspace.do(changeset)
    return item


def _link(workspace: Workspace, kind: str, a: int, b: int, start: str | None = None) -> int:
    changeset, item = items.add_link(workspace.case, kind, a, b, start=start)
    workspace.do(changeset)
    return item


def _of(workspace: Workspace, *ids: int) -> Whereabouts:
    return Whereabouts(workspace, np.array(sorted(ids), np.int64))


def _day(text: str) -> float:
    return float((date.fromisoformat(text) - date(1970, 1, 1)).days)


def test_an_entity_is_when_it_took_place_else_when_its_first_link_began(workspace: Workspace) -> None:
    event = _add(workspace, "event", "Raid", start="2024-06-01T12:00")
    ana = _add(workspace, "person", "Ana", birth_date="1970-05-05")
    bo = _add(workspace, "person", "Bo", birth_date="1980-05-05")
    notice = _add(workspace, "notice", "N 1", filed="2023-02")
    _link(workspace, "associate_of", ana, bo, "2024-03-09")
    _link(workspace, "associate_of", ana, event, "2024-02-29")
    found = _of(workspace, event, ana, bo, notice).times()
    assert found.tolist() == [_day("2024-06-01") + 0.5, _day("2024-02-29"), _day("2024-03-09"), _day("2023-02-01")]


def test_a_date_of_birth_is_no_moment_on_a_timeline(workspace: Workspace) -> None:
    ana = _add(workspace, "person", "Ana", birth_date="1970-05-05")
    assert np.isnan(_of(workspace, ana).times()).all()


@pytest.mark.parametrize(("text", "expected"), [("1970", 0.0), ("1970-02", 31.0), ("1969-12-31", -1.0), ("soon", None),
                                                (None, None), (7, None)])
def test_days(text: object, expected: float | None) -> None:
    found = days(text)
    assert np.isnan(found) if expected is None else found == expected


def test_an_entity_is_at_its_own_coordinates_else_at_its_location(workspace: Workspace) -> None:
    port = _add(workspace, "location", "Port", latitude=49.25, longitude="-123.1")
    office = _add(workspace, "location", "Office", latitude=45.0, longitude=-75.0)
    firm = _add(workspace, "organization", "Firm")
    other = _add(workspace, "organization", "Other")
    odd = _add(workspace, "location", "Nowhere", latitude=449.25, longitude=3)
    _link(workspace, "registered_at", firm, office)
    _link(workspace, "located_at", firm, port)
    found = _of(workspace, port, office, firm, other, odd).coordinates()
    assert found[:3].tolist() == [[-123.1, 49.25], [-75.0, 45.0], [-123.1, 49.25]]
    assert np.isnan(found[3:]).all()


def test_groups_are_the_values_of_a_property(workspace: Workspace) -> None:
    rows = [_add(workspace, "organization", name, **vals) for name, vals in
            (("A", {"country": "ca"}), ("B", {}), ("C", {"country": "be"}), ("D", {"country": "ca"}))]
    groups, names = _of(workspace, *rows).groups("country")
    assert names == ("be", "ca", "")
    assert groups.tolist() == [1, 2, 0, 1]


def _chart(workspace: Workspace, rows: list[int]) -> int:
    changeset, chart = charts.create_chart(workspace.case, "C")
    workspace.do(changeset)
    workspace.do(arranging.add_to_chart(workspace, chart, rows))
    return chart


def _laid(workspace: Workspace, chart: int, key: str, options: object = None) -> dict[int, tuple[float, float]]:
    found = finish(arranging.lay_out(workspace, chart, key, options))
    assert found is not None
    return dict(zip(found[0].tolist(), map(tuple, found[1].tolist()), strict=True))


def test_a_chart_on_a_timeline_and_on_a_map(workspace: Workspace) -> None:
    early = _add(workspace, "event", "Early", start="2024-01-01", latitude=10, longitude=20)
    late = _add(workspace, "event", "Late", start="2024-03-01", latitude=20, longitude=10)
    middle = _add(workspace, "event", "Middle", start="2024-01-31", latitude=15, longitude=15)
    unknown = _add(workspace, "person", "Unknown")
    chart = _chart(workspace, [early, late, middle, unknown])
    found = _laid(workspace, chart, "timeline")
    whole, part = found[late][0] - found[early][0], found[middle][0] - found[early][0]
    assert part / whole == pytest.approx(30 / 60)
    assert found[unknown][1] > max(found[one][1] for one in (early, late, middle))
    found = _laid(workspace, chart, "map")
    assert found[late][0] < found[middle][0] < found[early][0]
    assert found[late][1] < found[middle][1] < found[early][1] < found[unknown][1]


def test_without_dates_or_coordinates_it_is_refused(workspace: Workspace) -> None:
    chart = _chart(workspace, [_add(workspace, "person", "Ana")])
    for key, code in (("timeline", "no_dates"), ("map", "no_coordinates")):
        with pytest.raises(Refusal) as refusal:
            finish(arranging.lay_out(workspace, chart, key))
        assert refusal.value.code == code


def test_a_chart_grouped_by_a_property(workspace: Workspace) -> None:
    from ewglink.layouts.arrangements.grouped import MEMBER

    rows = [_add(workspace, "organization", f"Firm {number}", country=("ca", "be")[number % 2]) for number in range(12)]
    found = _laid(workspace, _chart(workspace, rows), "grouped", MEMBER.options(by="attribute", attribute="country"))
    boxes = [np.array([found[row] for row in rows[side::2]]) for side in (0, 1)]
    low, high = [box.min(axis=0) for box in boxes], [box.max(axis=0) for box in boxes]
    assert (low[0] > high[1]).any() or (low[1] > high[0]).any()
