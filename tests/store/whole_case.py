"""Every row of a case, for comparing one state with another."""

from __future__ import annotations

from typing import Any

from ewglink.store.case_file import CaseFile
from ewglink.store.tables import metadata

JOURNAL = {"journal", "journal_part"}


def everything(case: CaseFile) -> dict[str, list[tuple[Any, ...]]]:
    """Table → its rows in a fixed order, the journal left out; and what a search for a common letter finds."""
    with case.reading() as connection:
        rows = {
            name: sorted((tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')), key=repr)
            for name in metadata.tables
            if name not in JOURNAL
        }
        rows["search"] = [
            tuple(row)
            for row in connection.exec_driver_sql(
                "SELECT rowid FROM search WHERE search MATCH 'a* OR b* OR c*' ORDER BY rowid"
            )
        ]
    return rows
