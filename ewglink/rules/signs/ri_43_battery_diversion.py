"""RI-43: lead-acid batteries that do not go where they should."""

from __future__ import annotations

import re

from ewglink.rules.batteries import is_lead_battery
from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.licences import REGISTERS, covered
from ewglink.rules.loads import by_party
from ewglink.rules.past import happened
from ewglink.rules.quantities import listed
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Line, Movement, Party, Trade
from ewglink.text import N_

_DRAINED = re.compile(r"\bdrained|sin [aá]cido|vid[eé]e|dr[ey] batter", re.I)
_WHOLE = re.compile(r"undrained|\bwhole\b|with acid|con [aá]cido|enter[ao]s|non vid[eé]|wet", re.I)
_NEUTRAL = re.compile(r"neutrali[sz]", re.I)
_COMPLAINTS = frozenset({"complaint", "blood_lead", "air_complaint", "air_quality", "lead_poisoning",
                         "health_complaint"})
_LOSS = 0.10


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    loads = [(load, lines) for load in by_party(party.id, around, ("exporters", "receivers"))
             if (lines := [line for line in load.lines if is_lead_battery(line)])]
    if not loads:
        return idle(party, around, "exporter_of", "receiver_of")
    reasons = _mixed([line for _load, lines in loads for line in lines])
    odd = {load.id for load, lines in loads for line in lines if _lost(line)}
    if odd:
        reasons.append("weight lost")
    bare = {load.id for load, _lines in loads if _bare(load, trade, around)}
    if bare:
        reasons.append("facility without a licence")
    if any(happened(item, _COMPLAINTS, around) for load, _lines in loads[:1000] for item in load.receivers):
        reasons.append("complaints near the facility")
    if reasons:
        return Sign(min(1.0, len(reasons) / 2), {"reasons": reasons, "loads": len(loads)},
                    tuple(sorted(odd | bare)[:20]))
    known = any(line.text("description") or line.received_kg is not None for _load, lines in loads for line in lines)
    return None if known else lacking(party, "description", "quantity_received", "semarnat_auth")


def _mixed(lines: list[Line]) -> list[str]:
    """Drained and whole batteries side by side; batteries drained without a record of neutralised acid."""
    said = [line.text("description") for line in lines]
    whole = sum(1 for text in said if _WHOLE.search(text))
    drained = [line for line, text in zip(lines, said, strict=True) if _DRAINED.search(text)]
    found = ["drained and whole"] if whole and drained else []
    if any(not _NEUTRAL.search(" ".join((line.text("description"), *listed(line.values.get("comments")),
                                         *listed(line.movement.values.get("comments"))))) for line in drained):
        found.append("no record of neutralised acid")
    return found


def _lost(line: Line) -> bool:
    return bool(line.kg and line.received_kg is not None and (line.kg - line.received_kg) / line.kg > _LOSS)


def _bare(load: Movement, trade: Trade, around: Surroundings) -> bool:
    """Whether a load went to a facility without a registration, in a country of which the case has some."""
    known = around.kept("RI-43", lambda: {one.country for one in trade.parties.values() for key in
                                          REGISTERS.get(one.country, ()) if one.text(key)})
    on = load.delivered or load.shipped
    return on is not None and any(
        one.country in known and not covered(one, on, trade, REGISTERS[one.country])
        for item in load.receivers if (one := trade.parties[item]))


MEMBER = PlainIndicator(
    "RI-43",
    "maritime",
    0.5,
    N_("Diversion of lead-acid batteries"),
    N_("Of lead-acid batteries: drained and whole ones mixed, no record of neutralised acid, delivery "
       "to a facility without a licence, complaints about lead or air near it, more than 10 % of the "
       "weight lost; s = n / 2, at most 1."),
    (N_("Acid that leaked or dried on the way."),
     N_("A smelter whose licence stands under the name of its owner."),
     N_("Complaints about a neighbour."),),
    ("description", "comments", "quantity", "quantity_received", "un", "hs", "semarnat_auth",
     "epa_id", "ca_prov_id", "participated_in", "event_kind",),
    _test,
)
