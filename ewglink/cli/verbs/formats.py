"""`ewglink formats`: what can be read and written."""

from __future__ import annotations

import argparse
from typing import Any

from ewglink.cli.option_flags import flag
from ewglink.cli.output import Output
from ewglink.plugins.options import options_of
from ewglink.text import N_, _


class Formats:
    """Every importer and exporter with its suffixes and options."""

    key = "formats"
    summary = N_("every importer and exporter with its suffixes")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """None."""

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """List them."""
        from ewglink.exporters.contract import EXPORTS
        from ewglink.importers.contract import FORMATS

        read = [_described(member, {"kind": member.kind}) for member in FORMATS]
        written = [_described(member, {"takes": member.takes}) for member in EXPORTS]
        out.document({"importers": read, "exporters": written})
        for title, members in ((_("Read"), read), (_("Written"), written)):
            out.line(title)
            out.table((_("Format"), _("Suffixes"), _("Options"), _("Name")), (
                (f"  {one['key']}", " ".join(one["suffixes"]), " ".join(option["flag"] for option in one["options"]),
                 one["name"]) for one in members))
            out.line()
        for member, reason in sorted((FORMATS.left_out | EXPORTS.left_out).items()):
            out.note(_("“{member}” of another package cannot be loaded and is left out: {reason}", member=member,
                      reason=reason))
        return 0


def _described(member: Any, more: dict[str, Any]) -> dict[str, Any]:
    options = [{"flag": flag(option), "type": option.kind.__name__, "default": option.default,
                "choices": list(option.choices)} for option in options_of(member.options)]
    return {"key": member.key, "name": _(member.name), "suffixes": list(member.suffixes), **more, "options": options}


MEMBER = Formats()
