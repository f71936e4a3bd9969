"""The chart in words, for those who hear it."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from ewglink.drawing.content import PINNED
from ewglink.drawing.scene import Scene
from ewglink.drawing.wrapping import cleaned
from ewglink.text import _, ngettext


def _links(count: int) -> str:
    return ngettext("{n} link", "{n} links", count)


def entity_words(scene: Scene, row: int, selected: bool) -> str:
    """An entity as it is announced: type, label, number of links, state."""
    content = scene.content
    key = content.type_keys[content.types[row]]
    links = int(scene.links.count[(scene.links.a == row) | (scene.links.b == row)].sum())
    words = [_("{type}: {label}", type=content.type_names.get(key, key), label=cleaned(content.labels[row])),
             _links(links)]
    if selected:
        words.append(_("selected"))
    if content.flags[row] & PINNED:
        words.append(_("pinned"))
    return ", ".join(words)


def link_words(scene: Scene, number: int) -> str:
    """A drawn link as it is announced or shown: what joins what."""
    content, links = scene.content, scene.links
    row = int(links.row[number])
    key = content.link_type_keys[content.link_types[row]]
    name = content.link_type_names.get(key, key)
    label = cleaned(content.link_labels[row]) if row < len(content.link_labels) else ""
    ends = [cleaned(content.labels[end]) for end in (links.a[number], links.b[number])]
    sign = {0: "—", 1: "→", 2: "←", 3: "↔"}[int(links.arrows[number]) & 3]
    words = f"{ends[0]} {sign} {ends[1]}\n{name}" + (f": {label}" if label and label != name else "")
    count = int(links.count[number])
    return f"{words}\n" + _links(count) if count > 1 else words


def link_line(scene: Scene, number: int) -> str:
    """A drawn link in one line."""
    return link_words(scene, number).replace("\n", ", ")


def chart_words(scene: Scene) -> str:
    """A chart as a whole."""
    shown = int(scene.shown.sum())
    return _("{entities}, {links}", entities=ngettext("{n} entity", "{n} entities", shown),
             links=_links(int(scene.links.count.sum())))


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say the words now."""
    widget.setAccessibleDescription(words)
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
