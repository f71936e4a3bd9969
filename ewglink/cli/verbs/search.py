"""`ewglink search`: items that hold a text."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ewglink.cli import progress_line
from ewglink.cli.cases import open_case, refs
from ewglink.cli.output import Output
from ewglink.text import N_, _, language

if TYPE_CHECKING:
    from ewglink.workspace.workspace import Workspace


class Search:
    """Searches labels, identifiers and values, or source rows; accents, capitals and scripts do not matter."""

    key = "search"
    summary = N_("items that hold a text")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The case, the text, and how many hits."""
        parser.add_argument("case", metavar=_("CASE"))
        parser.add_argument("text", metavar=_("TEXT"))
        parser.add_argument("--rows", action="store_true", help=_("search the source rows as they were read"))
        parser.add_argument("--limit", type=int, default=1000, metavar="N", help=_("at most so many"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Search; no hit is no error."""
        from ewglink.workspace.searching import search

        with open_case(args.case) as workspace:
            if args.rows:
                return _rows(workspace, args, out)
            total, hits = search(workspace.case, args.text, args.limit)
            named = refs(workspace, [hit.id for hit in hits])
            out.document({"total": total, "hits": [
                {"item": named[hit.id], "field": hit.field, "excerpt": hit.excerpt} for hit in hits]})
            out.table((_("No."), _("Type"), _("Label"), _("Where"), _("What")), (
                (hit.id, workspace.schema.label(hit.type, language()), hit.label, hit.field or "", hit.excerpt)
                for hit in hits))
            out.line(_("{n} of {total}", n=len(hits), total=total))
        return 0


def _rows(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    from ewglink.workspace.searching import row_excerpt, rows_holding

    found = progress_line.run(rows_holding(workspace, args.text, args.limit))
    assert found is not None
    named = refs(workspace, {item for hit in found.hits for item in hit.items})
    out.document({"total": found.total, "hits": [
        {"record": hit.record, "source": hit.source, "part": hit.part, "row": hit.row,
         "excerpt": row_excerpt(hit.raw, args.text), "items": [named[item] for item in hit.items]}
        for hit in found.hits]})
    out.table((_("File"), _("Part"), _("Row"), _("What"), _("Items")), (
        (hit.source, hit.part, hit.row, row_excerpt(hit.raw, args.text, 70),
         ", ".join(str(named[item]["label"]) for item in hit.items if named[item]["label"])) for hit in found.hits))
    out.line(_("{n} of {total}", n=len(found.hits), total=found.total))
    return 0


MEMBER = Search()
