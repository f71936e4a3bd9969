"""A table that comes in as columns leaves the case as the same table draft by draft would."""

from __future__ import annotations

import csv
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ewglink.importers import wire_drafts
from ewglink.importers.contract import Part, Row
from ewglink.importers.mapping import Mapping
from ewglink.importers.reader_service import DRAFTS, InProcessReader
from ewglink.importers.specification import Specification
from ewglink.model.progress import finish
from ewglink.model.schema import Schema
from ewglink.reference.schema_files import builtin_schema
from ewglink.store.case_file import CaseFile
from ewglink.workspace import import_run
from ewglink.workspace.import_plan import ImportRequest
from ewglink.workspace.import_run import Importing

TABLES = ("record", "item", "identity", "link", "statement", "decision", "journal_part")
LINKS: dict[str, dict[str, Any]] = {
    "by content": {"type": "paid", "from": "a", "to": "b", "start": "date", "properties": {"amount": "amount"}},
    "by key": {"type": "paid", "from": "a", "to": "b", "key": ["number"], "properties": {"amount": "amount"}},
}


class ByDraft(InProcessReader):
    """Reads as always, and maps row by row."""

    def drafts(
        self, path: Path, format: str, options: Any, part: Part, spec: Specification | None, schema: Schema
    ) -> Iterator[wire_drafts.Batch]:
        assert spec is not None
        draft = Mapping(spec, part, schema).draft
        found = [draft(one) if isinstance(one, Row) else one for batch in self.rows(path, format) for one in batch]
        for start in range(0, len(found), DRAFTS):
            yield wire_drafts.batch_of(found[start : start + DRAFTS])


class OverThePipe(InProcessReader):
    """What the reader process says, packed and unpacked."""

    def drafts(self, *asked: Any) -> Iterator[wire_drafts.Batch]:
        for batch in super().drafts(*asked):
            kind, body = wire_drafts.marshal.loads(wire_drafts.pack(batch))
            yield wire_drafts.unpack(kind, body, asked[-1])


def _spec(link: str) -> dict[str, Any]:
    role = {"type": "organization", "properties": {"name": "a", "country": "country"}}
    return {
        "ewglink_spec": 1,
        "name": "payments",
        "namespace": "case",
        "entities": {
            "a": role | {"key": ["a"]},
            "b": role | {"key": ["b"], "properties": {"name": "b"}, "label": ["a"] if link == "by key" else ["b"]},
        },
        "links": [LINKS[link]],
    }


def _tables(folder: Path) -> list[Path]:
    """Three tables that share names: some rows equal, some whose two ends are one, some with problems."""
    made = []
    for number in range(3):
        dice = random.Random(number)
        path = folder / f"{number}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(("a", "b", "country", "date", "amount", "number"))
            for row in range(4_500 if number == 2 else 300):
                a, b = dice.randrange(60), dice.randrange(60)
                date = "soon" if number == 2 and row == 4_400 else f"2024-01-{1 + row % 3:02}"
                writer.writerow((f"N{a}", f" N{b}", "MX" if row % 2 else "", date, row % 5, f"P{row // 2 % 400}"))
        made.append(path)
    return made


def _left(tables: list[Path], reader: InProcessReader, link: str) -> Any:
    with tempfile.TemporaryDirectory() as folder, CaseFile.create(Path(folder) / "case.ewg", "case") as case:
        reports = []
        for requests in (tables[:1], tables[1:]):
            importing = Importing(case, builtin_schema(), reader)
            told = finish(importing.run([ImportRequest(path, format="csv", spec=_spec(link)) for path in requests]))
            reports.append([one.as_json() for one in told.sources])
        with case.reading() as connection:
            rows = {table: list(connection.exec_driver_sql(f"SELECT * FROM {table}")) for table in TABLES}
        return rows, reports


@pytest.mark.parametrize("put_off", [1, 20_000])
@pytest.mark.parametrize("link", LINKS)
def test_the_case_is_the_same_either_way(
    link: str, put_off: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_run, "_PUT_OFF_FROM", put_off)
    tables = _tables(tmp_path)
    plain = _left(tables, ByDraft(), link)
    assert len(plain[0]["record"]) == 5_100
    assert plain == _left(tables, InProcessReader(), link)
    assert plain == _left(tables, OverThePipe(), link)
