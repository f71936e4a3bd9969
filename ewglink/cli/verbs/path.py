"""`ewglink path`: how two items are connected."""

from __future__ import annotations

import argparse

from ewglink.cli.cases import open_case, refs
from ewglink.cli.output import Output
from ewglink.text import N_, _


class Path:
    """The shortest way, all shortest ways, or all up to a length."""

    key = "path"
    summary = N_("how two items are connected")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The two ends and which ways."""
        parser.add_argument("case", metavar=_("CASE"))
        parser.add_argument("start", metavar=_("FROM"))
        parser.add_argument("end", metavar=_("TO"))
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--all-shortest", action="store_true", help=_("all of the shortest paths"))
        which.add_argument("--max-length", type=int, metavar="N", help=_("all paths of at most N steps"))
        parser.add_argument("--directed", action="store_true", help=_("only along arrows"))
        parser.add_argument("--limit", type=int, default=1000, metavar="N", help=_("at most N paths"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Find them; no path is no error."""
        from ewglink.workspace.questions import find_item, find_paths

        with open_case(args.case) as workspace:
            a, b = find_item(workspace, args.start), find_item(workspace, args.end)
            found = find_paths(workspace, a.id, b.id, all_shortest=args.all_shortest, max_length=args.max_length,
                               directed=args.directed, limit=args.limit)
            used = {a.id, b.id} | {item for path in found.paths for item in path.items}
            named = refs(workspace, used)
            out.document({
                "from": named[a.id], "to": named[b.id], "directed": args.directed,
                "paths": [{"length": path.length, "items": [named[item] for item in path.items],
                           "links": [list(step) for step in path.links]} for path in found.paths],
                "truncated": found.truncated})
            if not found.paths:
                out.line(_("There is no path from “{a}” to “{b}”.", a=a.label, b=b.label))
            for path in found.paths:
                out.line(f"{path.length}: " + " → ".join(str(named[item]["label"]) for item in path.items))
            if found.truncated:
                out.note(_("There are more than {n} paths; the rest are left out.", n=args.limit))
        return 0


MEMBER = Path()
