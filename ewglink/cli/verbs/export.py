"""`ewglink export`: a case, or one of its charts, into a file."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ewglink.cli import progress_line
from ewglink.cli.cases import open_case
from ewglink.cli.option_flags import options_from
from ewglink.cli.option_help import options_help
from ewglink.cli.output import Output
from ewglink.text import N_, _


class Export:
    """Writes a file in the format its suffix says; the options of that format are flags."""

    key = "export"
    summary = N_("write the case or a chart to a file")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """What and where to."""
        parser.set_defaults(takes_flags=True, more_help=options_help(N_("options of the formats:"), _exports))
        parser.add_argument("case", metavar=_("CASE"))
        parser.add_argument("out", metavar=_("OUT"), help=_("the file to write; its suffix says the format"))
        parser.add_argument("--chart", metavar="NAME", help=_("only what this chart shows; of a picture, which chart"))
        parser.add_argument("--format", metavar="F", help=_("the format, whatever the suffix"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Write it."""
        from ewglink.exporters.gate import format_for
        from ewglink.workspace.exporting import export_job

        path = Path(args.out)
        member = format_for(path, args.format)
        options = options_from(member.options, args.flags)
        with open_case(args.case) as workspace:
            written = progress_line.run(export_job(workspace, path, chart=args.chart, format_key=member.key,
                                                   options=options, language_wanted=args.lang))
        assert written is not None
        out.document(written.as_json())
        for file in written.files:
            out.line(_("Written: {file}", file=file.path))
        for note in written.notes:
            out.note(note)
        return 0


def _exports() -> Iterable[Any]:
    from ewglink.exporters.contract import EXPORTS

    return EXPORTS


MEMBER = Export()
