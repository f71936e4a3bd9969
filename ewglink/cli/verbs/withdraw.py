"""`ewglink withdraw`: one source taken out of the middle of a case."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ewglink.cli.cases import open_case
from ewglink.cli.output import Output
from ewglink.model.refusal import Refusal
from ewglink.text import N_, _, message, ngettext

if TYPE_CHECKING:
    from ewglink.store.sources import Source
    from ewglink.workspace.workspace import Workspace


class Withdraw:
    """Takes out what one source says, and the items left with nothing said of them; can be undone."""

    key = "withdraw"
    summary = N_("take one source out of the case")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The case and the source."""
        parser.add_argument("case", metavar=_("CASE"))
        parser.add_argument("source", metavar=_("SOURCE"),
                            help=_("its number, its file's name, or the start of its SHA-256"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Withdraw it."""
        from ewglink.workspace.commands.items import withdraw

        with open_case(args.case) as workspace:
            source = _source(workspace, args.source)
            if source.withdrawn:
                raise Refusal("withdrawn_already", message(N_("{file} is withdrawn already."), file=source.name))
            before = workspace.case.items.counts("entity"), workspace.case.items.counts("link")
            workspace.do(withdraw(workspace.case, source.id))
            after = workspace.case.items.counts("entity"), workspace.case.items.counts("link")
        gone = [sum(then.values()) - sum(now.values()) for then, now in zip(before, after, strict=True)]
        out.document({"source": {"id": source.id, "name": source.name, "sha256": source.sha256},
                      "entities_removed": gone[0], "links_removed": gone[1]})
        out.line(_("Withdrawn: {file}; with it went {entities} and {links}.", file=source.name,
                   entities=ngettext("{n} entity", "{n} entities", gone[0]),
                   links=ngettext("{n} link", "{n} links", gone[1])))
        return 0


def _source(workspace: Workspace, text: str) -> Source:
    found = [one for one in workspace.case.sources.listed()
             if text in (str(one.id), one.name) or (len(text) >= 8 and one.sha256.startswith(text.lower()))]
    if not found:
        raise Refusal("no_source", message(N_("There is no source “{name}” in the case; see: list CASE sources."),
                                           name=text))
    if len(found) > 1:
        raise Refusal("ambiguous_source", message(
            N_("{n} sources are named “{name}”; name one by its number: {numbers}."), n=len(found), name=text,
            numbers=", ".join(str(one.id) for one in found)))
    return found[0]


MEMBER = Withdraw()
