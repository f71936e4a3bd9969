"""`ewglink unmerge`: what was merged, apart again."""

from __future__ import annotations

import argparse

from ewglink.cli.cases import open_case, refs
from ewglink.cli.output import Output
from ewglink.text import N_, _, ngettext


class Unmerge:
    """One that was merged into another leaves it; of one that others were merged into, they all do."""

    key = "unmerge"
    summary = N_("take merged entities apart again")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The case and the entity."""
        parser.add_argument("case", metavar=_("CASE"))
        parser.add_argument("item", metavar=_("ITEM"), help=_("a number, namespace:value, or an exact label"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Un-merge it as one step."""
        from ewglink.workspace.commands.merging import unmerge
        from ewglink.workspace.resolving.parts import find_part

        with open_case(args.case) as workspace:
            item = find_part(workspace, args.item).id
            before = workspace.case.items.canonical()
            workspace.do(unmerge(workspace.case, item))
            after = workspace.case.items.canonical()
            apart = sorted(one for one in before if one not in after or after[one] != before[one])
            named = refs(workspace, {item, *apart})
        out.document({"item": named[item], "apart": [named[one] for one in apart]})
        out.line(ngettext("{n} entity stands by itself again.", "{n} entities stand by themselves again.", len(apart)))
        return 0


MEMBER = Unmerge()
