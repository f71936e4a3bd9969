"""Layers of a flow held against one another: the role of each party, and where goods, papers and money disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from ewglink.rules.trade import Movement
from ewglink.text import N_
from ewglink.workspace.flows import DOCUMENTS, GOODS, MONEY, TOLERANCE, FlowOptions, Flows, Gap, Step, lines_asked


def roles(movements: Iterable[Movement], steps: Iterable[Step]) -> dict[int, str]:
    """What each party is most of the time; one that only pays or is paid is a source or a market by its side."""
    said: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in movements:
        facilities = one.receivers or one.importers
        for role, who in (("source", [*one.shippers, *one.exporters]), ("broker", one.brokers),
                          ("carrier", one.carriers), ("facility", facilities),
                          ("market", [party for party in one.importers if party not in facilities])):
            for party in set(who):
                said[party][role] += 1
    order = ("facility", "carrier", "broker", "source", "market")
    found = {party: max(order, key=lambda role: (counts.get(role, 0), -order.index(role)))
             for party, counts in said.items()}
    for step in steps:
        if step.layer == MONEY:
            found.setdefault(step.taker, "source")
            found.setdefault(step.giver, "market")
        else:
            found.setdefault(step.giver, "source")
            found.setdefault(step.taker, "facility")
    return found


def gaps(flows: Flows, movements: Iterable[Movement], options: FlowOptions) -> list[Gap]:
    """For each source and facility that goods, papers or money connect: the layers side by side, odd ones first."""
    shipped: dict[tuple[int, int], float] = defaultdict(float)
    received: dict[tuple[int, int], list[float | None]] = defaultdict(list)
    declared: dict[tuple[int, int], float] = defaultdict(float)
    paid: dict[tuple[int, int], float] = defaultdict(float)
    items: dict[tuple[int, int], set[int]] = defaultdict(set)
    counted = {step.item for step in flows.steps if step.layer == GOODS}
    papers = {step.item: step.amount for step in flows.steps if step.layer == DOCUMENTS}
    for one in movements:
        pair = ends_of(one)
        if pair is None:
            continue
        if one.id in counted:
            lines = [line for line in lines_asked(one, options) if line.kg is not None]
            shipped[pair] += sum(line.kg or 0.0 for line in lines)
            received[pair] += [line.received_kg for line in lines]
            items[pair].add(one.id)
        for paper in one.declarations:
            if paper.id in papers:
                declared[pair] += papers.pop(paper.id)
                items[pair].add(paper.id)
    for step in flows.steps:
        if step.layer == MONEY:
            pair, sign = (step.taker, step.giver), 1.0
            if pair not in shipped and (step.giver, step.taker) in shipped:
                pair, sign = (step.giver, step.taker), -1.0
            paid[pair] += sign * step.amount
            items[pair].add(step.item)
    return _judged(shipped, received, declared, paid, items)


def ends_of(movement: Movement) -> tuple[int, int] | None:
    """The source and the facility of a movement."""
    sources, ends = movement.shippers or movement.exporters, movement.receivers or movement.importers
    return (sources[0], ends[0]) if sources and ends and sources[0] != ends[0] else None


def _judged(shipped: Mapping[tuple[int, int], float], received: Mapping[tuple[int, int], list[float | None]],
            declared: Mapping[tuple[int, int], float], paid: Mapping[tuple[int, int], float],
            items: Mapping[tuple[int, int], set[int]]) -> list[Gap]:
    any_money, any_papers = bool(paid), bool(declared)
    found = []
    for pair in {*shipped, *declared, *paid}:
        sent, papers, money = shipped.get(pair, 0.0), declared.get(pair), paid.get(pair, 0.0)
        weights = received.get(pair, [])
        arrived = sum(one for one in weights if one is not None) if weights and None not in weights else None
        reasons = []
        if arrived is not None and _apart(sent, arrived):
            reasons.append(N_("less received than shipped") if arrived < sent else N_("more received than shipped"))
        if any_papers and papers is None and sent:
            reasons.append(N_("goods without a declaration"))
        elif papers is not None and _apart(sent, papers):
            reasons.append(N_("declared and shipped differ"))
        if any_money and sent and not money:
            reasons.append(N_("goods without a payment"))
        if money and not sent:
            reasons.append(N_("a payment without goods"))
        if money < 0:
            reasons.append(N_("who ships also pays"))
        found.append(Gap(*pair, sent, arrived, papers, money, tuple(reasons), tuple(sorted(items[pair]))))
    return sorted(found, key=lambda one: (-len(one.reasons), -max(one.shipped, one.declared or 0.0), one.giver,
                                          one.taker))


def _apart(one: float, other: float) -> bool:
    return abs(one - other) > TOLERANCE * max(one, other)


def period_of(on: date | None, by: str) -> str:
    """The month, quarter or year of a day; empty where there is none."""
    if on is None:
        return ""
    if by == "quarter":
        return f"{on.year}-Q{(on.month + 2) // 3}"
    return f"{on.year}-{on.month:02}" if by == "month" else str(on.year)


def by_period(steps: Iterable[Step], by: str) -> dict[tuple[str, str, int, int, str], tuple[float, tuple[int, ...]]]:
    """(layer, period, giver, taker, codes) → how much, and the items; the codes of a step as one text."""
    found: dict[tuple[str, str, int, int, str], list[Step]] = defaultdict(list)
    for step in steps:
        key = step.layer, period_of(step.on, by), step.giver, step.taker, " ".join(sorted(step.codes))
        found[key].append(step)
    return {key: (sum(step.amount for step in own), tuple(sorted({step.item for step in own})))
            for key, own in sorted(found.items())}
