"""`ewglink tracks`: what positions of vessels show: silences, calls at ports, meetings."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import asdict
from types import SimpleNamespace
from typing import Any

from ewglink.cli.cases import open_case
from ewglink.cli.option_flags import options_from
from ewglink.cli.option_help import options_help
from ewglink.cli.output import Output
from ewglink.text import N_, _


class Tracks:
    """Puts silences and calls at ports into the case as events, and meetings as links; can be undone."""

    key = "tracks"
    summary = N_("what positions of vessels show: silences, calls at ports, meetings")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The case; the limits are flags."""
        parser.set_defaults(takes_flags=True, more_help=options_help(N_("limits:"), _limits))
        parser.add_argument("case", metavar=_("CASE"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Compute them; nothing found is no error."""
        from ewglink.analysis.tracks import TrackLimits
        from ewglink.workspace.commands.tracks import derive_tracks

        limits = options_from(TrackLimits, args.flags)
        with open_case(args.case) as workspace:
            changeset, found = derive_tracks(workspace.case, limits)
            if changeset:
                workspace.do(changeset)
        out.document(asdict(found) | {"limits": asdict(limits)})
        out.line(found.said())
        return 0


def _limits() -> Iterable[Any]:
    from ewglink.analysis.tracks import TrackLimits

    return [SimpleNamespace(key="tracks", options=TrackLimits)]


MEMBER = Tracks()
