"""RI-50: forms that look forged."""

from __future__ import annotations

from collections import defaultdict

from ewglink.identifiers.catalogue import check
from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.loads import by_party
from ewglink.rules.quantities import day
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Movement, Party, Trade
from ewglink.text import N_

_ROLES = ("exporters", "shippers", "carriers", "receivers")
_SIGNED = ("part_a_date", "certified_date", "ship_date")


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    loads = by_party(party.id, around, _ROLES)
    if not loads:
        return idle(party, around, "exporter_of", "receiver_of", "carrier_of")
    twice = around.kept("RI-50", lambda: _twice(trade))
    reasons, odd, known = set(), [], False
    for load in loads:
        known = known or bool(load.numbers or load.documents or load.values.get("created"))
        why = twice.get(load.id, set()) | _own(load)
        reasons |= why
        odd += [load.id] if why else []
    if not known:
        return lacking(party, "mtn", "documented_by", "created", "sha256")
    return Sign(min(1.0, len(reasons) / 2), {"reasons": sorted(reasons), "loads": len(odd)},
                tuple(odd[:20])) if reasons else None


def _own(load: Movement) -> set[str]:
    """What a load's own form shows: made after it was signed, or a suffix that no printer has."""
    found = set()
    made = day(load.values.get("created"))
    signed = next((on for key in _SIGNED if (on := day(load.values.get(key)))), None)
    if made is not None and signed is not None and made > signed:
        found.add("made after it was signed")
    tracking = load.numbers.get("mtn", "")
    if tracking:
        said = check("mtn", tracking)
        electronic = "electronic" in load.text("submission_type").casefold()
        if said.code == "unknown_suffix" or (electronic and said.status == "ok" and not said.detail.get("electronic")):
            found.add("suffix")
    return found


def _twice(trade: Trade) -> dict[int, set[str]]:
    """Load → a form number, or a scan, that another load has too."""
    found: dict[int, set[str]] = defaultdict(set)
    for loads in trade.tracking.values():
        for load in loads if len(loads) > 1 else ():
            found[load.id].add("number of the form used twice")
    scans: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for load in trade.movements.values():
        for paper in load.documents:
            if paper.text("sha256"):
                scans[paper.text("sha256").casefold()].add((load.id, paper.id))
    for every in scans.values():
        if len({paper for _load, paper in every}) > 1:
            for item, _paper in every:
                found[item].add("same scan on two forms")
    return dict(found)


MEMBER = PlainIndicator(
    "RI-50",
    "conduct",
    0.45,
    N_("Signs of a forged document"),
    N_("A number of a form on two loads, a form made after the day it was signed, the same scan on two "
       "forms, a suffix of the number that no printer has or that an electronic form cannot have; s = n "
       "/ 2, at most 1."),
    (N_("A paper form that was entered into the system later."),
     N_("A load split over two records of one manifest."),
     N_("A list of printers that is out of date."),),
    ("mtn", "ca_md_no", "mx_manifest_no", "created", "certified_date",
     "part_a_date", "submission_type", "sha256", "documented_by",),
    _test,
)
