"""`ewglink chart`: a chart made, added to or laid out."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ewglink.cli import progress_line
from ewglink.cli.cases import open_case
from ewglink.cli.option_flags import WrongUsage, options_from
from ewglink.cli.option_help import options_help
from ewglink.cli.output import Output
from ewglink.model.refusal import Refusal
from ewglink.text import N_, _, message, ngettext

if TYPE_CHECKING:
    from ewglink.workspace.workspace import Workspace


class Chart:
    """Makes the chart NAME, or adds to it; with --layout, lays it out. A new one holds everything unless told what."""

    key = "chart"
    summary = N_("make, fill and lay out a chart")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The chart, what is put on it, and how it is laid out."""
        parser.set_defaults(takes_flags=True, more_help=options_help(N_("options of the layouts:"), _layouts))
        parser.add_argument("case", metavar=_("CASE"))
        parser.add_argument("name", metavar=_("NAME"))
        parser.add_argument("--layout", metavar="L", help=_("force, circle, grid, hierarchy …"))
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--all", action="store_true", help=_("all entities"))
        what.add_argument("--items", metavar="QUERY",
                          help=_("entities for which this holds: type=person AND name~peña"))
        what.add_argument("--around", metavar="ITEM", help=_("this item and what is near it"))
        parser.add_argument("--hops", type=int, default=1, metavar="N", help=_("how near: so many links away"))
        parser.add_argument("--title", metavar="T", help=_("the title on the chart"))
        parser.add_argument("--seed", type=int, default=1, metavar="N", help=_("another seed, another arrangement"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Make it."""
        from ewglink.workspace.charting import make_chart

        options = _options(args)
        with open_case(args.case) as workspace:
            items = _items(workspace, args)
            settings = {key: value for key, value in (("title", args.title), ("language", args.lang)) if value}
            charted = progress_line.run(make_chart(workspace, args.name, items, layout=args.layout, options=options,
                                                   settings=settings, seed=args.seed))
        assert charted is not None
        out.document({"chart": {"id": charted.chart.id, "name": charted.chart.name}, "made": charted.made,
                      "added": charted.added, "entities": charted.entities, "links": charted.links,
                      "layout": charted.layout, "steps": charted.steps})
        out.line(_("“{name}”: {entities}, {links}", name=charted.chart.name,
                   entities=ngettext("{n} entity", "{n} entities", charted.entities),
                   links=ngettext("{n} link", "{n} links", charted.links)))
        return 0


def _layouts() -> Iterable[Any]:
    from ewglink.layouts.contract import LAYOUTS

    return LAYOUTS


def _options(args: argparse.Namespace) -> Any:
    from ewglink.layouts.contract import LAYOUTS

    if args.layout is None:
        if args.flags:
            raise WrongUsage(_("The option {flag} belongs to a layout: name it with --layout.", flag=args.flags[0]))
        return None
    if args.layout not in LAYOUTS:
        raise Refusal("no_layout", message(N_("There is no layout named “{name}”. There are: {names}."),
                                           name=args.layout, names=", ".join(LAYOUTS.keys())))
    return options_from(LAYOUTS.get(args.layout).options, args.flags)


def _items(workspace: Workspace, args: argparse.Namespace) -> list[int]:
    from ewglink.workspace.item_query import entities_asked
    from ewglink.workspace.questions import find_item, neighbours

    if args.items:
        return entities_asked(workspace, args.items)
    if args.around:
        return neighbours(workspace, [find_item(workspace, args.around).id], args.hops)
    if args.all or workspace.case.charts.named(args.name.strip()) is None:
        everything: list[int] = workspace.network().ids.tolist()
        return everything
    return []


MEMBER = Chart()
