"""How far allowances for refrigerants and permits for wildlife are used: allotted, drawn load by load, and left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ewglink.reference.parameters import Parameters
from ewglink.rules.quantities import day, in_kg, number
from ewglink.rules.refrigerants import allowances, arrived, drawn_mteve, imported_by_year, year_of
from ewglink.rules.trade import Line, Movement, Party, Stream, Thing, Trade
from ewglink.rules.wildlife import amount, drawn_on, is_quota, is_season, loads_within, species_covered
from ewglink.text import N_, _
from ewglink.workspace.utilisation import KILOGRAMS, Draw, Use, known_streams, labels

TONNES = "MTEVe"
"""Tonnes of exchange value, which is CO₂ equivalent: kilograms × GWP / 1000."""
UNIT_WORDS = {KILOGRAMS: N_("kg"), TONNES: N_("t CO₂e")}


@dataclass(frozen=True)
class Quota:
    """The use of an allowance or a permit, in the unit it is given in, and the loads drawn on it."""

    use: Use
    draws: tuple[Draw, ...]


def unit_word(use: Use) -> str:
    """The unit of a use as people read it; one of a permit's own as its file writes it."""
    return _(UNIT_WORDS[use.unit]) if use.unit in UNIT_WORDS else use.unit


def quotas(trade: Trade, parameters: Parameters, as_of: date) -> list[Quota]:
    """The allowances of each importer and year as one, then each permit for wildlife; loads after `as_of` are left
    out."""
    found = [quota for party in sorted(trade.parties.values(), key=lambda one: (one.label, one.id))
             for quota in _allowances(party, trade, parameters, as_of)]
    return [*found, *(_permit(stream, trade, as_of) for stream in known_streams(trade) if _counts(stream, trade))]


def _counts(stream: Stream, trade: Trade) -> bool:
    """Whether a stream is what a permit or a country's quota for a species allows; a closed season allows nothing."""
    papers = stream.consents[:1] if stream.sector == "wildlife" else []
    return any(species_covered(paper, trade) and not is_season(paper) for paper in papers)


def _allowances(party: Party, trade: Trade, parameters: Parameters, as_of: date) -> Iterable[Quota]:
    years = sorted({year for paper in party.papers if paper.type == "allowance" and (year := year_of(paper))})
    imported = imported_by_year(party, trade, parameters) if years else {}
    for year in years:
        held = allowances(party, year)
        limit, unit = _allotted(held)
        drawn = [(line.movement, line, drawn_mteve(line) if unit == TONNES else line.kg)
                 for line in imported.get(year, ())]
        window = (date(year, 1, 1), date(year, 12, 31))
        yield _quota(held[0].id, f"{year} {party.label}", "ACTIVE", window, limit, unit,
                     drawn, trade, as_of, (party.label,))


def _allotted(held: Sequence[Thing]) -> tuple[float | None, str]:
    """How much several allowances allot together: tonnes of CO₂ equivalent, else kilograms; None where one says
    nothing."""
    tonnes = [number(paper.values.get("allowance_mteve")) for paper in held]
    if None not in tonnes:
        return sum(one or 0.0 for one in tonnes), TONNES
    weights = [in_kg(number(paper.values.get("quantity")), paper.text("unit"), paper.values) for paper in held]
    known = not any(tonnes) and None not in weights
    return (sum(one or 0.0 for one in weights), KILOGRAMS) if known else (None, TONNES)


def _permit(stream: Stream, trade: Trade, as_of: date) -> Quota:
    """A permit is drawn on by the specimens it was shown for, a country's quota by all that it exports of the species;
    counted in its own unit where that is no mass."""
    permit = stream.consents[0]
    mass = in_kg(1.0, permit.text("unit"), permit.values) is not None
    loads = loads_within(permit, trade) if is_quota(permit) else drawn_on(permit, trade)
    drawn = [(movement, None, weight) for movement, weight in loads]
    exporters = labels(trade, stream.exporters)
    window = (stream.start or day(permit.values.get("issued")), stream.end)
    return _quota(stream.id, permit.label, stream.status or "ACTIVE", window, amount(permit, permit),
                  KILOGRAMS if mass else permit.text("unit"), drawn, trade, as_of, exporters,
                  labels(trade, stream.importers))


def _quota(
    item: int, name: str, status: str, window: tuple[date | None, date | None], limit: float | None, unit: str,
    drawn: Iterable[tuple[Movement, Line | None, float | None]], trade: Trade, as_of: date,
    holders: tuple[str, ...], others: tuple[str, ...] = ()
) -> Quota:
    made: list[Draw] = []
    total, seen, start, end = 0.0, set[int](), window[0], window[1]
    for movement, line, quantity in drawn:
        on = arrived(movement) or movement.shipped
        if on is not None and on > as_of:
            continue
        total += quantity or 0.0
        seen.add(movement.id)
        made.append(Draw(movement.id if line is None else line.id, movement.id, movement.ref, on, quantity, total,
                         len(seen), False, labels(trade, movement.exporters), labels(trade, movement.receivers),
                         movement.received, movement.completed))
    use = Use(item, name, name, status, start, end, limit, total, None, len(seen),
              sum(one.kg is None for one in made), 0, None if end is None else (end - as_of).days, holders, others,
              unit)
    return Quota(use, tuple(made))
