"""Flows of goods, documents and money: who passes what on to whom, what stays behind, and where the layers disagree.

Goods are kilograms of movement lines and of specimens, as shipped; into the facility, as received where that is stated.
Specimens that are counted in pieces or the like are a layer of their own, in the unit that most have. Documents are
the kilograms of customs declarations of the same movements. Money is what was paid, the accounts counted for their
owners. Nothing is guessed: what has no mass or no amount is listed as not evaluable.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from ewglink.plugins.options import option
from ewglink.rules.quantities import number
from ewglink.rules.trade import Line, Movement, Thing, Trade
from ewglink.rules.wildlife import amount
from ewglink.text import N_

GOODS, SPECIMENS, DOCUMENTS, MONEY = "goods", "specimens", "documents", "money"
LAYERS = {GOODS: N_("Goods"), SPECIMENS: N_("Specimens"), DOCUMENTS: N_("Documents"), MONEY: N_("Money")}
ROLES = {"source": N_("Source"), "broker": N_("Broker"), "carrier": N_("Carrier"), "facility": N_("Facility"),
         "market": N_("Market")}
"""Roles in the order goods go through them."""
TOLERANCE = 0.02
"""A share of the greater of two figures below which they are held to agree."""


@dataclass(frozen=True)
class FlowOptions:
    """Which goods and which time."""

    codes: str = option("", N_("Only these waste or HS codes (with commas; empty: all)"))
    start: str = option("", N_("From (date)"))
    end: str = option("", N_("Until (date)"))
    period: str = option("year", N_("Table by"), choices=("month", "quarter", "year"), choice_labels=(
        N_("Month"), N_("Quarter"), N_("Year")))
    brokers: bool = option(True, N_("Brokers of documents as a step of their own"))
    currency: str = option("", N_("Currency (empty: the most frequent)"))


class Step(NamedTuple):
    """One passing on: layer, from, to, how much (kg, or an amount), the item it stands for (a movement, declaration or
    payment), when, which codes, and as it was written."""

    layer: str
    giver: int
    taker: int
    amount: float
    item: int
    on: date | None
    codes: frozenset[str]
    written: str


class Left(NamedTuple):
    """What could not be counted, and why (marked with `N_`)."""

    item: int
    layer: str
    reason: str
    written: str


@dataclass(frozen=True)
class Arrow:
    """All passing on of a layer between two parties."""

    layer: str
    giver: int
    taker: int
    amount: float
    items: tuple[int, ...]


@dataclass
class Balance:
    """What went into and out of a party, a layer: `loss` is what did not go on where something did."""

    party: int
    layer: str
    into: float = 0.0
    out: float = 0.0
    items: list[int] = field(default_factory=list)

    @property
    def kept(self) -> float:
        """In less out."""
        return self.into - self.out


class Gap(NamedTuple):
    """Layers that disagree between two parties: kg shipped, received and declared, what was paid for them (`taker` paid
    `giver`, or the other way where below 0), and what is odd of it (marked with `N_`)."""

    giver: int
    taker: int
    shipped: float
    received: float | None
    declared: float | None
    paid: float
    reasons: tuple[str, ...]
    items: tuple[int, ...]


@dataclass(frozen=True)
class Flows:
    """The answer: single steps, arrows between parties, the role of each party, and what could not be counted."""

    steps: tuple[Step, ...]
    roles: Mapping[int, str]
    left: tuple[Left, ...]
    currency: str = ""
    unit: str = ""
    """What specimens without a mass are counted in, as their files write it."""

    def counted_in(self, layer: str) -> str:
        """The unit of a layer's amounts."""
        return {MONEY: self.currency, SPECIMENS: self.unit}.get(layer, "kg")

    def arrows(self, layer: str) -> list[Arrow]:
        """The arrows of a layer, the widest first."""
        found: dict[tuple[int, int], list[Step]] = defaultdict(list)
        for step in self.steps:
            if step.layer == layer:
                found[(step.giver, step.taker)].append(step)
        made = [Arrow(layer, *ends, sum(step.amount for step in own), tuple(sorted({step.item for step in own})))
                for ends, own in found.items()]
        return sorted(made, key=lambda one: (-one.amount, one.giver, one.taker))

    def balances(self, layer: str) -> list[Balance]:
        """What went into and out of each party, the busiest first."""
        found: dict[int, Balance] = {}
        for step in self.steps:
            if step.layer == layer:
                giver = found.setdefault(step.giver, Balance(step.giver, layer))
                taker = found.setdefault(step.taker, Balance(step.taker, layer))
                giver.out += step.amount
                taker.into += step.amount
                for party in {step.giver: giver, step.taker: taker}.values():
                    party.items.append(step.item)
        return sorted(found.values(), key=lambda one: (-max(one.into, one.out), one.party))


