"""Look-ups behind a change: who bears the same number, whose custody names a load, which customs records lie near."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from ewglink.rules.assembling import DATES, PARTIES, ROLES, TRACKING, is_declaration
from ewglink.rules.quantities import day, listed, plain_code
from ewglink.rules.rows import near
from ewglink.store.case_file import CaseFile
from ewglink.store.shown import shown_values

CONSENT_NO = "us_consent_no"


def _ids(case: CaseFile, sql: str, *parameters: Any) -> set[int]:
    with case.reading() as connection:
        return {row[0] for row in connection.exec_driver_sql(sql, parameters)}


def same_number(case: CaseFile, movements: Collection[int]) -> set[int]:
    """The loads that bear a tracking number of one of these, themselves or on a paper of theirs."""
    bearers = {*movements, *near(case, movements, ("document", "manifest"))}
    found = _ids(case, (
        "SELECT DISTINCT coalesce(i.canonical_id, i.id) FROM json_each(?1) j CROSS JOIN identity n ON n.item_id = "
        "j.value CROSS JOIN identity o ON o.ns = n.ns AND o.value = n.value CROSS JOIN item i ON i.id = o.item_id "
        "WHERE n.ns IN (SELECT value FROM json_each(?2)) AND i.kind = 'entity'"),
        json.dumps(sorted(bearers)), json.dumps(TRACKING))
    by_hand = _ids(case, _BY_HAND, *(f'%"{scheme}"%' for scheme in TRACKING))
    found |= by_hand
    return types_of(case, found).get("movement", set()) | near(case, found, ("movement",), ("documented_by",))


_BY_HAND = (
    "SELECT DISTINCT coalesce(i.canonical_id, i.id) FROM statement s JOIN item i ON i.id = s.item_id "
    "WHERE s.record_id IS NULL AND i.kind = 'entity' AND (s.vals LIKE ?1 OR s.vals LIKE ?2 OR s.vals LIKE ?3)"
)
"""What an analyst typed in bears no identity: there is little of it, and all of it is looked at."""


def stream_numbers(case: CaseFile) -> dict[str, set[int]]:
    """Consent number → the streams of which any row gave it."""
    found: dict[str, set[int]] = defaultdict(set)
    with case.reading() as connection:
        for stream, *texts in connection.exec_driver_sql(
                "SELECT stream, json_extract(vals, '$.us_consent_no[0]'), json_extract(vals, '$.reference[0]') FROM "
                "(SELECT DISTINCT coalesce(i.canonical_id, i.id) AS stream, s.vals FROM item i CROSS JOIN statement s "
                "ON s.item_id = i.id WHERE i.kind = 'entity' AND i.type = 'consent_stream')"):
            for text in texts:
                for one in _texts(text):
                    found[plain_code(one)].add(stream)
    return found


def _texts(text: Any) -> list[str]:
    """The values of a property as SQLite gives them: one, or a list written as JSON."""
    return listed(json.loads(text) if isinstance(text, str) and text.startswith("[") else text)


def references(case: CaseFile, lines: Collection[int]) -> set[str]:
    """Every consent number that a row ever gave one of these lines."""
    with case.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT json_extract(s.vals, '$.us_consent_no[0]') FROM statement s WHERE s.item_id IN (SELECT value FROM "
            "json_each(?1) UNION SELECT m.id FROM item m JOIN json_each(?1) j ON m.canonical_id = j.value)",
            (json.dumps(sorted(lines)),))
        return {plain_code(one) for row in rows for one in _texts(row[0])}


def lines_of_numbers(case: CaseFile, numbers: Collection[str]) -> set[int]:
    """The lines that name one of these consent numbers."""
    found = _ids(case, (
        "SELECT DISTINCT coalesce(i.canonical_id, i.id) FROM json_each(?1) j CROSS JOIN identity n ON n.ns = "
        "'us_consent_no' AND n.value = j.value CROSS JOIN item i ON i.id = n.item_id WHERE i.type = 'movement_line'"),
        json.dumps(sorted(numbers)))
    by_hand = _ids(case, _BY_HAND, *[f'%"{CONSENT_NO}"%'] * 3)
    return found | types_of(case, by_hand).get("movement_line", set())


_COVERS = ("covers", "unknown_link")
"""What ties a permit to its streams."""


def permitted(case: CaseFile, streams: Collection[int]) -> set[int]:
    """The loads that name a permit of one of these streams, themselves or on a line."""
    permits = near(case, streams, ("consent",), _COVERS)
    lines = near(case, permits, ("movement_line",), ("permitted_by",))
    return near(case, permits, ("movement",), ("permitted_by",)) | near(case, lines, ("movement",))


def streams_of_permits(case: CaseFile, bearers: Collection[int]) -> set[int]:
    """The streams of the permits that one of these loads and lines names."""
    return near(case, near(case, bearers, ("consent",), ("permitted_by",)), ("consent_stream",), _COVERS)


def without_consent(case: CaseFile, movements: Collection[int]) -> set[int]:
    """Those of these loads that have a line which is tied to no consent of which more is known than its number."""
    lines = near(case, movements, ("movement_line",))
    bound = _ids(case, (
        "SELECT j.value FROM json_each(?1) j WHERE EXISTS (SELECT 1 FROM link l JOIN item t ON t.id = l.item_id "
        "JOIN statement s ON s.item_id = l.b WHERE l.a = j.value AND t.type = 'moved_under' AND s.vals <> '{}')"),
        json.dumps(sorted(lines)))
    return near(case, lines - bound, ("movement",)) & set(movements)


def types_of(case: CaseFile, items: Collection[int]) -> dict[str, set[int]]:
    """Type → those of `items` (entities, as they stand) that are of it."""
    found: dict[str, set[int]] = {}
    with case.reading() as connection:
        for kind, item in connection.exec_driver_sql(
                "SELECT c.type, c.id FROM json_each(?) j CROSS JOIN item i ON i.id = j.value CROSS JOIN item c "
                "ON c.id = coalesce(i.canonical_id, i.id) WHERE c.kind = 'entity'",
                (json.dumps([int(item) for item in items]),)):
            found.setdefault(kind, set()).add(item)
    return found


def links_of(case: CaseFile, items: Collection[int]) -> int:
    """How many links hang on `items`."""
    with case.reading() as connection:
        wanted = json.dumps(sorted(items))
        return sum(int(connection.exec_driver_sql(
            f"SELECT count(*) FROM json_each(?) j CROSS JOIN link l ON l.{end} = j.value", (wanted,)).scalar() or 0)
            for end in ("a", "b"))


def named(case: CaseFile, names: Collection[str]) -> set[int]:
    """The loads that go by one of these names: their label, an identity or their number in the case."""
    if not names:
        return set()
    return _ids(case, (
        "SELECT coalesce(i.canonical_id, i.id) FROM item i WHERE i.kind = 'entity' AND i.type = 'movement' AND "
        "(i.label IN (SELECT value FROM json_each(?1)) OR CAST(i.id AS TEXT) IN (SELECT value FROM json_each(?1)) OR "
        "EXISTS (SELECT 1 FROM identity n WHERE n.item_id = i.id AND n.value IN (SELECT value FROM json_each(?1))))"),
        json.dumps(sorted(names)))


def custody_of(case: CaseFile, movements: Collection[int]) -> set[int]:
    """The links by which one of these loads was handed over; they name it in what they say."""
    steps = _ids(case, "SELECT id FROM item WHERE kind = 'link' AND type = 'handed_to' LIMIT 1")
    if not steps:
        return set()
    names = {str(item) for item in movements} | set(_names(case, movements))
    return _ids(case, (
        "SELECT i.id FROM item i CROSS JOIN statement s ON s.item_id = i.id WHERE i.kind = 'link' AND i.type = "
        "'handed_to' AND json_extract(s.vals, '$.movement[0]') IN (SELECT value FROM json_each(?))"),
        json.dumps(sorted(names)))


def steps_of(case: CaseFile, parties: Collection[int]) -> set[int]:
    """The links by which one of these parties handed something over or took it."""
    wanted = json.dumps(sorted(parties))
    return {step for end in ("a", "b") for step in _ids(case, (
        "SELECT t.id FROM (SELECT value AS id FROM json_each(?1) UNION SELECT m.id FROM json_each(?1) j CROSS JOIN "
        f"item m ON m.canonical_id = j.value) w CROSS JOIN link l ON l.{end} = w.id "
        "CROSS JOIN item t ON t.id = l.item_id WHERE t.type = 'handed_to'"), wanted)} if parties else set()


def _names(case: CaseFile, movements: Collection[int]) -> Iterator[str]:
    wanted = json.dumps(sorted(movements))
    with case.reading() as connection:
        for sql in ("SELECT i.label FROM json_each(?) j CROSS JOIN item i ON i.id = j.value",
                    "SELECT n.value FROM json_each(?) j CROSS JOIN identity n ON n.item_id = j.value"):
            yield from (row[0] for row in connection.exec_driver_sql(sql, (wanted,)))
    for values in shown_values(case, items=movements).values():
        yield from (plain_code(values[key]) for key in TRACKING if values.get(key))


def found_together(case: CaseFile, movements: Collection[int], rule: str) -> set[int]:
    """The objects of the findings of a rule that are about one of these loads."""
    return _ids(case, (
        "SELECT DISTINCT o.item_id FROM finding f JOIN finding_object w ON w.finding_id = f.id JOIN finding_object o "
        "ON o.finding_id = f.id WHERE f.rule = ?1 AND w.item_id IN (SELECT value FROM json_each(?2))"),
        rule, json.dumps(sorted(movements)))


# customs records


def declarations(case: CaseFile, documents: Collection[int]) -> dict[int, date | None]:
    """Those of these documents that are customs records, with their day."""
    return {item: day(values.get("date")) for item, values in shown_values(case, items=documents).items()
            if is_declaration(values)}


def any_declaration(case: CaseFile) -> bool:
    """Whether the case holds a customs record."""
    some = _ids(case, "SELECT DISTINCT coalesce(i.canonical_id, i.id) FROM item i CROSS JOIN statement s "
                      "ON s.item_id = i.id WHERE i.kind = 'entity' AND i.type = 'document' "
                      "AND (s.vals LIKE '%\"hs\"%' OR s.vals LIKE '%ustoms_declaration%') LIMIT 1000")
    return bool(declarations(case, some)) if some else False


def unnamed_documents(case: CaseFile) -> set[int]:
    """The documents that no party is tied to."""
    every = _ids(case, "SELECT id FROM item WHERE kind = 'entity' AND type = 'document' AND canonical_id IS NULL")
    return every - _ids(case, (
        "SELECT DISTINCT coalesce(i.canonical_id, i.id) FROM item i JOIN link l ON l.b = i.id OR l.a = i.id "
        "JOIN item p ON p.id = CASE WHEN l.b = i.id THEN l.a ELSE l.b END "
        "WHERE i.kind = 'entity' AND i.type = 'document' AND p.type IN (SELECT value FROM json_each(?))"),
        json.dumps(PARTIES)) if every else every


def days_of(values: Iterable[Mapping[str, Any]]) -> set[date]:
    """The days on which loads that show these values were shipped, crossed the border or were delivered."""
    return {on for shown in values for key in (DATES["shipped"], DATES["crossed"], DATES["delivered"])
            if (on := day(shown.get(key))) is not None}


def around(days: Iterable[date], reach: int) -> set[date]:
    """The days within `reach` days of any of these."""
    return {one + timedelta(days=step) for one in set(days) for step in range(-reach, reach + 1)}


# parties


def acts_of(case: CaseFile, parties: Collection[int]) -> dict[int, set[str]]:
    """Party → the kinds of links it has to loads."""
    found: dict[int, set[str]] = {}
    with case.reading() as connection:
        for end, other in (("a", "b"), ("b", "a")):
            for party, kind in connection.exec_driver_sql(
                    "SELECT DISTINCT w.root, t.type FROM (SELECT value AS id, value AS root FROM json_each(?1) UNION "
                    "SELECT m.id, j.value FROM json_each(?1) j CROSS JOIN item m ON m.canonical_id = j.value) w "
                    f"CROSS JOIN link l ON l.{end} = w.id CROSS JOIN item t ON t.id = l.item_id "
                    f"CROSS JOIN item i ON i.id = l.{other} WHERE i.type = 'movement' AND t.type IN "
                    "(SELECT value FROM json_each(?2))", (json.dumps(sorted(parties)), json.dumps(sorted(ROLES)))):
                found.setdefault(party, set()).add(kind)
    return found


def ends_of(case: CaseFile, links: Collection[int]) -> set[int]:
    """The entities at the ends of links, as they stand."""
    return _ids(case, (
        "SELECT DISTINCT coalesce(i.canonical_id, i.id) FROM json_each(?) j CROSS JOIN link l ON l.item_id = j.value "
        "CROSS JOIN item i ON i.id IN (l.a, l.b)"), json.dumps(sorted(links)))


def any_consent(case: CaseFile, but: Collection[int]) -> bool:
    """Whether the case holds a consented stream of which more is known than its number, other than these."""
    return bool(_ids(case, (
        "SELECT coalesce(i.canonical_id, i.id) FROM item i CROSS JOIN statement s ON s.item_id = i.id WHERE i.kind = "
        "'entity' AND i.type = 'consent_stream' AND s.vals <> '{}' AND coalesce(i.canonical_id, i.id) NOT IN "
        "(SELECT value FROM json_each(?)) LIMIT 1"), json.dumps(sorted(but))))


def any_of(case: CaseFile, types: Collection[str]) -> bool:
    """Whether the case holds an entity of one of these types."""
    return bool(_ids(case, "SELECT id FROM item WHERE kind = 'entity' AND type IN (SELECT value FROM json_each(?)) "
                           "LIMIT 1", json.dumps(sorted(types))))
