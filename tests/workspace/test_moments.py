"""When things happened, as arrays: dates that never shift, zones kept, lanes, clusters, rhythms."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewglink.model.progress import finish
from ewglink.workspace import rhythms
from ewglink.workspace.commands.items import add_entity, add_link
from ewglink.workspace.moments import (
    DAY,
    EVENT,
    LINK,
    NO_ZONE,
    STATEMENT,
    Dated,
    Moments,
    cells,
    density,
    gathered,
    lanes_of,
    moments_of,
)
from ewglink.workspace.workspace import Workspace


def moment(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1_000_000)


def made(*starts: str) -> Moments:
    return gathered(Dated(at + 1, LINK, "called", text, None, (1, 2)) for at, text in enumerate(starts))


def test_dates_are_days_wherever_one_is_and_instants_are_utc_with_their_offset() -> None:
    found = made("2025-03-14", "2025-03", "2025", "2025-03-14T23:30:00-05:00", "2025-03-14T10:00", "no date")
    by_item = {int(item): at for at, item in enumerate(found.items)}
    assert len(found) == 5
    day = by_item[1]
    assert (found.starts[day], found.stops[day]) == (moment("2025-03-14"), moment("2025-03-15") - 1)
    assert found.offsets[day] == NO_ZONE and found.precisions[day] == 3
    assert found.stops[by_item[2]] == moment("2025-04-01") - 1 and found.stops[by_item[3]] == moment("2026-01-01") - 1
    instant = by_item[4]
    assert found.starts[instant] == moment("2025-03-15T04:30") and found.offsets[instant] == -300
    assert found.local()[instant] == moment("2025-03-14T23:30")
    assert found.zone_unknown.tolist() == [item == 5 for item in found.items.tolist()]


def test_by_hour_and_weekday_the_clock_is_that_of_the_record() -> None:
    found = made("2025-03-14T23:30:00-05:00", "2025-03-14T10:00", "2025-03-14", "2025-03-16T00:05:00Z")
    local = rhythms.hour_weekday(found)
    assert {(int(row), int(hour)) for row, hour in np.argwhere(local.counts)} == {(4, 23), (4, 10), (6, 0)}
    assert local.left_out == 1 and local.unknown_zone == 1
    utc = rhythms.hour_weekday(found, utc=True)
    assert {(int(row), int(hour)) for row, hour in np.argwhere(utc.counts)} == {(5, 4), (6, 0)}
    assert utc.left_out == 2
    assert local.members([4 * 24 + 23]).tolist() == [1]


@given(st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)), max_size=60))
def test_matrices_count_what_counting_one_by_one_counts(times: list[datetime]) -> None:
    found = made(*(one.isoformat() for one in times))
    hours = rhythms.hour_weekday(found)
    assert Counter({(one.weekday(), one.hour) for one in times}).keys() == {
        (int(row), int(hour)) for row, hour in np.argwhere(hours.counts)}
    months = rhythms.month_year(found)
    expected = Counter((one.year, one.month) for one in times)
    got = {(months.rows[row], months.columns[at]): int(months.counts[row, at])
           for row, at in np.argwhere(months.counts)}
    assert got == expected


@given(st.lists(st.integers(0, 10 ** 15), min_size=1, max_size=80), st.integers(1, 50))
def test_zooming_in_breaks_clusters_and_loses_nothing(starts: list[int], bins: int) -> None:
    found = made(*(datetime.fromtimestamp(one / 1e6, UTC).isoformat() for one in starts))
    lanes = lanes_of(found, "what")
    first, last = found.range()
    counts, chosen, begins, long = cells(lanes, first, last, bins, np.ones(len(found), bool), 0, len(lanes.keys))
    assert counts.sum() + len(long) == len(starts) and (counts == chosen).all()
    assert set(begins[counts > 0].tolist()) <= set(found.starts.tolist())
    assert density(found, first, last, bins).sum() == len(starts)
    middle = (first + last) // 2
    left = cells(lanes, first, middle, bins, np.ones(len(found), bool), 0, 1)[0].sum()
    right = cells(lanes, middle + 1, last, bins, np.ones(len(found), bool), 0, 1)[0].sum()
    assert left + right == len(starts)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "case.ewg", "Days")


def test_events_links_and_statements_of_a_case(workspace: Workspace) -> None:
    def entity(kind: str, label: str, **values: object) -> int:
        changeset, item = add_entity(workspace.case, kind, label, values)
        workspace.do(changeset)
        return item

    with workspace:
        ana, firm = entity("person", "Ana", birth_date="1970-01-02"), entity("organization", "Firm")
        meeting = entity("event", "Meeting", start="2025-03-14T16:05", end="2025-03-14T18:00")
        load = entity("movement", "M1", ship_date="2025-02-01")
        workspace.do(add_link(workspace.case, "director_of", ana, firm, start="2020")[0])
        workspace.do(add_link(workspace.case, "participated_in", ana, meeting)[0])
        found = finish(moments_of(workspace, None))
        assert found is not None
        said = {(int(item), int(kind), found.what_keys[code][1]) for item, kind, code in
                zip(found.items, found.kinds, found.what, strict=True)}
        link = workspace.case.items.links()[0].id
        assert said == {(meeting, EVENT, "event"), (load, STATEMENT, "ship_date"), (link, LINK, "director_of")}
        assert found.goes_on.sum() == 1 and found.within(moment("2030-01-01"), moment("2030-01-02")).sum() == 1
        born = finish(moments_of(workspace, None, every=True))
        assert born is not None and len(born) == 4
        lanes = lanes_of(found, "entity")
        assert set(lanes.keys) == {ana, firm, meeting, load} and lanes.counts.sum() == 4


def test_activity_of_each_entity() -> None:
    found = gathered([Dated(1, LINK, "called", "2025-01-01", None, (7, 8)),
                      Dated(2, LINK, "called", "2025-01-01", None, (7, 9)),
                      Dated(3, LINK, "called", "2025-02-01", None, (7, 8))])
    told = rhythms.activity(found, 31)
    assert told.entities.tolist() == [7, 8, 9] and told.totals.tolist() == [3, 2, 1]
    assert told.counts.sum(axis=1).tolist() == [3, 2, 1] and told.counts[0, 0] == 2
    assert told.firsts.tolist() == [moment("2025-01-01")] * 3 and int(told.lasts[0]) == moment("2025-02-01")
    assert int(told.busiest[0]) == moment("2025-01-01") and told.last - told.first == 32 * DAY - 1


def test_pairs_and_types_count_links_both_ways(workspace: Workspace) -> None:
    with workspace:
        ids = []
        for kind, label in (("person", "A"), ("person", "B"), ("organization", "F")):
            changeset, item = add_entity(workspace.case, kind, label, {})
            workspace.do(changeset)
            ids.append(item)
        for a, b in ((0, 1), (1, 0), (0, 2), (0, 0)):
            workspace.do(add_link(workspace.case, "unknown_link", ids[a], ids[b])[0])
        network = workspace.network()
        found = rhythms.pairs(network)
        where = {item: at for at, item in enumerate(found.rows)}
        assert found.counts[where[ids[0]], where[ids[1]]] == found.counts[where[ids[1]], where[ids[0]]] == 2
        assert found.counts[where[ids[0]], where[ids[0]]] == 1 and found.counts.sum() == 7
        by_type = rhythms.types(network)
        assert dict(zip(by_type.rows, by_type.counts.sum(axis=1).tolist(), strict=True)) == {
            "person": 4, "organization": 1}
