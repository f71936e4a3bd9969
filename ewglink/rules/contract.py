"""What a rule is: a definition with its source, evaluated over one subject at a time, and what it then says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol

from ewglink.plugins.registry import Registry
from ewglink.reference.parameters import Parameters
from ewglink.rules.trade import Trade

Severity = Literal["high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")
Subject = Literal["line", "movement", "tracking", "stream", "notice", "party", "declaration", "engine", "thing", "case"]
"""What a rule is evaluated over. `tracking`: the movements that bear one number; `thing`: allowances, permits and other
items; `case`: everything at once, each time anew."""


@dataclass(frozen=True)
class Found:
    """A rule is broken. `objects` are the items the finding is about (a movement rather than its line), in order;
    `about` are others a person wants to see with it (the consent, the party). `values` are what was compared: plain
    JSON; keys ending in `_kg` are kilograms, `_pct` per cent, `_days` days, others dates (ISO), numbers or texts.
    `severity` None: the rule's own."""

    objects: tuple[int, ...]
    values: Mapping[str, Any] = field(default_factory=dict)
    about: tuple[int, ...] = ()
    severity: Severity | None = None


@dataclass(frozen=True)
class Missing:
    """The rule cannot be evaluated for this item: these inputs (property or link keys) are not there. `why`, marked
    with `N_`, where that does not say it all: inputs that are there and prove nothing."""

    item: int
    inputs: tuple[str, ...]
    why: str = ""


Said = Found | Missing


@dataclass(frozen=True)
class Setting:
    """What a run is evaluated under. `as_of` is the day that open matters are counted to."""

    as_of: date
    parameters: Parameters


class Rule(Protocol):
    """A rule. `name`, `definition`, `sentence` and `clears` are marked with `N_`.

    `sentence` says what is wrong of one finding, with `{value}` places named after the keys of `Found.values`; `clears`
    says what would clear it. `inputs` are the properties and links it reads; `citation` is the law, guide or
    definition it stands on; `version` grows with each change of meaning. A rule may also have a `sector` (waste,
    refrigerant, wildlife, engine): loads and streams that are known to be of another are not evaluated.
    """

    key: str
    name: str
    definition: str
    sentence: str
    clears: str
    severity: Severity
    over: Subject
    inputs: tuple[str, ...]
    citation: str
    version: str

    def evaluate(self, subject: Any, trade: Trade, setting: Setting) -> Iterator[Said]:
        """What the rule says of one subject: nothing where it holds or does not apply."""
        ...


RULES: Registry[Rule] = Registry("ewglink.rules.book", "ewglink.rules")
