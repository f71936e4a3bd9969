"""The findings of a case as they are kept: what a rule said of which items, and what an analyst made of it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, cast

from ewglink.store.case_file import CaseFile

STATES = ("new", "confirmed", "explained", "false")


@dataclass(frozen=True)
class KeptFinding:
    """A finding. `objects` are the items it is about, `about` others to be seen with it, `refs` what their files call
    the objects; `gone`: the last run did not find it again, it is kept for its disposition; `moved`: what it rests on
    has changed since the disposition."""

    id: int
    rule: str
    version: str
    severity: str
    state: str
    over: str
    subject: int
    objects: tuple[int, ...]
    about: tuple[int, ...]
    refs: tuple[str, ...]
    values: dict[str, Any]
    inputs_hash: str
    objects_hash: str
    note: str = ""
    gone: bool = False
    moved: bool = False


_SELECT = "SELECT id, rule, rule_version, objects_hash, severity, vals, inputs_hash, state FROM finding "


def findings(case: CaseFile, *, rules: Iterable[str] | None = None, gone: bool = False) -> list[KeptFinding]:
    """The findings (of these rules) in the order of rules and ids; with those that are `gone` only where asked."""
    where, parameters = "", cast("tuple[str, ...]", ())
    if rules is not None:
        where, parameters = "WHERE rule IN (SELECT value FROM json_each(?)) ", (json.dumps(sorted(rules)),)
    with case.reading() as connection:
        rows = connection.exec_driver_sql(_SELECT + where + "ORDER BY rule, id", parameters)
        every = [_kept(row) for row in rows]
    return [one for one in every if gone or not one.gone]


def findings_of(case: CaseFile, item: int) -> list[KeptFinding]:
    """The findings that point at an item, also by what was merged into it."""
    with case.reading() as connection:
        rows = connection.exec_driver_sql(
            _SELECT + "WHERE id IN (SELECT o.finding_id FROM finding_object o JOIN item i ON i.id = o.item_id "
            "WHERE coalesce(i.canonical_id, i.id) = ?) ORDER BY rule, id", (item,))
        return [one for one in map(_kept, rows) if not one.gone]


def findings_about(case: CaseFile, items: Collection[int]) -> list[KeptFinding]:
    """The findings that point at one of these items (by the ids kept), also those that are gone."""
    with case.reading() as connection:
        rows = connection.exec_driver_sql(
            _SELECT + "WHERE id IN (SELECT finding_id FROM finding_object WHERE item_id IN "
            "(SELECT value FROM json_each(?))) ORDER BY rule, id", (json.dumps(sorted(items)),))
        return [_kept(row) for row in rows]


def standing(case: CaseFile) -> int:
    """How many findings stand."""
    with case.reading() as connection:
        return int(connection.exec_driver_sql(
            "SELECT count(*) FROM finding WHERE instr(vals, '\"gone\": true') = 0 OR "
            "coalesce(json_extract(vals, '$.gone'), 0) = 0").scalar() or 0)


def counts(case: CaseFile) -> dict[str, int]:
    """Rule → how many findings stand."""
    with case.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT rule, count(*) FROM finding WHERE coalesce(json_extract(vals, '$.gone'), 0) = 0 "
            "GROUP BY rule ORDER BY rule")
        return {row[0]: row[1] for row in rows}


def _kept(row: Any) -> KeptFinding:
    body = json.loads(row[5])
    disposed = body.get("disposed")
    return KeptFinding(
        row[0], row[1], row[2], row[4], row[7], body.get("over", ""), body.get("subject", 0),
        tuple(body.get("objects", ())), tuple(body.get("about", ())), tuple(body.get("refs", ())),
        body.get("values", {}), row[6], row[3], body.get("note", ""), bool(body.get("gone")),
        disposed is not None and disposed != row[6])
