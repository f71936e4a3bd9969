"""`ewglink undo` and `ewglink redo`: the last steps taken back, and done again."""

from __future__ import annotations

import argparse

from ewglink.cli.cases import open_case
from ewglink.cli.output import Output
from ewglink.model.refusal import Refusal
from ewglink.text import N_, Message, _, message


class Turn:
    """Takes so many steps, all of them or none."""

    def __init__(self, key: str, summary: str) -> None:
        self.key = key
        self.summary = summary

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The case and how many steps."""
        parser.add_argument("case", metavar=_("CASE"))
        parser.add_argument("steps", metavar="N", nargs="?", type=int, default=1,
                            help=_("how many steps; 1 if left out"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Take them."""
        from ewglink.workspace.history import label_of

        if args.steps < 1:
            raise Refusal("no_steps", message(N_("The number of steps must be 1 or more.")))
        with open_case(args.case) as workspace:
            stacks = workspace.case.stacks()
            waiting = len(stacks.undo if self.key == "undo" else stacks.redo)
            if 0 < waiting < args.steps:
                raise Refusal("not_so_many_steps", message(
                    N_("Only {n} steps can be taken that way; nothing was changed."), n=waiting))
            done: list[tuple[int, Message, str]] = []
            for _step in range(args.steps):
                changed = workspace.undo() if self.key == "undo" else workspace.redo()
                entry = workspace.case.journal_entry(changed.seq)
                done.append((changed.seq, label_of(entry.label, entry.args, workspace.schema), entry.label))
            stacks = workspace.case.stacks()
        out.document({"steps": [{"seq": seq, "label": label, "text": str(said)} for seq, said, label in done],
                      "can_undo": len(stacks.undo), "can_redo": len(stacks.redo)})
        for _seq, said, _label in done:
            if self.key == "undo":
                out.line(_("Undone: {step}", step=said))
            else:
                out.line(_("Done again: {step}", step=said))
        return 0


MEMBERS = (Turn("undo", N_("take back the last step, or the last N")), Turn("redo", N_("do again what was undone")))
