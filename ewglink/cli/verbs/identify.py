"""`ewglink identify`: which identifiers a text can be."""

from __future__ import annotations

import argparse

from ewglink.cli.output import Output
from ewglink.text import N_, _


class Identify:
    """Says what a number can be, and whether it holds."""

    key = "identify"
    summary = N_("which identifiers a text can be, and whether they hold")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The text and the country of its record."""
        parser.add_argument("text", metavar=_("TEXT"))
        parser.add_argument("--country", metavar="XX", help=_("two-letter code of the country the record is from"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Look."""
        from ewglink.identifiers.catalogue import identify, scheme_name

        found = identify(args.text, country=args.country.upper() if args.country else None)
        out.document({"text": args.text, "identifiers": [
            {"scheme": one.scheme, "name": str(scheme_name(one.scheme)), "normalised": one.normalised,
             "status": one.status, "code": one.code, "message": str(one.message), "detail": one.detail}
            for one in found]})
        out.table((_("Kind"), _("Normal form"), _("Check"), _("Why")), (
            (scheme_name(one.scheme), one.normalised, one.status, one.message) for one in found))
        if not found:
            out.line(_("“{text}” has the form of no identifier known here.", text=args.text))
        return 0


MEMBER = Identify()
