"""What can be done to the queries that a case keeps: saved under a name, renamed, forgotten."""

from __future__ import annotations

import json
from typing import Any

from ewglink.model.changes import Change, Changeset
from ewglink.model.refusal import Refusal
from ewglink.store.case_file import CaseFile
from ewglink.text import N_, message
from ewglink.workspace.saved_queries import PREFIX

MOST_LETTERS = 80


def save_query(case: CaseFile, name: str, query: str = "", pattern: dict[str, Any] | None = None) -> Changeset:
    """Keep a query's text, or a drawn pattern, under a name; one that has the name is replaced."""
    name = _checked(name)
    body = {"query": query} if pattern is None else {"pattern": pattern}
    before = case.items.row("meta", key=PREFIX + name)
    after = {"key": PREFIX + name, "value": json.dumps(body, ensure_ascii=False)}
    return Changeset("query_saved", {"name": name}, (Change("meta", before, after),) if before != after else ())


def rename_query(case: CaseFile, name: str, new: str) -> Changeset:
    """Give a query another name."""
    before, new = _there(case, name), _checked(new)
    if new == name:
        return Changeset("query_renamed")
    if case.meta(PREFIX + new) is not None:
        raise Refusal("query_name_taken",
                      message(N_("There is a query named “{name}” already; choose another name."), name=new))
    after = {"key": PREFIX + new, "value": before["value"]}
    return Changeset("query_renamed", {"old": name, "name": new},
                     (Change("meta", before, None), Change("meta", None, after)))


def delete_query(case: CaseFile, name: str) -> Changeset:
    """Forget a query."""
    return Changeset("query_deleted", {"name": name}, (Change("meta", _there(case, name), None),))


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refusal("query_name_empty", message(N_("A query needs a name.")))
    if len(name) > MOST_LETTERS:
        raise Refusal("query_name_long", message(N_("The name of a query has at most {n} letters."), n=MOST_LETTERS))
    return name


def _there(case: CaseFile, name: str) -> dict[str, Any]:
    row = case.items.row("meta", key=PREFIX + name)
    if row is None:
        raise Refusal("no_query", message(N_("There is no query named “{name}” in the case."), name=name))
    return row
