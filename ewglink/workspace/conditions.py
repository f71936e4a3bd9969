"""What an entity must be like to be found: conditions, nested with all, any and none; and how they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Sign = Literal["=", "!=", "~", "!~", "^=", ">=", "<=", ">", "<"]
SIGNS: tuple[Sign, ...] = ("!=", "!~", "^=", ">=", "<=", "=", "~", ">", "<")
"""The signs, those of two letters first."""
Way = Literal["any", "out", "in"]
Combined = Literal["all", "any", "none"]

OWN = ("type", "label", "id", "text", "identifier", "date", "grade", "handling", "source", "importer", "strength",
       "chart", "finding", "links")
"""Keys that are no property. `property.KEY` names a property of one of these names."""
ANYTHING = "*"
"""As a value: there is one, whatever it is."""


@dataclass(frozen=True)
class Compare:
    """One condition: `key` is one of `OWN` or a property's; one of the `values` must hold (with != and !~: none).

    `a..b` as a value is from a to b; `*` any value at all.
    """

    key: str
    sign: Sign
    values: tuple[str, ...]


@dataclass(frozen=True)
class Linked:
    """Linked to so many others: by links of `types` (none named: any), leading `way`, of `strengths`, that held at some
    time from `start` to `end` (ISO dates), to entities for which `to` holds."""

    types: tuple[str, ...] = ()
    way: Way = "any"
    at_least: int = 1
    at_most: int | None = None
    strengths: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    to: Condition | None = None


@dataclass(frozen=True)
class Group:
    """Conditions of which all, any or none must hold; of no conditions, all hold."""

    how: Combined = "all"
    parts: tuple[Condition, ...] = field(default=())


Condition: TypeAlias = Compare | Linked | Group
_PLAIN = re.compile(r"[\w.*+/:@#%&_-]+(?: [\w.*+/:@#%&_-]+)*")
_WORDS = re.compile(r"\b(AND|OR|NOT)\b")


def written(condition: Condition) -> str:
    """A condition as text that reads back as the same condition."""
    if isinstance(condition, Compare):
        return f"{condition.key}{condition.sign}{_values(condition.values)}"
    if isinstance(condition, Linked):
        return f"linked({_linked(condition)})"
    if condition.how == "none":
        return "NOT (" + " OR ".join(_part(part) for part in condition.parts) + ")"
    joint = " AND " if condition.how == "all" else " OR "
    return joint.join(_part(part) for part in condition.parts)


def _part(part: Condition) -> str:
    text = written(part)
    return f"({text})" if isinstance(part, Group) and part.how != "none" else text


def _values(values: tuple[str, ...]) -> str:
    return "|".join(_quoted(value) for value in values)


def _quoted(value: str) -> str:
    if _PLAIN.fullmatch(value) and not _WORDS.search(value):
        return value
    return '"' + value.replace('"', '""') + '"'


def _linked(linked: Linked) -> str:
    said = [f"by={_values(linked.types)}"] if linked.types else []
    said += [f"way={linked.way}"] if linked.way != "any" else []
    if linked.at_least == linked.at_most:
        said.append(f"count={linked.at_least}")
    else:
        said += [f"count>={linked.at_least}"] if linked.at_least != 1 else []
        said += [f"count<={linked.at_most}"] if linked.at_most is not None else []
    said += [f"strength={_values(linked.strengths)}"] if linked.strengths else []
    said += [f"from={linked.start}"] if linked.start else []
    said += [f"until={linked.end}"] if linked.end else []
    said += [f"to({written(linked.to)})"] if linked.to is not None else []
    return ", ".join(said)


def leaves(condition: Condition) -> list[Compare | Linked]:
    """Every condition that is no group, those within `to(…)` of others left aside."""
    if isinstance(condition, Group):
        return [leaf for part in condition.parts for leaf in leaves(part)]
    return [condition]
