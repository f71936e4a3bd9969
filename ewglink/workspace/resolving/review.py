"""Pairs of entities that may be one, for a person to look at or to merge by a rule."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby

from ewglink.graph.network import Network
from ewglink.model.progress import Job, Progress
from ewglink.text import N_, Message
from ewglink.workspace.commands.deciding import decisions
from ewglink.workspace.resolving.candidates import Names, Pair, sharing
from ewglink.workspace.resolving.identifiers import clash, strengths
from ewglink.workspace.resolving.reasons import Reason
from ewglink.workspace.resolving.records import TYPES, Record, read_records
from ewglink.workspace.resolving.weighing import Strengths, probability, weigh
from ewglink.workspace.workspace import Workspace

AUTO = 0.92
"""From here on a rule may merge; nothing was found against."""
VERIFY = 0.5
"""From here on a person looks; below, it is taken that they are two."""
_LEAST_NAME = -3.0
_OFTEN = 2_000
_HUB = 200


@dataclass(frozen=True)
class Match:
    """Two entities that may be one, the lower id first; reasons the weightiest first. `decided`: what was decided."""

    a: int
    b: int
    type: str
    score: float
    pro: tuple[Reason, ...]
    contra: tuple[Reason, ...]
    possible: bool = False

    @property
    def zone(self) -> str:
        """`auto`, `verify` or `no`."""
        if self.score >= AUTO and not any(reason.weight < -1 for reason in self.contra):
            return "auto"
        return "verify" if self.score >= VERIFY else "no"


def find_matches(workspace: Workspace, types: Collection[str] | None = None, least: float = VERIFY) -> Job[list[Match]]:
    """Entities (of `types`) that may be one, from the score `least` on: the likeliest first, then by id.

    Never two with different valid strong identifiers, nor two that were decided not to be the same.
    """
    yield Progress(0.0, Message(N_("Reading the entities")))
    schema, known = workspace.schema, strengths(workspace.schema)
    wanted = set(types) if types is not None else {*TYPES} & {*schema.entity_types}
    alike = {kind for kind in schema.entity_types if any(schema.same_family(kind, one) for one in wanted)}
    records = read_records(workspace.case, schema, alike)
    yield Progress(0.2, Message(N_("Comparing names")))
    _take_links(records, workspace.network())
    decided = decisions(workspace.case)
    apart = {pair for pair, kind in decided.items() if kind == "not_same"}
    possible = set(decided) - apart
    found: list[Match] = []
    families = list(_families(records))
    for at, family in enumerate(families):
        for step, matches in _of_family(family, known, apart, possible, least):
            found.extend(matches)
            yield Progress(0.2 + 0.8 * (at + step) / len(families), Message(N_("Comparing names")))
    kept = [match for match in found if types is None or {records[match.a].type, records[match.b].type} & wanted]
    kept.sort(key=lambda match: (-match.score, match.a, match.b))
    yield Progress(1.0, None, kept)


def _families(records: dict[int, Record]) -> Iterator[list[Record]]:
    """Entities that may be one of another: each type apart, organizations with facilities."""
    def key(record: Record) -> str:
        return "organization" if record.type == "facility" else record.type

    for _key, group in groupby(sorted(records.values(), key=lambda record: (key(record), record.id)), key):
        yield list(group)


def _take_links(records: dict[int, Record], network: Network) -> None:
    """What each entity is linked to; hubs, to which everybody is, are left out."""
    degrees = [0] * network.n
    ends = network.ends.tolist()
    for a, b in ends:
        degrees[a] += 1
        degrees[b] += 1
    ids = network.ids.tolist()
    linked: dict[int, set[int]] = {}
    for a, b in ends:
        for one, other in ((a, b), (b, a)):
            if degrees[other] <= _HUB and one != other and ids[one] in records:
                linked.setdefault(ids[one], set()).add(ids[other])
    for item, others in linked.items():
        records[item].linked = frozenset(others)


def _of_family(
    family: list[Record], known: Strengths, apart: set[Pair], possible: set[Pair], least: float
) -> Iterator[tuple[float, list[Match]]]:
    """The matches of one family, some at a time, with how far it has come."""
    by_id = {record.id: record for record in family}
    also = {*sharing(family), *(pair for pair in possible if pair[0] in by_id and pair[1] in by_id)}
    names: Names | None = None
    pairs = set(also)
    if any(record.names for record in family):
        names = Names(family)
        names.look(also)
        yield 0.4, []
        names.take(_LEAST_NAME)
        pairs |= names.best.keys()
    found: list[Match] = []
    for at, pair in enumerate(sorted(pairs - apart)):
        one, other = by_id[pair[0]], by_id[pair[1]]
        if clash(one.strong, other.strong) is None:
            named = names.best.get(pair) if names is not None else None
            logit, reasons = weigh(one, other, named, names, known, pair in possible)
            if (score := probability(logit)) >= least:
                found.append(_match(one, other, score, reasons, pair in possible))
        if at % _OFTEN == 0:
            yield 0.4 + 0.6 * at / len(pairs), found
            found = []
    yield 1.0, found


def _match(one: Record, other: Record, score: float, reasons: list[Reason], possible: bool) -> Match:
    ordered = sorted(reasons, key=lambda reason: -abs(reason.weight))
    return Match(one.id, other.id, one.type, round(score, 4), tuple(one for one in ordered if one.weight >= 0),
                 tuple(one for one in ordered if one.weight < 0), possible)


def groups_of(matches: Collection[Match], least: float = AUTO) -> list[list[int]]:
    """Entities to merge by rule: those joined by matches in the zone `auto` from `least` on; of each group the lowest
    id first, which the others go into. A group in which any two are no such match is left to a person."""
    sure = {(match.a, match.b) for match in matches if match.zone == "auto" and match.score >= least}
    group_of: dict[int, list[int]] = {}
    for a, b in sorted(sure):
        one, other = group_of.setdefault(a, [a]), group_of.setdefault(b, [b])
        if one is not other:
            one.extend(other)
            for item in other:
                group_of[item] = one
    groups = {id(group): sorted(group) for group in group_of.values()}
    return [group for group in groups.values()
            if all((a, b) in sure for at, a in enumerate(group) for b in group[at + 1:])]
