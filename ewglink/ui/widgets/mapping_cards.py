"""Where the parts of the mapping's picture stand: a card an entity, a card a link, a line a place for a column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QPointF, QRectF

from ewglink.text import N_, _, language
from ewglink.workspace.mapping_draft import DraftEntity, MappingDraft, column_of, types_of

WIDTH, LINK_WIDTH, HEAD, LINE, GAP, MARGIN = 224, 208, 40, 25, 46, 14
MORE = "+"
"""The word of the place where a column becomes a property."""

WORDS = {"key": N_("Key"), "label": N_("Label"), "start": N_("Start"), "end": N_("End")}


@dataclass
class Place:
    """A line of a card: what a column put there says of its owner, and the columns that say it. `fixed`: what a
    constant says there."""

    owner: Any
    word: str
    name: str
    columns: list[str]
    fixed: str = ""
    box: QRectF = field(default_factory=QRectF)


@dataclass
class Card:
    """An entity or a link with its places. `new`: its type comes with the file or from the person."""

    owner: Any
    title: str
    about: str
    places: list[Place]
    box: QRectF = field(default_factory=QRectF)

    @property
    def is_entity(self) -> bool:
        """Whether it is an entity."""
        return isinstance(self.owner, DraftEntity)


def type_name(owner: Any, schema: Any) -> str:
    """What an entity or a link of the draft is, in words."""
    found = [schema.label(key, language()) for key in types_of(owner.type)]
    if len(found) == 1:
        return str(found[0])
    column = column_of(owner.type) if isinstance(owner.type, dict) else None
    if column:
        return _("as “{column}” says", column=column)
    return _("as its links say")


def property_name(owner: Any, word: str, schema: Any) -> str:
    """What a place of an entity or a link is called."""
    if word in WORDS:
        return _(WORDS[word])
    for key in types_of(owner.type) or tuple(schema.entity_types):
        kind = schema.entity_types.get(key) or schema.link_types.get(key)
        found = kind.property(word) if kind is not None else None
        if found is not None:
            return str(found.label(language()))
    return word.replace("_", " ")


def cards_of(draft: MappingDraft, schema: Any) -> list[Card]:
    """The cards of a draft, entities first, not yet placed."""
    found = []
    for owner in draft.owners:
        entity = isinstance(owner, DraftEntity)
        words = ["key", "label"] if entity else ["start", "end"]
        if entity:
            words += [word for word in ("start", "end") if owner.more.get(word)]
        words += list(owner.properties)
        places = [_place(owner, word, schema) for word in words]
        places.append(Place(owner, MORE, _("another property"), []))
        about = owner.role if entity else f"{owner.a} → {owner.b}"
        found.append(Card(owner, type_name(owner, schema), about, places))
    return found


def _place(owner: Any, word: str, schema: Any) -> Place:
    if word == "key":
        sources = list(owner.key)
    elif word == "label":
        sources = list(owner.labels)
    elif word in ("start", "end"):
        said = owner.more.get(word) if isinstance(owner, DraftEntity) else getattr(owner, word)
        sources = [said] if said else []
    else:
        sources = [owner.properties[word]]
    columns = [column for source in sources if (column := column_of(source))]
    fixed = ", ".join(str(source["constant"]) for source in sources
                      if isinstance(source, dict) and source.get("constant") is not None)  # fmt: skip
    return Place(owner, word, property_name(owner, word, schema), columns, fixed)


def set_out(cards: list[Card], width: float) -> tuple[float, float]:
    """Give every card its box within `width`, and every place its own; returns the room that all take.

    Two entities with one link stand side by side with the link between; else links stand below the entities."""
    entities = [card for card in cards if card.is_entity]
    links = [card for card in cards if not card.is_entity]
    if len(entities) == 2 and len(links) == 1:
        row = [entities[0], links[0], entities[1]]
        ends = [entities[0].owner.role, entities[1].owner.role]
        if links[0].owner.a == ends[1] and links[0].owner.b == ends[0]:
            row = row[::-1]
        if sum(_wide(card) for card in row) + 2 * GAP + 2 * MARGIN <= max(width, 620):
            return _rows([row], width)
    return _rows([*_wrapped(entities, width), *_wrapped(links, width)], width)


def _wide(card: Card) -> int:
    return WIDTH if card.is_entity else LINK_WIDTH


def _wrapped(cards: list[Card], width: float) -> list[list[Card]]:
    rows: list[list[Card]] = []
    for card in cards:
        taken = sum(_wide(one) + GAP for one in rows[-1]) if rows else 0
        if not rows or MARGIN + taken + _wide(card) + MARGIN > max(width, WIDTH + 2 * MARGIN):
            rows.append([])
        rows[-1].append(card)
    return rows


def _rows(rows: list[list[Card]], width: float) -> tuple[float, float]:
    y, widest = float(MARGIN), 0.0
    for row in rows:
        taken = sum(map(_wide, row)) + GAP * (len(row) - 1)
        x = max(MARGIN, (width - taken) / 2)
        tallest = max((HEAD + LINE * len(card.places) for card in row), default=0)
        for card in row:
            card.box = QRectF(x, y, _wide(card), HEAD + LINE * len(card.places))
            for at, place in enumerate(card.places):
                place.box = QRectF(x, y + HEAD + LINE * at, _wide(card), LINE)
            x += _wide(card) + GAP
        widest = max(widest, x - GAP + MARGIN)
        y += tallest + GAP * 0.8
    return widest, y - GAP * 0.8 + MARGIN


def edge_towards(box: QRectF, other: QPointF) -> QPointF:
    """Where a line from the middle of `box` towards `other` leaves it."""
    middle = box.center()
    way = other - middle
    if way.isNull():
        return middle
    across = abs(box.width() / 2 / way.x()) if way.x() else float("inf")
    down = abs(box.height() / 2 / way.y()) if way.y() else float("inf")
    return middle + way * min(across, down, 1.0)
