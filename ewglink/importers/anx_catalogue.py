"""What is known of an exchange chart before its items are read: its types, classes, grades, pictures, ends of links."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from ewglink.importers.anx_xml import Element
from ewglink.text import Message

GRADES = ("GradeOne", "GradeTwo", "GradeThree")


class TypeSaid(NamedTuple):
    """A type as the chart declares it, or as an item names it. `colour` is `#RRGGBB`."""

    name: str
    colour: str | None = None
    icon: str = ""
    representation: str = ""
    guid: str = ""


class ClassSaid(NamedTuple):
    """An attribute class. `shown`: whether its values stand beneath a label."""

    name: str
    kind: str = "text"
    prefix: str = ""
    suffix: str = ""
    named: bool = False
    shown: bool = True


class End(NamedTuple):
    """Where a link may end: the key of an entity, its label and type; `text` where it is a free text and no entity."""

    key: str
    label: str
    type: TypeSaid
    text: bool = False


class LinkSaid(NamedTuple):
    """A link's type and the four ways its ends may be named."""

    type: TypeSaid
    ends: tuple[str, str, str, str]


@dataclass
class Catalogue:
    """All that has to be known of a chart before its items can be read."""

    entity_types: dict[str, TypeSaid] = field(default_factory=dict)
    link_types: dict[str, TypeSaid] = field(default_factory=dict)
    classes: dict[str, ClassSaid] = field(default_factory=dict)
    strengths: dict[str, int] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    """Id of a declared type, class or strength → its name, each with its element's name before it."""
    grades: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: {name: [] for name in GRADES})
    connections: dict[str, dict[str, str]] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    """Id of a picture of the chart → the picture, as a data URI."""
    images: dict[str, str] = field(default_factory=dict)
    """What `anx_image` has made already."""
    groups: dict[str, str] = field(default_factory=dict)
    """Id of a group of items that move together → its number."""
    name: str = ""
    """What the chart is called: the file's name."""
    summary: dict[str, str] = field(default_factory=dict)
    custom: dict[str, str] = field(default_factory=dict)
    legend: list[dict[str, str]] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    ends: dict[str, End] = field(default_factory=dict)
    items: dict[str, End] = field(default_factory=dict)
    links: list[LinkSaid] = field(default_factory=list)
    used: dict[tuple[str, TypeSaid], dict[str, None]] = field(default_factory=dict)
    """(`entity` or `link`, type) → what its items say: classes as `@name`, other properties by their key."""
    keys: Counter[str] = field(default_factory=Counter)
    passed_over: tuple[str, ...] = ()
    remark: Message | None = None
    unresolved: bool = False
    """Whether an item refers to something that is declared after it."""

    def grade(self, element: Element, axis: str) -> str | None:
        """The grade of an item or card on an axis in the chart's own words; None where it is ungraded."""
        values = self.grades[axis]
        wanted = element.get(f"{axis}Reference")
        for known, text in values:
            if wanted and known == wanted:
                return text
        index = (element.get(f"{axis}Index") or "").strip()
        if not index.isdecimal() or (not values and index == "0"):
            return None
        return values[int(index)][1] if int(index) < len(values) else index

    def group(self, item: Element) -> str:
        """The group an item is in, by the chart's name and the group's number; empty where it is in none."""
        reference = item.get("GroupReference") or ""
        return f"{self.name} {self.groups.get(reference, reference)}" if reference else ""

    def referred(self, tag: str, reference: str | None) -> str:
        """The name of what a reference refers to, empty where it is not known (yet)."""
        name = self.ids.get(f"{tag} {reference}", "") if reference else ""
        self.unresolved = self.unresolved or bool(reference and not name)
        return name

    def end(self, entity: str, reference: str) -> End | None:
        """The end a link names, by an entity's or label's id, or by the id of a chart item."""
        return self.ends.get(entity) or self.items.get(reference) or self.items.get(entity) or self.ends.get(reference)
