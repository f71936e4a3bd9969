"""The reconciliation report from the window: the file is asked for, then all is read and written beside the window."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from ewglink.exporters.file_names import safe_file_name
from ewglink.text import N_, _, message

KINDS = ((".pdf", N_("Page (PDF)")), (".xlsx", N_("Excel workbook (XLSX)")))


def ask_for_report(window: Any) -> None:
    """Ask where to, and write the report there."""
    session = window.session
    name = safe_file_name(_("{case} reconciliation", case=session.workspace.title))
    filters = [f"{_(kind)} (*{suffix})" for suffix, kind in KINDS]
    chosen, kind = QFileDialog.getSaveFileName(
        window, _("Reconciliation report"), str(session.workspace.path.parent / f"{name}.pdf"), ";;".join(filters))
    if chosen:
        path = Path(chosen)
        if path.suffix.lower() not in (".pdf", ".xlsx"):
            path = path.with_name(path.name + KINDS[filters.index(kind) if kind in filters else 0][0])
        write_report(session, path)


def write_report(session: Any, path: Path, as_of: date | None = None) -> None:
    """Read and write beside the window; what was written is told. Stopped, it leaves no file."""
    from ewglink.workspace.reconciliation_report import written_report

    def tell(written: Any) -> None:
        if written is None:
            session.told.emit("done", _("The report was stopped; no file was written."))
            return
        session.told.emit("done", _("Written: {file}", file=written.files[0].path))

    session.jobs.run(message(N_("Writing the report")), written_report(session.workspace, path, as_of), finished=tell)
