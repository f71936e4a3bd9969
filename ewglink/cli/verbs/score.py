"""`ewglink score`: whom to look at first, with the reasons and the ways each of them may be wrong."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ewglink.cli import progress_line
from ewglink.cli.cases import open_case, title_of
from ewglink.cli.option_flags import day_of
from ewglink.cli.output import Output
from ewglink.text import N_, _, language, number

if TYPE_CHECKING:
    from ewglink.workspace.scoring import ScoredItem


class ScoreParties:
    """Scores parties and vessels by indicators; a score is a lead, not evidence, and is not kept in the case."""

    key = "score"
    summary = N_("score parties and vessels by indicators: leads, not evidence")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The case, whom, by which indicators, as of when."""
        parser.add_argument("case", metavar=_("CASE"))
        parser.add_argument("--party", metavar=_("ITEM"), help=_("only this party or vessel, with every reason"))
        parser.add_argument("--indicator", nargs="+", metavar="ID", help=_("only these indicators: RI-01 RI-14 …"))
        parser.add_argument("--as-of", metavar=_("DATE"), help=_("the day that years are counted to; today"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Score and list."""
        from ewglink.workspace.questions import find_item
        from ewglink.workspace.scoring import LEAD, score_case

        with open_case(args.case) as workspace:
            items = None if args.party is None else [find_item(workspace, args.party).id]
            done = progress_line.run(score_case(workspace, items, day_of(args.as_of), args.indicator))
            assert done is not None
            shown = [one for one in done.items if items is not None or one.score.contributions]
            out.document({"as_of": done.as_of.isoformat(), "note": str(LEAD),
                          "rows": [_row(one) for one in shown]})
            for one in shown:
                out.line(_("{score} of 100  {item}  coverage {pct} %", score=number(round(one.score.score, 1)),
                           item=title_of(one.ref, workspace, language()), pct=number(round(100 * one.score.coverage))))
                _reasons(one, out, innocents=items is not None)
            out.line(str(LEAD))
        return 0


def _row(one: ScoredItem) -> dict[str, Any]:
    from ewglink.workspace.scoring import innocent

    return {
        "item": one.ref.as_json(), "value": round(one.score.score, 4), "coverage": round(one.score.coverage, 4),
        "groups": {group: round(value, 4) for group, value in sorted(one.score.groups.items())},
        "contributions": [{"indicator": each.indicator, "group": each.group, "weight": each.weight,
                           "s": round(each.s, 4), "points": round(each.points, 4), "values": dict(each.values),
                           "items": list(each.objects), "innocent": [str(text) for text in innocent(each.indicator)]}
                          for each in one.score.contributions],
        "not_evaluable": {key: list(inputs) for key, inputs in one.score.missing.items()},
    }


def _reasons(one: ScoredItem, out: Output, *, innocents: bool) -> None:
    from ewglink.workspace.scoring import innocent, reason

    for each in sorted(one.score.contributions, key=lambda each: (-each.points, each.indicator)):
        out.line(f"    {each.indicator}  {number(round(each.points, 3))}  {reason(each)}")
        for text in innocent(each.indicator) if innocents else ():
            out.line("        " + _("It may be harmless: {reason}", reason=str(text)))
    if innocents and one.score.missing:
        out.line("    " + _("Not evaluable: {indicators}", indicators=", ".join(sorted(one.score.missing))))
        for key, why in sorted(one.score.why.items()):
            out.line(f"    {key}  {_(why)}")


MEMBER = ScoreParties()