def codes_of(line: Line) -> frozenset[str]:
    """Every code of a line: waste codes of any scheme, UN and HS number."""
    found = {code for codes in line.codes.values() for code in codes}
    return frozenset(found | ({line.un} - {""}) | ({line.hs} - {""}))


def _asked(options: FlowOptions) -> frozenset[str]:
    return frozenset(code.strip().upper() for code in options.codes.split(",") if code.strip())


def in_time(on: date | None, options: FlowOptions) -> bool:
    """Whether a day lies between the dates asked for; what has no day only where none are asked for."""
    if on is None:
        return not options.start and not options.end
    text = on.isoformat()
    return (not options.start or text[: len(options.start)] >= options.start) and (
        not options.end or text[: len(options.end)] <= options.end)


def lines_asked(movement: Movement, options: FlowOptions) -> list[Line]:
    """The lines of a movement whose codes were asked for."""
    asked = _asked(options)
    return [line for line in movement.lines if not asked or asked & codes_of(line)]


def _chain(movement: Movement) -> list[int]:
    """The hands a load goes through: source, carriers in their order, facility; each once."""
    sources = movement.shippers or movement.exporters
    ends = movement.receivers or movement.importers
    return list(dict.fromkeys([*sources[:1], *movement.carriers, *ends[:1]]))


def goods(movements: Iterable[Movement], options: FlowOptions) -> tuple[list[Step], list[Left]]:
    """The steps of the goods, a line of a movement at a time."""
    steps: list[Step] = []
    left: list[Left] = []
    for movement in movements:
        on = _on(movement)
        if not in_time(on, options):
            continue
        chain = _chain(movement)
        for line in lines_asked(movement, options):
            codes = codes_of(line)
            written = f"{line.quantity:g} {line.unit}".strip() if line.quantity is not None else ""
            if line.kg is None:
                left.append(Left(line.id, GOODS, _why(line), written))
            elif len(chain) < 2:
                left.append(Left(movement.id, GOODS, N_("only one party of the movement is known"), written))
            else:
                steps += _passed(movement, line, chain, on, codes, written)
    return steps, left


def specimens(movements: Iterable[Movement], options: FlowOptions) -> tuple[list[Step], list[Left], str]:
    """The steps of wildlife, a specimen of a movement at a time: those with a mass as goods, others in the unit most of
    them have, which is given too."""
    kept: list[tuple[Movement, Thing, float | None]] = []
    for movement in movements:
        hs = movement.text("hs").upper()
        if in_time(_on(movement), options) and (not _asked(options) or hs in _asked(options)):
            kept += [(movement, one, amount(one)) for one in movement.goods if one.type == "specimen"]
    units = Counter(one.text("unit") for _load, one, kg in kept if kg is None and one.text("unit"))
    usual = max(sorted(units), key=lambda unit: units[unit], default="")
    steps: list[Step] = []
    left: list[Left] = []
    for movement, one, kg in kept:
        unit, quantity, chain = one.text("unit"), number(one.values.get("quantity")), _chain(movement)
        written = f"{quantity:g} {unit}".strip() if quantity is not None else ""
        counted = quantity if kg is None and unit == usual else kg
        if quantity is None or counted is None:
            left.append(Left(one.id, SPECIMENS, N_("no quantity is stated") if quantity is None else N_(
                "the specimens are counted in another unit"), written))
        elif len(chain) < 2:
            left.append(Left(movement.id, SPECIMENS, N_("only one party of the movement is known"), written))
        else:
            codes = frozenset({movement.text("hs").upper()} - {""})
            steps += [Step(GOODS if kg is not None else SPECIMENS, giver, taker, counted, movement.id, _on(movement),
                           codes, written) for giver, taker in pairwise(chain)]
    return steps, left, usual


