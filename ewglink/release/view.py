"""What may leave a case: the only thing that exporters, printing and copying are given."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ewglink.release.decide import OWN_DESK, Recipient, Record, decide
from ewglink.release.marking import Marking, banner_of, marking_of
from ewglink.text import speaking

Value = None | str | int | float | bool


@dataclass(frozen=True)
class PropertyColumn:
    """A property that rows of a table have: its key, its name in the view's language and the kind of its values."""

    key: str
    name: str
    kind: str = "text"


@dataclass(frozen=True)
class EntityRow:
    """An entity: `identities` are `namespace:value` texts, joining ones first; `properties` hold what the item shows.

    `x`, `y` are chart units (0.25 mm, y down) and `colour` is `#RRGGBB` where a chart was asked for.
    """

    id: int
    type: str
    type_name: str
    label: str
    identities: tuple[str, ...] = ()
    properties: dict[str, Value] = field(default_factory=dict)
    handling: str = ""
    sources: tuple[str, ...] = ()
    x: float | None = None
    y: float | None = None
    colour: str | None = None


@dataclass(frozen=True)
class LinkRow:
    """A link from entity `a` to entity `b`. `direction`: none, forward, backward or both; `strength`: confirmed,
    unconfirmed or tentative; `start` and `end` in ISO 8601, as exact as `precision` (year, month, day, local, instant).
    """

    id: int
    type: str
    type_name: str
    label: str
    a: int
    b: int
    direction: str
    strength: str
    start: str | None = None
    end: str | None = None
    precision: str | None = None
    identities: tuple[str, ...] = ()
    properties: dict[str, Value] = field(default_factory=dict)
    handling: str = ""
    sources: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True)
class StatementRow:
    """What one record says of one property of one item."""

    id: int
    item: int
    item_label: str
    property: str
    value: Value
    raw: str | None
    start: str | None
    end: str | None
    precision: str | None
    validity: str | None
    reason: str | None
    source: str | None
    part: str | None
    row: int | None
    grade: str | None
    handling: str
    recorded_by: str
    recorded_at: str


@dataclass(frozen=True)
class SourceRow:
    """A source of the case."""

    id: int
    name: str
    sha256: str
    size: int
    importer: str
    specification: str
    records: int
    withdrawn: bool


@dataclass(frozen=True)
class Origin:
    """Where something was said: a source (its name and SHA-256, both empty for an analyst's own) and rows of it."""

    source: str
    sha256: str = ""
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class ScheduleRow:
    """An item of a chart with where it comes from; `ends` are the entities of a link, None for an entity."""

    item: int
    type_name: str
    label: str
    origins: tuple[Origin, ...] = ()
    ends: tuple[int, int] | None = None
    handling: str = ""


@dataclass(frozen=True)
class ReleasedView:
    """A case, or one chart of it, as it may leave: rows, marking and, for pictures, a scene.

    `banner` is the marking in the view's language. `scene` is what the painter takes, None where no picture was asked
    for. `schedule` says of what the picture shows where it comes from, where that was asked for. `withheld` counts
    items that may not leave and are not in it. Made by `released` only.
    """

    title: str
    language: str
    marking: Marking
    banner: str
    entities: tuple[EntityRow, ...] = ()
    links: tuple[LinkRow, ...] = ()
    statements: tuple[StatementRow, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    entity_columns: tuple[PropertyColumn, ...] = ()
    link_columns: tuple[PropertyColumn, ...] = ()
    chart: str | None = None
    scene: Any = None
    withheld: int = 0
    schedule: tuple[ScheduleRow, ...] = ()
    case_uid: str = ""
    """The case's own number: with an item's id it names the item wherever it goes."""


def released(*, title: str, language: str, entities: Iterable[EntityRow] = (), links: Iterable[LinkRow] = (),
             statements: Iterable[StatementRow] = (), sources: Iterable[SourceRow] = (),
             entity_columns: Iterable[PropertyColumn] = (), link_columns: Iterable[PropertyColumn] = (),
             schedule: Iterable[ScheduleRow] = (), chart: str | None = None,
             picture: Callable[[str], Any] | None = None, default_handling: str | None = None,
             handlings: Iterable[str] = (), recipient: Recipient = OWN_DESK, purpose: str = "",
             today: date | None = None, case_uid: str = "") -> ReleasedView:
    """The view of what may go to `recipient`, marked by what is in it and by `default_handling`, the case's own.

    A link goes only where both its ends go. `picture` makes the scene
    from the banner; `handlings` are those of what only the picture shows.
    """
    def may_go(handling: str) -> bool:
        return decide(Record((handling,) if handling else ()), recipient, purpose, today).allowed

    offered_entities, offered_links = tuple(entities), tuple(links)
    kept = tuple(row for row in offered_entities if may_go(row.handling))
    inside = {row.id for row in kept}
    lines = tuple(row for row in offered_links if row.a in inside and row.b in inside and may_go(row.handling))
    inside |= {row.id for row in lines}
    said = tuple(row for row in statements if row.item in inside and may_go(row.handling))
    listed = tuple(row for row in schedule if may_go(row.handling))
    stated = [*(row.handling for row in listed), *(row.handling for row in kept),
              *(row.handling for row in lines), *(row.handling for row in said)]
    marking = marking_of([default_handling, *handlings, *stated])
    withheld = len(offered_entities) - len(kept) + len(offered_links) - len(lines)
    with speaking(language):
        banner = banner_of(marking)
        scene = picture(banner) if picture else None
    return ReleasedView(title, language, marking, banner, kept, lines, said, tuple(sources),
                        tuple(entity_columns), tuple(link_columns), chart, scene, withheld,
                        listed, case_uid)
