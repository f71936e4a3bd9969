"""`ewglink new`: an empty case."""

from __future__ import annotations

import argparse
from pathlib import Path

from ewglink.cli.output import Output
from ewglink.text import N_, _


class New:
    """Makes an empty case file; never replaces a file."""

    key = "new"
    summary = N_("make an empty case")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The file and the title."""
        parser.add_argument("case", metavar=_("CASE"), help=_("the case file to make, *.ewg"))
        parser.add_argument("--title", metavar="T", help=_("the title; the file's name where it is left out"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Make it."""
        from ewglink.workspace.workspace import Workspace

        path = Path(args.case)
        with Workspace.create(path, args.title or path.stem) as workspace:
            title = workspace.title
        out.document({"case": str(path), "title": title})
        out.line(_("Made {file}: {title}", file=path, title=title))
        return 0


MEMBER = New()
