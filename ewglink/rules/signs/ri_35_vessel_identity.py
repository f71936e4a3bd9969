"""RI-35: numbers of a vessel that do not go together."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from ewglink.identifiers.catalogue import check
from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.quantities import plain_code
from ewglink.rules.seas import NAUTICAL_KM, hours, spots
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.timelines import kilometres
from ewglink.rules.trade import Thing, Trade
from ewglink.text import N_

_FASTEST = 60.0


def _test(vessel: Thing, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    flag, mmsi, imo = plain_code(vessel.values.get("flag")), vessel.text("mmsi"), vessel.text("imo_ship")
    if not mmsi and not imo:
        return lacking(vessel, "mmsi", "imo_ship")
    found = []
    if mmsi:
        said = check("mmsi", mmsi, country=flag or None)
        if said.status != "ok":
            found.append({"other_flag": "other flag", "unallotted": "unallocated MID"}.get(said.code, "MMSI invalid"))
        shared = around.kept("RI-35", lambda: Counter(one.text("mmsi") for one in around.vessels.values()))
        if shared[mmsi] > 1 or _two_places(vessel, around):
            found.append("two positions for one MMSI")
    if not imo or check("imo_ship", imo).status == "fail":
        found.append("IMO missing" if not imo else "IMO invalid")
    return Sign(1.0, {"reasons": found, "mmsi": mmsi, "imo": imo, "flag": flag}) if found else None


def _two_places(vessel: Thing, around: Surroundings) -> bool:
    """Whether one number reports from two places that lie too far apart for the time between."""
    return any(kilometres(one.at, two.at) > 10 and kilometres(one.at, two.at) / NAUTICAL_KM > _FASTEST * max(
        hours(one.when, two.when), 1 / 60) for one, two in pairwise(spots(vessel.id, around)))


MEMBER = PlainIndicator(
    "RI-35",
    "maritime",
    0.45,
    N_("Vessel identity mismatch"),
    N_("The country of the MMSI is not the flag, its digits are allotted to none, the IMO number is "
       "missing or invalid, or one MMSI is in two places at once; s = 1."),
    (N_("A change of flag whose new number was not set yet."),
     N_("A vessel that needs no IMO number: small, or not propelled."),),
    ("mmsi", "imo_ship", "flag", "latitude", "longitude", "start",),
    _test,
    over="vessel",
)
