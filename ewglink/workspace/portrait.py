"""All that a case knows of one item, as a person reads it: what it shows, and every statement behind that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ewglink.model.items import LINK, Ref
from ewglink.store.case_file import CaseFile
from ewglink.store.items import Identity, LinkRow, Statement


@dataclass(frozen=True)
class Said:
    """What one statement says of one property. `validity` is ok, warn or fail (None: not checked), `reason` why."""

    statement: Statement
    value: Any
    raw: Any = None
    start: str | None = None
    end: str | None = None
    validity: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Shown:
    """A property: the statement whose value is shown, whether an analyst chose it, and all that is said, in order."""

    key: str
    chosen: Said
    by_choice: bool
    said: tuple[Said, ...]

    @property
    def disputed(self) -> bool:
        """Whether the sources disagree."""
        return len({str(one.value) for one in self.said}) > 1


@dataclass(frozen=True)
class Portrait:
    """An item with its properties, identifiers, statements, and its links or ends, also of what was merged into it
    (`merged_from`). The ends of links are items as they stand now; `others`: items at other ends."""

    ref: Ref
    shown: tuple[Shown, ...]
    identities: tuple[Identity, ...]
    statements: tuple[Statement, ...]
    link: LinkRow | None
    links: tuple[LinkRow, ...]
    others: dict[int, Ref]
    merged_from: tuple[Ref, ...] = ()


def said_by(statement: Statement, value: list[Any]) -> Said:
    padded = [*value, *[None] * 7]
    return Said(statement, padded[0], padded[1], padded[2], padded[3], padded[5], padded[6])


def choose(said: list[Said], chosen: int | None) -> tuple[Said, bool]:
    """The analyst's choice; else the latest that does not fail its check; else the latest."""
    for one in said:
        if one.statement.id == chosen:
            return one, True
    sound = [one for one in said if one.validity != "fail"]
    return (sound or said)[-1], False


def portrait(case: CaseFile, item: int, most_links: int = 500) -> Portrait | None:
    """What the case knows of `item`; None where it is not in the case. At most `most_links` of its links."""
    ref = case.items.refs([item]).get(item)
    if ref is None:
        return None
    members = case.items.members(item)
    statements = case.items.statements(members)
    choices = case.items.choices([item])
    by_key: dict[str, list[Said]] = {}
    for statement in statements:
        for key, value in statement.vals.items():
            by_key.setdefault(key, []).append(said_by(statement, value))
    shown = []
    for key, said in by_key.items():
        chosen, by_choice = choose(said, choices.get((item, key)))
        shown.append(Shown(key, chosen, by_choice, tuple(said)))
    link = case.items.link(item) if ref.kind == LINK else None
    links = [] if link else case.items.links(members)
    rows = [link] if link else links[:most_links]
    standing = case.items.standing({end for row in rows for end in (row.a, row.b)})
    rows = [replace(row, a=standing.get(row.a, row.a), b=standing.get(row.b, row.b)) for row in rows]
    ends = {end for row in rows for end in (row.a, row.b)}
    named = case.items.identities(members)
    merged = case.items.refs(one for one in members if one != item)
    return Portrait(
        ref,
        tuple(shown),
        tuple(dict.fromkeys(one for member in (item, *merged) for one in named.get(member, ()))),
        tuple(statements),
        rows[0] if link else None,
        () if link else tuple(rows),
        case.items.refs(ends),
        tuple(merged[one] for one in sorted(merged)),
    )
