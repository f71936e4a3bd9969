"""`ewglink search`: items that hold a text."""

from __future__ import annotations

import argparse

from ewglink.cli.cases import open_case, refs
from ewglink.cli.output import Output
from ewglink.text import N_, _, language


class Search:
    """Searches labels, identifiers and values; accents and capitals do not matter."""

    key = "search"
    summary = N_("items that hold a text")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The case, the text, and how many hits."""
        parser.add_argument("case", metavar=_("CASE"))
        parser.add_argument("text", metavar=_("TEXT"))
        parser.add_argument("--limit", type=int, default=1000, metavar="N", help=_("at most so many"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Search; no hit is no error."""
        from ewglink.workspace.searching import search

        with open_case(args.case) as workspace:
            total, hits = search(workspace.case, args.text, args.limit)
            named = refs(workspace, [hit.id for hit in hits])
            out.document({"total": total, "hits": [
                {"item": named[hit.id], "field": hit.field, "excerpt": hit.excerpt} for hit in hits]})
            out.table((_("No."), _("Type"), _("Label"), _("Where"), _("What")), (
                (hit.id, workspace.schema.label(hit.type, language()), hit.label, hit.field or "", hit.excerpt)
                for hit in hits))
            out.line(_("{n} of {total}", n=len(hits), total=total))
        return 0


MEMBER = Search()
