"""`ewglink merge`: entities made one, reversibly."""

from __future__ import annotations

import argparse

from ewglink.cli.cases import open_case, refs
from ewglink.cli.output import Output
from ewglink.model.refusal import Refusal
from ewglink.text import N_, _, message, ngettext


class Merge:
    """The first named stands for all, unless --into names another; `unmerge` takes it back at any later time."""

    key = "merge"
    summary = N_("make entities one; unmerge takes it back")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The case and the entities."""
        parser.add_argument("case", metavar=_("CASE"))
        parser.add_argument("items", metavar=_("ITEM"), nargs="+",
                            help=_("a number, namespace:value, or an exact label"))
        parser.add_argument("--into", metavar="X", help=_("the entity that stands for all"))
        parser.add_argument("--reason", metavar=_("TEXT"), default="", help=_("why, kept with the merge"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Merge them as one step."""
        from ewglink.workspace.commands.merging import merge
        from ewglink.workspace.questions import find_item

        with open_case(args.case) as workspace:
            found = list(dict.fromkeys(find_item(workspace, text).id for text in args.items))
            into = find_item(workspace, args.into).id if args.into else found[0]
            found = [item for item in found if item != into]
            if not found:
                raise Refusal("merge_one", message(N_("A merge needs two entities or more that are not one already.")))
            workspace.do(merge(workspace.case, workspace.schema, found, into, reason=args.reason))
            members = [item for item in workspace.case.items.members(into) if item != into]
            named = refs(workspace, {into, *members})
        out.document({"item": named[into], "merged_from": [named[item] for item in members]})
        out.line(ngettext("{n} entity was merged into “{label}”.", "{n} entities were merged into “{label}”.",
                          len(found), label=named[into]["label"]))
        return 0


MEMBER = Merge()
