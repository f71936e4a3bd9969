"""A declared projection of a case: what the store knows of its links, brought to the arrays of the network."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from ewglink.graph import moments
from ewglink.graph.declared import WEIGHTS, Declaration, LinkFacts, declared
from ewglink.graph.network import Ints, Network
from ewglink.model.grading import Grade
from ewglink.model.items import Strength
from ewglink.model.progress import breathe
from ewglink.model.refusal import Refusal
from ewglink.store.case_file import CaseFile
from ewglink.text import N_, message
from ewglink.workspace.workspace import Workspace

_kept: WeakKeyDictionary[Workspace, tuple[Any, LinkFacts]] = WeakKeyDictionary()
_networks: WeakKeyDictionary[Workspace, tuple[Any, dict[Any, Network]]] = WeakKeyDictionary()
_MOST_KEPT = 4
_DATES = 'SELECT item_id, start, "end" FROM link WHERE start IS NOT NULL OR "end" IS NOT NULL'
_GRADES = ("SELECT DISTINCT s.item_id, b.grade FROM statement s JOIN basis b ON b.id = s.basis_id "
           "JOIN link l ON l.item_id = s.item_id WHERE b.grade IS NOT NULL")
_VALUES = ("SELECT s.item_id, json_extract(s.vals, ?) FROM statement s JOIN link l ON l.item_id = s.item_id "
           "WHERE json_extract(s.vals, ?) IS NOT NULL ORDER BY s.id DESC")


def declare(workspace: Workspace, asked: Declaration, *, times: bool = False) -> Network:
    """The network that `asked` declares, with the times of its links where `times` (or the declaration) needs them.

    What the store says of links is read once and kept until the case changes; so are the last few networks, with all
    that was computed from them. Refuses what is no strength, date, grade or weighting.
    """
    _check(asked, workspace)
    whole = workspace.network()
    state = _state(workspace, whole)
    known = _networks.get(workspace)
    if known is None or known[0] != state:
        known = _networks[workspace] = (state, {})
    found = known[1].pop((asked, times), None) or _declared(workspace, asked, whole, times)
    known[1][asked, times] = found
    while len(known[1]) > _MOST_KEPT:
        del known[1][next(iter(known[1]))]
    return found


def _state(workspace: Workspace, whole: Network) -> tuple[int, int]:
    return id(whole), workspace.case.journal_length()


def _declared(workspace: Workspace, asked: Declaration, whole: Network, times: bool) -> Network:
    if asked.subset is not None:
        asked = replace(asked, subset=tuple({workspace.projection.stands_for(item) for item in asked.subset}))
    facts = None
    if times or asked.needs_facts:
        facts = _facts(workspace, whole)
        if asked.weights == "property" and asked.weight_property is not None:
            facts = replace(facts, values=_numbers(workspace.case, whole, asked.weight_property))
    base = {key: kind.weight for key, kind in workspace.schema.link_types.items()}
    return declared(whole, asked, facts, base)


def _check(asked: Declaration, workspace: Workspace) -> None:
    for name, date in (("--from", asked.start), ("--to", asked.end), ("--as-of", asked.as_of)):
        if date is not None and moments.first_moment(date) == moments.UNKNOWN:
            raise Refusal("bad_date", message(N_("“{text}” ({name}) is no date; write 2024, 2024-05 or 2024-05-31."),
                                              text=date, name=name))
    if asked.min_grade is not None:
        try:
            Grade.parse(asked.min_grade)
        except ValueError:
            raise Refusal("bad_grade", message(N_("“{text}” is no grade; write A1 to F6."),
                                               text=asked.min_grade)) from None
    if asked.weights not in WEIGHTS or (asked.weights == "property" and not asked.weight_property):
        raise Refusal("bad_weights", message(
            N_("Links cannot weigh by “{text}”; choose none, count, influence or property:KEY."), text=asked.weights))
    for word in asked.strengths or ():
        if word.upper() not in Strength.__members__:
            raise Refusal("no_strength", message(N_("There is no strength “{name}”. There are: {names}."), name=word,
                                                 names=", ".join(one.name.lower() for one in Strength)))


def _facts(workspace: Workspace, whole: Network) -> LinkFacts:
    state = _state(workspace, whole)
    kept = _kept.get(workspace)
    if kept is not None and kept[0] == state:
        return kept[1]
    interval = {key for key, kind in workspace.schema.link_types.items() if kind.time == "interval"}
    with workspace.case.reading() as connection:
        dates = connection.exec_driver_sql(_DATES).fetchall()
        grades = connection.exec_driver_sql(_GRADES).fetchall()
    starts, stops = _times(whole, list(dates), interval)
    keys = sorted({row[1] for row in grades})
    place = {key: code for code, key in enumerate(keys)}
    rows = _rows(whole, [row[0] for row in grades])
    codes = np.array([place[row[1]] for row in grades], np.int64)
    facts = LinkFacts(starts, stops, rows[rows >= 0], codes[rows >= 0], tuple(keys))
    _kept[workspace] = (state, facts)
    return facts


def _rows(whole: Network, links: list[int]) -> Ints:
    """The row of each link, −1 where it is not in the network."""
    wanted = np.array(links, np.int64)
    if not whole.m:
        return np.full(len(wanted), -1, np.int64)
    at = np.minimum(np.searchsorted(whole.link_ids, wanted), whole.m - 1)
    return np.where(whole.link_ids[at] == wanted, at, -1)


def _times(whole: Network, dates: list[Any], interval: set[str]) -> tuple[Ints, Ints]:
    """First and last moment of every link; of a state without an end the last is beyond all dates."""
    starts, stops = np.full(whole.m, moments.UNKNOWN, np.int64), np.full(whole.m, moments.UNKNOWN, np.int64)
    lasting = np.array([key in interval for key in whole.link_type_keys] or [False], np.bool_)
    first: dict[str | None, int] = {}
    last: dict[str | None, int] = {}
    rows = _rows(whole, [row[0] for row in dates])
    for row, (_link, start, end) in zip(rows.tolist(), dates, strict=True):
        breathe()
        if row < 0:
            continue
        begun = first[start] if start in first else first.setdefault(start, moments.first_moment(start))
        done = last[end] if end in last else last.setdefault(end, moments.last_moment(end))
        if begun == done == moments.UNKNOWN:
            continue
        if done == moments.UNKNOWN:
            done = moments.LAST if lasting[whole.link_types[row]] else moments.last_moment(start)
        starts[row] = moments.FIRST if begun == moments.UNKNOWN else begun
        stops[row] = max(done, int(starts[row]))
    return starts, stops


def _numbers(case: CaseFile, whole: Network, key: str) -> Any:
    """The number that each link's first statement of the property gives, NaN where there is none."""
    if not key.replace("_", "").isalnum():
        raise Refusal("bad_weights", message(N_("“{text}” is no property."), text=key))
    path = f'$."{key}"[0]'
    with case.reading() as connection:
        found = connection.exec_driver_sql(_VALUES, (path, path)).fetchall()
    values = np.full(whole.m, np.nan)
    rows = _rows(whole, [row[0] for row in found])
    for row, (_link, value) in zip(rows.tolist(), found, strict=True):
        if row >= 0:
            values[row] = _number(value)
    return values


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")
