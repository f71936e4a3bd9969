"""RI-31: numbers of containers and seals, and weights, that do not hold."""

from __future__ import annotations

from ewglink.identifiers.catalogue import check
from ewglink.names.clean import search_key
from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.loads import by_party
from ewglink.rules.quantities import listed, number, plain_code
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.timelines import clashes
from ewglink.rules.trade import Movement, Party, Thing, Trade
from ewglink.text import N_

_ROLES = ("exporters", "shippers", "carriers")
_SHARE = 0.10


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    loads = by_party(party.id, around, _ROLES)
    if not loads:
        return idle(party, around, "carried_in")
    reused = around.kept("RI-31", lambda: _reused(trade, around))
    known, odd = 0, []
    for load in loads:
        containers = [unit for unit in load.units if unit.type == "container"]
        weighed = _ticket(load)
        known += bool(containers or weighed is not None)
        reason = _reason(load, containers, reused, weighed)
        if reason:
            odd.append((reason, load))
    if not known:
        return lacking(party, "carried_in", "iso6346", "seals")
    if not odd:
        return None
    return Sign(1.0, {"reason": odd[0][0], "loads": len(odd), "of": known},
                tuple(load.id for _why, load in odd[:20]))


def _reason(load: Movement, containers: list[Thing], reused: dict[int, str], weighed: float | None) -> str:
    for unit in containers:
        number_of = unit.text("iso6346")
        if number_of and check("iso6346", number_of).status == "fail":
            return "check digit"
    if load.id in reused:
        return reused[load.id]
    if weighed is not None and load.kg and abs(weighed - load.kg) / load.kg > _SHARE:
        return "weight ticket"
    return ""


def _ticket(load: Movement) -> float | None:
    """What the scales showed: of a document that is a weight ticket."""
    for paper in load.documents:
        said = search_key(f"{paper.text('document_type')} {paper.text('kind')}")
        if any(word in said for word in ("weight ticket", "weigh", "scale ticket", "pesaje", "pesee")):
            return number(paper.values.get("net_kg"))
    return None


def _reused(trade: Trade, around: Surroundings) -> dict[int, str]:
    """Load → what is wrong with its containers and seals: a seal of another journey, two sets of seals on one, a
    container in two places at once."""
    found: dict[int, str] = {}
    first: dict[str, tuple[int, int]] = {}
    seals: dict[tuple[int, int], frozenset[str]] = {}
    for bond in around.source.bonds(("carried_in",)):
        mine = frozenset(plain_code(one) for one in listed(bond.values.get("seals")))
        if bond.a not in trade.movements or not mine:
            continue
        before = seals.setdefault((bond.a, bond.b), mine)
        if before != mine:
            found[bond.a] = "seal changed"
        for seal in mine:
            known = first.setdefault(seal, (bond.a, bond.b))
            if known != (bond.a, bond.b) and _apart(trade.movements[known[0]], trade.movements[bond.a]):
                found.setdefault(bond.a, "seal used twice")
                found.setdefault(known[0], "seal used twice")
    for one, other in clashes(trade, "container"):
        found.setdefault(one, "container in two places")
        found.setdefault(other, "container in two places")
    return found


def _apart(one: Movement, other: Movement) -> bool:
    """Whether two loads did not travel together."""
    return one.shipped != other.shipped or set(one.receivers) != set(other.receivers)


MEMBER = PlainIndicator(
    "RI-31",
    "logistics",
    0.4,
    N_("Seal or container irregularity"),
    N_("A container number whose check digit fails, a container under way on two loads at once, a seal "
       "that was changed or used on another journey, or a weight ticket more than 10 % away from what "
       "was declared; s = 1."),
    (N_("A digit misread or mistyped."),
     N_("A seal that customs replaced, with a record elsewhere."),
     N_("Scales that weigh packaging or moisture too."),),
    ("iso6346", "carried_in", "seals", "net_kg", "document_type", "quantity",),
    _test,
)
