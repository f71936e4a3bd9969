"""`ewglink report`: the reconciliation of consents and movements as a workbook or on paper."""

from __future__ import annotations

import argparse
from pathlib import Path

from ewglink.cli import progress_line
from ewglink.cli.cases import open_case
from ewglink.cli.option_flags import day_of
from ewglink.cli.output import Output
from ewglink.text import N_, _


class Report:
    """Writes how far consents are used, what rules found, what is open, and the parties, as OUT's suffix says."""

    key = "report"
    summary = N_("write the reconciliation report (XLSX or PDF)")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The case, the file, as of when."""
        parser.add_argument("case", metavar=_("CASE"))
        parser.add_argument("out", metavar=_("OUT"), help=_("the file to write: .xlsx or .pdf"))
        parser.add_argument("--as-of", metavar=_("DATE"),
                            help=_("the day that open matters are counted to; that of the last run of the rules"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Write it."""
        from ewglink.workspace.reconciliation_report import written_report

        day = day_of(args.as_of)
        with open_case(args.case) as workspace:
            written = progress_line.run(written_report(workspace, Path(args.out), day))
            assert written is not None
        out.document(written.as_json())
        for file in written.files:
            out.line(_("Written: {file}", file=file.path))
        for note in written.notes:
            out.note(note)
        return 0


MEMBER = Report()
