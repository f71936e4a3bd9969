"""`ewglink analyse`: a measure of the network."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ewglink.cli import progress_line, projection_flags
from ewglink.cli.cases import open_case, refs
from ewglink.cli.option_flags import options_from
from ewglink.cli.option_help import options_help
from ewglink.cli.output import Output
from ewglink.text import N_, _

if TYPE_CHECKING:
    from ewglink.analysis.comparison import Comparison
    from ewglink.analysis.contract import Answer, Table
    from ewglink.graph.network import Network
    from ewglink.workspace.workspace import Workspace


class Analyse:
    """Runs a measure with its options as flags, over the projection that flags declare."""

    key = "analyse"
    summary = N_("measure the network: degree, betweenness, components …")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The case, the measure, and which part of the network."""
        parser.set_defaults(takes_flags=True, more_help=options_help(N_("options of the measures:"), _measures))
        parser.add_argument("case", metavar=_("CASE"))
        parser.add_argument("measure", metavar=_("MEASURE"))
        projection_flags.add(parser)
        parser.add_argument("--directed", action="store_true", help=_("arrows count"))
        parser.add_argument("--compare-tentative", action="store_true",
                            help=_("beside the ranking, the one without tentative links"))
        parser.add_argument("--out", metavar="FILE", help=_("write the result to a workbook (.xlsx) or PDF, too"))
        parser.add_argument("--top", type=int, metavar="N", help=_("at most so many rows"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Measure."""
        from ewglink.workspace.declaring import declare
        from ewglink.workspace.projection_words import lines
        from ewglink.workspace.questions import compare, measure, measure_named, without_tentative

        member = measure_named(args.measure)
        options = options_from(member.options, args.flags)
        asked = projection_flags.declaration(args, args.directed)
        with open_case(args.case) as workspace:
            times = bool(getattr(member, "needs_times", False))
            network = declare(workspace, asked, times=times)
            said = {"measure": args.measure, "kind": member.kind, "projection": projection_flags.as_json(network)}
            if args.compare_tentative:
                other = declare(workspace, without_tentative(asked), times=times)
                compared = progress_line.run(compare(workspace, args.measure, options, network, other))
                assert compared is not None
                body = _compared_body(workspace, compared, args.top)
                body["without"] = projection_flags.as_json(other)
            else:
                answer = progress_line.run(measure(workspace, args.measure, options, network))
                assert answer is not None
                body = _body(workspace, network, answer, args.top)
            caution = getattr(member, "caution", "")
            out.document(said | body | ({"caution": caution} if caution else {}))
            out.line(_(member.definition))
            projection_flags.say(network, out, workspace.schema)
            headings, rows = _as_table(body)
            _print(body, headings, rows, out)
            if caution:
                out.line(_(caution))
            if args.out:
                about = (_(member.definition), *lines(network, workspace.schema), *([_(caution)] if caution else []))
                _hand_out(workspace, Path(args.out), args.measure, _(member.name), about, headings, rows, body)
        return 0


def _hand_out(workspace: Workspace, path: Path, key: str, name: str, about: tuple[str, ...], headings: list[str],
              rows: list[list[Any]], body: dict[str, Any]) -> None:
    """Write the result through the one door, with what was measured beside it."""
    from ewglink.drawing.answers import AnswerSheet, AnswerTable
    from ewglink.workspace.answering import hand_out

    table = AnswerTable(key, name, tuple(headings), tuple(map(tuple, rows)))
    hand_out(workspace, AnswerSheet(key, name, about, (table,), named=frozenset(_items_in(body))), path)


def _items_in(answer: Any) -> Iterator[int]:
    """The ids of all items that an answer names."""
    if isinstance(answer, dict) and "identity" in answer:
        yield answer["id"]
    elif isinstance(answer, (dict, list)):
        for one in answer.values() if isinstance(answer, dict) else answer:
            yield from _items_in(one)


def _body(workspace: Workspace, network: Network, answer: Answer, top: int | None) -> dict[str, Any]:
    from ewglink.analysis.contract import Groups, Ranking

    if isinstance(answer, Ranking):
        ids = network.ids[answer.rows[:top]].tolist()
        named = refs(workspace, ids)
        rows = [{"item": named[item], "value": _number(value)}
                for item, value in zip(ids, answer.values[:top].tolist(), strict=True)]
        if answer.errors is not None:
            for row, error in zip(rows, answer.errors[:top].tolist(), strict=True):
                row["error"] = error
        return {"rows": rows}
    if isinstance(answer, Groups):
        groups = [network.ids[group].tolist() for group in answer.groups[:top]]
        named = refs(workspace, {item for group in groups for item in group})
        return {"groups": [[named[item] for item in group] for group in groups]} | answer.facts
    return _table_body(workspace, network, answer, top)


def _table_body(workspace: Workspace, network: Network, answer: Table, top: int | None) -> dict[str, Any]:
    cells = answer.rows[:top]
    members = [network.ids[list(row)].tolist() for row in answer.members[:top]]
    named = refs(workspace, {int(network.ids[row[at]]) for row in cells for at in answer.items}
                 | {item for row in members for item in row})
    body: dict[str, Any] = {
        "headings": [_(heading) for heading in answer.headings],
        "rows": [[named[int(network.ids[cell])] if at in answer.items else _plain(cell) for at, cell in enumerate(row)]
                 for row in cells]}
    if answer.members:
        body["members"] = [[named[item] for item in row] for row in members]
    return body | ({"truncated": True} if answer.truncated else {})


def _compared_body(workspace: Workspace, found: Comparison, top: int | None) -> dict[str, Any]:
    ids = found.ids[:top].tolist()
    named = refs(workspace, ids)
    columns = zip(ids, found.before.tolist(), found.after.tolist(), found.place_before.tolist(),
                  found.place_after.tolist(), found.shift.tolist(), strict=False)
    return {"agreement": _number(found.agreement),
            "rows": [{"item": named[item], "value": _number(before), "value_without": _number(after), "place": place,
                      "place_without": place_after, "shift": shift}
                     for item, before, after, place, place_after, shift in columns]}


def _number(value: float) -> float | int | None:
    if value != value:
        return None
    return int(value) if value == int(value) and abs(value) < 1e15 else value


def _plain(cell: Any) -> Any:
    item = getattr(cell, "item", None)
    return item() if callable(item) else cell


def _as_table(body: dict[str, Any]) -> tuple[list[str], list[list[Any]]]:
    """The answer as headings and rows of plain cells."""
    if "groups" in body:
        return ([_("Group"), _("Size"), _("No."), _("Label")],
                [[number, len(group), item["id"], item["label"]]
                 for number, group in enumerate(body["groups"], 1) for item in group])
    if "headings" in body:
        rows = [[cell["label"] if isinstance(cell, dict) else cell for cell in row] for row in body["rows"]]
        if "members" not in body:
            return list(body["headings"]), rows
        ways = [" → ".join(str(item["label"]) for item in members) for members in body["members"]]
        return [*body["headings"], _("Entities")], [[*row, way] for row, way in zip(rows, ways, strict=True)]
    keys = {"value": _("Value"), "error": _("Standard error"), "value_without": _("Value without"),
            "place": _("Place"), "place_without": _("Place without"), "shift": _("Shift")}
    shown = [key for key in keys if body["rows"] and key in body["rows"][0]] or ["value"]
    return ([*(keys[key] for key in shown), _("No."), _("Label")],
            [[*(row[key] for key in shown), row["item"]["id"], row["item"]["label"]] for row in body["rows"]])


def _print(body: dict[str, Any], headings: list[str], rows: list[list[Any]], out: Output) -> None:
    if "groups" in body:
        if "modularity" in body:
            out.line(_("Modularity: {value}", value=f"{body['modularity']:.4f}"))
        for number, group in enumerate(body["groups"], 1):
            out.line(f"{number}. ({len(group)}) " + "; ".join(item["label"] for item in group))
        return
    if "agreement" in body and body["agreement"] is not None:
        out.line(_("Agreement of both rankings (Kendall’s tau): {value}", value=f"{body['agreement']:.4f}"))
    out.table(headings, ([f"{cell:.6g}" if isinstance(cell, float) else cell for cell in row] for row in rows))


def _measures() -> Iterable[Any]:
    from ewglink.analysis.contract import MEASURES

    return MEASURES


MEMBER = Analyse()
