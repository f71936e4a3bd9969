"""RI-36: a vessel beside another at sea, or waiting off a coast without ports."""

from __future__ import annotations

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.seas import NAUTICAL_KM, hours, is_in_port, meetings, shore_km, spots, waits
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Thing, Trade
from ewglink.text import N_

_LONG, _WAIT, _NEAR_KM, _UNLIT_KM = 4.0, 24.0, 50 * NAUTICAL_KM, 10 * NAUTICAL_KM


def _test(vessel: Thing, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    seen = [spot for spot in spots(vessel.id, around) if spot.speed is not None]
    told = around.kept("RI-36", lambda: {
        item for bond in around.source.bonds(("sts_with",)) for item in (bond.a, bond.b)})
    if vessel.id in told:
        return Sign(1.0, {"reason": "ship-to-ship transfer on record"})
    if not seen:
        return lacking(vessel, "start", "latitude", "longitude", "speed_knots")
    for met in meetings(vessel.id, around):
        if met.hours > _LONG and not is_in_port(met.at):
            return Sign(1.0, {"reason": "beside another vessel", "hours": round(met.hours, 1),
                              "start": met.start.isoformat()}, (met.other, met.spot))
    for run in waits(vessel.id, around):
        long = hours(run[0].when, run[-1].when)
        if long > _WAIT and not is_in_port(run[0].at, _UNLIT_KM) and shore_km(run[0].at) <= _NEAR_KM:
            return Sign(1.0, {"reason": "loitering", "hours": round(long, 1), "start": run[0].when.isoformat()},
                        (run[0].id, run[-1].id))
    return None


MEMBER = PlainIndicator(
    "RI-36",
    "maritime",
    0.35,
    N_("Meeting or loitering at sea"),
    N_("Two vessels within 500 m, slower than 2 knots, for more than 4 hours outside a port (5 km); or "
       "slower than 2 knots for more than 24 hours within 50 NM of a coast without a known port within "
       "10 NM; s = 1."),
    (N_("Bunkering, pilots, tugs and supply boats."),
     N_("Waiting at an anchorage for a berth or for better weather."),),
    ("start", "latitude", "longitude", "speed_knots", "sts_with",),
    _test,
    over="vessel",
)
