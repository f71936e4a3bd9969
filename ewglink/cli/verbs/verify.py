"""`ewglink verify`: whether a case file is whole and its journal unbroken."""

from __future__ import annotations

import argparse

from ewglink.cli.cases import open_case
from ewglink.cli.output import Output
from ewglink.text import N_, _, ngettext


class Verify:
    """Checks the database itself and the chain of the journal."""

    key = "verify"
    summary = N_("check the file and its audit chain")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The case."""
        parser.add_argument("case", metavar=_("CASE"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Check; 1 where something does not hold."""
        with open_case(args.case) as workspace:
            problems, broken = workspace.case.verify()
            head = workspace.case.journal_entries(limit=1)
            entries = workspace.case.journal_length()
        sound = not problems and broken is None
        out.document({"ok": sound, "problems": problems, "broken": broken, "entries": entries,
                      "head": head[0].hash if head else None})
        for problem in problems:
            out.line(_("The database: {problem}", problem=problem))
        if broken is not None:
            out.line(_("The journal is broken at entry {seq}: it or one before it was changed afterwards.", seq=broken))
        if sound:
            out.line(ngettext("The file is whole and its {n} journal entry is intact: {hash}.",
                              "The file is whole and its {n} journal entries hold together; the last is {hash}.",
                              entries, hash=head[0].hash[:16] if head else "–"))
        return 0 if sound else 1


MEMBER = Verify()
