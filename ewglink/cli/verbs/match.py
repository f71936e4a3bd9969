"""`ewglink match`: entities that may be one, with the reasons for and against."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ewglink.cli import progress_line
from ewglink.cli.cases import open_case, refs, title_of
from ewglink.cli.output import Output
from ewglink.model.refusal import Refusal
from ewglink.text import N_, _, language, message

if TYPE_CHECKING:
    from ewglink.workspace.resolving.review import Match as Pair
    from ewglink.workspace.workspace import Workspace


class Match:
    """Candidates by name, number, address, telephone and shared links; nothing is merged."""

    key = "match"
    summary = N_("entities that may be one, with the reasons for and against")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The case, the types and the least score."""
        parser.add_argument("case", metavar=_("CASE"))
        parser.add_argument("--type", action="append", metavar="T",
                            help=_("entities of this type only; may be repeated"))
        parser.add_argument("--least", type=float, default=None, metavar="S",
                            help=_("pairs of at least this score, 0 to 1 (0.5)"))
        parser.add_argument("--limit", type=int, default=None, metavar="N", help=_("at most so many"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Find them; no pair is no error."""
        from ewglink.workspace.resolving.review import VERIFY, find_matches

        with open_case(args.case) as workspace:
            for kind in args.type or ():
                if kind not in workspace.schema.entity_types:
                    raise Refusal("no_type", message(
                        N_("There is no entity type “{type}”; there are: {types}."), type=kind,
                        types=", ".join(workspace.schema.entity_types)))
            least = VERIFY if args.least is None else args.least
            if not 0 <= least <= 1:
                raise Refusal("bad_least", message(N_("The least score is a number from 0 to 1, not {value}."),
                                                   value=least))
            found = progress_line.run(find_matches(workspace, args.type, least)) or []
            _tell(workspace, found[:args.limit], out)
        return 0


def _tell(workspace: Workspace, found: list[Pair], out: Output) -> None:
    named = refs(workspace, {item for match in found for item in (match.a, match.b)})
    out.document({"pairs": [
        {"a": named[match.a], "b": named[match.b], "score": match.score,
         "for": [reason.as_json() for reason in match.pro],
         "against": [reason.as_json() for reason in match.contra]} for match in found]})
    items = workspace.case.items.refs(named)
    for match in found:
        out.line(f"{match.score:.2f}  " + "  =?  ".join(
            f"{title_of(items[item], workspace, language())} [{item}]" for item in (match.a, match.b)))
        for sign, reasons in (("+", match.pro), ("–", match.contra)):
            for reason in reasons:
                out.line(f"      {sign} {reason.message()}")
    if not found:
        out.line(_("No two entities look like one."))


MEMBER = Match()
