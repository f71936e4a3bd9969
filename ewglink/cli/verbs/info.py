"""`ewglink info`: what is in a case."""

from __future__ import annotations

import argparse

from ewglink.cli.cases import open_case
from ewglink.cli.output import Output
from ewglink.text import N_, _, language


class Info:
    """Counts what a case holds."""

    key = "info"
    summary = N_("what is in a case")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The case."""
        parser.add_argument("case", metavar=_("CASE"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Count."""
        from ewglink.store.findings import counts as counts_of_findings

        with open_case(args.case) as workspace:
            case = workspace.case
            sources, records = case.sources.counts()
            entities, links = case.items.counts("entity"), case.items.counts("link")
            charts, journal = [chart.name for chart in case.charts.listed()], case.journal_length()
            found = counts_of_findings(case)
            out.document({"title": workspace.title, "entities": entities, "links": links, "sources": sources,
                          "records": records, "charts": charts, "findings": found, "journal": journal})
            out.line(workspace.title)
            for title, counts in ((_("Entities"), entities), (_("Links"), links)):
                rows = [(f"  {workspace.schema.label(key, language())}", n) for key, n in counts.items()]
                out.table((title, sum(counts.values())), rows)
            out.line(_("Sources: {n}, records: {m}", n=sources, m=records))
            out.line(_("Charts: {names}", names=", ".join(charts) or "–"))
            if found:
                out.line(_("Findings: {counts}", counts=", ".join(f"{rule} {n}" for rule, n in found.items())))
            out.line(_("Journal entries: {n}", n=journal))
        return 0


MEMBER = Info()
