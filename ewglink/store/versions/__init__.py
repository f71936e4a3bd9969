"""The upgrade path: one step a version, each a function that brings the tables of the version before to its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection

STEPS: Mapping[int, Callable[[Connection], None]] = {}
"""Version → what makes a file of the version before it one of this version. Version 1 is the first."""


def upgrade(
    connection: Connection, found: int, wanted: int, steps: Mapping[int, Callable[[Connection], None]] = STEPS
) -> None:
    """Take the tables from version `found` to `wanted`, inside the caller's transaction."""
    for version in range(found + 1, wanted + 1):
        steps[version](connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {version}")
