"""Association matrices: who is linked with whom, as a symmetric triangle or as two modes, each cell with its links.

● confirmed, ○ not confirmed, + only by an organization that both belong to; or how many contacts there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ewglink.model.items import Strength
from ewglink.plugins.options import option
from ewglink.store.ties import Tie
from ewglink.text import N_

CONFIRMED, UNCONFIRMED, SHARED, NONE = "●", "○", "+", ""
MOST = 250
"""Entities along an axis; more cannot be read, and the busiest are kept."""
BELONGING = frozenset((
    "owns", "controls", "director_of", "officer_of", "legal_representative_of", "employee_of", "subsidiary_of",
    "branch_of", "operates", "manages", "acts_for", "participated_in"))
"""Links by which two entities share an organization or an event."""
LOADS = frozenset((
    "exporter_of", "generator_of", "shipper_of", "consignor_of", "importer_of", "consignee_of", "receiver_of",
    "carrier_of", "broker_of", "customs_broker_of", "forwarder_of", "notify_party_of"))
"""Links of parties to a movement: two parties of one are in contact by it."""
_STRENGTHS = {"all": (0, 1, 2), "confirmed": (0,), "unconfirmed": (0, 1)}


@dataclass(frozen=True)
class AssociationOptions:
    """Which entities stand along the axes, which links count, and what a cell shows."""

    rows: str = option("person,organization", N_("Rows: types, with commas"))
    columns: str = option("", N_("Columns: types (empty: the same as the rows)"))
    links: str = option("", N_("Links: types (empty: all)"))
    strength: str = option("all", N_("Strength"), choices=("all", "unconfirmed", "confirmed"), choice_labels=(
        N_("All links"), N_("Confirmed and unconfirmed"), N_("Confirmed only")))
    start: str = option("", N_("From (date)"))
    end: str = option("", N_("Until (date)"))
    shows: str = option("symbols", N_("Cells show"), choices=("symbols", "counts"), choice_labels=(
        N_("● confirmed, ○ unconfirmed, + shared"), N_("Number of links")))
    through: bool = option(True, N_("Calls and payments of accounts count for their owners"))
    loads: bool = option(True, N_("Loads that two take part in count as links"))
    order: str = option("links", N_("Order"), choices=("links", "label", "together"), choice_labels=(
        N_("Most linked first"), N_("By label"), N_("Linked ones together")))
    empty: bool = option(False, N_("Also entities without any link here"))


@dataclass(frozen=True)
class Cell:
    """What stands where two axes meet: the sign, the number of links and which, and by whom only shared ones go."""

    sign: str
    count: int
    links: tuple[int, ...]
    shared: tuple[int, ...] = ()


@dataclass(frozen=True)
class Matrix:
    """Entities of the rows and columns in order, and the cells that are not empty by (row, column) entity.

    `symmetric`: rows and columns are the same, and each pair stands once, with the later in the rows. `left_out` counts
    entities for which there was no room.
    """

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    cells: Mapping[tuple[int, int], Cell]
    symmetric: bool
    left_out: int = 0

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell of two entities, whichever of them stands in the rows."""
        found = self.cells.get((row, column))
        return found if found is not None or not self.symmetric else self.cells.get((column, row))


def wanted(text: str) -> frozenset[str]:
    """The keys that a text with commas names."""
    return frozenset(one.strip() for one in text.split(",") if one.strip())


def counted_links(ties: Iterable[Tie], options: AssociationOptions,
                  owners: Mapping[int, Collection[int]]) -> list[tuple[int, int, Tie]]:
    """The links that count, each with the entities it counts for."""
    types, strengths = wanted(options.links), _STRENGTHS[options.strength]
    found = []
    loads: dict[int, list[Tie]] = defaultdict(list)
    for tie in ties:
        if types and tie.type not in types or tie.strength not in strengths or not _within(tie, options):
            continue
        for a in _stands_for(tie.a, owners, options.through):
            for b in _stands_for(tie.b, owners, options.through):
                if a != b:
                    found.append((a, b, tie))
        if options.loads and tie.type in LOADS:
            loads[tie.b].append(tie)
    for parties in loads.values():
        found += [(one.a, other.a, one) for at, one in enumerate(parties) for other in parties[at + 1:]
                  if one.a != other.a]
    return found


def _stands_for(item: int, owners: Mapping[int, Collection[int]], through: bool) -> tuple[int, ...]:
    return (item, *owners.get(item, ())) if through else (item,)


