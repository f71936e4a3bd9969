"""`ewglink import`: files into a case."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ewglink.cli import progress_line
from ewglink.cli.cases import open_case
from ewglink.cli.option_flags import WrongUsage, values_from
from ewglink.cli.option_help import options_help
from ewglink.cli.output import Output
from ewglink.model.refusal import Refusal
from ewglink.text import N_, _, message, ngettext, number

if TYPE_CHECKING:
    from ewglink.importers.contract import Problem
    from ewglink.workspace.import_plan import ImportRequest
    from ewglink.workspace.import_report import ImportReport, SourceReport

SHOWN = 20
_ONLY = "table"
"""What the table of a file is called that has but one."""


class Import:
    """Imports files, and the files of folders, as one step that can be undone."""

    key = "import"
    summary = N_("import files into a case, as one step")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The files and how they are read; with `--format`, the options of that format as flags."""
        parser.set_defaults(takes_flags=True, more_help=options_help(N_("options of the formats:"), _formats))
        parser.add_argument("case", metavar=_("CASE"))
        parser.add_argument("files", metavar=_("FILE"), nargs="+")
        parser.add_argument("--format", metavar="F", help=_("the format; found from the file where it is left out"))
        parser.add_argument("--spec", metavar="SPEC", help=_("a specification: its name, or a JSON file"))
        parser.add_argument("--suggest", metavar="OUT", help=_("write a first specification for the file to this JSON "
                                                               "file, to be changed; nothing is imported"))
        parser.add_argument("--dry-run", action="store_true", help=_("count, and write nothing"))
        parser.add_argument("--strict", action="store_true", help=_("refuse where a row would be rejected"))
        parser.add_argument("--rejected", metavar="OUT", help=_("write rejected rows to this CSV file"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Import."""
        from ewglink.workspace.commands.importing import ImportRequest, import_files, write_rejected

        options = _options(args)
        requests = [ImportRequest(Path(file), args.format, args.spec, options) for file in args.files]
        if args.suggest:
            return _suggest(args.case, requests[0], Path(args.suggest), out)
        with open_case(args.case) as workspace:
            report = progress_line.run(import_files(workspace, requests, dry_run=args.dry_run, strict=args.strict))
        assert report is not None
        if args.rejected:
            try:
                write_rejected(report, Path(args.rejected))
            except OSError as error:
                raise _not_written(args.rejected, error) from error
        out.document(report.as_json())
        _print(report, out)
        return 0


def _suggest(case: str, request: ImportRequest, path: Path, out: Output) -> int:
    """Write a first specification for a file; never in the place of another."""
    from ewglink.importers.reader_process import Reader
    from ewglink.workspace.commands.importing import first_specification

    with open_case(case) as workspace, Reader() as reader:
        spec = first_specification(request, workspace.schema, reader)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(json.dumps(spec.body, ensure_ascii=False, indent=2) + "\n")
    except OSError as error:
        raise _not_written(str(path), error) from error
    out.document({"specification": str(path), "body": spec.body})
    out.line(_("{file} is a first specification for {source}: change what is not so, then import with --spec {file}.",
               file=str(path), source=request.path.name))
    return 0


def _not_written(file: str, error: OSError) -> Refusal:
    words = N_("{file} cannot be written: {reason}.")
    return Refusal("cannot_write", message(words, file=file, reason=error.strerror or str(error)), file=file)


def _options(args: argparse.Namespace) -> dict[str, Any]:
    if not args.flags:
        return {}
    if args.format is None:
        raise WrongUsage(_("The option {flag} belongs to a format: name it with --format.", flag=args.flags[0]))
    from ewglink.importers.contract import FORMATS

    if args.format not in FORMATS:
        raise Refusal("unknown_format_name", message(N_("There is no import format “{name}”. There are: {known}."),
                                                     name=args.format, known=", ".join(FORMATS.keys())))
    return values_from(FORMATS.get(args.format).options, args.flags)


def _print(report: ImportReport, out: Output) -> None:
    if report.dry_run:
        out.line(_("Nothing was written; this is what an import would do."))
    for source in report.sources:
        if source.known:
            out.line(_("{file}: known already, nothing new", file=source.file))
        elif not source.format:
            for one in source.warnings:
                out.line(_("{file}: not imported. {reason}", file=source.file, reason=one.message))
        else:
            _print_source(source, out)


def _print_source(source: SourceReport, out: Output) -> None:
    if source.along_with is not None:
        out.line(_("{file}: taken along with {other}", file=source.file, other=source.along_with))
        if not source.rows:
            return
    out.line(ngettext("{file}: {n} row; entities {new} new, {known} known; links {links} new, {links_known} known",
                      "{file}: {n} rows; entities {new} new, {known} known; links {links} new, {links_known} known",
                      source.rows, file=source.file, new=number(source.entities_new),
                      known=number(source.entities_known), links=number(source.links_new),
                      links_known=number(source.links_known)))
    for title, problems in ((_("rejected"), source.rejected), (_("warnings"), source.warnings)):
        if problems:
            out.line(f"  {title}: {len(problems)}")
        for one in problems[:SHOWN]:
            out.line(f"    {_place(one)}{one.message}")
        if len(problems) > SHOWN:
            out.line(_("    … and {n} more", n=len(problems) - SHOWN))


def _place(one: Problem) -> str:
    """Where in its file a problem is: table, row, column."""
    table = f"{one.part}, " if one.part not in ("", _ONLY) else ""
    if one.row is None:
        return table + (f"{one.field}: " if one.field else "")
    if one.field:
        return table + _("row {row}, {column}: ", row=one.row, column=one.field)
    return table + _("row {row}: ", row=one.row)


def _formats() -> Iterable[Any]:
    from ewglink.importers.contract import FORMATS

    return FORMATS


MEMBER = Import()
