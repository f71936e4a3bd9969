"""`ewglink identify`: which identifiers a text can be."""

from __future__ import annotations

import argparse

from ewglink.cli.option_flags import day_of
from ewglink.cli.output import Output
from ewglink.model.refusal import Refusal
from ewglink.text import N_, _, message


class Identify:
    """Says what a number can be, and whether it holds."""

    key = "identify"
    summary = N_("which identifiers a text can be, and whether they hold")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The text, the country of its record, its kind and the day."""
        parser.add_argument("text", metavar=_("TEXT"))
        parser.add_argument("--country", metavar="XX", help=_("two-letter code of the country the record is from"))
        parser.add_argument("--kind", metavar=_("KIND"),
                            help=_("look at it as this kind only, such as epa_id or ca_md_no"))
        parser.add_argument("--on", metavar=_("DATE"),
                            help=_("the day on which a code must be in force, such as 2024-12-31 (today)"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Look."""
        from ewglink.identifiers.catalogue import SCHEMES, scheme_name
        from ewglink.workspace.identifier_check import look, told

        if args.kind is not None and args.kind not in SCHEMES:
            raise Refusal("unknown_kind", message(
                N_("There is no kind of identifier “{kind}”; these are known: {kinds}."), kind=args.kind,
                kinds=", ".join(sorted(member.key for member in SCHEMES))))  # fmt: skip
        (line,) = look([args.text], args.country.upper() if args.country else None, args.kind, day_of(args.on))
        found = line.found
        out.document({"text": args.text, "identifiers": [
            {"scheme": one.scheme, "name": str(scheme_name(one.scheme)), "normalised": one.normalised,
             "status": one.status, "code": one.code, "message": str(one.message), "detail": one.detail}
            for one in found]})
        out.table((_("Kind"), _("Normal form"), _("Check"), _("Why"), _("Tells")), (
            (scheme_name(one.scheme), one.normalised, one.status, one.message, told(one)) for one in found))
        if line.said is not None:
            out.line(f"{args.text}: {line.said}")
        return 0


MEMBER = Identify()