def _within(tie: Tie, options: AssociationOptions) -> bool:
    """Whether a link held at some time between the dates; one without a date always may have."""
    begins, ends = tie.start or "", tie.end or tie.start or ""
    after = not options.end or not begins or begins[: len(options.end)] <= options.end
    return after and (not options.start or not ends or ends[: len(options.start)] >= options.start)


def matrix(counted: Sequence[tuple[int, int, Tie]], rows: Collection[int], columns: Collection[int] | None,
           options: AssociationOptions, labels: Mapping[int, str]) -> Matrix:
    """The matrix of `rows` (against `columns`, or against themselves where None) from `counted` links."""
    along, across = set(rows), set(rows if columns is None else columns)
    links: dict[tuple[int, int], list[Tie]] = defaultdict(list)
    for a, b, tie in counted:
        for one, other in {(a, b), (b, a)}:
            if one in along and other in across and (columns is not None or one > other):
                links[(one, other)].append(tie)
    cells = {key: _cell(found, options) for key, found in links.items()}
    if columns is None and options.shows == "symbols":
        for key, shared in _shared(counted, along).items():
            if key not in cells:
                cells[key] = Cell(SHARED, len(shared), tuple(sorted(shared.values())), tuple(sorted(shared)))
    return _ordered(cells, along, across, columns is None, options, labels)


def _cell(found: Sequence[Tie], options: AssociationOptions) -> Cell:
    ids = tuple(sorted({tie.id for tie in found}))
    sure = any(tie.strength == Strength.CONFIRMED for tie in found)
    sign = str(len(ids)) if options.shows == "counts" else CONFIRMED if sure else UNCONFIRMED
    return Cell(sign, len(ids), ids)


def _shared(counted: Iterable[tuple[int, int, Tie]], along: set[int]) -> dict[tuple[int, int], dict[int, int]]:
    """Pairs that belong to the same thing outside the axes: pair → what they share → a link to it."""
    belongs: dict[int, dict[int, int]] = defaultdict(dict)
    for a, b, tie in counted:
        if tie.type in BELONGING:
            for one, other in ((a, b), (b, a)):
                if one in along:
                    belongs[other].setdefault(one, tie.id)
    found: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    for thing, members in belongs.items():
        if len(members) > 25:
            continue
        for one in members:
            for other in members:
                if one > other:
                    found[(one, other)][thing] = members[one]
    return found


def _ordered(cells: dict[tuple[int, int], Cell], along: set[int], across: set[int], symmetric: bool,
             options: AssociationOptions, labels: Mapping[int, str]) -> Matrix:
    weight: dict[int, int] = defaultdict(int)
    for (row, column), cell in cells.items():
        weight[row] += cell.count
        weight[column] += cell.count
    axes, left_out = [], 0
    for axis in (along,) if symmetric else (along, across):
        kept = [item for item in axis if options.empty or item in weight]
        kept.sort(key=lambda item: (-weight.get(item, 0), labels.get(item, "").casefold(), item))
        left_out += max(0, len(kept) - MOST)
        axes.append(kept[:MOST])
    if options.order == "label":
        axes = [sorted(axis, key=lambda item: (labels.get(item, "").casefold(), item)) for axis in axes]
    elif options.order == "together":
        axes = [_together(axis, cells) for axis in axes]
    rows, columns = axes[0], axes[-1]
    if symmetric:
        place = {item: at for at, item in enumerate(rows)}
        cells = {(max(key, key=lambda one: place[one]), min(key, key=lambda one: place[one])): cell
                 for key, cell in cells.items() if key[0] in place and key[1] in place}
    else:
        inside = set(rows), set(columns)
        cells = {key: cell for key, cell in cells.items() if key[0] in inside[0] and key[1] in inside[1]}
    return Matrix(tuple(rows), tuple(columns), cells, symmetric, left_out)


def _together(axis: list[int], cells: Mapping[tuple[int, int], Cell]) -> list[int]:
    """The busiest first, then always whoever has most links to the last few taken: linked ones stand together."""
    near: dict[int, dict[int, int]] = defaultdict(dict)
    for (row, column), cell in cells.items():
        near[row][column] = near[column][row] = cell.count
    left, out = dict.fromkeys(axis), list[int]()
    while left:
        recent = out[-4:]
        best = max(left, key=lambda item: (sum(near[item].get(one, 0) * (at + 1) for at, one in enumerate(recent))
                                           + sum(other in near[one] for one in recent for other in near[item]) / 100))
        out.append(best)
        del left[best]
    return out
