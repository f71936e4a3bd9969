"""When and where entities are, as a timeline and a map need it, and their values of a property."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.drawing.times import parsed
from ewglink.workspace.gathering import plain
from ewglink.workspace.portrait import Said, choose, said_by
from ewglink.workspace.workspace import Workspace

BATCH = 5_000
HAPPENED = ("start", "date")
"""Properties that say when the entity itself took place; they come before the dates of its links."""
NO_MOMENT = ("birth_date", "formed", "dissolved", "valid_to", "due", "created", "updated", "listing_date")
"""Dates that say nothing of when an entity plays its part."""
STANDS_AT = ("located_at", "crossed_at", "arrived_at", "departed_from", "transited", "registered_at", "mailing_at")
"""Links that lead to where an entity is; the first kind that leads to known coordinates counts."""
_EPOCH = datetime(1970, 1, 1)

Values = dict[str, Any]


class Whereabouts:
    """Times, coordinates and property values of entities (`ids` (n,), ascending), with what was merged into them."""

    def __init__(self, workspace: Workspace, ids: npt.NDArray[np.int64]) -> None:
        self._workspace = workspace
        self._ids = ids
        self._rows = {item: row for row, item in enumerate(ids.tolist())}

    def times(self) -> npt.NDArray[np.float64]:
        """Days since 1970 of each entity, (n,), NaN where unknown.

        That is when it took place itself; else when its first link began; else the earliest of its other dates.
        """
        kinds: dict[str, str] = {}
        for entity_type in self._workspace.schema.entity_types.values():
            kinds.update((one.key, one.kind) for one in entity_type.properties)
        own, other = _unknown(len(self._ids)), _unknown(len(self._ids))
        for item, values in self._shown(self._ids.tolist()):
            row = self._rows[item]
            for key, value in values.items():
                if kinds.get(key) in ("date", "instant") and key not in NO_MOMENT:
                    into = own if key in HAPPENED else other
                    into[row] = np.fmin(into[row], days(value))
        links = _unknown(len(self._ids))
        for link in self._workspace.case.items.links(self._everyone(self._ids.tolist())):
            began = days(link.start or link.end)
            for end in (link.a, link.b):
                row = self._rows.get(self._workspace.projection.stands_for(end), -1)
                if row >= 0:
                    links[row] = np.fmin(links[row], began)
        known = np.where(np.isfinite(own), own, links)
        return np.where(np.isfinite(known), known, other)

    def coordinates(self) -> npt.NDArray[np.float64]:
        """Longitude and latitude of each entity in degrees, (n, 2), NaN where unknown: its own, else its location's."""
        found = np.full((len(self._ids), 2), np.nan)
        for item, values in self._shown(self._ids.tolist()):
            found[self._rows[item]] = _place(values)
        ways = [link for link in self._workspace.case.items.links(self._everyone(self._ids.tolist()))
                if link.type in STANDS_AT]
        ways.sort(key=lambda link: (STANDS_AT.index(link.type), link.id))
        stands_for = self._workspace.projection.stands_for
        places = {item: _place(values) for item, values in self._shown(sorted({stands_for(way.b) for way in ways}))}
        for way in ways:
            row, place = self._rows.get(stands_for(way.a), -1), places.get(stands_for(way.b))
            if row >= 0 and place is not None and not np.isfinite(found[row]).all():
                found[row] = place
        return found

    def groups(self, attribute: str) -> tuple[npt.NDArray[np.int32], tuple[str, ...]]:
        """The value of a property as a number for each entity, (n,), and the values; those without one come last."""
        texts = [""] * len(self._ids)
        for item, values in self._shown(self._ids.tolist()):
            value = plain(values.get(attribute))
            texts[self._rows[item]] = "" if value is None else str(value)
        names = (*sorted({text for text in texts if text}), "")
        number = {name: place for place, name in enumerate(names)}
        return np.array([number[text] for text in texts], np.int32), names

    def _everyone(self, items: Iterable[int]) -> list[int]:
        """`items` and what was merged into them."""
        merged = self._workspace.case.items.canonical() if self._has_merges() else {}
        wanted = set(items)
        stands_for = self._workspace.projection.stands_for
        return sorted(wanted | {item for item in merged if stands_for(item) in wanted})

    def _has_merges(self) -> bool:
        with self._workspace.case.reading() as connection:
            asked = "SELECT EXISTS (SELECT 1 FROM item WHERE canonical_id IS NOT NULL)"
            return bool(connection.exec_driver_sql(asked).scalar())

    def _shown(self, items: list[int]) -> Iterator[tuple[int, Values]]:
        """What each item shows, property by property; items of which nothing is said are left out."""
        everyone = self._everyone(items)
        stands_for = self._workspace.projection.stands_for
        members: dict[int, list[int]] = {}
        for item in everyone:
            members.setdefault(stands_for(item), []).append(item)
        waiting = list(members)
        for at in range(0, len(waiting), BATCH):
            batch = waiting[at:at + BATCH]
            asked = [one for item in batch for one in members[item]]
            said: dict[int, dict[str, list[Said]]] = {}
            for statement in self._workspace.case.items.statements(asked):
                of_item = said.setdefault(stands_for(statement.item), {})
                for key, value in statement.vals.items():
                    of_item.setdefault(key, []).append(said_by(statement, value))
            choices = self._workspace.case.items.choices(batch)
            for item, by_key in said.items():
                yield item, {key: choose(all_said, choices.get((item, key)))[0].value
                             for key, all_said in by_key.items()}


def _unknown(count: int) -> npt.NDArray[np.float64]:
    return np.full(count, np.nan)


def days(value: Any) -> float:
    """Days since 1970 of an ISO date or time, NaN where it is none."""
    moment = parsed(value) if isinstance(value, str) else None
    return math.nan if moment is None else (moment - _EPOCH).total_seconds() / 86_400


def _place(values: Values) -> tuple[float, float]:
    """Longitude and latitude, NaN where they are missing or not on the earth."""
    try:
        east, north = float(values["longitude"]), float(values["latitude"])
    except (KeyError, TypeError, ValueError):
        return math.nan, math.nan
    return (east, north) if abs(north) <= 90 and abs(east) <= 360 else (math.nan, math.nan)
