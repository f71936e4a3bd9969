"""The legend: the types, line styles and arrows that a chart shows, and nothing it does not show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ewglink.drawing.annotations import dash_of, fill_of, ink_of
from ewglink.drawing.content import GREYED, Note
from ewglink.drawing.figures import number
from ewglink.drawing.marks import Form
from ewglink.drawing.scene import Scene
from ewglink.drawing.sheet import Sheet
from ewglink.drawing.style import argb, shaded
from ewglink.drawing.wrapping import cleaned
from ewglink.model.items import Strength
from ewglink.text import N_, _, speaking

TEXT = 11.0
ICON = 22.0
ROW = 26.0
SAMPLE = 34.0
_PAD = 10.0
_STRENGTHS = (N_("Confirmed"), N_("Unconfirmed"), N_("Tentative"))


Sample = Callable[[Sheet, float, float], None]
"""Draws on a sheet, from x, about the height y."""


@dataclass(frozen=True)
class Row:
    """One line of a legend: what is drawn in the sample's place, and its words."""

    words: str
    sample: Sample
    heading: bool = False


def _type_rows(scene: Scene) -> list[Row]:
    content = scene.content
    used = scene.shown & ((content.flags & GREYED) == 0)
    counts = np.bincount(content.types[used], minlength=len(content.type_keys))
    rows = []
    for at in np.lexsort((np.arange(len(counts)), -counts)):
        if counts[at]:
            key = content.type_keys[at]
            words = f"{content.type_names.get(key, key)} ({number(int(counts[at]), content.language)})"
            rows.append(Row(words, _icon_sample(int(at))))
    return rows


def _icon_sample(look: int) -> Sample:
    return lambda sheet, x, y: sheet.icon(x + SAMPLE * sheet.scale / 2, y, ICON, look)


def strength_name(key: str) -> str:
    """A strength of links in words, by its key."""
    keys = [one.name.lower() for one in Strength]
    return _(_STRENGTHS[keys.index(key)]) if key in keys else key


def _line_sample(colour: int, dash: int = 0, *, head: bool = False, tail: bool = False, width: float = 1.5) -> Sample:
    def draw(sheet: Sheet, x: float, y: float) -> None:
        end = x + SAMPLE * sheet.scale
        sheet.line(x, y, end, y, colour, width=width, dash=dash)
        if head:
            sheet.arrow(end, y, 9, colour)
        if tail:
            sheet.arrow(x, y, 9, colour, back=True)
    return draw


def _link_rows(scene: Scene) -> list[Row]:
    content, links, ink = scene.content, scene.links, scene.palette.link
    said = np.ones(len(links.row), bool) if links.quiet is None else ~links.quiet
    rows = [Row(_(_STRENGTHS[strength]), _line_sample(ink, strength)) for strength in range(3)
            if (links.dash[said] == strength).any()]
    used = {content.link_type_keys[at] for at in np.unique(content.link_types[links.row[said]])}
    for key in sorted(used & set(content.colours)):
        rows.append(Row(content.link_type_names.get(key, key), _line_sample(argb(content.colours[key]))))
    ways = set(links.arrows[said].tolist())
    if ways & {1, 2}:
        rows.append(Row(_("One way"), _line_sample(ink, head=True)))
    if 3 in ways:
        rows.append(Row(_("Both ways"), _line_sample(ink, head=True, tail=True)))
    if content.settings.get("multiplicity") == "flow":
        rows.append(Row(_("Net flow: the sum of both ways"), _line_sample(ink, head=True)))
    elif (links.count > 1).any() and content.settings.get("on_line") == "sum":
        rows.append(Row(_("Several links drawn as one, with their sum"), _line_sample(scene.palette.mixed_link)))
    elif (links.count > 1).any():
        rows.append(Row(_("Several links drawn as one, with their number"), _line_sample(scene.palette.mixed_link)))
    return rows


def rows_of(scene: Scene) -> list[Row]:
    """The rows of the legend of what is drawn, in the chart's language."""
    with speaking(scene.content.language):
        return (_type_rows(scene) + _link_rows(scene) + [_note_row(scene, note) for note in scene.content.notes]
                + _annotation_rows(scene) + _filter_rows(scene))


def _filter_rows(scene: Scene) -> list[Row]:
    """That filters are on, and which."""
    found = scene.content.filtered
    if found is None:
        return []
    return [Row(_("Filter on"), _no_sample, heading=True), *(Row(cleaned(words), _no_sample) for words in found.names)]


def _annotation_rows(scene: Scene) -> list[Row]:
    """What drawn shapes and lines mean, where their analyst says so; alike ones are one row with their number."""
    content = scene.content
    first: dict[tuple[Any, ...], dict[str, Any]] = {}
    counts: Counter[tuple[Any, ...]] = Counter()
    for body in content.annotations:
        if body.get("legend") and body.get("kind") != "text":
            alike = tuple(str(body.get(key)) for key in ("legend", "kind", "colour", "fill", "dash"))
            first.setdefault(alike, body)
            counts[alike] += 1
    return [Row(f"{cleaned(str(body['legend']))} ({number(counts[alike], content.language)})",
                _drawn_sample(scene, body)) for alike, body in first.items()]