def _on(movement: Movement) -> date | None:
    return movement.shipped or movement.crossed or movement.delivered


def _why(line: Line) -> str:
    if line.quantity is None:
        return N_("no quantity is stated")
    if not line.unit:
        return N_("the quantity has no unit")
    return N_("the unit is not one of mass, and no density is stated")


def _passed(movement: Movement, line: Line, chain: list[int], on: date | None, codes: frozenset[str],
            written: str) -> list[Step]:
    assert line.kg is not None
    last = len(chain) - 2
    out = []
    for at, (giver, taker) in enumerate(pairwise(chain)):
        arrived = line.received_kg if at == last and line.received_kg is not None else line.kg
        out.append(Step(GOODS, giver, taker, arrived, movement.id, on, codes, written))
    return out


def documents(movements: Iterable[Movement], trade: Trade, options: FlowOptions) -> tuple[list[Step], list[Left]]:
    """The steps of what was declared, from the source by way of the broker to the facility."""
    steps: list[Step] = []
    left: list[Left] = []
    asked, seen = _asked(options), set[int]()
    for movement in movements:
        for declared in movement.declarations:
            on = declared.on or movement.shipped
            codes = frozenset({declared.hs} - {""}) | frozenset(
                code for line in movement.lines for code in codes_of(line))
            if declared.id in seen or not in_time(on, options) or asked and not asked & codes:
                continue
            seen.add(declared.id)
            chain = [*(movement.exporters or movement.shippers)[:1],
                     *(movement.brokers[:1] if options.brokers else ()),
                     *(movement.receivers or movement.importers)[:1]]
            chain = list(dict.fromkeys(chain))
            if declared.kg is None:
                left.append(Left(declared.id, DOCUMENTS, N_("no mass is declared"), ""))
                continue
            steps += [Step(DOCUMENTS, giver, taker, declared.kg, declared.id, on, codes, f"{declared.kg:g} kg")
                      for giver, taker in pairwise(chain)]
    return steps, left


class Payment(NamedTuple):
    """A payment: its link, who to whom, how much in which currency, when."""

    id: int
    a: int
    b: int
    amount: float | None
    currency: str
    on: date | None


def money(payments: Collection[Payment], owners: Mapping[int, Collection[int]],
          options: FlowOptions) -> tuple[list[Step], list[Left], str]:
    """The steps of the money in one currency: the one asked for, else the one of most payments."""
    sums: dict[str, list[float]] = defaultdict(list)
    for one in payments:
        if one.amount is not None:
            sums[one.currency].append(one.amount)
    usual = max(sorted(sums), key=lambda key: (len(sums[key]), sum(sums[key])), default="")
    chosen = options.currency.strip().upper() or usual
    steps: list[Step] = []
    left: list[Left] = []
    for one in payments:
        if not in_time(one.on, options):
            continue
        written = f"{one.amount:g} {one.currency}".strip() if one.amount is not None else ""
        if one.amount is None:
            left.append(Left(one.id, MONEY, N_("no amount is stated"), ""))
        elif one.currency != chosen:
            left.append(Left(one.id, MONEY, N_("the amount is in another currency"), written))
        else:
            giver, taker = _owner(one.a, owners), _owner(one.b, owners)
            if giver != taker:
                steps.append(Step(MONEY, giver, taker, one.amount, one.id, one.on, frozenset(), written))
    return steps, left, chosen


def _owner(account: int, owners: Mapping[int, Collection[int]]) -> int:
    """Whose an account is; the account itself where that is not known or several share it."""
    found = owners.get(account, ())
    return next(iter(found)) if len(found) == 1 else account
