"""What rules on refrigerants ask of a load: which substances, for whom, by which law, on what day."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ewglink.reference.code_lists import Substance
from ewglink.reference.parameters import Parameters
from ewglink.reference.refrigerants import exchange_value, is_hfc, is_ods, named
from ewglink.rules.contract import Setting
from ewglink.rules.parties import by_importer
from ewglink.rules.quantities import day, number
from ewglink.rules.trade import Line, Movement, Party, Thing, Trade

SECTOR = "refrigerant"
_SINGLE_USE = re.compile(r"non[\s-]*refill|not refill|disposab|single[\s-]*use|one[\s-]*way|dot[\s-]*39|no rellenab|"
                         r"no recargab|desechab|jetab|non rechargeab|non réutilisab|一次性", re.IGNORECASE)
_REFILLED = re.compile(r"refill|rechargeab|réutilisab|returnab|recargab|re?llenab|iso[\s-]*tank|isotan|tank|bulk|vrac|"
                       r"granel|reusab|consign", re.IGNORECASE)
_EQUIPMENT = ("8415", "8418", "842410", "8476")
"""HS codes of what is charged with refrigerant: air conditioners, refrigerators, extinguishers, vending machines."""
_TRANSIT = re.compile(r"trans-?s?hipment|in transit|transit|transbord|trasbord|en tr[aá]nsito|transbordement",
                      re.IGNORECASE)
_USED = re.compile(r"\bused\b|reclaim|recover|recycl|usado|usada|usagé|regenerad|régénér|récupér|recuperad|reciclad",
                   re.IGNORECASE)


def arrived(movement: Movement) -> date | None:
    """The day a load arrived: as it says, else when it crossed or was delivered."""
    return day(movement.values.get("arrival")) or movement.crossed or movement.delivered


def arrival_order(movement: Movement) -> tuple[date, str, int]:
    """Loads in the order of arrival, of one day in the order of what their files call them."""
    return arrived(movement) or date.max, movement.ref, movement.id


def words(line: Line) -> str:
    """What a line is declared as."""
    return line.text("description") or line.movement.text("declared")


def declared(line: Line) -> tuple[Substance, ...]:
    """The substances a line is declared to be."""
    return named(words(line))


def found(line: Line) -> tuple[Substance, ...]:
    """The substances the laboratory named."""
    return named(line.movement.text("lab_result"))


def contents(line: Line) -> tuple[Substance, ...]:
    """What a line holds in bulk: what the laboratory named, else what was declared; nothing where it is declared as
    equipment, which is no bulk however it is charged, and no laboratory found otherwise."""
    return found(line) or (() if hs_of(line).startswith(_EQUIPMENT) else declared(line))


def hs_of(line: Line) -> str:
    """The HS code of a line, six digits."""
    return (line.hs or line.movement.text("hs")).replace(".", "")[:6]


def law_of(movement: Movement, trade: Trade) -> str:
    """The country that a load is imported into: its importers', else its receivers'; empty where not known."""
    return trade.country(movement.importers) or trade.country(movement.receivers)


def controlled(one: Substance, country: str) -> bool:
    """Whether a country's allowances or permits are asked for: HFCs in the United States, in Canada what depletes the
    ozone layer too."""
    return is_hfc(one) or country == "CA" and is_ods(one)


def bulk(line: Line, trade: Trade) -> list[Substance]:
    """The controlled substances that a line brings into a country with a law on them."""
    country = law_of(line.movement, trade)
    return [one for one in contents(line) if controlled(one, country)]


def allowances(party: Party, year: int) -> list[Thing]:
    """The allowances a party holds for a calendar year."""
    return [paper for paper in party.papers if paper.type == "allowance" and year_of(paper) == year]


def imported_by_year(party: Party, trade: Trade, parameters: Parameters) -> dict[int, list[Line]]:
    """Calendar year → the lines of HFC a party imported in it, in the order of arrival, into a country that asks for an
    allowance on that day."""
    found: dict[int, list[Line]] = defaultdict(list)
    for movement in sorted(party.imported, key=arrival_order):
        on = arrived(movement)
        if on is not None and parameters.value("allowance_required", law_of(movement, trade), on):
            found[on.year] += [line for line in movement.lines if any(is_hfc(one) for one in contents(line))]
    return dict(found)


def year_of(paper: Thing) -> int | None:
    """The calendar year an allowance is for."""
    year = number(paper.values.get("year"))
    start = day(paper.values.get("valid_from"))
    return int(year) if year is not None else start.year if start is not None else None


def permitted(movement: Movement, trade: Trade, on: date, kinds: Iterable[str] = ()) -> bool:
    """Whether a permit is in force on a day: one the load names, or one its importers hold or are authorised by. With
    `kinds`, only papers whose kind has one of these words."""
    wanted = tuple(kinds)
    papers = [*movement.permits]
    for item in (*movement.importers, *movement.receivers):
        papers += trade.parties[item].papers
        papers += [consent for stream in by_importer(trade).get(item, ()) for consent in stream.consents]
    return any(paper.type == "consent" and in_force(paper, on)
               and (not wanted or any(word in paper.text("kind").casefold() for word in wanted)) for paper in papers)


def in_force(paper: Thing, on: date) -> bool:
    """Whether a paper is in force on a day, as far as it says."""
    start, end = day(paper.values.get("valid_from")), day(paper.values.get("valid_to"))
    return (start is None or start <= on) and (end is None or on <= end)


def drawn_mteve(line: Line) -> float | None:
    """The exchange value of the HFC in a line, in tonnes; None where the weight or a factor is missing. Of several
    substances named, the first."""
    gases = [one for one in contents(line) if is_hfc(one)]
    return exchange_value(line.kg, gases[0]) if gases else 0.0


def refillable(text: str) -> bool | None:
    """Whether a cylinder can be refilled; None where the words do not tell."""
    if _SINGLE_USE.search(text):
        return False
    return True if _REFILLED.search(text) else None


def cylinder(line: Line) -> str:
    """What a line says of its cylinders."""
    return line.text("container_type") or line.movement.text("cylinder")


def in_transit(movement: Movement) -> bool:
    """Whether a load is declared to go on to another country."""
    return any(_TRANSIT.search(text) for text in (movement.text("declared"), movement.text("direction"),
                                                  *(line.text("description") for line in movement.lines)))


def is_used(line: Line) -> bool:
    """Whether a line is declared as used, recovered or reclaimed."""
    return bool(_USED.search(words(line)))


def by_vessel(movement: Movement) -> bool:
    """Whether a load comes by ship."""
    return any(unit.type == "vessel" for unit in movement.units) or any(
        word in f"{movement.text('mode')} {movement.text('modes')}".casefold()
        for word in ("vessel", "sea", "ocean", "maritim", "buque"))


@dataclass
class _Out:
    """What left, and how much of it has not been set against what came in."""

    substance: str
    on: date | None
    kg: float | None


@dataclass
class Left:
    """What came in to go on, and what of it did not. Kilograms; None: a weight is missing."""

    movement: Movement
    substance: str
    came: float | None
    rest: float | None


def left_behind(party: Party, trade: Trade, setting: Setting) -> Iterator[Left]:
    """Each load that came to a party to be sent on, with what had not left within the days allowed. What leaves is
    taken from the oldest load of the same declared substance first."""
    zone = "free_zone_operator" in party.roles
    incoming = [(load, line) for load in sorted(party.imported, key=arrival_order) for line in load.lines
                if declared(line) and (zone or in_transit(load))]
    if not incoming:
        return
    out = [_Out(declared(line)[0].name, arrived(load) or load.shipped, line.kg)
           for load in sorted(party.exported, key=arrival_order) for line in load.lines if declared(line)]
    for load, line in incoming:
        came, name = arrived(load), declared(line)[0].name
        allowed = setting.parameters.value("transhipment_days", law_of(load, trade), came) or 0.0
        mine = [one for one in out if one.substance == name]
        if came is None or line.kg is None or any(one.kg is None for one in mine):
            yield Left(load, name, line.kg, None)
            continue
        last, rest = came + timedelta(days=int(allowed)), line.kg
        for one in mine:
            if one.on is not None and one.kg is not None and came <= one.on <= last:
                taken = min(rest, one.kg)
                rest, one.kg = rest - taken, one.kg - taken
        if round(rest, 6) > 0 and last < setting.as_of:
            yield Left(load, name, line.kg, round(rest, 3))
