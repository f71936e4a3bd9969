"""The title block: what a printed chart is, of which case, made when, and what it leaves out."""

from __future__ import annotations

import numpy as np

from ewglink.drawing.figures import moment
from ewglink.drawing.scene import Scene
from ewglink.drawing.sheet import Sheet
from ewglink.drawing.wishes import omitted_note
from ewglink.text import _, ngettext, speaking

TEXT = 11.0
_PAD = 10.0


def facts_of(scene: Scene) -> list[tuple[str, str]]:
    """Names and values, in the chart's language: case, chart, the content's own facts, counts, date, what is left
    out."""
    content, language = scene.content, scene.content.language
    with speaking(language):
        shown, drawn = int(scene.shown.sum()), int(scene.links.count.sum())
        counts = _("{entities}, {links}", entities=_entities(shown),
                   links=ngettext("{n} link", "{n} links", drawn))
        by_filter = content.filtered.entities if content.filtered is not None else 0
        hidden = len(scene.shown) - shown - by_filter
        rows = [(_("Case"), content.case_title), (_("Chart"), content.title), *content.facts, (_("Shows"), counts)]
        if hidden:
            rows.append((_("Hidden"), _entities(hidden)))
        if content.filtered is not None:
            rows.append((_("Filter on"), "; ".join(content.filtered.names)))
            rows.append((_("Filtered out"), _("{entities}, {links}", entities=_entities(by_filter),
                                              links=ngettext("{n} link", "{n} links", content.filtered.links))))
        if content.prepared_at:
            rows.append((_("Prepared"), moment(content.prepared_at, language)))
        if scene.omitted:
            rows.append((_("Labels"), omitted_note(scene.omitted)))
    return [(name, value) for name, value in rows if value]


def _entities(count: int) -> str:
    return ngettext("{n} entity", "{n} entities", count)


def draw(sheet: Sheet, scene: Scene, x: float, y: float, width: float) -> float:
    """Set the title block with its upper left at (x, y); answers its height."""
    scale, start = sheet.scale, len(sheet.parts)
    pad = _PAD * scale
    rows = facts_of(scene)
    names = min(width * 0.4, max(sheet.wide(name, TEXT, True) for name, _value in rows)) + 10 * scale
    top = y + pad
    for at, (name, value) in enumerate(rows):
        if at:
            sheet.line(x + pad, top - 3 * scale, x + width - pad, top - 3 * scale, sheet.palette.rule, width=0.6)
        left = sheet.text(x + pad, top, name, TEXT, width=names, bold=True, colour=sheet.palette.quiet_text, most=2)
        right = sheet.text(x + pad + names, top, value, TEXT, width=width - names - 2 * pad, most=6)
        top += max(left, right) + 6 * scale
    high = float(np.ceil(top - y + pad - 6 * scale))
    sheet.panel((x, y, x + width, y + high), sheet.palette.panel, sheet.palette.rule)
    sheet.parts.insert(start, sheet.parts.pop())
    return high
