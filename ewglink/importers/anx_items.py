"""The items of an exchange chart as drafts: entities, links, and the cards behind them."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ewglink.dialects import anx
from ewglink.importers import anx_image, characters
from ewglink.importers.anx_catalogue import Catalogue, End, TypeSaid
from ewglink.importers.anx_chart import (
    cards_of,
    catalogue,
    classes_of,
    ends_of,
    key_of,
    style_of,
    type_of,
)
from ewglink.importers.anx_record import CARDS, ITEMS, Item, Record
from ewglink.importers.anx_types import UNTYPED, Types
from ewglink.importers.anx_xml import ChartReader, Element
from ewglink.importers.contract import Problem, Row
from ewglink.text import N_, counted, message


class Chart:
    """One chart file as its items say it; `namespace` is where their keys live."""

    def __init__(self, path: Path, namespace: str) -> None:
        self.path, self.namespace = path, namespace
        self.known: Catalogue = catalogue(path)
        self.types = Types(self.known)

    def items(self) -> Iterator[Item]:
        """Every item, in the order of the file; those that say nothing only have problems."""
        no = 0
        ordinals: Counter[str] = Counter()
        for element in ChartReader(self.path).elements():
            if element.tag != "ChartItem":
                continue
            no += 1
            entity, link, text = element.child("End", "Entity"), element.child("Link"), element.child("End", "Label")
            if entity is not None:
                yield self._entity(element, entity, no)
            elif link is not None:
                yield self._link(element, link, no, ordinals)
            elif text is not None:
                yield self._text(element, text, no)
            else:
                item = Item("", no, element, "", "", TypeSaid(""), "")
                item.problem(None, "empty_item", message(N_("The item is neither an entity nor a link.")), True)
                yield item

    def _entity(self, element: Element, entity: Element, no: int) -> Item:
        shape, body, style = style_of(entity)
        said = type_of(self.known, "entity", style, entity.get("SemanticTypeGuid"))
        key = key_of(entity, element, no)
        label = (element.get("Label") or "").strip()
        item = Item("entity", no, element, key, label, said, self.types.entity(said), body=body, style=style)
        item.representation = anx.REPRESENTATIONS[shape]
        if shape == "TextBlock" and style is not None and _borderless(style):
            item.representation = "label"
        if shape == "OleItem":
            name = (body.get("ProgID") if body is not None else None) or (entity.get("Identity") or "")
            words = N_("The object embedded here ({name}) is not taken; what is said of it is.")
            item.problem(None, "embedded_object", message(words, name=name or label))
        if anx_image.unread(style.child("IconPicture") if style is not None else None, self.known):
            words = N_("The picture of the item is none that can be read; its icon stands instead.")
            item.problem("IconPicture", "picture_unread", message(words))
        if self.known.keys[key] > 1 and not key.startswith("#"):
            words = N_("Another item of the chart has the identity “{identity}”; they are one entity.")
            item.problem("Identity", "duplicate_identity", message(words, identity=key))
        return item

    def _link(self, element: Element, link: Element, no: int, ordinals: Counter[str]) -> Item:
        style = link.child("LinkStyle")
        said = type_of(self.known, "link", style, link.get("SemanticTypeGuid"))
        item = Item(
            "link",
            no,
            element,
            "",
            (element.get("Label") or "").strip(),
            said,
            self.types.link(said),
            body=link,
            style=style,
        )
        names = ends_of(link)
        ends = [self._end(item, names[place], names[place + 1], place) for place in (0, 2)]
        if ends[0] is None or ends[1] is None:
            words = N_("The link does not say what it joins; it is not imported.")
            item.problem(None, "link_without_end", message(words), True)
            return item
        item.ends = ends[0], ends[1]
        core = [
            item.type,
            ends[0].key,
            ends[1].key,
            item.label,
            element.get("DateTime"),
            element.get("DateSet"),
            element.get("TimeSet"),
            sorted(classes_of(self.known, element)),
        ]
        digest = hashlib.sha256(json.dumps(core).encode()).hexdigest()[:24]
        ordinals[digest] += 1
        item.key = f"link {digest}-{ordinals[digest]}"
        return item

    def _end(self, item: Item, by_id: str, by_reference: str, place: int) -> End | None:
        found = self.known.end(by_id, by_reference)
        name = by_id or by_reference
        if found is None and name:
            words = N_("The link refers to “{name}”, which the chart does not have; an entity of that name is made.")
            item.problem(f"End{place // 2 + 1}", "dangling_reference", message(words, name=name))
            return End(f"#{name}", name, TypeSaid(""))
        return found

    def _text(self, element: Element, text: Element, no: int) -> Item:
        key = f"#{text.get('LabelId') or element.get('Id') or f'item {no}'}"
        return Item(
            "text",
            no,
            element,
            key,
            (element.get("Label") or "").strip(),
            TypeSaid(""),
            UNTYPED,
            representation="label",
            body=text,
            style=text.child("LabelStyle"),
        )

    # drafts

    def rows(self) -> Iterator[Row | Problem]:
        """The records of the chart, each item and each card one, with what they say in their only cell."""
        if self.known.remark is not None:
            yield Problem(ITEMS, None, None, None, "encoding_declared", self.known.remark)
        joined = self.joined_texts()
        passed = list(self.known.passed_over)
        texts, cards = 0, 0
        for item in self.items():
            yield from item.problems
            if item.kind == "text" and item.key not in joined:
                texts += 1
                continue
            if item.kind and not (item.kind == "link" and item.ends is None):
                yield from self._records(item, cards)
                cards += len(cards_of(item.element))
        if passed:
            words = N_("These parts of the chart are not taken: {names}.")
            yield Problem(ITEMS, None, None, None, "parts_passed_over", message(words, names=", ".join(passed)))
        if texts:
            yield Problem(
                ITEMS,
                None,
                None,
                None,
                "texts",
                counted(
                    "{n} text that stands alone comes with the chart only, as an annotation.",
                    "{n} texts that stand alone come with the chart only, as annotations.",
                    texts,
                ),
            )

    def joined_texts(self) -> set[str]:
        """Keys of the free texts that links end at: those are entities."""
        found = set()
        for link in self.known.links:
            for place in (0, 2):
                end = self.known.end(*link.ends[place : place + 2])
                if end is not None and end.text:
                    found.add(end.key)
        return found

    def _records(self, item: Item, cards: int) -> Iterator[Row | Problem]:
        yield from _odd(item.element, item.no, ITEMS)
        record = Record(self.types, self.namespace, item)
        yield record.row(Row(ITEMS, item.no, item.element.line, (), item.element.raw))
        yield from record.problems
        for place, card in enumerate(cards_of(item.element), cards + 1):
            yield from _odd(card, place, CARDS)
            behind = Record(self.types, self.namespace, item, card, place)
            yield behind.row(Row(CARDS, place, card.line, (), card.raw))
            yield from behind.problems


def _odd(element: Element, no: int, part: str) -> Iterator[Problem]:
    if characters.suspicious(element.raw) or "&#" in element.raw:
        said = "\n".join(element.attributes.values())
        for code, words in characters.findings(said):
            yield Problem(part, no, element.line, None, code, message(N_("The row {what}."), what=words))


def _borderless(style: Element) -> bool:
    """Whether a text block is one only in name: no border and no ground, as labels are written."""
    hidden = style.get("LineColour") is not None and style.get("LineColour") == style.get("BackColour")
    return anx.flag(style.get("Filled"), True) is False and (hidden or style.get("Type") == "Label")
