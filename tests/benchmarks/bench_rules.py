"""A year of movements checked against the rules: all of it, and again after one more movement.

Fifty movements fall under each consent. `movements_s` counts movements a second of processor; the second run evaluates
only what the new movement touches, and is given as a share of the first.
"""

from __future__ import annotations

import csv
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

DEFAULT = 100_000
A_CONSENT = 50
AS_OF = date(2025, 10, 31)
PARTIES = ("party_id", "name", "country", "roles", "epa_id", "tax_id", "nra", "address", "phone")
CONSENTS = ("consent_no", "notice_id", "stream", "determination", "exporter", "importer", "interim", "final", "ops",
            "epa_codes", "un", "start", "end", "qty", "uom", "shipments", "carriers", "exit_port", "entry_port")
MOVEMENTS = ("movement_id", "mtn", "ship_date", "exporter", "facility", "carrier", "consent_no", "qty_shipped", "uom",
             "epa_codes", "un", "op_code", "exit_port", "entry_port", "hs6", "part_a_date", "delivered_date",
             "qty_received", "receipt_date", "completion_date", "completion_reported")
Row = tuple[Any, ...]


def run(size: int | None = None) -> list[dict[str, Any]]:
    """The rows of the benchmark for `size` movements."""
    rows = size or DEFAULT
    with tempfile.TemporaryDirectory() as folder:
        return _measured(Path(folder), rows)


def _measured(folder: Path, rows: int) -> list[dict[str, Any]]:
    from ewglink.workspace.workspace import Workspace

    files = _files(folder, rows)
    with Workspace.create(folder / "year.ewg", "A year") as workspace:
        _import(workspace, files)
        before = _memory()
        whole, found = _checked(workspace)
        first = {"what": f"all of {rows:,} movements, {max(1, rows // A_CONSENT):,} consents", "cpu": round(whole, 2),
                 "movements_s": round(rows / whole), "mb": round(_memory() - before),
                 "evaluated": found.evaluated, "findings": found.findings}
        _import(workspace, [_table(folder / "one.csv", MOVEMENTS, [_movement(rows, 1, random.Random(2))])])
        again, later = _checked(workspace)
    return [first, {"what": "again, after one more movement", "cpu": round(again, 3), "evaluated": later.evaluated,
                    "findings": later.findings, "share": round(again / whole, 4)}]


def _checked(workspace: Any) -> tuple[float, Any]:
    from ewglink.model.progress import finish
    from ewglink.workspace.checking import check

    started = time.process_time()
    found = finish(check(workspace, as_of=AS_OF))
    return time.process_time() - started, found


def _import(workspace: Any, files: list[Path]) -> None:
    from ewglink.model.progress import finish
    from ewglink.workspace.commands.importing import import_files
    from ewglink.workspace.import_plan import ImportRequest

    finish(import_files(workspace, [ImportRequest(path) for path in files]))


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _table(path: Path, columns: Row, rows: Any) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        writer.writerows(rows)
    return path


def _files(folder: Path, rows: int) -> list[Path]:
    chance = random.Random(1)
    consents = max(1, rows // A_CONSENT)
    return [_table(folder / "parties.csv", PARTIES, _parties()),
            _table(folder / "consents.csv", CONSENTS, (_consent(no) for no in range(consents))),
            _table(folder / "movements.csv", MOVEMENTS,
                   (_movement(no, chance.randrange(consents), chance) for no in range(rows)))]


def _parties() -> Iterator[Row]:
    for no in range(300):
        yield (f"P{no:03}", f"Firm {no}", ("US", "MX", "CA")[no % 3], ("exporter", "recycler", "carrier")[no % 3],
               "", "", "", f"{no} Main St", "")


def _ends(consent: int) -> tuple[str, str, str]:
    """Exporter (US), receiver (MX), carrier of a consent."""
    return f"P{consent * 3 % 300:03}", f"P{(consent * 3 + 1) % 300:03}", f"P{(consent * 3 + 2) % 300:03}"


def _number(consent: int) -> str:
    return f"24{consent % 10_000:04}E{consent // 10_000 + 1:05}"


def _consent(no: int) -> Row:
    exporter, receiver, carrier = _ends(no)
    return (_number(no), f"24{no % 10_000:04}", "1", "CONSENTED", exporter, receiver, "", receiver, "R4", "D002;D008",
            "UN2794", "2024-07-01", "2025-06-30", 950_000, "kg", 55, carrier, "USLRD", "MXNLD")


def _movement(no: int, consent: int, chance: random.Random) -> Row:
    exporter, receiver, carrier = _ends(consent)
    shipped = date(2024, 7, 1) + timedelta(days=chance.randrange(365))
    later = [(shipped + timedelta(days=days)).isoformat() for days in (0, 4, 5, 40, 50)]
    weight = chance.randrange(10_000, 25_000)
    return (f"M{no:07}", f"{no:09}TRN", shipped.isoformat(), exporter, receiver, carrier, _number(consent), weight,
            "kg", "D002;D008", "UN2794", "R4", "USLRD", "MXNLD", "854911", later[0], later[1], weight, *later[2:])