def _drawn_sample(scene: Scene, body: dict[str, Any]) -> Sample:
    palette = scene.palette
    ink, width = ink_of(body, palette.quiet_text), min(4.0, float(body.get("line", 1.5)))
    if body["kind"] in ("line", "arrow"):
        return _line_sample(ink, dash_of(body), head=body["kind"] == "arrow", width=width)
    form = Form.CIRCLE if body["kind"] == "ellipse" else Form.RECT

    def draw(sheet: Sheet, x: float, y: float) -> None:
        high = 8 * sheet.scale
        sheet.panel((x, y - high, x + SAMPLE * sheet.scale, y + high), fill_of(body, palette), ink, width=width,
                    form=form, dash=dash_of(body))
    return draw


def _note_row(scene: Scene, note: Note) -> Row:
    """What a rule of appearance did: words, with the colour, size, width, frame or badge it gave."""
    palette = scene.palette
    if note.kind == "colour" and note.of_links:
        return Row(note.words, _line_sample(argb(str(note.value))))
    if note.kind == "width":
        return Row(note.words, _line_sample(palette.link, width=float(note.value)))
    if note.kind in ("colour", "badge"):
        fill = argb(str(note.value))
        return Row(note.words, _spot_sample(fill, shaded(fill, palette.outline_darker), 20.0))
    if note.kind == "size":
        return Row(note.words, _spot_sample(palette.panel, palette.quiet_text, 24.0 * min(1.0, float(note.value) / 3)))
    if note.kind == "frame":
        return Row(note.words, _frame_sample(argb(str(note.value))))
    return Row(note.words, _no_sample, heading=True)


def _no_sample(_sheet: Sheet, _x: float, _y: float) -> None:
    """Nothing: a heading says what follows."""


def _spot_sample(fill: int, outline: int, size: float) -> Sample:
    def draw(sheet: Sheet, x: float, y: float) -> None:
        middle, half = x + SAMPLE * sheet.scale / 2, size * sheet.scale / 2
        sheet.panel((middle - half, y - half, middle + half, y + half), fill, outline, form=Form.CIRCLE)
    return draw


def _frame_sample(colour: int) -> Sample:
    def draw(sheet: Sheet, x: float, y: float) -> None:
        middle, half = x + SAMPLE * sheet.scale / 2, 10 * sheet.scale
        sheet.panel((middle - half, y - half, middle + half, y + half), 0, colour, width=2.5)
    return draw


def _parts(rows: list[Row], wide: list[float], each: int) -> list[list[float]]:
    """Columns of at most `each` rows; a heading is not left alone at the foot of one."""
    parts: list[list[float]] = [[]]
    for at, (row, width) in enumerate(zip(rows, wide, strict=True)):
        alone = row.heading and at + 1 < len(rows) and len(parts[-1]) == each - 1 and each > 1
        if len(parts[-1]) == each or alone:
            parts.append([])
        parts[-1].append(width)
    return parts


def _columns(rows: list[Row], wide: list[float], room: float) -> list[tuple[float, int]]:
    """Width and number of rows of each column: as many columns as fit, of about three rows at least."""
    for columns in range(max(1, -(-len(wide) // 3)), 0, -1):
        parts = _parts(rows, wide, -(-len(wide) // columns))
        if sum(max(part) for part in parts) <= room or columns == 1:
            return [(min(room, max(part)), len(part)) for part in parts]
    return []


def draw(sheet: Sheet, scene: Scene, x: float, y: float, width: float) -> float:
    """Set the legend in as many columns as `width` holds; answers its height, 0 where there is nothing to explain."""
    rows = rows_of(scene)
    if not rows:
        return 0.0
    scale, start = sheet.scale, len(sheet.parts)
    with speaking(scene.content.language):
        title = sheet.text(x + _PAD * scale, y + _PAD * scale, _("Legend"), TEXT, bold=True)
    words = (SAMPLE + 10) * scale
    wide = [sheet.wide(row.words, TEXT, row.heading) + (0.0 if row.heading else words) + 16 * scale for row in rows]
    columns = _columns(rows, wide, width - 2 * _PAD * scale)
    top, left, begun = y + title + (_PAD + 6) * scale, x + _PAD * scale, 0
    for column, count in columns:
        for at in range(count):
            middle = top + (at + 0.5) * ROW * scale
            rows[begun + at].sample(sheet, left, middle)
            height = middle - TEXT * 0.61 * scale
            row = rows[begun + at]
            indent = 0.0 if row.heading else words
            sheet.text(left + indent, height, row.words, TEXT, width=column - indent, most=1, bold=row.heading)
        left, begun = left + column, begun + count
    high = top - y + max(count for _width, count in columns) * ROW * scale + _PAD * scale * 0.6
    used = max(left - x, sheet.wide(_("Legend"), TEXT, True) + _PAD * scale) + _PAD * scale
    sheet.panel((x, y, x + min(width, used), y + high), sheet.palette.panel, sheet.palette.rule)
    sheet.parts.insert(start, sheet.parts.pop())
    return high
