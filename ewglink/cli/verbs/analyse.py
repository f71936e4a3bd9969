"""`ewglink analyse`: a measure of the network."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ewglink.cli import progress_line
from ewglink.cli.cases import open_case, refs
from ewglink.cli.option_flags import options_from
from ewglink.cli.option_help import options_help
from ewglink.cli.output import Output
from ewglink.model.refusal import Refusal
from ewglink.text import N_, _, message, ngettext

if TYPE_CHECKING:
    from ewglink.analysis.contract import Answer
    from ewglink.graph.network import Network
    from ewglink.workspace.workspace import Workspace


class Analyse:
    """Runs a measure with its options as flags, over the whole network or the types named."""

    key = "analyse"
    summary = N_("measure the network: degree, betweenness, components …")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The case, the measure, and which part of the network."""
        parser.set_defaults(takes_flags=True, more_help=options_help(N_("options of the measures:"), _measures))
        parser.add_argument("case", metavar=_("CASE"))
        parser.add_argument("measure", metavar=_("MEASURE"))
        parser.add_argument("--types", metavar="T,T", help=_("only entities of these types"))
        parser.add_argument("--link-types", metavar="T,T", help=_("only links of these types"))
        parser.add_argument("--strengths", metavar="S,S", help=_("only links of these strengths"))
        parser.add_argument("--top", type=int, metavar="N", help=_("at most so many rows"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Measure."""
        from ewglink.analysis.contract import MEASURES
        from ewglink.workspace.questions import measure

        if args.measure not in MEASURES:
            raise Refusal("no_measure", message(N_("There is no measure named “{name}”. There are: {names}."),
                                                name=args.measure, names=", ".join(MEASURES.keys())))
        member = MEASURES.get(args.measure)
        options = options_from(member.options, args.flags)
        with open_case(args.case) as workspace:
            network = workspace.network(_list(args.types), _list(args.link_types), _strengths(args.strengths))
            answer = progress_line.run(measure(workspace, args.measure, options, network))
            assert answer is not None
            projection = network.described | {"n": network.n, "m": network.m}
            body = _body(workspace, network, answer, args.top)
            out.document({"measure": args.measure, "kind": member.kind, "projection": projection} | body)
            out.line(_(member.definition))
            out.line(_("{entities}, {links}", entities=ngettext("{n} entity", "{n} entities", network.n),
                       links=ngettext("{n} link", "{n} links", network.m)))
            _print(body, out)
        return 0


def _list(text: str | None) -> list[str] | None:
    return None if text is None else [one.strip() for one in text.split(",") if one.strip()]


def _strengths(text: str | None) -> list[int | str] | None:
    from ewglink.model.items import Strength

    wanted = _list(text)
    for one in wanted or ():
        if one.upper() not in Strength.__members__:
            raise Refusal("no_strength", message(N_("There is no strength “{name}”. There are: {names}."), name=one,
                                                 names=", ".join(word.name.lower() for word in Strength)))
    return None if wanted is None else list(wanted)


def _body(workspace: Workspace, network: Network, answer: Answer, top: int | None) -> dict[str, Any]:
    from ewglink.analysis.contract import Groups, Ranking

    if isinstance(answer, Ranking):
        ids = network.ids[answer.rows[:top]].tolist()
        named = refs(workspace, ids)
        return {"rows": [{"item": named[item], "value": _number(value)}
                         for item, value in zip(ids, answer.values[:top].tolist(), strict=True)]}
    if isinstance(answer, Groups):
        groups = [network.ids[group].tolist() for group in answer.groups[:top]]
        named = refs(workspace, {item for group in groups for item in group})
        return {"groups": [[named[item] for item in group] for group in groups]}
    rows = answer.rows[:top]
    named = refs(workspace, {int(network.ids[row[at]]) for row in rows for at in answer.items})
    return {"headings": [_(heading) for heading in answer.headings],
            "rows": [[named[int(network.ids[cell])] if at in answer.items else _plain(cell)
                      for at, cell in enumerate(row)] for row in rows]}


def _number(value: float) -> float | int:
    return int(value) if value == int(value) and abs(value) < 1e15 else value


def _plain(cell: Any) -> Any:
    item = getattr(cell, "item", None)
    return item() if callable(item) else cell


def _print(body: dict[str, Any], out: Output) -> None:
    if "groups" in body:
        for number, group in enumerate(body["groups"], 1):
            out.line(f"{number}. ({len(group)}) " + "; ".join(item["label"] for item in group))
    elif "headings" in body:
        out.table(body["headings"], ([cell["label"] if isinstance(cell, dict) else cell for cell in row]
                                     for row in body["rows"]))
    else:
        out.table((_("Value"), _("No."), _("Label")), (
            (f"{row['value']:.6g}", row["item"]["id"], row["item"]["label"]) for row in body["rows"]))


def _measures() -> Iterable[Any]:
    from ewglink.analysis.contract import MEASURES

    return MEASURES


MEMBER = Analyse()
