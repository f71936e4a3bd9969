"""`ewglink check`: the rules run over a case, and what they find."""

from __future__ import annotations

import argparse

from ewglink.cli import progress_line
from ewglink.cli.cases import open_case
from ewglink.cli.option_flags import day_of
from ewglink.cli.output import Output
from ewglink.text import N_, _, ngettext


class Check:
    """Checks movements, consents and parties against the rules; what is found stays in the case with its inputs."""

    key = "check"
    summary = N_("run the rules and list what they find")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The case, which rules, as of when."""
        parser.add_argument("case", metavar=_("CASE"))
        parser.add_argument("--rule", nargs="+", metavar="ID", help=_("only these rules: NC-01 NC-06 …"))
        parser.add_argument("--as-of", metavar=_("DATE"), help=_("the day that open matters are counted to; today"))
        parser.add_argument("--all", action="store_true", help=_("evaluate everything again, not only what changed"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Run them and list the findings."""
        from ewglink.rules.saying import SEVERITY_NAMES, sentence, title
        from ewglink.store.findings import findings
        from ewglink.workspace.checking import check

        with open_case(args.case) as workspace:
            done = progress_line.run(check(workspace, args.rule, day_of(args.as_of), whole=args.all))
            assert done is not None
            found = findings(workspace.case, rules=args.rule)
        out.document({
            "findings": [{"rule": one.rule, "severity": one.severity, "objects": list(one.refs),
                          "items": [*one.objects, *one.about], "values": one.values,
                          "message": sentence(one.rule, one.values), "status": one.state} for one in found],
            "not_evaluable": done.not_evaluable})
        for one in found:
            out.line(f"{one.rule}  {_(SEVERITY_NAMES[one.severity])}  {', '.join(one.refs)}: "  # type: ignore[index]
                     f"{sentence(one.rule, one.values)}")
        for rule, count in done.not_evaluable.items():
            out.line(ngettext("{rule} {title}: not evaluable for {n} record", "{rule} {title}: not evaluable for {n} "
                              "records", count, rule=rule, title=title(rule)))
        out.line(ngettext("{n} finding as of {day}", "{n} findings as of {day}", len(found), day=str(done.as_of)))
        return 0


MEMBER = Check()
