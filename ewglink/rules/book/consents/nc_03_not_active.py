"""NC-03: a load under a consent that was refused, withdrawn, suspended or not yet given."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Said, Setting
from ewglink.rules.decisions import inactive, is_stated
from ewglink.rules.judging import broken, missing
from ewglink.rules.plain import PlainRule
from ewglink.rules.refusals import refused_before
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    movement, stream = line.movement, line.stream
    shipped = str(movement.shipped or "")
    if not line.references and not line.streams:
        for refused in refused_before(movement, trade):
            yield broken(line, refused, status=refused.status, shipped=shipped, since=None)
            return
    if stream is None:
        return
    status, since = inactive(stream, trade, movement.shipped)
    if status:
        yield broken(line, stream, status=status, shipped=shipped, since=None if since is None else since.isoformat())
    elif not is_stated(stream, trade):
        yield from missing(line, "determination", "status")


MEMBER = PlainRule(
    "NC-03",
    N_("Consent not active"),
    N_("The consent or its notice was pending, objected to, withdrawn, lapsed, suspended or revoked on the "
       "shipping date; or the load names no consent, and a notice of the same exporter for the same receiver "
       "had been objected to. Where authorities' decisions have days, the state on that day counts, else the "
       "state last recorded."),
    N_("On {shipped} consent {consent} was not active: {status} (since {since}; “–” where no day is known and the "
       "state last recorded counts)."),
    N_("A decision that was in force on the shipping date."),
    "high",
    "line",
    ("status", "determination", "ship_date", "valid_from", "grants", "objects_to", "suspends", "revokes"),
    N_("40 CFR 262 subpart H; SOR/2021-25"),
    _test,
    version="2",
)
