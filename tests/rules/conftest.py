"""Cases for rules: a table of movements and one of consents, imported as the templates read them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from ewglink.model.progress import finish
from ewglink.workspace.commands.importing import import_files
from ewglink.workspace.import_plan import ImportRequest
from ewglink.workspace.workspace import Workspace

PARTIES = ("party_id", "name", "country", "roles", "epa_id", "tax_id", "nra", "address", "phone")
CONSENTS = ("consent_no", "notice_id", "stream", "determination", "exporter", "importer", "interim", "final", "ops",
            "epa_codes", "un", "start", "end", "qty", "uom", "shipments", "carriers", "exit_port", "entry_port")
MOVEMENTS = ("movement_id", "mtn", "ship_date", "exporter", "facility", "carrier", "consent_no", "qty_shipped", "uom",
             "epa_codes", "un", "op_code", "exit_port", "entry_port", "hs6", "part_a_date", "delivered_date",
             "qty_received", "receipt_date", "completion_date", "completion_reported")
ROW: dict[str, dict[str, Any]] = {
    "parties": {"name": "", "country": "US", "roles": "", "epa_id": "", "tax_id": "", "nra": "", "address": "",
                "phone": ""},
    "consents": {"consent_no": "240117E00001", "notice_id": "240117", "stream": "1", "determination": "CONSENTED",
                 "exporter": "P01", "importer": "P02", "interim": "", "final": "P02", "ops": "R4",
                 "epa_codes": "D002;D008", "un": "UN2794", "start": "2024-07-01", "end": "2025-06-30", "qty": 400000,
                 "uom": "kg", "shipments": 20, "carriers": "P06", "exit_port": "USLRD", "entry_port": "MXNLD"},
    "movements": {"mtn": "", "ship_date": "2024-08-01", "exporter": "P01", "facility": "P02", "carrier": "P06",
                  "consent_no": "240117E00001", "qty_shipped": 20000, "uom": "kg", "epa_codes": "D002;D008",
                  "un": "UN2794", "op_code": "R4", "exit_port": "USLRD", "entry_port": "MXNLD", "hs6": "854911",
                  "part_a_date": "2024-08-01", "delivered_date": "2024-08-05", "qty_received": 20000,
                  "receipt_date": "2024-08-06", "completion_date": "2024-09-01", "completion_reported": "2024-09-10"},
}
"""A row of each table that breaks no rule."""
HEADS = {"parties": PARTIES, "consents": CONSENTS, "movements": MOVEMENTS}
FIRMS = [{"party_id": "P01", "name": "Lone Star Collectors", "roles": "exporter;generator", "country": "US"},
         {"party_id": "P02", "name": "Recicladora del Norte", "roles": "recycler", "country": "MX"},
         {"party_id": "P06", "name": "Transportes Bravo", "roles": "carrier", "country": "MX"}]

Case = Callable[..., Workspace]


def write_table(path: Path, kind: str, rows: list[dict[str, Any]]) -> Path:
    """A table of this kind, with what `rows` leave out as in `ROW`."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, HEADS[kind])
        writer.writeheader()
        writer.writerows(ROW[kind] | row for row in rows)
    return path


@pytest.fixture
def trade_case(tmp_path: Path) -> Iterator[Case]:
    """Makes a case of `movements`, `consents` and `parties` (rows as dictionaries); more can be imported into it."""
    with ExitStack() as stack:
        made = 0

        def make(movements: list[dict[str, Any]], consents: list[dict[str, Any]] | None = None,
                 parties: list[dict[str, Any]] | None = None, into: Workspace | None = None) -> Workspace:
            nonlocal made
            made += 1
            workspace = into or stack.enter_context(Workspace.create(tmp_path / f"case{made}.ewg", "Trade"))
            tables = {"parties": ([] if into else FIRMS) if parties is None else parties,
                      "consents": ([] if into else [{}]) if consents is None else consents, "movements": movements}
            folder = tmp_path / f"files{made}"
            folder.mkdir()
            paths = [write_table(folder / f"{kind}.csv", kind, rows) for kind, rows in tables.items() if rows]
            finish(import_files(workspace, [ImportRequest(path) for path in paths]))
            return workspace

        yield make
