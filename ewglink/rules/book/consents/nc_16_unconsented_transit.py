"""NC-16: a country on the way that the consent does not name."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Said, Setting
from ewglink.rules.judging import broken, ends, missing
from ewglink.rules.plain import PlainRule
from ewglink.rules.quantities import listed, plain_code
from ewglink.rules.trade import Line, Trade
from ewglink.text import N_


def _test(line: Line, trade: Trade, setting: Setting) -> Iterator[Said]:
    stream, movement = line.stream, line.movement
    if stream is None:
        return
    passed = {place.country for place in movement.transits if place.country}
    passed |= {plain_code(one) for one in listed(movement.values.get("transit_countries"))}
    if not passed:
        return
    leaves, goes = ends(movement, trade)
    if not leaves or not goes:
        yield from missing(line, "exporter_of", "receiver_of", "country")
        return
    extra = sorted(passed - {leaves, goes} - stream.transit)
    if extra:
        yield broken(line, stream, countries=extra, allowed=sorted({leaves, goes} | stream.transit))


MEMBER = PlainRule(
    "NC-16",
    N_("Unconsented transit"),
    N_("The countries of the route are not all among the exporting, the importing and the transit countries of "
       "the consent."),
    N_("The load passed through {countries}, for which consent {consent} does not allow transit."),
    N_("The consent of the transit country, or a corrected route."),
    "high",
    "line",
    ("transited", "crossed_at", "transit_countries", "route",),
    N_("40 CFR 262 subpart H; SOR/2021-25"),
    _test,
)
