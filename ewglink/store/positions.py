"""Where vessels were: every position that a row of a source gives, as plain rows."""

from __future__ import annotations

from typing import Any

from ewglink.store.items import Reading

_SQL = """
SELECT coalesce(v.canonical_id, v.id), s.record_id, json_extract(s.vals, '$.start[0]'),
  json_extract(s.vals, '$.latitude[0]'), json_extract(s.vals, '$.longitude[0]'),
  json_extract(s.vals, '$.speed_knots[0]')
FROM item v JOIN link l ON l.a = v.id JOIN item i ON i.id = l.item_id JOIN statement s ON s.item_id = l.b
WHERE v.kind = 'entity' AND v.type = 'vessel' AND i.type = 'participated_in'
  AND json_extract(s.vals, '$.event_kind[0]') = 'position' AND s.record_id IS NOT NULL
"""

Position = tuple[int, int, str, float, float, float | None]
"""Vessel, record, time as ISO text, latitude, longitude, speed in knots."""


def positions(reading: Reading) -> list[Position]:
    """All positions of vessels, in no order; those without a place or a time are left out."""
    with reading() as connection:
        rows = connection.exec_driver_sql(_SQL).fetchall()
    return [(row[0], row[1], row[2], float(row[3]), float(row[4]), _speed(row[5])) for row in rows if _whole(row)]


def _whole(row: Any) -> bool:
    return isinstance(row[2], str) and all(isinstance(row[place], (int, float)) for place in (3, 4))


def _speed(said: Any) -> float | None:
    return float(said) if isinstance(said, (int, float)) else None
