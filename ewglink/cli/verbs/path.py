"""`ewglink path`: how two items, or more, are connected."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ewglink.cli import projection_flags
from ewglink.cli.cases import open_case, refs
from ewglink.cli.option_flags import WrongUsage
from ewglink.cli.output import Output
from ewglink.text import N_, _

if TYPE_CHECKING:
    from ewglink.graph.network import Network
    from ewglink.graph.paths import Paths
    from ewglink.workspace.workspace import Workspace


class Path:
    """The shortest ways, all up to a length, or the cheapest; among three or more items what connects them."""

    key = "path"
    summary = N_("how two items, or more, are connected")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The ends, which ways, and which part of the network."""
        parser.add_argument("case", metavar=_("CASE"))
        parser.add_argument("start", metavar=_("FROM"))
        parser.add_argument("end", metavar=_("TO"))
        parser.add_argument("more", metavar=_("ITEM"), nargs="*", help=_("with more than two: what connects them all"))
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--all-shortest", action="store_true", help=_("all of the shortest paths"))
        which.add_argument("--max-length", type=int, metavar="N", help=_("all paths of at most N steps"))
        which.add_argument("--common", action="store_true", help=_("only the neighbours that all of them share"))
        which.add_argument("--tree", action="store_true", help=_("a small tree that connects all of them"))
        arrows = parser.add_mutually_exclusive_group()
        arrows.add_argument("--directed", action="store_true", help=_("only along arrows"))
        arrows.add_argument("--against", action="store_true", help=_("only against arrows"))
        parser.add_argument("--weighted", action="store_true", help=_("the cheapest by weight, not the shortest"))
        parser.add_argument("--advancing", action="store_true", help=_("dates must advance from step to step"))
        parser.add_argument("--through", metavar="I,I", help=_("only paths by way of these items"))
        parser.add_argument("--avoid", metavar="I,I", help=_("only paths that do not touch these items"))
        parser.add_argument("--limit", type=int, default=1000, metavar="N", help=_("at most N paths"))
        projection_flags.add(parser)

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Find them; no path is no error."""
        from ewglink.workspace.declaring import declare
        from ewglink.workspace.questions import find_item

        asked = projection_flags.declaration(args, args.directed or args.against)
        with open_case(args.case) as workspace:
            network = declare(workspace, asked, times=args.advancing)
            items = [find_item(workspace, text).id for text in (args.start, args.end, *args.more)]
            if args.common:
                _common(workspace, network, items, args, out)
            elif len(items) > 2 or args.tree:
                _connect(workspace, network, items, args, out)
            else:
                _between(workspace, network, items, args, out)
            if projection_flags.given(args):
                projection_flags.say(network, out, workspace.schema)
        return 0


def _items(workspace: Workspace, text: str | None) -> list[int]:
    from ewglink.workspace.questions import find_item

    return [find_item(workspace, one).id for one in projection_flags.listed(text) or ()]


def _declared(args: argparse.Namespace, network: Network) -> dict[str, Any]:
    """The projection, where one was declared."""
    return {"projection": projection_flags.as_json(network)} if projection_flags.given(args) else {}


def _between(workspace: Workspace, network: Network, items: list[int], args: argparse.Namespace, out: Output) -> None:
    from ewglink.workspace.questions import find_paths

    direction = "with" if args.directed else "against" if args.against else "any"
    several = args.all_shortest or (args.weighted and args.limit < 1000)
    found = find_paths(workspace, *items, all_shortest=several, max_length=args.max_length, direction=direction,
                       weighted=args.weighted, advancing=args.advancing, through=_items(workspace, args.through),
                       avoid=_items(workspace, args.avoid), network=network, limit=args.limit)
    a, b = items
    named = refs(workspace, {a, b} | {item for path in found.paths for item in path.items})
    out.document({"from": named[a], "to": named[b], "directed": args.directed, "paths": _as_json(found, named),
                  "truncated": found.truncated} | ({"against": True} if args.against else {})
                 | _declared(args, network))
    if not found.paths:
        out.line(_("There is no path from “{a}” to “{b}”.", a=named[a]["label"], b=named[b]["label"]))
    for path in found.paths:
        cost = "" if path.cost is None else f" ({path.cost:.6g})"
        out.line(f"{path.length}{cost}: " + " → ".join(str(named[item]["label"]) for item in path.items))
    if found.truncated:
        out.note(_("There are more than {n} paths; the rest are left out.", n=len(found.paths)))


def _as_json(found: Paths, named: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"length": path.length, "items": [named[item] for item in path.items],
             "links": [list(step) for step in path.links]}
            | ({} if path.cost is None else {"cost": path.cost}) for path in found.paths]


def _connect(workspace: Workspace, network: Network, items: list[int], args: argparse.Namespace, out: Output) -> None:
    from ewglink.workspace.questions import connect

    for flag in ("directed", "against", "weighted", "advancing", "through"):
        if getattr(args, flag):
            raise WrongUsage(_("{flag} is for paths between two items.", flag=f"--{flag}"))
    found = connect(workspace, items, within=args.max_length, tree=args.tree, avoid=_items(workspace, args.avoid),
                    network=network)
    named = refs(workspace, {*items, *found.items.tolist()})
    out.document({
        "items": [named[item] for item in items],
        "connecting": {"items": [named[item] for item in found.items.tolist()], "links": found.links.tolist(),
                       "steps": [{"a": a, "b": b, "length": n} for (a, b), n in found.steps.items()],
                       "parts": [[named[item] for item in part] for part in found.parts]}} | _declared(args, network))
    for (a, b), n in found.steps.items():
        out.line(f"{n}: {named[a]['label']} – {named[b]['label']}")
    if len(found.parts) > 1:
        out.line(_("They are not all connected:"))
        for part in found.parts:
            out.line("  " + "; ".join(str(named[item]["label"]) for item in part))
    out.table((_("No."), _("Label")), ((item, named[item]["label"]) for item in found.items.tolist()))


def _common(workspace: Workspace, network: Network, items: list[int], args: argparse.Namespace, out: Output) -> None:
    from ewglink.workspace.questions import shared_neighbours

    found = shared_neighbours(workspace, items, network)
    named = refs(workspace, {*items, *found})
    out.document({"items": [named[item] for item in items], "common": [named[item] for item in found]}
                 | _declared(args, network))
    if not found:
        out.line(_("They have no neighbour in common."))
    out.table((_("No."), _("Label")), ((item, named[item]["label"]) for item in found))


MEMBER = Path()
