"""What an indicator is: a sign that a party or a vessel deserves a look, with its weight and its ways to be wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from ewglink.plugins.registry import Registry
from ewglink.rules.contract import Missing, Setting
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Thing, Trade
from ewglink.text import N_

Group = Literal["identity", "documents", "trade", "logistics", "maritime", "network", "conduct"]
CAPS: dict[Group, float] = {
    "identity": 0.6, "documents": 0.8, "trade": 0.7, "logistics": 0.6, "maritime": 0.6, "network": 0.6, "conduct": 0.8}
"""The most that a group of indicators may contribute. No indicator of the list is of the group "documents".

The list names a group with the first of its indicators, and a name holds until the next: RI-38 to RI-45 on
refrigerants, scrap, batteries, engines and wildlife are of the group that RI-33 names, "maritime". They are scored over
parties and RI-33 to RI-37 over vessels, so no party and no vessel has both under the one cap."""
GROUP_NAMES: dict[Group, str] = {
    "identity": N_("Identity"), "documents": N_("Documents"), "trade": N_("Trade"), "logistics": N_("Logistics"),
    "maritime": N_("Maritime and sectors"), "network": N_("Network"), "conduct": N_("Conduct")}
Scored = Literal["party", "vessel"]


@dataclass(frozen=True)
class Sign:
    """An indicator is there, as strongly as `s` (0 to 1). `values` are what was compared: plain JSON, keys as those of
    `contract.Found`. `objects` are the items a person wants to see."""

    s: float
    values: Mapping[str, Any] = field(default_factory=dict)
    objects: tuple[int, ...] = ()


Seen = Sign | Missing | None
"""`None`: evaluated, and no sign. `Missing`: the inputs are not there; it is no sign that nothing is wrong."""


class Indicator(Protocol):
    """An indicator. `name`, `formula` and each of `innocent` (why it may be a false alarm) are marked with `N_`.

    `weight` is between 0 and 1; `over` says what it is evaluated over; `inputs` are the properties and links it reads.
    Nationality, ethnicity, gender and the language of names are never among them.
    """

    key: str
    group: Group
    weight: float
    name: str
    formula: str
    innocent: tuple[str, ...]
    inputs: tuple[str, ...]
    over: Scored
    version: str

    def of(self, subject: Any, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
        """What is seen of a party (`trade.Party`) or a vessel (`trade.Thing`)."""
        ...


@dataclass(eq=False)
class PlainIndicator:
    """See `Indicator`. `test` is what evaluates it."""

    key: str
    group: Group
    weight: float
    name: str
    formula: str
    innocent: tuple[str, ...]
    inputs: tuple[str, ...]
    test: Callable[[Any, Trade, Surroundings, Setting], Seen]
    over: Scored = "party"
    version: str = "1"

    def of(self, subject: Any, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
        """What is seen of one subject."""
        return self.test(subject, trade, around, setting)


def lacking(subject: Thing, *inputs: str, why: str = "") -> Missing:
    """The indicator cannot be evaluated: these inputs are not there, or prove nothing (`why`, marked with `N_`)."""
    return Missing(subject.id, inputs, why)


def idle(party: Thing, around: Surroundings, *inputs: str) -> Missing | None:
    """What to say of a party without a load of the kind that the indicator looks at. Where it has other loads, its part
    in them is known, and there is no sign; where it has none at all, nothing is known of its trade."""
    return None if party.id in around.loads else lacking(party, *inputs)


INDICATORS: Registry[Indicator] = Registry("ewglink.rules.signs", "ewglink.indicators")
