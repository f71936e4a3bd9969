"""The balance of each waste code in a period: what was shipped, what arrived, what was lost or gained on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ewglink.rules.trade import Movement
from ewglink.workspace.flow_layers import period_of
from ewglink.workspace.flows import FlowOptions, in_time, lines_asked


@dataclass
class CodeBalance:
    """Kilograms under one code in one period. `unconfirmed` is what was shipped on lines of which nobody says what
    arrived; it is neither lost nor received."""

    period: str
    code: str
    shipped: float = 0.0
    received: float = 0.0
    unconfirmed: float = 0.0
    items: list[int] = field(default_factory=list)

    @property
    def lost(self) -> float:
        """What was shipped and did not arrive, of the lines that say what arrived; below 0 where more did."""
        return self.shipped - self.unconfirmed - self.received

    @property
    def lost_share(self) -> float | None:
        """Its share of what was shipped on these lines."""
        said = self.shipped - self.unconfirmed
        return self.lost / said if said else None


def by_code(movements: Iterable[Movement], options: FlowOptions) -> list[CodeBalance]:
    """For each period and waste code its balance, in that order; a line under several codes counts under each, one
    under none under an empty one. Lines without a mass are left out: they are told of as not evaluable."""
    found: dict[tuple[str, str], CodeBalance] = {}
    for movement in movements:
        on = movement.shipped or movement.crossed or movement.delivered
        if not in_time(on, options):
            continue
        period = period_of(on, options.period)
        for line in lines_asked(movement, options):
            if line.kg is None:
                continue
            for code in {code for codes in line.codes.values() for code in codes} or {""}:
                own = found.setdefault((period, code), CodeBalance(period, code))
                own.shipped += line.kg
                own.received += line.received_kg or 0.0
                own.unconfirmed += line.kg if line.received_kg is None else 0.0
                own.items.append(movement.id)
    return [found[key] for key in sorted(found)]
