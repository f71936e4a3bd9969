"""Queries and patterns kept in a case under a name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ewglink.workspace.workspace import Workspace

PREFIX = "query:"


@dataclass(frozen=True)
class SavedQuery:
    """A query kept under `name`: its text, or a drawn pattern."""

    name: str
    query: str = ""
    pattern: dict[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """What is kept in the case, and listed by the terminal."""
        return {"pattern": self.pattern} if self.pattern is not None else {"query": self.query}


def saved_queries(workspace: Workspace) -> list[SavedQuery]:
    """All of them, by name."""
    with workspace.case.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT key, value FROM meta WHERE substr(key, 1, ?) = ?", (len(PREFIX), PREFIX)).all()
    found = []
    for key, value in rows:
        body = json.loads(value)
        found.append(SavedQuery(key[len(PREFIX):], body.get("query", ""), body.get("pattern")))
    return sorted(found, key=lambda one: (one.name.casefold(), one.name))


def saved_query(workspace: Workspace, name: str) -> SavedQuery | None:
    """The one named `name`."""
    value = workspace.case.meta(PREFIX + name)
    if value is None:
        return None
    body = json.loads(value)
    return SavedQuery(name, body.get("query", ""), body.get("pattern"))
