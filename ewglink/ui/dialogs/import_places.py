"""The menu of places to which a column can go: keys, labels, times and properties of what a row becomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ewglink.text import _, language
from ewglink.ui.widgets.mapping_cards import property_name, type_name
from ewglink.ui.widgets.plain_text import plain
from ewglink.workspace.mapping_draft import DraftEntity, MappingDraft, types_of
from ewglink.workspace.mapping_types import likely

_FEW = 7

Put = Callable[[Any, str], None]
"""Called with an owner and a word; the word "+" asks for a new property, owner None for a new entity."""


def _said(text: str) -> str:
    return plain(text).replace("&", "&&")


def column_menu(parent: QWidget, draft: MappingDraft, schema: Any, column: str, guess: Any, put: Put,
                take: Put) -> QMenu:  # fmt: skip
    """Where a column can go, and from where it can be taken away; the caller shows it."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    for owner, word in draft.uses(column):
        text = _("Take it from: {place}", place=place_name(owner, word, schema))
        _add(menu, text, lambda o=owner, w=word: take(o, w))
    if not menu.isEmpty():
        menu.addSeparator()
    for owner in draft.owners:
        role = f" ({owner.role})" if isinstance(owner, DraftEntity) else ""
        under = menu.addMenu(_said(type_name(owner, schema) + role))
        fill_owner(under, owner, schema, column, guess, put)
    menu.addSeparator()
    _add(menu, _("A new entity with this key"), lambda: put(None, "key"))
    return menu


def fill_owner(menu: QMenu, owner: Any, schema: Any, column: str, guess: Any, put: Put) -> None:
    """The places of an entity or a link: those that every one has, its likeliest properties, the others below."""
    entity = isinstance(owner, DraftEntity)
    for word in ("key", "label", "start", "end") if entity else ("start", "end"):
        _add(menu, property_name(owner, word, schema), lambda w=word: put(owner, w))
    menu.addSeparator()
    fill_properties(menu, owner, schema, column, guess, put)


def fill_properties(menu: QMenu, owner: Any, schema: Any, column: str, guess: Any, put: Put) -> None:
    """The properties of an entity or a link."""
    kinds = types_of(owner.type) or tuple(schema.entity_types)
    found = likely(schema, kinds, column, guess)
    for prop in found[:_FEW]:
        _add(menu, prop.label(language()), lambda key=prop.key: put(owner, key))
    if len(found) > _FEW:
        more = menu.addMenu(_("More properties"))
        for prop in sorted(found[_FEW:], key=lambda one: one.label(language()).casefold()):
            _add(more, prop.label(language()), lambda key=prop.key: put(owner, key))
    if len(types_of(owner.type)) == 1:
        menu.addSeparator()
        _add(menu, _("New property “{name}”", name=column), lambda: put(owner, "+"))


def place_name(owner: Any, word: str, schema: Any) -> str:
    """A place in words: whose, and what."""
    role = f" ({owner.role})" if isinstance(owner, DraftEntity) else ""
    return f"{type_name(owner, schema)}{role} › {property_name(owner, word, schema)}"


def _add(menu: QMenu, text: str, run: Callable[[], None]) -> QAction:
    action = menu.addAction(_said(text))
    action.triggered.connect(lambda _checked=False: run())
    return action
