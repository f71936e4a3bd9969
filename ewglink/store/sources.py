"""The sources of a case as questions: files, imports, records, specifications."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ewglink.store.items import Reading


@dataclass(frozen=True)
class Source:
    """A file that the case has taken in."""

    id: int
    name: str
    sha256: str
    size: int
    importer: str
    spec: str | None
    records: int
    withdrawn: bool


@dataclass(frozen=True)
class Record:
    """One row, page or JSON object of a source, verbatim."""

    id: int
    source: str
    source_sha256: str
    part: str
    no: int
    raw: str
    import_id: int
    columns: tuple[str, ...] = ()
    """The headings of the table it comes from, empty where it has none."""


_COLUMNS = "r.id, o.name, o.sha256, r.part, r.no, r.raw, r.import_id, m.columns"


def _record(row: Any) -> Record:
    columns = tuple(json.loads(row[7])) if row[7] else ()
    return Record(row[0], row[1], row[2], row[3], row[4], row[5], row[6], columns)


class Sources:
    """Questions about the sources of a case."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def listed(self) -> list[Source]:
        """All sources with how they came in."""
        with self._reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT o.id, o.name, o.sha256, o.size, m.importer, p.name, "
                "(SELECT count(*) FROM record r JOIN import x ON x.id = r.import_id WHERE x.source_id = o.id), "
                "o.withdrawn "
                "FROM source o JOIN import m ON m.source_id = o.id LEFT JOIN spec p ON p.id = m.spec_id GROUP "
                "BY o.id ORDER BY o.id"
            )
            return [Source(row[0], row[1], row[2], row[3], row[4], row[5], row[6], bool(row[7])) for row in rows]

    def record(self, record: int) -> Record | None:
        """One record."""
        with self._reading() as connection:
            row = connection.exec_driver_sql(
                f"SELECT {_COLUMNS} FROM record r JOIN import m ON "
                "m.id = r.import_id "
                "JOIN source o ON o.id = m.source_id WHERE r.id = ?",
                (record,),
            ).first()
            return None if row is None else _record(row)

    def around(self, record: int, before: int = 3, after: int = 3) -> list[Record]:
        """A record among its neighbours in the file."""
        with self._reading() as connection:
            rows = connection.exec_driver_sql(
                f"SELECT {_COLUMNS} FROM record t JOIN record r "
                "ON r.import_id = t.import_id AND r.part = t.part AND r.id BETWEEN t.id - ? AND t.id + ? "
                "JOIN import m ON m.id = r.import_id JOIN source o ON o.id = m.source_id WHERE t.id = ? ORDER BY r.id",
                (before, after, record),
            )
            return [_record(row) for row in rows]

    def counts(self) -> tuple[int, int]:
        """How many sources and records there are."""
        with self._reading() as connection:
            row = connection.exec_driver_sql(
                "SELECT (SELECT count(*) FROM source), (SELECT count(*) FROM record)"
            ).one()
            return row[0], row[1]

    def spec(self, sha256: str) -> dict[str, Any] | None:
        """A specification kept in the case."""
        with self._reading() as connection:
            row = connection.exec_driver_sql("SELECT * FROM spec WHERE sha256 = ?", (sha256,)).mappings().first()
            return None if row is None else dict(row)
