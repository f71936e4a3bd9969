"""Identifiers of entities as resolution looks at them: strong ones that differ forbid a merge."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ewglink.model.property_types import Strength
from ewglink.model.schema import Schema
from ewglink.store.case_file import CaseFile

ByScheme = Mapping[str, Collection[str]]


def strengths(schema: Schema) -> dict[tuple[str, str], Strength]:
    """(entity type, scheme) → how much the number says of who it is."""
    return {(kind.key, use.scheme): use.strength for kind in schema.entity_types.values() for use in kind.identifiers}


def strong_numbers(case: CaseFile, schema: Schema, items: Collection[int]) -> dict[str, set[str]]:
    """Scheme → valid numbers of these entities, of the schemes that are strong for their types."""
    types = {row["id"]: row["type"] for row in case.items.rows("item", "id", items)}
    known = strengths(schema)
    found: dict[str, set[str]] = {}
    for item, numbers in case.items.identities(items).items():
        for one in numbers:
            if one.validity == "ok" and known.get((types[item], one.ns)) == "strong":
                found.setdefault(one.ns, set()).add(one.value)
    return found


def clash(one: ByScheme, other: ByScheme) -> tuple[str, str, str] | None:
    """The first scheme of which both have numbers but none in common, with a number of each."""
    for scheme in sorted(set(one) & set(other)):
        if not set(one[scheme]) & set(other[scheme]):
            return scheme, min(one[scheme]), min(other[scheme])
    return None


def different_identifiers(
    case: CaseFile, schema: Schema, one: Collection[int], other: Collection[int]
) -> tuple[str, str, str] | None:
    """Scheme and numbers where two groups of entities have different valid strong identifiers; None where not."""
    return clash(strong_numbers(case, schema, one), strong_numbers(case, schema, other))
