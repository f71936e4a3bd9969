"""A rule of appearance as it is saved with a chart: conditions, what to change, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ewglink.text import N_

TESTS: dict[str, str] = {
    "in": N_("is one of"), "not_in": N_("is none of"), "contains": N_("contains"), "less": N_("is less than"),
    "at_most": N_("is at most"), "more": N_("is more than"), "at_least": N_("is at least"),
    "known": N_("is known"), "unknown": N_("is unknown")}
"""Ways a condition compares, with their names. Numbers as numbers, texts without regard to case."""
CHANGES: dict[str, str] = {"size": N_("Size"), "colour": N_("Colour"), "frame": N_("Frame"), "badge": N_("Badge"),
                           "width": N_("Line width")}
"""What a rule can change; `width` of links, `colour` of both, the rest of entities."""
OF_LINKS = ("colour", "width")
HOWS: dict[str, str] = {"fixed": N_("Fixed value"), "table": N_("Look-up table"), "scale": N_("Scale")}
STATED = "stated"
"""What a rule goes by that has its values itself, in `table`: item → number."""
SCALES: dict[str, str] = {"linear": N_("Linear"), "log": N_("Logarithmic"), "sequential": N_("Equal numbers of values")}


@dataclass(frozen=True)
class Condition:
    """`what` is `type`, `label`, `community`, `strength` (of links), `grade`, `source`, `handling`, `sources` (their
    number), `property:KEY` or `measure:KEY`; `test` a key of
    `TESTS`; `value` what it is compared with, a list for `in` and `not_in`."""

    what: str
    test: str = "in"
    value: Any = None


@dataclass(frozen=True)
class Rule:
    """One rule. All conditions must hold; none means all items.

    `fixed`: `value` is set (a size, `#RRGGBB`, a width, or a badge). `table`: the value of the field `by` is looked up
    in `table` (without one, values get colours in turn), `otherwise` where it is not there. `scale`: the number `by` is
    mapped onto `low` to `high`, or onto `bands` colours; with `by` = `STATED` the number of an item is
    that of `table`. `stop`: later rules leave the items this one changed alone.
    """

    change: str
    how: str = "fixed"
    on: str = "entities"
    conditions: tuple[Condition, ...] = ()
    value: Any = None
    by: str = ""
    table: dict[str, Any] = field(default_factory=dict)
    otherwise: Any = None
    scale: str = "linear"
    low: float = 1.0
    high: float = 3.0
    bands: int = 5
    position: str = "upper_right"
    stop: bool = False
    name: str = ""
    off: bool = False

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Rule:
        """What `to_json` wrote; ValueError for what is no rule."""
        conditions = tuple(Condition(str(one["what"]), str(one.get("test", "in")), one.get("value"))
                           for one in data.get("conditions", ()))
        known = {key: data[key] for key in cls.__dataclass_fields__ if key in data and key != "conditions"}
        rule = cls(**known | {"conditions": conditions})
        wrong = (rule.change not in CHANGES or rule.how not in HOWS or rule.scale not in SCALES
                 or rule.on not in ("entities", "links") or any(one.test not in TESTS for one in conditions)
                 or (rule.on == "links" and rule.change not in OF_LINKS)
                 or (rule.on == "entities" and rule.change == "width"))
        if wrong:
            raise ValueError(str(data))
        return rule

    def to_json(self) -> dict[str, Any]:
        """The rule as plain JSON data, without what is as usual."""
        plain = Rule(self.change)
        data: dict[str, Any] = {"change": self.change}
        for key in self.__dataclass_fields__:
            value = getattr(self, key)
            if value != getattr(plain, key) and key != "conditions":
                data[key] = value
        if self.conditions:
            data["conditions"] = [{"what": one.what, "test": one.test, "value": one.value} for one in self.conditions]
        return data


def rules_of(settings: dict[str, Any]) -> list[Rule]:
    """The rules saved under the chart's setting `rules`, in order; those that cannot be read are passed over."""
    found = []
    for data in settings.get("rules") or ():
        try:
            found.append(Rule.from_json(data))
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
    return [rule for rule in found if not rule.off]


@dataclass(frozen=True)
class Needs:
    """What rules ask of the case: `properties` and `link_properties` keys, `measures` keys, and kinds of origin."""

    properties: frozenset[str] = frozenset()
    link_properties: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()


def needs_of(rules: list[Rule]) -> Needs:
    """What the rules look at, so that no more than that is read."""
    fields = {(rule.on, what) for rule in rules for what in (rule.by, *(one.what for one in rule.conditions)) if what}

    def keys(prefix: str, on: str | None = None) -> frozenset[str]:
        return frozenset(what.removeprefix(prefix) for where, what in fields
                         if what.startswith(prefix) and on in (None, where))

    measures = keys("measure:") | ({"community"} if any(what == "community" for _on, what in fields) else frozenset())
    origins = frozenset(what for _on, what in fields if what in ("grade", "source", "handling", "sources"))
    return Needs(keys("property:", "entities"), keys("property:", "links"), measures, origins)


def stated(change: str, values: Mapping[int, float], name: str) -> Rule:
    """Ready-made: a scale over values that were measured elsewhere, item → number."""
    scale = "linear" if change == "size" else "sequential"
    return Rule(change, "scale", by=STATED, table={str(item): value for item, value in values.items()}, scale=scale,
                low=0.7, name=name)


def size_by(measure: str, low: float = 0.7, high: float = 3.0, name: str = "") -> Rule:
    """Ready-made: entities as large as their measure."""
    return Rule("size", "scale", by=f"measure:{measure}", scale="linear", low=low, high=high, name=name)


def colour_by_community(name: str = "") -> tuple[Rule, Rule]:
    """Ready-made: a colour for each community, and its letter as a badge for those who cannot tell the colours."""
    return (Rule("colour", "table", by="community", name=name),
            Rule("badge", "table", by="community", position="lower_right"))
