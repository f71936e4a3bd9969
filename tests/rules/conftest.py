"""Cases for rules: a table of movements and one of consents, imported as the templates read them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ewglink.model.progress import finish
from ewglink.store.findings import findings
from ewglink.workspace.checking import check
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


SECTOR_ROWS: dict[str, dict[str, Any]] = {
    "companies": {"name": "", "country": "US", "roles": "importer", "formed": "2010-01-01", "tax_id": "", "address": "",
                  "phone": ""},
    "allowances": {"year": 2025, "allowance_mteve": 100_000},
    "shipments": {"arrival": "2025-06-20", "importer": "C1", "exporter": "C2", "route": "CNNGB;USLGB", "hs6": "290345",
                  "declared": "R-134a", "net_kg": 10_000, "value_usd": 70_000, "container": "",
                  "cylinder": "refillable", "lab_result": "", "vessel": "", "filed": "2025-06-01"},
    "parties": ROW["parties"],
    "links": {},
    "engines": {"kind": "generator", "vin": "", "engine_family": "SKPMS.2081GA", "model_year": 2025,
                "label_present": "yes"},
    "engine_papers": {"kind": "certificate of conformity", "engine_family": "", "issued": "2024-10-01",
                      "valid_to": "2025-12-31", "issuer": "US EPA", "holder": ""},
    "engine_imports": {"date": "2025-03-03", "kind": "import", "importer": "P01", "exporter": "P02",
                       "manufacturer": "Kestrel Power", "serial": "", "exemption_code": "", "approval_no": ""},
    "permits": {"type": "export", "issuer": "MX", "species": "Aliger gigas", "appendix": "II", "source": "W",
                "purpose": "T", "qty": 1000, "unit": "kg", "issued": "2025-01-01", "valid_to": "2025-06-30",
                "exporter": "P02", "importer": "P01"},
    "wildlife_shipments": {"date": "2025-03-03", "permit_no": "PERM1", "species": "Aliger gigas", "qty": 400,
                           "unit": "kg", "frm": "P02", "to": "P01", "declared": "frozen conch meat", "hs6": "030784"},
}
"""A row of each table of the sectors that breaks no rule; the first column, its key, is to be given."""
SECTOR_FIRST = {"companies": "company_id", "allowances": "importer", "shipments": "shipment_id", "parties": "party_id",
                "links": "source", "engines": "unit_id", "engine_papers": "paper_no", "engine_imports": "import_id",
                "permits": "permit_no", "wildlife_shipments": "shipment_id"}


class Verdict:
    """What a run of the rules says of a case of small tables."""

    def __init__(self, workspace: Workspace, day: str) -> None:
        self.workspace = workspace
        done = finish(check(workspace, None, date.fromisoformat(day), whole=True))
        assert done is not None
        self.missing = done.not_evaluable
        self.rows = findings(workspace.case)

    def of(self, rule: str) -> list[str]:
        """What a rule found, as the files call it, in order."""
        return sorted(ref for one in self.rows if one.rule == rule for ref in one.refs)


@pytest.fixture
def judged(tmp_path: Path) -> Iterator[Callable[..., Verdict]]:
    """Imports tables of a sector (keyword: rows as dictionaries, what is left out as in `SECTOR_ROWS`) and runs every
    rule as of a day."""
    with ExitStack() as stack:
        made = 0

        def judge(as_of: str = "2025-12-31", **tables: list[dict[str, Any]]) -> Verdict:
            nonlocal made
            made += 1
            folder = tmp_path / f"sector{made}"
            folder.mkdir()
            paths = []
            for kind, rows in tables.items():
                full = [SECTOR_ROWS[kind] | row for row in rows]
                columns = list(dict.fromkeys([SECTOR_FIRST[kind], *SECTOR_ROWS[kind], *full[0]]))
                paths.append(folder / f"{kind}.csv")
                with paths[-1].open("w", encoding="utf-8", newline="") as stream:
                    writer = csv.DictWriter(stream, columns)
                    writer.writeheader()
                    writer.writerows(full)
            workspace = stack.enter_context(Workspace.create(tmp_path / f"sector{made}.ewg", "Sector"))
            finish(import_files(workspace, [ImportRequest(path) for path in paths]))
            return Verdict(workspace, as_of)

        yield judge
