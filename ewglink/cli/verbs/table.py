"""`ewglink table`: an association matrix, a toll analysis, a flow chart or competing hypotheses, printed or written."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ewglink.cli.cases import open_case
from ewglink.cli.option_flags import options_from
from ewglink.cli.option_help import options_help
from ewglink.cli.output import Output
from ewglink.text import N_, _

if TYPE_CHECKING:
    from ewglink.drawing.answers import AnswerSheet


class Table:
    """Answers a question by tables; with `--out` as XLSX, PDF or (a flow chart, a matrix) PNG or SVG."""

    key = "table"
    summary = N_("tables of a case: association, toll, flow, hypotheses")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The case, the table, and where to write it; options of the table are flags."""
        parser.set_defaults(takes_flags=True, more_help=options_help(N_("options of the tables:"), _tables))
        parser.add_argument("case", metavar=_("CASE"))
        parser.add_argument("table", metavar=_("TABLE"), help="association | toll | flow | hypotheses")
        parser.add_argument("--out", metavar=_("FILE"), help=_("write it there: .xlsx, .pdf, .png or .svg"))
        parser.add_argument("--top", type=int, metavar="N", help=_("at most so many rows of each table"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Answer, and write it where that was asked for."""
        from ewglink.workspace.answering import hand_out, question

        wanted = question(args.table)
        options = options_from(wanted.options, args.flags)
        with open_case(args.case) as workspace:
            sheet = wanted.answer(workspace, options)
            written = hand_out(workspace, sheet, Path(args.out)) if args.out else None
        out.document(_document(sheet, args.top) | ({"written": written.as_json()} if written else {}))
        out.line(sheet.title)
        for line in sheet.about:
            out.line(line)
        if written is not None:
            for file in written.files:
                out.line(_("Written: {file}", file=str(file.path)))
            return 0
        for table in sheet.tables:
            out.line()
            out.line(f"{table.name} ({len(table.rows)})")
            out.table(table.headings, table.rows[:args.top])
        return 0


def _document(sheet: AnswerSheet, top: int | None) -> dict[str, Any]:
    tables = {one.key: {"name": one.name, "headings": list(one.headings),
                        "rows": [{"cells": list(row), "items": list(one.of(at))}
                                 for at, row in enumerate(one.rows[:top])]} for one in sheet.tables}
    return {"table": sheet.key, "title": sheet.title, "about": list(sheet.about), "tables": tables}


def _tables() -> Iterable[Any]:
    from ewglink.workspace.answering import QUESTIONS

    return [SimpleNamespace(key=one.key, options=one.options) for one in QUESTIONS.values()]


MEMBER = Table()
